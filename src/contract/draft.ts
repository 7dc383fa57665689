import type { MergeConflict } from '../core/conflict.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { CheckedPath, DeepReadonly, PointerOf } from './paths.js';
import type { ConflictResolver } from './resolver.js';
import type { ConflictRetry } from './resource-options.js';
import type { EditResult, Snapshot } from './snapshot.js';

/** When a draft saves by itself. */
export interface Autosave {
  /** How long nothing must be changed before it saves. Default 800 ms. */
  readonly after?: number;
  /** After how long it saves although the person is still typing. Default 5_000 ms. */
  readonly atMost?: number;
}

/** How a draft is saved. */
export interface DraftOptions<T = JsonValue> {
  /** Saves by itself: `true` for the defaults. With `false` only `save()` sends anything. Default `false`. */
  readonly autosave?: boolean | Autosave;
  /** Asked where others changed what was typed. Default: the resource's `resolve`. */
  readonly onConflict?: ConflictResolver<T>;
  /**
   * Goes on with what was kept of an earlier draft, its `base` and its `value`: in `sessionStorage`, for example, before a reload. What
   * others saved meanwhile is merged, as if the page had never been left. Default: nothing was typed yet.
   */
  readonly from?: { readonly base: Snapshot<T>; readonly value: DeepReadonly<T> };
}

/** What one save of a draft may add. */
export interface SaveOptions<T = JsonValue> {
  /** Ends waits, requests and hooks at once, with its own reason. What was typed stays. */
  readonly signal?: AbortSignal;
  /** Sent with the requests of this save, on top of those of the handle. */
  readonly headers?: HeadersInit;
  /** Asked instead of the draft's own resolver. */
  readonly resolve?: ConflictResolver<T>;
  /** The budget of this save, member by member on top of the handle's. */
  readonly retry?: ConflictRetry;
}

/**
 * Where a draft stands. The first of these that holds: `gone` (others deleted the resource), `conflicted` (others changed what was typed),
 * `saving`, `failed` (the last save, or the first read), `dirty` (there is something to save), `clean`, `empty` (nothing was read yet).
 */
export type DraftStatus = 'empty' | 'clean' | 'dirty' | 'saving' | 'conflicted' | 'failed' | 'gone';

/**
 * What a person is working on: a value that can be changed at any time, is saved when it should be, and follows what others save without
 * ever losing what was typed. Make one with {@link Resource.draft}.
 */
export interface Draft<T = JsonValue> {
  /**
   * What the person should see: what was typed, on top of what others saved meanwhile. Undefined until the first read, and until the code
   * of drafts has come, which is fetched with the first one. Frozen.
   */
  readonly value: DeepReadonly<T> | undefined;
  /** What it was made from. Undefined until the first read. */
  readonly base: Snapshot<T> | undefined;
  /** Resolves when there is a value; rejects with what the first read met. It need not be awaited: `subscribe` tells as well. */
  readonly ready: Promise<void>;
  /** What to show beside the form: whether there is something to save, being saved, or in conflict. */
  readonly status: DraftStatus;
  /** Why the last save failed (an EditError), or the first read. What was typed stays in `value`. Undefined again after the next that succeeds. */
  readonly error: Error | undefined;
  /** Where others changed what was typed. The person's own stays in `value`. */
  readonly conflicts: readonly MergeConflict[];
  /** What `save()` would send, against the latest known state. Empty when there is nothing to save. */
  readonly patch: Patch;
  /** Whether `undo()` has something to take back. */
  readonly canUndo: boolean;
  /** Whether `redo()` has something to make again. */
  readonly canRedo: boolean;
  /**
   * Runs the recipe on a copy of `value`; what it changes shows at once.
   *
   * @throws MissingBaseError (ERR_MISSING_BASE) before `ready`; ClosedError (ERR_CLOSED) after `close()`; InvalidJsonError.
   */
  change(recipe: (draft: T) => DeepReadonly<T> | void): void;
  /**
   * Sets one place: replaces what is there or adds it. `-` as the last token appends to a list.
   *
   * @throws InvalidPatchError (ERR_INVALID_PATCH) where nothing is there to hold it, and nothing was changed; else as `change`.
   */
  set<Path extends string>(path: CheckedPath<Path, PointerOf<T>>, value: JsonValue): void;
  /**
   * Saves what is on the screen now. During a save it waits for that one, and saves what was typed since. With nothing to save it resolves
   * at once, without a request.
   *
   * @throws ConflictError (ERR_CONFLICT) where nobody settled a conflict, and every other EditError. What was typed stays.
   */
  save(options?: SaveOptions<T>): Promise<EditResult<T>>;
  /** Throws away what was typed and not saved, its conflicts and its steps, and gives up a save on its way. */
  discard(): void;
  /** Takes back the person's last change, and nothing of others. False: there is none left. */
  undo(): boolean;
  /** Makes what was taken back again. False: there is nothing left. */
  redo(): boolean;
  /** Calls back when anything here has changed. What it returns ends that. */
  subscribe(listener: () => void): () => void;
  /** Saves what autosave still owes, and ends. Rejects with why that could not be saved. */
  close(): Promise<void>;
}
