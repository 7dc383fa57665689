import type { EditEvent } from '../contract/events.js';
import type { EditResult } from '../contract/snapshot.js';
import { freezeJson } from '../core/assert-json.js';
import type { MergeConflict, Resolution, ResolvedConflict } from '../core/conflict.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { EditErrorFacts } from '../errors/edit-error.js';
import type { Spent } from './budget.js';
import type { Clock } from './clock.js';
import type { Doubt } from './doubt.js';
import type { Policy } from './policy.js';
import type { ResourcePort, State } from './port.js';

/** What an edit wants: patch leads from base to local. */
export interface Intent {
  readonly base: JsonValue;
  readonly patch: Patch;
  readonly local: JsonValue;
  /** The patch was found by comparing, and not written by anybody. */
  readonly isDerived?: boolean;
}

/** An answer a resolver gave, kept for as long as remote does not change at its place. */
export interface GivenAnswer {
  readonly conflict: MergeConflict;
  readonly resolution: Resolution;
}

/** What an edit has come to that is taken up again. */
export interface Before {
  /** Idempotency keys taken so far: none may come twice. */
  readonly keys: { taken: number };
  /** Writes that may have landed. */
  readonly doubts: readonly Doubt[];
  readonly answers: readonly GivenAnswer[];
  readonly settledByValue: readonly ResolvedConflict[];
}

/** What an edit that was taken out of its company has used of its budget there. */
export interface Used extends Spent {
  readonly moved: number;
  readonly uncounted: number;
  readonly lockWaited: number;
}

export interface EditInput extends Intent {
  readonly id: string;
  /** What this one goes on with of an edit that was stopped. */
  readonly before?: Before;
  readonly url: string;
  readonly port: ResourcePort;
  readonly policy: Policy;
  /** The version `base` is the state of. Undefined where base already had other edits of this lane on it. */
  readonly baseVersion: string | undefined;
  /** How often others had changed the resource when the edit was made. */
  readonly movesBefore: number;
  /** Makes the edit again from another value: `strategy: 'replay'`. */
  readonly replay: ((value: JsonValue) => Intent) | undefined;
  readonly signal: AbortSignal | undefined;
  /** Nothing is there yet, so `base` is an empty resource. */
  readonly creating: boolean;
  /** May be combined with its neighbours: it brings no options of its own. */
  readonly combinable: boolean;
  readonly clock: Clock;
  readonly emit: (event: EditEvent) => void;
}

/** One edit on its way: what the user did, what was answered so far, and the promise the caller holds. */
export class Edit {
  readonly input: EditInput;
  readonly promise: Promise<EditResult>;
  /** Idempotency keys taken so far. */
  readonly keys: { taken: number };
  /** What is rebased. The user's own edit, until a resolver's whole value takes its place. */
  intent: Intent;
  answers: readonly GivenAnswer[];
  resolved: readonly ResolvedConflict[] = [];
  /** Conflicts that a resolver's whole value settled on the way. */
  settledByValue: readonly ResolvedConflict[];
  attempts = 0;
  /** Writes that may have landed, when it was last made. */
  doubts: readonly Doubt[];
  used: Used | undefined;
  /** Others have changed the resource since the edit was made. */
  rebased = false;
  /** Nothing more is to be done for it, and it is no longer seen as pending. */
  settled = false;
  /** A write that holds it is on its way: giving it up now leaves it in doubt. */
  inFlight = false;
  #told = false;
  readonly #startedAt: number;
  readonly #onSettled: (landed: boolean) => void;
  #resolve: (result: EditResult) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  /** @param onSettled Told before the promise is, so that who awaits it finds everything up to date. */
  constructor(input: EditInput, onSettled: (landed: boolean) => void) {
    this.input = input;
    this.#onSettled = onSettled;
    this.intent = input;
    const { keys = { taken: 0 }, doubts = [], answers = [], settledByValue = [] } = input.before ?? {};
    this.keys = keys;
    this.doubts = doubts;
    this.answers = answers;
    this.settledByValue = settledByValue;
    this.#startedAt = input.clock.now();
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Tells of it, as long as it has not ended. */
  tell(event: EditEvent): void {
    if (!this.settled) this.input.emit(event);
  }

  accept(state: State, patch: Patch, alreadyApplied: boolean): void {
    if (this.#told) return;
    this.#told = true;
    this.settled = true;
    freezeJson(state.value);
    this.#onSettled(true);
    const { rebased, attempts, resolved } = this;
    this.input.emit({ type: 'accepted', attempts, rebased, alreadyApplied, ms: this.#ms() });
    this.#resolve(
      Object.freeze({
        url: this.input.url,
        value: state.value,
        version: state.version,
        attempts,
        rebased,
        alreadyApplied,
        patch,
        resolved,
      }),
    );
  }

  /** `reason` is an error of ours or ky's, or whatever the caller aborted with, untouched. */
  reject(reason: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.settled = true;
    this.#onSettled(false);
    const error = reason instanceof Error ? reason : new Error(String(reason), { cause: reason });
    this.input.emit({ type: 'rejected', attempts: this.attempts, error, ms: this.#ms() });
    this.#reject(reason);
  }

  /** What every error about this edit must carry. */
  facts(remote: JsonValue | undefined, cause?: unknown): EditErrorFacts {
    const { base, local, patch, url } = this.input;
    return {
      url,
      attempts: this.attempts,
      edit: { base, local, remote, patch },
      ...(cause === undefined ? {} : { cause }),
    };
  }

  #ms(): number {
    return this.input.clock.now() - this.#startedAt;
  }
}
