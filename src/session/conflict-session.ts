import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { DeepReadonly } from '../contract/paths.js';
import type { ConflictContext } from '../contract/resolver.js';
import type { EditResult } from '../contract/snapshot.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import type { JsonValue, Pointer } from '../core/json.js';
import type { SavedConflict } from './saved-conflict.js';

/** One conflict as a person sees it. */
export interface SessionConflict extends MergeConflict {
  /** Its place in words: `Checklist › Buy milk › Done`. */
  readonly label: string;
  /** What was chosen; undefined while it is open. */
  readonly choice: Resolution | undefined;
  /** It came up, or the server's side of it changed, while the session was open, and nothing was chosen since. */
  readonly changed: boolean;
}

/**
 * `submitting`: answered, on its way. The other four are ends: `saved` with a result, `discarded` in favour of the server's,
 * `aborted` without an answer (by `abort()`, or because the edit's caller gave up), `failed` with an error.
 */
export type SessionStatus = 'open' | 'submitting' | 'saved' | 'discarded' | 'aborted' | 'failed';

/** A session at one moment. Frozen; the same object until something changes. */
export interface SessionSnapshot<T = JsonValue> {
  readonly status: SessionStatus;
  readonly reason: ConflictContext['reason'];
  readonly url: string;
  /** What the edit was made from; undefined for a create. */
  readonly base: DeepReadonly<T> | undefined;
  readonly local: DeepReadonly<T>;
  /** The latest seen on the server; undefined when it is gone. */
  readonly remote: DeepReadonly<T> | undefined;
  readonly conflicts: readonly SessionConflict[];
  /** How many of them nothing was chosen for. */
  readonly open: number;
  /** Everything is chosen. */
  readonly ready: boolean;
  /** The document as it would be written; remote's value wherever a conflict is open. Undefined: it stays deleted. */
  readonly preview: DeepReadonly<T> | undefined;
  /** What the schema said of the preview when it was last asked. Undefined: not asked since the last choice. */
  readonly issues: readonly StandardSchemaV1.Issue[] | undefined;
  readonly canUndo: boolean;
  /** What was saved, once it is. */
  readonly result: EditResult<T> | undefined;
  /** Why it failed or was aborted. */
  readonly error: unknown;
}

/** A conflict that a person settles, without a user interface of its own: every framework can drive it. */
export interface ConflictSession<T = JsonValue> {
  /** The same for as long as the session lasts: a key for lists. */
  readonly id: string;
  getSnapshot(): SessionSnapshot<T>;
  subscribe(listener: () => void): () => void;
  /** Answers one conflict, named by its `basePath` (or its `path` where that names one only). May be called again to choose otherwise. */
  choose(path: Pointer, resolution: Resolution): void;
  /** Answers every conflict alike, those answered already as well. */
  chooseAll(resolution: Resolution): void;
  /** Takes back the last step, or what was chosen for this conflict. */
  undo(path?: Pointer): void;
  /** Asks the resource's schema about the preview. No schema: no issues. */
  validate(): Promise<readonly StandardSchemaV1.Issue[]>;
  /** Reads the server again. Choices are kept where its side has not changed. Rejects with what the read met. */
  refresh(): Promise<void>;
  /**
   * Sends what was chosen. If the server has moved on once more and something new is open, the session is open again and the promise
   * waits for the next submit. It need not be awaited: how it ends is in the snapshot.
   *
   * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) while a conflict is open; InvalidMergeError (ERR_INVALID_MERGE) where the schema
   *   refuses the preview, both with the session left open; else what the edit rejects with.
   */
  submit(): Promise<EditResult<T>>;
  /** Gives the edit up in favour of what the server has. */
  discard(): Promise<void>;
  /** Ends the session without an answer: the edit rejects with ConflictError. */
  abort(): void;
  /** All there is to it, as JSON, for `reviveConflict` or a desk's `revive`. */
  toJSON(): SavedConflict<T>;
}
