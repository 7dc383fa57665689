import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import type { JsonValue, Patch, Pointer } from '../core/json.js';
import type { DeepReadonly } from './paths.js';
import type { ConflictContext } from './resolver.js';
import type { EditResult } from './snapshot.js';

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
  /** Where the session stands. */
  readonly status: SessionStatus;
  /** What was refused: an edit of a newer state, of something deleted, or a create of what is there. */
  readonly reason: ConflictContext['reason'];
  /** The resource, without credentials. */
  readonly url: string;
  /** What the edit was made from; undefined for a create. */
  readonly base: DeepReadonly<T> | undefined;
  /** What the person wrote. */
  readonly local: DeepReadonly<T>;
  /** The latest seen on the server; undefined when it is gone. */
  readonly remote: DeepReadonly<T> | undefined;
  /** All of them, settled or not. */
  readonly conflicts: readonly SessionConflict[];
  /** How many of them nothing was chosen for. */
  readonly open: number;
  /** Everything is chosen. */
  readonly ready: boolean;
  /** The document as it would be written; remote's value wherever a conflict is open. Undefined: it stays deleted. */
  readonly preview: DeepReadonly<T> | undefined;
  /** What the schema said of the preview when it was last asked. Undefined: not asked since the last choice. */
  readonly issues: readonly StandardSchemaV1.Issue[] | undefined;
  /** There is a choice that `undo()` takes back. */
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
  /** What there is to show. The same object until something changes. */
  getSnapshot(): SessionSnapshot<T>;
  /** Calls the listener whenever the snapshot has changed. What it returns ends that. */
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
  /** All there is to it, as JSON, for `reviveConflict`. */
  toJSON(): SavedConflict<T>;
}

/** A conflict session as JSON. It holds what the person wrote and what the server had: store it as carefully as those. */
export interface SavedConflict<T = JsonValue> {
  /** Of this format: 1. */
  readonly format: 1;
  /** What was refused: an edit of a newer state, of something deleted, or a create of what is there. */
  readonly reason: ConflictContext['reason'];
  /** The resource, without credentials. */
  readonly url: string;
  /** Left out for a create. */
  readonly base?: DeepReadonly<T>;
  /** The version `base` was read with, where it was known. */
  readonly version?: string;
  /** What the person wrote. */
  readonly local: DeepReadonly<T>;
  /** The caller's own patch. Left out where comparing `base` and `local` gives it. */
  readonly patch?: Patch;
  /** Left out when it was gone. */
  readonly remote?: DeepReadonly<T>;
  /** What was chosen, and for which conflict. */
  readonly answers: readonly { readonly conflict: MergeConflict; readonly resolution: Resolution }[];
}
