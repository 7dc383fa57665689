import { problemOf } from '../protocol/problem.js';
import { classify } from '../protocol/verdict.js';
import { meetLock } from './lock.js';
import type { PortWrite, WriteAnswer } from './port.js';
import type { Run } from './run.js';
import { pauseAfter } from './run.js';
import type { Progress, Refusal, Turn } from './turn.js';

type Answered = Extract<WriteAnswer, { kind: 'answered' }>;

/** The request was understood, and the form it came in was not. */
const FORM_STATUSES = new Set([405, 415, 501]);
/** Nothing was done: the same request may be sent again as it is (RFC 6585 4, RFC 8470 5.2). */
const TRY_LATER_STATUSES = new Set([425, 429]);

/** Reads an answer that is not 2xx: what does it lead to? */
export async function afterAnswer(run: Run, progress: Progress, write: PortWrite, answered: Answered): Promise<Turn> {
  const { answer, error, retryAfter, latest } = answered;
  const { status } = answer;
  const problem = problemOf(answer);
  const refusal: Refusal = { answer, problem, error, retryAfter };
  const { attempts: attempt } = run.budget;
  const verdict = classify(answer, run.policy.classify);
  progress.lastRefusal = refusal;
  if (verdict !== 'locked') progress.lock = undefined;
  // Gone is told once a look has confirmed it.
  if (verdict === 'stale' || verdict === 'locked' || verdict === 'exists' || verdict === 'refused') {
    run.emit({ type: verdict, attempt, status, problem });
  }
  if (verdict === 'other' && mayHaveLanded(status)) return doubt(run, error, retryAfter);
  const look = (why: 'stale' | 'missing' | 'version'): Turn => ({ turn: 'look', why, pause: undefined });
  if (verdict !== 'locked' && isTooLong(run, retryAfter)) return tooLong(error, retryAfter);
  switch (verdict) {
    case 'stale':
      if (latest !== undefined) return { turn: 'write', target: latest, pause: pauseAfter(run, retryAfter) };
      return { turn: 'look', why: 'stale', pause: pauseAfter(run, retryAfter) };
    case 'locked':
      return meetLock(run, progress, refusal);
    case 'gone':
      return look('missing');
    case 'exists':
      return write.kind === 'create' ? { turn: 'exists' } : { turn: 'fail', failure: { kind: 'refused', refusal } };
    case 'refused':
      return { turn: 'fail', failure: { kind: 'refused', refusal } };
    case 'precondition-required':
      return answer.sent.version === undefined && write.kind !== 'create' ? look('version') : preconditionEaten(error);
    case 'retry-unchanged':
      return { turn: 'resend', pause: pauseAfter(run, retryAfter) };
    case 'other':
      break;
  }
  if (TRY_LATER_STATUSES.has(status)) return { turn: 'resend', pause: pauseAfter(run, retryAfter) };
  if (write.kind === 'update' && FORM_STATUSES.has(status)) return nextForm(run, progress, refusal);
  if (status === 404 && write.kind !== 'create') return look('missing');
  if (status === 400 && write.kind === 'update') return look('missing');
  return { turn: 'fail', failure: { kind: 'passed-on', error } };
}

/** Tells the edit in the API's next form, once for each form. */
export function nextForm(run: Run, progress: Progress, refusal: Refusal): Turn {
  progress.formRefusal ??= refusal;
  if (run.port.nextForm(FORM_STATUSES.has(refusal.answer.status)))
    return { turn: 'resend', pause: undefined, anew: true };
  return { turn: 'fail', failure: { kind: 'passed-on', error: progress.formRefusal.error } };
}

export function doubt(run: Run, cause: Error, retryAfter: number | undefined): Turn {
  run.emit({ type: 'in-doubt', attempt: run.budget.attempts, cause });
  return { turn: 'doubt', cause, pause: pauseAfter(run, isTooLong(run, retryAfter) ? undefined : retryAfter) };
}

/** It may have been carried out before it failed. */
function mayHaveLanded(status: number): boolean {
  return status === 408 || (status >= 500 && !FORM_STATUSES.has(status));
}

export function isTooLong(run: Run, retryAfter: number | undefined): boolean {
  return retryAfter !== undefined && retryAfter > run.policy.retry.maxRetryAfter;
}

export function tooLong(cause: Error, retryAfter: number | undefined): Turn {
  const why = `The server asks to wait ${Math.round((retryAfter ?? 0) / 1000)} s, longer than maxRetryAfter allows.`;
  return { turn: 'fail', failure: { kind: 'limit', cause, retryAfter, why } };
}

function preconditionEaten(cause: Error): Turn {
  const why =
    'The server asks for a precondition (428) although one was sent: something between the client and the server drops it. Let gateways and proxies pass If-Match on.';
  return { turn: 'fail', failure: { kind: 'no-version', cause, why } };
}
