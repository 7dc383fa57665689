import type { EditEvent } from '../../contract/events.js';
import type { DeleteOptions } from '../../contract/resource.js';
import type { EditResult, UndoOptions } from '../../contract/snapshot.js';
import { freezeJson } from '../../core/assert-json.js';
import type { ResolvedConflict } from '../../core/conflict.js';
import type { JsonValue, Patch } from '../../core/json.js';
import type { EditErrorFacts } from '../../errors/edit-error.js';
import type { Spent } from '../budget.js';
import { unused } from '../budget.js';
import type { Clock } from '../clock.js';
import type { Landing } from '../landing.js';
import { undoable } from '../landing.js';
import type { Policy } from '../policy.js';
import type { ResourcePort, State } from '../port.js';
import type { Before, Doubt, GivenAnswer } from '../resource/before.js';
import type { Made, OwnStep } from '../resource/own-steps.js';
import type { Layer, Pending } from '../resource/pending-edits.js';
import type { ResourceState } from '../resource/resource-state.js';

export type { Before, Doubt, GivenAnswer } from '../resource/before.js';

/** What an edit wants: patch leads from base to local. */
export interface Intent {
  readonly base: JsonValue;
  readonly patch: Patch;
  readonly local: JsonValue;
  /** The patch was found by comparing, and not written by anybody. */
  readonly isDerived?: boolean;
}

/** Keeps an edit beyond its end: an outbox. */
export interface Keeper {
  /** When the edit was made: what goes first although it was made later is news to it. Undefined: by another tab. */
  readonly made: Made | undefined;
  /** What shows in its place once it has ended without landing. */
  readonly shows: Pending;
  /** The way back from each edit that it was made on top of and goes without, the latest first: what was given up; `onServer`: also what waits. */
  without(onServer: boolean): readonly Pick<OwnStep, 'from' | 'to'>[];
  /** Makes it again, in the place of its queue. */
  again(input: EditInput): Promise<EditResult>;
}

/** An update, a create or a delete, as it is asked for. */
export interface EditInput extends Intent {
  readonly id: string;
  /** For a create, `base` is an empty resource. For a delete, `base` is what is to be deleted. */
  readonly kind: 'update' | 'create' | 'delete';
  readonly port: ResourcePort;
  readonly policy: Policy;
  /** The version `base` is the state of. Undefined where base already had other edits of this resource on it. */
  readonly baseVersion: string | undefined;
  readonly spentMs?: number; // How much of its time it has used before it was queued.
  readonly isAssumed?: boolean; // What the server made of `base` was not told.
  /** How often others had changed the resource when the edit was made. */
  readonly movesBefore: number;
  /** Makes the edit again from another value: `strategy: 'replay'`. */
  readonly replay: ((value: JsonValue) => Intent) | undefined;
  readonly signal: AbortSignal | undefined;
  /** May be combined with its neighbours: it brings no options of its own. */
  readonly combinable: boolean;
  /** Takes what landed back again: `undo` of the result. Left out: the result has none. */
  readonly undo?: (result: EditResult, landing: Landing, options: UndoOptions | undefined) => Promise<EditResult>;
  readonly isOfDraft?: boolean;
  readonly isUndo?: boolean; // It takes an earlier one back, and nothing that was written since.
  readonly emit: (event: EditEvent) => void;
  readonly before?: Before; // What it goes on with of an edit that was stopped.
  readonly keeper?: Keeper;
  readonly onStale?: DeleteOptions['onStale']; // Of a delete that finds a newer state. Default `error`.
  /** What a delete without a base is to delete, asked for when its turn has come. Undefined, or gives undefined: what the server has then. */
  readonly findTarget?: () => State | undefined;
}

/** An update or a create as it is asked for. Its patch may be left to be found by comparing. */
export interface EditRequest extends Omit<EditInput, 'kind' | 'patch'> {
  readonly kind: 'update' | 'create';
  readonly patch: Patch | undefined;
}

/** What a create starts from: an empty container of the same kind, so that two creates merge member by member. */
export function emptyLike(value: JsonValue): JsonValue {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? {} : null;
}

/** What an edit needs of its queue. */
export interface EditHost {
  readonly resource: ResourceState;
  readonly clock: Clock;
  /** Told before the promise is, so that who awaits it finds everything up to date. */
  readonly onSettled: (landed: boolean) => void;
  /** The edit on another value than its base. Undefined as long as nobody can tell. */
  readonly onto: (edit: Edit, value: JsonValue) => JsonValue | undefined;
}

