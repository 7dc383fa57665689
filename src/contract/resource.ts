import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Operation } from 'fast-json-patch';
import type { JsonValue, PointerPattern } from '../core/json.js';
import type { MergeRule } from '../core/rules/rule.js';
import type { Draft, DraftOptions } from './draft.js';
import type { DeepReadonly, MergeTable } from './paths.js';
import type { ConflictResolver } from './resolver.js';
import type { ConflictRetry } from './resource-options.js';
import type { EditResult, Snapshot } from './snapshot.js';

/** What any single call may add. */
export interface CallOptions {
  /** Ends waits, requests and hooks at once, with its own reason. */
  readonly signal?: AbortSignal;
  /** Sent with the requests of this call. */
  readonly headers?: HeadersInit;
  /** How long this call is tried, on top of the resource's `retry`. */
  readonly retry?: ConflictRetry;
}

/** What one edit may add. */
export interface EditOptions<T = JsonValue> extends CallOptions {
  /** What the edit was made from. Default: the handle's last snapshot, or one that is read first. */
  readonly base?: Snapshot<T>;
  /** Merge rules for this edit, on top of the resource's. */
  readonly merge?: MergeTable<T>;
  /** Asked instead of the resource's resolver. */
  readonly resolve?: ConflictResolver<T>;
  /** Who makes this edit: see the resource's `origin`. Default: the resource's. */
  readonly origin?: string;
  /** How the edit is made again on the latest version: `rebase` merges its patch, `replay` runs the recipe again. Default `rebase`. */
  readonly strategy?: 'rebase' | 'replay';
}

/** What one create may add. */
export interface CreateOptions<T = JsonValue> extends CallOptions {
  /** Merge rules, for `exists: 'merge'`. */
  readonly merge?: MergeTable<T>;
  /** Asked if the resource is there already, unless `exists` says what to do. */
  readonly resolve?: ConflictResolver<T>;
  /** Who creates it: see the resource's `origin`. Default: the resource's. */
  readonly origin?: string;
}

/** What one delete may add. */
export interface DeleteOptions<T = JsonValue> extends CallOptions {
  /** The state to delete. Default: the handle's last snapshot, or one that is read first. */
  readonly base?: Snapshot<T>;
  /** What to do if a newer state than `base` is found: reject, delete it all the same, or keep it. Default `error`. */
  readonly onStale?: 'error' | 'delete' | 'keep';
  /** Who deletes it: see the resource's `origin`. Default: the resource's. */
  readonly origin?: string;
}

/** Where a handle stands, for a UI. */
export type ResourceStatus = 'empty' | 'idle' | 'saving' | 'waiting' | 'conflicted' | 'failed' | 'gone';

/** A handle on one resource of one client. Handles of one URL share one queue of edits, but for those that open another envelope (`body`) or find the version elsewhere. */
export interface Resource<T = JsonValue> {
  /** Where it is, absolute. */
  readonly url: string;
  /** Last snapshot known to be on the server. */
  readonly snapshot: Snapshot<T> | undefined;
  /** What a person should see now: the snapshot with every pending edit applied. */
  readonly value: DeepReadonly<T> | undefined;
  /** What to show beside it: `saving`, `conflicted` and so on. */
  readonly status: ResourceStatus;
  /** The merge rules that hold here. */
  readonly merge: Readonly<Record<PointerPattern, MergeRule>>;
  /** What every value is checked with. */
  readonly schema: StandardSchemaV1<unknown, T> | undefined;
  /** Always asks the server. Concurrent calls share one request. ky's HTTPError for a 404, as users of ky expect. */
  get(options?: CallOptions): Promise<Snapshot<T>>;
  /** Runs the recipe on a copy, synchronously (one that returns a promise is refused); its changes become the local JSON Patch. */
  edit(recipe: (draft: T) => DeepReadonly<T> | void, options?: EditOptions<T>): Promise<EditResult<T>>;
  /** Sends this JSON Patch, made against `base` (default: the last snapshot; ERR_MISSING_BASE where others have changed a list whose indices it uses). */
  patch(operations: readonly Operation[], options?: EditOptions<T>): Promise<EditResult<T>>;
  /** Makes the resource equal to `value` as far as the caller changed it from `base` (default: the last snapshot; ERR_MISSING_BASE where `value` may come from an older one). */
  replace(value: DeepReadonly<T>, options?: EditOptions<T>): Promise<EditResult<T>>;
  /** Creates it; what an existing one means is `exists`. */
  create(value: DeepReadonly<T>, options?: CreateOptions<T>): Promise<EditResult<T>>;
  /** Deletes the state in `base` (default: the last snapshot, else one read). A newer state is never deleted unless `onStale` says so. Already gone is success. */
  delete(options?: DeleteOptions<T>): Promise<void>;
  /** Calls back when `value`, `snapshot` or `status` has changed. What it returns ends that. */
  subscribe(listener: () => void): () => void;
  /**
   * Tells that the server has something newer: call it where your own push (server-sent events, a WebSocket) says so. Reads once, however
   * often it is called at once, and not at all if that version is known already.
   *
   * @example
   * ```ts
   * import { createClient } from 'unconflict';
   *
   * const article = createClient({ prefix: 'https://api.example.com' }).resource('articles/1');
   * const pushes = new EventTarget(); // stands in for your EventSource or WebSocket
   * pushes.addEventListener('message', () => article.changed());
   * ```
   *
   * @param version What is on the server now, as in `snapshot.version`. Without it the server is always read.
   * @returns a promise that resolves when it is known. @throws ky's errors where it cannot be read; not for a 404, which is news.
   */
  changed(version?: string): Promise<void>;
  /**
   * Begins to work on the resource: a form, a text that saves itself. What is typed is kept on top of what others save, and nothing is
   * lost or asked about twice. Begins the first read if nothing is known yet.
   *
   * @example
   * ```ts
   * import { createClient } from 'unconflict';
   *
   * const article = createClient({ prefix: 'https://api.example.com' }).resource<{ title: string }>('articles/1');
   * const draft = article.draft({ autosave: true });
   * await draft.ready; // the first read
   * draft.subscribe(() => console.log(draft.status, draft.value?.title));
   * draft.change((doc) => {
   *   doc.title = 'Better';
   * });
   * await draft.close(); // saves what is owed
   * ```
   *
   * @throws InvalidOptionsError (ERR_INVALID_OPTIONS)
   */
  draft(options?: DraftOptions<T>): Draft<T>;
}
