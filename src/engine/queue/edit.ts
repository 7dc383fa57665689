import type { EditEvent } from '../../contract/events.js';
import type { EditResult } from '../../contract/snapshot.js';
import { freezeJson } from '../../core/assert-json.js';
import type { ResolvedConflict } from '../../core/conflict.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { ConflictError } from '../../errors/conflict-error.js';
import type { EditErrorFacts } from '../../errors/edit-error.js';
import { DeadlockError, EditError } from '../../errors/edit-error.js';
import { ExistsError, GoneError, InDoubtError } from '../../errors/outcome-errors.js';
import type { Spent } from '../budget.js';
import { unused } from '../budget.js';
import type { Clock } from '../clock.js';
import type { GivenAnswer } from '../conflict/asking/still-holding.js';
import type { Landing } from '../landing.js';
import { undoable } from '../landing.js';
import type { State } from '../port.js';
import type { Made, OwnStep } from '../resource/own-steps.js';
import type { Layer, Pending } from '../resource/pending-edits.js';
import type { ResourceState } from '../resource/resource-state.js';
import type { Doubt, EditInput, Intent } from './edit-input.js';

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
    if (this.settled) return false;
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

/** A hook that awaits an edit of the resource it is asked about would wait for itself. */
export function deadlock(url: string, edit: Edit): DeadlockError {
  const why = `A hook (a resolver, a lock's \`release\`) may not edit ${url}, which it is asked about: the edit would wait for the hook. Give the answer instead, or edit when it is given.`;
  return new DeadlockError(why, edit.facts(undefined));
}

/**
 * The error of an edit that was made on a create that has failed: what may be there instead is somebody else's. Undefined where the
 * create may be there all the same, or can still be answered.
 */
export function notCreated(url: string, edit: Edit, cause: unknown): ExistsError | GoneError | undefined {
  if (!(cause instanceof EditError) || cause instanceof InDoubtError || cause instanceof ConflictError)
    return undefined;
  const why = `${url} was not created, and the edit was made on it. It is in error.edit.`;
  const facts = edit.facts(undefined, cause);
  return cause instanceof ExistsError ? new ExistsError(why, facts) : new GoneError<JsonValue>(why, facts);
}