/** One edit on its way: what the user did, what was answered so far, and the promise the caller holds. */
export class Edit implements Pending {
  readonly input: EditInput;
  readonly promise: Promise<EditResult>;
  readonly keys: { taken: number }; // For idempotency.
  readonly level: Pending['level'];
  /** What is rebased. The user's own edit, until a resolver's whole value takes its place. */
  intent: Intent;
  /** The pending create that it was made on. */
  behind: Edit | undefined;
  /** What a delete is to delete, once that is known. */
  target: State | undefined;
  answers: readonly GivenAnswer[];
  /** Conflicts that a resolver's whole value settled on the way. */
  settledByValue: readonly ResolvedConflict[];
  /** Those a resolver's whole value was for, where it took the place of their intents. */
  answeredWith: readonly Edit[] = [];
  resolved: readonly ResolvedConflict[] = [];
  attempts = 0;
  readonly made: Made; // When it was made.
  readonly on: Layer | undefined; // The edits that showed, where it was made on them.
  /** Writes that may have landed, when it was last made. */
  doubts: readonly Doubt[];
  /** What it has used of its budget in a batch that was taken apart. */
  used: Spent | undefined;
  /** Others have changed the resource since the edit was made. */
  rebased = false;
  /** Nothing more is to be done for it, and it no longer shows. */
  settled = false;
  /** A write that holds it is on its way: giving it up now leaves it in doubt. */
  inFlight = false;
  #told = false;
  readonly #host: EditHost;
  readonly #startedAt: number;
  #resolve: (result: EditResult) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(input: EditInput, host: EditHost) {
    this.input = input;
    this.intent = input;
    this.#host = host;
    this.made = input.before?.made ?? input.keeper?.made ?? host.resource.own.now();
    this.on = host.resource.edits.layerOf(input.base);
    const { keys = { taken: 0 }, doubts = [], answers = [], settledByValue = [] } = input.before ?? {};
    this.keys = keys;
    this.doubts = doubts;
    const { spentMs = 0, before, policy } = input;
    // Made again, it has all its time.
    if (spentMs > 0 && before === undefined) this.used = unused(policy.retry.deadline - spentMs);
    this.answers = answers;
    this.settledByValue = settledByValue;
    this.level = input.before === undefined ? 2 : input.kind === 'create' ? 0 : 1;
    this.#startedAt = host.clock.now();
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get base(): JsonValue | undefined {
    return this.input.kind === 'create' ? undefined : this.intent.base;
  }

  get local(): JsonValue {
    return this.intent.local;
  }

  /** What this client has written since the state it was made from: it is no news to whoever made it. */
  get ownSince(): readonly OwnStep[] {
    const { kind, isUndo, isOfDraft, keeper } = this.input;
    if (kind !== 'update' || isUndo === true) return [];
    // A draft has its own last save under it: whatever else was written is by another part of the page.
    const before = keeper === undefined ? Number.POSITIVE_INFINITY : (keeper.made?.order ?? Number.NEGATIVE_INFINITY);
    const steps = this.#host.resource.own.since(this.input, this.made);
    return steps.filter(({ first }) => first === undefined || (isOfDraft !== true && first < before));
  }

  onto(value: JsonValue): JsonValue | undefined {
    return this.#host.onto(this, value);
  }

  /** Tells of it, as long as it has not ended. */
  tell(event: EditEvent): void {
    if (!this.settled) this.input.emit(event);
  }

  /** @param landing Left out where nothing of it was written. */
  accept(state: State, patch: Patch, alreadyApplied: boolean, landing?: Landing): void {
    if (!this.#end(true)) return;
    freezeJson(state.value);
    const { rebased, attempts, resolved } = this;
    this.input.emit({ type: 'accepted', attempts, rebased, alreadyApplied, ms: this.#ms() });
    const { value, version } = state;
    const { url } = this.#host.resource;
    const facts = { url, value, version, attempts, rebased, alreadyApplied, patch, resolved };
    this.#resolve(undoable(facts, landing, this.input.undo));
  }

  /** `reason` is an error of ours or ky's, or whatever the caller aborted with, untouched. */
  reject(reason: unknown): void {
    if (!this.#end(false)) return;
    const error = reason instanceof Error ? reason : new Error(String(reason), { cause: reason });
    this.input.emit({ type: 'rejected', attempts: this.attempts, error, ms: this.#ms() });
    this.#reject(reason);
  }

  /** What every error about this edit must carry. */
  facts(remote: JsonValue | undefined, cause?: unknown): EditErrorFacts {
    const { kind, base, local, patch } = this.input;
    const edit =
      kind === 'delete'
        ? { base: this.target?.value, local: undefined, remote, patch }
        : { base: kind === 'create' ? undefined : base, local, remote, patch };
    const { url } = this.#host.resource;
    return { url, attempts: this.attempts, edit, ...(cause === undefined ? {} : { cause }) };
  }

  #end(landed: boolean): boolean {
    if (this.#told) return false;
    this.#told = true;
    this.settled = true;
    const { resource } = this.#host;
    const { keeper, kind } = this.input;
    if (landed || keeper === undefined || kind === 'delete') resource.hideQuietly([this]);
    else resource.show(keeper.shows, this);
    this.#host.onSettled(landed);
    return true;
  }

  /** Ends with its caller's own reason as soon as that aborts. A write that holds it may land all the same. */
  leaveOnAbort(): void {
    const { signal } = this.input;
    if (signal === undefined) return;
    const leave = (): void => {
      if (this.inFlight) this.input.emit({ type: 'in-doubt', attempt: this.attempts, cause: signal.reason });
      this.reject(signal.reason);
    };
    if (signal.aborted) {
      leave();
      return;
    }
    signal.addEventListener('abort', leave, { once: true });
    const forget = (): void => signal.removeEventListener('abort', leave);
    this.promise.then(forget, forget);
  }

  #ms(): number {
    return this.#host.clock.now() - this.#startedAt;
  }
}
