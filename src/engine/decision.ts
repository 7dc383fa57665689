import type { ConflictContext } from '../contract/resolver.js';
import type { MergeConflict } from '../core/conflict.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { ProblemDetails, ServerAnswer } from '../protocol/answer.js';
import type { Pause } from './budget.js';
import type { PortWrite, WriteAnswer } from './port.js';
import type { Edit } from './queue/edit.js';
import type { Joint } from './queue/joint.js';

/** The code that is needed now did not load. */
export class NotLoaded extends Error {}

/** Why the server is read before the next write. */
export type RefetchReason =
  /** The write was refused as stale: has the version moved? */
  | 'stale'
  /** The write may have landed. */
  | 'doubt'
  /** The server says there is no such resource, or does not understand the write: which of the two? */
  | 'missing'
  /** No version is known to write against. */
  | 'version'
  /** What our own last write came to is not known: nothing is built upon a guess. */
  | 'assumed';

/** What every step of the loop comes to: the next step, after a pause where there is one. */
export type Decision =
  | { readonly next: 'prepare' | 'send'; readonly pause?: Pause | undefined }
  | { readonly next: 'refetch'; readonly why: RefetchReason; readonly pause?: Pause | undefined }
  | { readonly next: 'read-answer'; readonly write: PortWrite; readonly answer: WriteAnswer; readonly pause?: Pause }
  | { readonly next: 'fail'; readonly failure: Failure; readonly pause?: Pause }
  | { readonly next: 'done'; readonly pause?: undefined };

export const DONE: Decision = { next: 'done' };

/** The edits end with an error: which one, each is told in its own words. */
export const failing = (failure: Failure): Decision => ({ next: 'fail', failure });

/** A definite answer that is not 2xx, read. */
export interface Refusal {
  readonly answer: ServerAnswer;
  readonly problem: ProblemDetails | undefined;
  readonly error: Error;
  /** ms */
  readonly retryAfter: number | undefined;
}

/** Why an edit ends without landing; `conflict/endings.ts` makes the error of it, once for each edit. */
export type Failure =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'locked'; readonly refusal: Refusal; readonly cause: unknown }
  | { readonly kind: 'limit'; readonly cause: unknown; readonly retryAfter: number | undefined; readonly why: string }
  | { readonly kind: 'no-version'; readonly cause: unknown; readonly why: string; readonly isMalformed?: boolean }
  /** The server failed, or gave no answer to a write, as often as it was asked. */
  | { readonly kind: 'failed'; readonly cause: unknown; readonly why: string }
  | { readonly kind: 'gone' | 'exists'; readonly cause: unknown; readonly why?: string }
  /** `isSeen`: the server was read, and nothing there tells. */
  | { readonly kind: 'in-doubt'; readonly cause: unknown; readonly isSeen?: boolean }
  /** An error that passes through as it is: somebody else's code, or an edit that cannot be sent. */
  | { readonly kind: 'passed-on'; readonly error: unknown };

/** Conflicts that nobody settled, and what with. */
export interface OpenConflicts {
  readonly reason: ConflictContext['reason'];
  readonly remote: JsonValue | undefined;
  readonly merged: JsonValue | undefined;
  readonly conflicts: readonly MergeConflict[];
}

/** What came of making a row of edits on the target. */
export type Making =
  | { readonly kind: 'made'; readonly patch: Patch; readonly value: JsonValue }
  /** Its edits have ended: a resolver gave them up for what is there. */
  | { readonly kind: 'settled' }
  /** The resource moved on while a resolver thought, and the resolver knows. */
  | { readonly kind: 'moved'; readonly decision: Decision }
  /** Nobody settled its conflicts. */
  | { readonly kind: 'open'; readonly joint: Joint; readonly open: OpenConflicts; readonly cause: unknown }
  /** A recipe, a merge rule or a schema failed: somebody else's code. */
  | { readonly kind: 'failed'; readonly errorFor: (edit: Edit) => unknown };
