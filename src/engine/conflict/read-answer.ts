import type { ServerAnswer } from '../../protocol/answer.js';
import { problemOf } from '../../protocol/verdict/problem.js';
import { classify } from '../../protocol/verdict/verdict.js';
import { overtaking } from '../accept.js';
import type { Batch } from '../batch.js';
import type { Decision, RefetchReason, Refusal } from '../decision.js';
import { DONE, failing } from '../decision.js';
import type { PortWrite, State, WriteAnswer } from '../port.js';
import { runHook } from './asking/hook.js';

type Answered = Extract<WriteAnswer, { kind: 'answered' }>;

/** The request was understood, and the form it came in was not. */
const FORM_STATUSES = new Set([405, 415, 501]);
/** Nothing was done: the same request may be sent again as it is (RFC 6585 4, RFC 8470 5.2). */
const TRY_LATER_STATUSES = new Set([425, 429]);

/** Reads what came of a write that was not accepted: what does it lead to? */
export function readAnswer(batch: Batch, write: PortWrite, answer: WriteAnswer): Decision | Promise<Decision> {
  // Whoever left before this was told of a doubt; from here on it is recorded where there is one.
  batch.setInFlight(false);
  switch (answer.kind) {
    case 'unknown':
      if (answer.status === undefined) return doubt(batch, answer.error, undefined);
      batch.failures += 1;
      // An earlier refusal is not its last word.
      batch.lastRefusal = undefined;
      return doubt(batch, answer.error, undefined, answer.status);
    case 'unsendable':
      if (write.kind !== 'delete' && batch.port.nextForm(true)) return otherBytes(batch);
      return failing({ kind: 'passed-on', error: answer.error });
    case 'answered':
      return readRefusal(batch, write, answer);
    case 'accepted':
      return DONE;
  }
}

function readRefusal(batch: Batch, write: PortWrite, answered: Answered): Decision | Promise<Decision> {
  const { answer, error, retryAfter, latest } = answered;
  const { status } = answer;
  const problem = problemOf(answer);
  const refusal: Refusal = { answer, problem, error, retryAfter };
  const verdict = classify(answer, batch.policy.classify);
  batch.lastRefusal = refusal;
  if (verdict !== 'locked') batch.lock = undefined;
  // Gone is told once a read has confirmed it.
  if (verdict === 'stale' || verdict === 'locked' || verdict === 'exists' || verdict === 'refused') {
    batch.emit({ type: verdict, attempt: batch.budget.attempts, status, problem });
  }
  if (verdict === 'other' && mayHaveLanded(status)) {
    batch.failures += 1;
    return doubt(batch, error, retryAfter, hasEnded(status) ? status : undefined);
  }
  const refused: Decision = failing({ kind: 'refused', refusal });
  if (verdict !== 'locked' && isTooLong(batch, retryAfter)) return tooLong(error, retryAfter);
  switch (verdict) {
    case 'stale':
      if (latest !== undefined && write.kind === 'update') return trust(batch, latest, retryAfter);
      return lookFor(batch, 'stale', batch.budget.pauseAfter(retryAfter));
    case 'locked':
      return waitForLock(batch, refusal);
    case 'gone':
      return lookFor(batch, 'missing');
    case 'exists':
      return write.kind === 'create' ? lookFor(batch, 'stale') : refused;
    case 'refused':
      return refused;
    case 'precondition-required':
      return answer.sent.version === undefined && write.kind !== 'create'
        ? lookFor(batch, 'version')
        : preconditionEaten(error);
    case 'retry-unchanged':
      return { next: 'send', pause: batch.budget.pauseAfter(retryAfter) };
    case 'other':
      break;
  }
  if (TRY_LATER_STATUSES.has(status)) return { next: 'send', pause: batch.budget.pauseAfter(retryAfter) };
  if (write.kind === 'update' && FORM_STATUSES.has(status)) return nextForm(batch, refusal);
  if (status === 404 && write.kind !== 'create') return lookFor(batch, 'missing');
  if (status === 400 && write.kind === 'update' && speaksOfForm(answer)) return nextForm(batch, refusal);
  return refused;
}

