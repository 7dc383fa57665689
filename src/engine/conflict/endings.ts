import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue } from '../../core/json.js';
import type { EditErrorFacts } from '../../errors/edit-error.js';
import {
  ExistsError,
  FailedError,
  GoneError,
  InDoubtError,
  LockedError,
  RefusedError,
  RetryLimitError,
} from '../../errors/outcome-errors.js';
import { MissingVersionError, UnreadableResponseError } from '../../errors/usage-errors.js';
import type { ProblemDetails } from '../../protocol/answer.js';
import { shownText } from '../../protocol/shown.js';
import { holderOf } from '../../protocol/verdict/holder.js';
import type { Batch } from '../batch.js';
import type { Failure, Refusal } from '../decision.js';
import type { Edit } from '../queue/edit.js';
import type { Doubt, EditInput } from '../queue/edit-input.js';
import { doubt } from './read-answer.js';

/**
 * Ends every edit of a batch with this failure. Edits that were written together and refused for what they say are sent
 * again in two halves instead, and so on: the fault is one's, and the others are to land. Those that came late have
 * time and attempts left.
 */
export function fail(batch: Batch, failure: Failure): void {
  const { live, doubts, budget } = batch;
  // A missing login is nobody's edit's fault.
  const faultOfOne =
    failure.kind === 'passed-on' || (failure.kind === 'refused' && failure.refusal.answer.status !== 401);
  // Whose fault it was may have left meanwhile: what counts is how many were sent.
  if (Math.max(live.length, batch.sent.length) > 1 && faultOfOne && doubts.length === 0) {
    budget.uncounted += 1;
    batch.apart = [...batch.apart, ...halvesOf(live)];
    return;
  }
  const spares = (failure.kind === 'limit' || failure.kind === 'locked') && doubts.length === 0;
  const late = new Set(spares ? batch.late : []);
  const remote = failure.kind === 'gone' ? undefined : remoteOf(batch);
  for (const edit of live)
    if (!late.has(edit)) rejectFor(batch, edit, definiteError(batch, failure, edit, remote), remote);
}

/** Time is up. A write that is still out there is in doubt. */
export function outOfTime(batch: Batch, deadline: Error): void {
  if (batch.inFlight) doubt(batch, deadline, undefined);
  const [first] = batch.doubts;
  fail(batch, first === undefined ? expiry(batch) : { kind: 'in-doubt', cause: first.cause });
}

/** Ends every edit of a batch with somebody else's error. */
export function rejectAll(batch: Batch, error: unknown): void {
  for (const edit of batch.live) rejectFor(batch, edit, error, remoteOf(batch));
}

/** Ends an edit with an error. While a write of it is in doubt no definite error is true: the doubt is told, and the error is its cause. */
export function rejectFor(batch: Batch, edit: Edit, error: unknown, remote: JsonValue | undefined): void {
  // A server that says each time that it failed, and whose version has not moved, has not saved it.
  const hasFailed =
    batch.isUnsaved && error instanceof FailedError && batch.doubts.every(({ isAnswered }) => isAnswered === true);
  const isDefinite = batch.doubts.length === 0 || error instanceof InDoubtError || hasFailed;
  edit.reject(isDefinite ? error : inDoubtError(batch, edit, remote, error));
}

/** Time or attempts ran out: why is what stood in the way last. */
export function expiry({ lock, lastRefusal, budget, failedReads, obstacle }: Batch): Failure {
  if (lock !== undefined) return { kind: 'locked', refusal: lock, cause: lock.error };
  const { attempts } = budget;
  const reads = failedReads === 0 ? '' : ` and ${failedReads} ${failedReads === 1 ? 'read' : 'reads'} that failed`;
  const isLate = budget.signal.aborted ? 'the next try would come after the deadline' : 'no attempt is left';
  const end = budget.left <= 0 ? 'the deadline has passed' : isLate;
  const seen = obstacle === undefined ? '' : ` ${obstacle}`;
  const why = `Gave up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${reads}: ${end}.${seen}`;
  return { kind: 'limit', cause: lastRefusal?.error, retryAfter: lastRefusal?.retryAfter, why };
}

/** The latest seen on the server; undefined where nothing is there yet. */
function remoteOf({ kind, target, live }: Batch): JsonValue | undefined {
  const isUnknown = kind === 'create' || (kind === 'delete' && live[0]?.target === undefined);
  return isUnknown ? undefined : target.value;
}

/** What its caller wanted; of a delete, what was to be deleted. */
function localOf({ input, target }: Edit): JsonValue {
  return input.kind === 'delete' ? (target?.value ?? null) : input.local;
}

/** One bad edit among n costs 2 × log2(n) writes this way, where one by one would cost n. */
function halvesOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const middle = Math.ceil(edits.length / 2);
  return [edits.slice(0, middle), edits.slice(middle)];
}

