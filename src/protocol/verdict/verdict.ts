import type { ServerAnswer, Verdict } from '../answer.js';
import { codesOf, verdictOfCodes } from './codes-of.js';
import { tellsOfLock } from './holder.js';
import { problemOf } from './problem.js';

/** What a status means by itself. */
const STATUSES: Readonly<Record<number, Verdict>> = {
  410: 'gone',
  423: 'locked',
  428: 'precondition-required',
  449: 'retry-unchanged',
};

/**
 * What an answer means for the write it answers. Trusted in this order: what the caller knows of the API, the status, the codes in the body, what was sent.
 * *stale* and *gone* are suspicions until a refetch confirms them.
 *
 * @param custom `classify` of the resource options; its `undefined` leaves the verdict to the rules here.
 * @see RFC 9110 15.5.10 (409), 15.5.13 (412); RFC 6585 3 (428); RFC 4918 11.3 (423)
 */
export function classify(answer: ServerAnswer, custom?: (answer: ServerAnswer) => Verdict | undefined): Verdict {
  const known = custom?.(answer) ?? STATUSES[answer.status];
  if (known !== undefined) return known;
  const { status } = answer;
  // Below 400 nothing went wrong; a 401 is about the caller; a 5xx may have been done all the same, which is a doubt and no refusal.
  if (status < 400 || status >= 500 || status === 401) return 'other';
  const coded = verdictOfCodes(codesOf(answer));
  if (coded !== undefined) return bySent(coded, answer);
  if (status === 409 || status === 412) return tellsOfLock(answer) ? 'locked' : bySent('stale', answer);
  if (status === 404 && isGuardedUpdate(answer)) return 'gone';
  if ((status === 400 || status === 422) && isGuardedUpdate(answer) && saysTestFailed(answer)) return 'stale';
  return 'other';
}

/** A create cannot be stale, what named no version cannot be either, and an update that meets "already exists" broke a rule such as a unique key. */
function bySent(verdict: Verdict, answer: ServerAnswer): Verdict {
  if (verdict !== 'stale' && verdict !== 'exists') return verdict;
  if (isCreate(answer)) return 'exists';
  return verdict === 'stale' && isGuardedUpdate(answer) ? 'stale' : 'refused';
}

function isCreate({ sent }: ServerAnswer): boolean {
  return sent.create || (sent.method.toUpperCase() === 'POST' && sent.version === undefined);
}

function isGuardedUpdate(answer: ServerAnswer): boolean {
  return answer.sent.version !== undefined && !isCreate(answer);
}

/** A version sent as a JSON Patch `test`: RFC 6902 5 names no status for one that fails, and servers use 400 and 422 too. */
function saysTestFailed(answer: ServerAnswer): boolean {
  const problem = problemOf(answer);
  return /\btest(?:ing)?\b[^.]{0,200}\bfail/i.test(`${problem?.detail ?? ''}\n${problem?.title ?? ''}`);
}
