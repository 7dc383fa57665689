import type { MergeConflict, ResolvedConflict } from '../core/conflict.js';
import type { ProblemDetails } from '../protocol/answer.js';

/** What happened to one edit, told to listeners, which cannot change the flow. */
export type EditEvent =
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
  | { readonly type: 'in-doubt'; readonly attempt: number; readonly cause: unknown }
  | {
      readonly type: 'accepted';
      readonly attempts: number;
      readonly rebased: boolean;
      readonly alreadyApplied: boolean;
      readonly ms: number;
    }
  | { readonly type: 'rejected'; readonly attempts: number; readonly error: Error; readonly ms: number };

/** One event of a client: which resource, which edit, when (ms since the epoch), and what. */
export type ClientEvent = { readonly url: string; readonly editId: string; readonly at: number } & EditEvent;