function definiteError(batch: Batch, failure: Failure, edit: Edit, remote: JsonValue | undefined): unknown {
  const { resource, policy } = batch;
  const { url } = resource;
  const facts = (cause: unknown): EditErrorFacts => factsOf(batch, edit, remote, cause);
  switch (failure.kind) {
    case 'passed-on':
      return failure.error;
    case 'refused': {
      const { answer, error } = failure.refusal;
      return new RefusedError(`${told(batch, failure.refusal)} ${adviceFor(answer.status)}`, facts(error));
    }
    case 'failed':
      return new FailedError(
        `${told(batch) || came(batch)} ${failure.why} The edit was not saved; it is in error.edit. Try again later with error.retry().`.trimStart(),
        facts(failure.cause),
      );
    case 'locked': {
      const { answer, retryAfter } = failure.refusal;
      const holder = holderOf(answer)?.holder;
      return new LockedError(
        `${url} is locked${holder === undefined ? '' : ` by ${holder}`}. Try again later, or raise \`locked.maxWait\` or \`retry.deadline\`.`,
        { ...facts(failure.cause), retryAfter, holder },
      );
    }
    case 'limit':
      return new RetryLimitError(
        `${told(batch)} ${failure.why} The edit of ${url} was not made; it is in error.edit. Try again later with error.retry(), or raise \`retry\`.`.trimStart(),
        { ...facts(failure.cause), retryAfter: failure.retryAfter },
      );
    case 'no-version': {
      const { corsHeader } = policy.codec;
      const cors =
        corsHeader === undefined || failure.isMalformed === true
          ? ''
          : ` In a browser, CORS must expose it: Access-Control-Expose-Headers: ${corsHeader}.`;
      return new MissingVersionError(`${failure.why}${cors}`, facts(failure.cause));
    }
    case 'gone':
      return new GoneError(
        failure.why ??
          `${url} was deleted while it was being edited. Set \`gone\` or a resolver to say what that means; what was to be saved is in error.local.`,
        facts(failure.cause),
      );
    case 'exists':
      return new ExistsError(
        `${url} exists already. Set \`exists\` to 'adopt' or 'merge', or a resolver, to say what that means.`,
        facts(failure.cause),
      );
    case 'in-doubt':
      return inDoubtError(batch, edit, remote, failure.cause, failure.isSeen);
  }
}

function inDoubtError(
  batch: Batch,
  edit: Edit,
  remote: JsonValue | undefined,
  cause: unknown,
  looked = false,
): InDoubtError {
  const { url } = batch.resource;
  const seen = told(batch) || came(batch) || `The answer to a write to ${url} was lost.`;
  return new InDoubtError(
    `${seen} The server does not show whether it was saved. Read ${url} before you make the edit again. error.retry() looks first, and makes it again if that does not tell. What was to be saved is in error.local.`,
    { ...factsOf(batch, edit, remote, cause), looked },
  );
}

/** What every error of a batch says of an edit in it: the server's last words, and how to make it again. */
export function factsOf(
  batch: Batch,
  edit: Edit,
  remote: JsonValue | undefined,
  cause: unknown,
): EditErrorFacts & { readonly local: JsonValue } {
  const { lastRefusal, doubts } = batch;
  let again: Promise<EditResult> | undefined;
  return {
    ...edit.facts(remote, cause),
    local: localOf(edit),
    status: lastRefusal?.answer.status ?? doubts.at(-1)?.status,
    problem: lastRefusal?.problem,
    retry: () => {
      again ??= batch.setting.again(madeAgain(edit, doubts, standing(edit)));
      return again;
    },
  };
}

/** What an edit has come to: what is to be made, and what was answered about it. */
export type Standing = Pick<Edit, 'intent' | 'answers' | 'settledByValue'>;

function standing({ input, intent, answers, settledByValue, answeredWith }: Edit): Standing {
  // An answer for several at once is not this one's alone.
  return { intent: answeredWith.length > 1 ? input : intent, answers, settledByValue };
}

/** An edit that has failed, to be made again from where it stands. What a resolver has made of it has another base. */
export function madeAgain(
  { input, keys, made, target }: Edit,
  doubts: readonly Doubt[],
  { intent, answers, settledByValue }: Standing,
): EditInput {
  const isItself = intent === input;
  return {
    ...input,
    ...intent,
    baseVersion: isItself ? input.baseVersion : undefined,
    before: { keys, doubts, answers, settledByValue, made: isItself ? made : undefined },
    combinable: false,
    ...(input.kind === 'delete' ? { findTarget: () => target } : {}),
  };
}

/** What the server said last, in one sentence; empty where it said nothing. */
function told({ resource, lastRefusal }: Batch, refusal: Refusal | undefined = lastRefusal): string {
  if (refusal === undefined) return '';
  const { answer, problem } = refusal;
  return `${resource.url} answered ${answer.status} to ${answer.sent.method}: ${wordsOf(problem)}`;
}

/** A page, a 202: it came, and says nothing of the write. */
function came({ doubts }: Batch): string {
  const last = doubts.at(-1)?.cause;
  return last instanceof UnreadableResponseError ? last.message : '';
}

/** What to do about a refusal. */
function adviceFor(status: number): string {
  if (status === 401) return 'Sign in, then call error.retry(). The edit is in error.edit.';
  if (status === 409)
    return 'The version has not changed, so it is a rule of the server: change the edit or what breaks the rule. The edit is in error.edit.';
  return 'It was not tried again. The edit is in error.edit; error.retry() sends it again.';
}

function wordsOf(problem: ProblemDetails | undefined): string {
  const words = problem?.detail ?? problem?.title ?? problem?.code;
  if (words === undefined) return 'it does not say why.';
  // Servers repeat the address they were asked at, token and all.
  const shown = shownText(words);
  return /[.!?]$/.test(shown) ? shown : `${shown}.`;
}
