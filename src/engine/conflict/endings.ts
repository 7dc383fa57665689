import type { JsonValue } from '../../core/json.js';
import type { EditErrorFacts } from '../../errors/edit-error.js';
import {
  ExistsError,
  GoneError,
  InDoubtError,
  LockedError,
  RefusedError,
  RetryLimitError,
} from '../../errors/outcome-errors.js';
import { MissingVersionError } from '../../errors/usage-errors.js';
import type { ProblemDetails } from '../../protocol/answer.js';
import { holderOf } from '../../protocol/holder.js';
import { shownText } from '../../protocol/shown.js';
import type { Batch } from '../batch.js';
import type { Failure } from '../decision.js';
import type { Edit } from '../edit.js';
import { doubt } from './read-answer.js';

/**
 * Ends every edit of a batch with this failure. Edits that were written together and refused for what they say are sent
 * again in two halves instead, and so on: the fault is one's, and the others are to land. Those that came late have
 * time and attempts left.
 */
export function fail(batch: Batch, failure: Failure): void {
  const { live, doubts, budget } = batch;
  const faultOfOne = failure.kind === 'refused' || failure.kind === 'passed-on';
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
  const isDefinite = batch.doubts.length === 0 || error instanceof InDoubtError;
  const { url } = batch.resource;
  edit.reject(isDefinite ? error : inDoubtError(url, edit.facts(remote, error), localOf(edit)));
}

/** Time or attempts ran out: why is what stood in the way last. */
export function expiry({ lock, lastRefusal, budget }: Batch): Failure {
  if (lock !== undefined) return { kind: 'locked', refusal: lock, cause: lock.error };
  const { attempts } = budget;
  const why = `Gave up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${budget.left <= 0 ? 'the deadline has passed' : 'no attempt is left'}.`;
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

function definiteError(
  { resource, policy }: Batch,
  failure: Failure,
  edit: Edit,
  remote: JsonValue | undefined,
): unknown {
  const { url } = resource;
  const local = localOf(edit);
  const facts = (cause: unknown): EditErrorFacts => edit.facts(remote, cause);
  switch (failure.kind) {
    case 'passed-on':
      return failure.error;
    case 'refused': {
      const { problem, answer, error } = failure.refusal;
      return new RefusedError(
        `The server refused to write ${url} with ${answer.status}, though the version has not moved: ${wordsOf(problem)} Not retried: change the edit or the rule it breaks.`,
        { ...facts(error), problem },
      );
    }
    case 'locked': {
      const { problem, answer, retryAfter } = failure.refusal;
      const holder = holderOf(answer)?.holder;
      return new LockedError(
        `${url} is locked${holder === undefined ? '' : ` by ${holder}`}. Try again later, or raise \`locked.maxWait\` or \`retry.deadline\`.`,
        { ...facts(failure.cause), retryAfter, holder, problem },
      );
    }
    case 'limit':
      return new RetryLimitError(
        `${failure.why} The edit of ${url} was not made; it is in error.edit. Try again later, or raise \`retry\`.`,
        { ...facts(failure.cause), retryAfter: failure.retryAfter },
      );
    case 'no-version': {
      const { corsHeader } = policy.codec;
      const cors =
        corsHeader === undefined
          ? ''
          : ` In a browser, CORS must expose it: Access-Control-Expose-Headers: ${corsHeader}.`;
      return new MissingVersionError(`${failure.why}${cors}`, facts(failure.cause));
    }
    case 'gone':
      return new GoneError(
        `${url} was deleted while it was being edited. Set \`gone\` or a resolver to say what that means; what was to be saved is in error.local.`,
        { ...facts(failure.cause), local },
      );
    case 'exists':
      return new ExistsError(
        `${url} exists already. Set \`exists\` to 'adopt' or 'merge', or a resolver, to say what that means.`,
        facts(failure.cause),
      );
    case 'in-doubt':
      return inDoubtError(url, facts(failure.cause), local);
  }
}

function inDoubtError(url: string, facts: EditErrorFacts, local: JsonValue): InDoubtError {
  return new InDoubtError(
    `A write to ${url} may or may not have landed, and the server could not tell. Read it again before making the edit again; what was to be saved is in error.local.`,
    { ...facts, local },
  );
}

function wordsOf(problem: ProblemDetails | undefined): string {
  const words = problem?.detail ?? problem?.title ?? problem?.code;
  if (words === undefined) return 'it does not say why.';
  // Servers repeat the address they were asked at, token and all.
  const shown = shownText(words);
  return /[.!?]$/.test(shown) ? shown : `${shown}.`;
}
