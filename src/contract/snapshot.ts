import type { ResolvedConflict } from '../core/conflict.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { DeepReadonly } from './paths.js';

/** A resource's value with the version that proves which state it is. Frozen. */
export interface Snapshot<T = JsonValue> {
  /** Where it was read, absolute. */
  readonly url: string;
  /** The document. */
  readonly value: DeepReadonly<T>;
  /** Opaque. Undefined where the server names none, or after a deletion was accepted. */
  readonly version: string | undefined;
}

/** What became of an edit. */
export interface EditResult<T = JsonValue> extends Snapshot<T> {
  /** Writes sent for this edit. */
  readonly attempts: number;
  /** True when the edit landed on a later version than it was made from, even if its patch needed no change. */
  readonly rebased: boolean;
  /** True when nothing had to be sent, or an earlier attempt had landed already. */
  readonly alreadyApplied: boolean;
  /** What landed, against the version it landed on. */
  readonly patch: Patch;
  /** Overlaps settled on the way, and by what; `{ value }` and whole answers list every conflict they settled. */
  readonly resolved: readonly ResolvedConflict[];
  /**
   * Takes this edit's own part back, wherever it is by now; what was sent together with it stays. Where others changed all of it since,
   * nothing is written and `alreadyApplied` is true. A second call gives the first one's promise.
   */
  undo(options?: UndoOptions): Promise<EditResult<T>>;
}

/** What taking an edit back may add. */
export interface UndoOptions {
  /** Ends waits and requests at once, with its own reason. */
  readonly signal?: AbortSignal;
  /** Sent with its requests. Default none. */
  readonly headers?: HeadersInit;
}
