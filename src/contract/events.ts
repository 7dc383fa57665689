import type { MergeConflict, ResolvedConflict } from '../core/conflict.js';
import type { ProblemDetails } from '../protocol/answer.js';

/** What happened to one edit, told to listeners, which cannot change the flow. */
export type EditEvent =
  /** The edit is in its queue: told before the call that made it returns, where nothing had to be read first. */
  | {
      readonly type: 'queued';
      readonly kind: 'update' | 'create' | 'delete';
      /** Operations of the local patch. */
      readonly operations: number;
      /** Who made it: the option `origin`. */
      readonly origin: string;
    }
  | {
      readonly type: 'attempt';
      readonly attempt: number;
      readonly method: string;
      readonly version: string | undefined;
    }
  | {
      readonly type: 'stale' | 'locked' | 'gone' | 'exists' | 'refused';
      readonly attempt: number;
      readonly status: number;
      readonly problem: ProblemDetails | undefined;
    }
  | {
      readonly type: 'refetch';
      readonly attempt: number;
      readonly fromConflictBody: boolean;
      readonly version: string | undefined;
    }
  | {
      readonly type: 'rebase';
      readonly attempt: number;
      readonly operations: number;
      readonly conflicts: readonly MergeConflict[];
      readonly resolved: readonly ResolvedConflict[];
      readonly ms: number;
    }
  | { readonly type: 'resolve'; readonly attempt: number; readonly answer: string; readonly ms: number }
  | {
      readonly type: 'wait';
      readonly attempt: number;
      readonly ms: number;
      readonly reason: 'backoff' | 'retry-after' | 'lock';
    }
  /**
   * A plain PUT, PATCH or DELETE goes out without a precondition, so that it may overwrite what others saved: what it was made from
   * was not read with this client (`not-read`), or only with a query that the write has not (`part-read`), or its answer named no version
   * that can be sent back (`no-version`), or the resource is declared `unversioned()`. It is the only event of its `editId`.
   */
  | {
      readonly type: 'unguarded';
      readonly method: string;
      readonly reason: 'not-read' | 'part-read' | 'no-version' | 'unversioned';
    }
  | { readonly type: 'in-doubt'; readonly attempt: number; readonly cause: unknown }
  | {
      readonly type: 'accepted';
      readonly attempts: number;
      readonly rebased: boolean;
      readonly alreadyApplied: boolean;
      readonly ms: number;
    }
  | { readonly type: 'rejected'; readonly attempts: number; readonly error: Error; readonly ms: number }
  /** An outbox's storage failed: a StorageError. `url` and `editId` are empty where it is about no one edit. */
  | { readonly type: 'storage'; readonly error: Error };

/** One event of a client: which resource, which edit, when (ms since the epoch), and what. */
export type ClientEvent = {
  readonly url: string;
  /** The key of `resources` that holds for the URL: a name for it with few values, for metrics. Undefined: none does. */
  readonly pattern: string | undefined;
  readonly editId: string;
  readonly at: number;
} & EditEvent;

/**
 * What a `fetch` given to the client finds as `unconflict` in its second argument, where a request is sent for edits.
 * Tracing puts the request below the edit with it.
 */
export interface RequestFacts {
  /** The `editId`s the request is sent for, the first in line first; those that wait together travel together. */
  readonly edits: readonly string[];
}
