import type { ProblemDetails, ServerAnswer } from '../protocol/answer.js';
import type { Pause } from './loop.js';
import type { State } from './port.js';

/** Why the server is looked at before the next write. */
export type LookReason =
  /** The write was refused as stale: has the version moved? */
  | 'stale'
  /** The write may have landed. */
  | 'doubt'
  /** The server says there is no such resource, or does not understand the write: which of the two? */
  | 'missing'
  /** No version is known to write against. */
  | 'version';

/** A definite answer that is not 2xx, read. */
export interface Refusal {
  readonly answer: ServerAnswer;
  readonly problem: ProblemDetails | undefined;
  readonly error: Error;
  /** ms */
  readonly retryAfter: number | undefined;
}

/** What an answer to a write leads to. A value, so that updates, creates and deletes can each act on it in their own way. */
export type Turn =
  | { readonly turn: 'look'; readonly why: LookReason; readonly pause: Pause | undefined }
  /** The same bytes again; `anew`: the same edit in other bytes. */
  | { readonly turn: 'resend'; readonly pause: Pause | undefined; readonly anew?: boolean }
  /** The latest state is known already. */
  | { readonly turn: 'write'; readonly target: State; readonly pause: Pause }
  | { readonly turn: 'exists' }
  | { readonly turn: 'doubt'; readonly cause: Error; readonly pause: Pause }
  | { readonly turn: 'fail'; readonly failure: Failure };

/** Why an edit ends without landing; `endings.ts` makes the error of it, once for each edit. */
export type Failure =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'locked'; readonly refusal: Refusal; readonly cause: unknown }
  | { readonly kind: 'limit'; readonly cause: unknown; readonly retryAfter: number | undefined; readonly why: string }
  | { readonly kind: 'no-version'; readonly cause: unknown; readonly why: string }
  | { readonly kind: 'gone' | 'exists'; readonly cause: unknown }
  | { readonly kind: 'in-doubt'; readonly cause: unknown }
  /** ky's own error, or another that passes through as it is. */
  | { readonly kind: 'passed-on'; readonly error: unknown };

/** How far an edit, create or delete has come. A class, because an object literal of so many members is slow to make. */
export class Progress {
  inFlight = false;
  lastRefusal: Refusal | undefined;
  /** Set while it is a lock that is waited for. */
  lock: Refusal | undefined;
  /** Writes after which the version had moved. */
  moved = 0;
  /** ms waited for locks. */
  lockWaited = 0;
  /** Writes that count as no attempt: they met a lock, or were refused for a neighbour's fault. */
  uncounted = 0;
  /** The first refusal of a form of writing: what is told when no other form does better. */
  formRefusal: Refusal | undefined;
  /** Looks that failed: they count as attempts do. */
  failedLooks = 0;
}