/** A lock: nothing has changed, so the same bytes are right as soon as it clears. Waits within `maxWait` and the deadline. */
export async function waitForLock(batch: Batch, refusal: Refusal): Promise<Decision> {
  const { budget, policy, resource } = batch;
  const { maxWait, release } = policy.lock;
  const { answer, retryAfter } = refusal;
  const give = (cause: unknown): Decision => failing({ kind: 'locked', refusal, cause });
  batch.lock = refusal;
  budget.uncounted += 1;
  resource.setStatus('waiting');
  if (maxWait === 0) return give(refusal.error);
  if (release !== undefined) {
    try {
      await runHook(batch, (signal) => release(Object.freeze({ url: resource.url, answer, retryAfter, signal })));
    } catch (error) {
      budget.signal.throwIfAborted();
      return give(error);
    }
  } else if (retryAfter !== undefined && retryAfter > policy.retry.maxRetryAfter) return give(refusal.error);
  // After a release there is no reason to wait as long as the server asked before it.
  const { ms } = batch.budget.pauseAfter(release === undefined ? retryAfter : undefined);
  if (budget.lockWaited + ms > maxWait) return give(refusal.error);
  budget.lockWaited += ms;
  return { next: 'send', pause: { ms, reason: 'lock' } };
}

/** A 400 or 404 that is about how the edit was told, and not about what it says. */
export function speaksOfForm({ body }: ServerAnswer): boolean {
  const words = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  return /(?:media|content)[- ]?type|(?:json|merge)[- ]?patch|cannot patch|unsupported (?:method|format)|method not/i.test(
    words,
  );
}

/** The refusal carries the latest state, of an API that is known to tell the truth there. */
function trust(batch: Batch, latest: State, retryAfter: number | undefined): Decision {
  const pause = batch.budget.pauseAfter(retryAfter);
  // What may have landed is looked for before anything is sent on top of it.
  if (batch.doubts.length > 0) return lookFor(batch, 'stale', pause);
  batch.tellRefetch(latest, true);
  batch.budget.moved += 1;
  batch.target = overtaking(batch, latest) ?? latest;
  batch.resource.keep(batch.target, false);
  return { next: 'prepare', pause };
}

function lookFor(batch: Batch, why: RefetchReason, pause?: Decision['pause']): Decision {
  batch.patient = false;
  return { next: 'refetch', why, pause };
}

/** Tells the edit in the API's next form, once for each form. */
export function nextForm(batch: Batch, refusal: Refusal): Decision {
  batch.formRefusal ??= refusal;
  if (batch.port.nextForm(FORM_STATUSES.has(refusal.answer.status))) return otherBytes(batch);
  batch.lastRefusal = batch.formRefusal;
  return failing({ kind: 'refused', refusal: batch.formRefusal });
}

function otherBytes(batch: Batch): Decision {
  batch.takeKey();
  return { next: 'send' };
}

/** The write just sent may have landed. The same bytes on the same version are one doubt, however often they are sent. */
export function doubt(batch: Batch, cause: Error, retryAfter: number | undefined, status?: number): Decision {
  const { target: on, patch, kind, doubts, budget } = batch;
  batch.emit({ type: 'in-doubt', attempt: budget.attempts, cause });
  batch.sawLate = false;
  // A deletion has one patch, whichever version it is of.
  const known = doubts.find(
    (earlier) => earlier.patch === patch && (kind !== 'delete' || batch.isSame(earlier.on, on)),
  );
  const others = doubts.filter((earlier) => earlier !== known);
  // Sent twice, it may have landed unless both were answered.
  const isAnswered = status !== undefined && known?.isAnswered !== false;
  batch.doubts = [...others, { on, patch, cause, status, isAnswered }];
  return lookFor(batch, 'doubt', batch.budget.pauseAfter(isTooLong(batch, retryAfter) ? undefined : retryAfter));
}

/** It may have been carried out before it failed. */
function mayHaveLanded(status: number): boolean {
  return status === 408 || (status >= 500 && !FORM_STATUSES.has(status));
}

/** A gateway's 502 and 504 say nothing of what goes on behind it. */
function hasEnded(status: number): boolean {
  return status >= 500 && status !== 502 && status !== 504;
}

export function isTooLong(batch: Batch, retryAfter: number | undefined): boolean {
  return retryAfter !== undefined && retryAfter > batch.policy.retry.maxRetryAfter;
}

export function tooLong(cause: Error, retryAfter: number | undefined): Decision {
  const why = `The server asks to wait ${Math.round((retryAfter ?? 0) / 1000)} s, longer than maxRetryAfter allows.`;
  return failing({ kind: 'limit', cause, retryAfter, why });
}

function preconditionEaten(cause: Error): Decision {
  const why =
    'The server asks for a precondition (428) although one was sent: something between the client and the server drops it. Let gateways and proxies pass If-Match on.';
  return failing({ kind: 'no-version', cause, why });
}
