import type { JsonValue } from '../core/json.js';
import type { EditErrorFacts } from '../errors/edit-error.js';
import {
  ExistsError,
  GoneError,
  InDoubtError,
  LockedError,
  RefusedError,
  RetryLimitError,
} from '../errors/outcome-errors.js';
import { MissingVersionError } from '../errors/usage-errors.js';
import type { ProblemDetails } from '../protocol/answer.js';
import { holderOf } from '../protocol/holder.js';
import { shownText } from '../protocol/shown.js';
import type { Run } from './run.js';
import type { Failure, Progress } from './turn.js';

/** What an error needs to know of the edit it ends. */
export type FactsOf = (cause?: unknown) => EditErrorFacts;

/**
 * The error of a failure, for one edit. While a write is in doubt no definite error is true, so the doubt is told and
 * the failure becomes its cause.
 */
export function errorOf(run: Run, failure: Failure, inDoubt: boolean, facts: FactsOf, local: JsonValue): unknown {
  const definite = definiteError(run, failure, facts, local);
  if (!inDoubt || failure.kind === 'in-doubt') return definite;
  return inDoubtError(run, facts(definite), local);
}

function definiteError(run: Run, failure: Failure, facts: FactsOf, local: JsonValue): unknown {
  const { url, policy } = run;
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
      return inDoubtError(run, facts(failure.cause), local);
  }
}

export function inDoubtError(run: Run, facts: EditErrorFacts, local: JsonValue): InDoubtError {
  return new InDoubtError(
    `A write to ${run.url} may or may not have landed, and the server could not tell. Read it again before making the edit again; what was to be saved is in error.local.`,
    { ...facts, local },
  );
}

/** Time or attempts ran out: why is what stood in the way last. */
export function expiry(run: Run, progress: Progress): Failure {
  const { lock, lastRefusal } = progress;
  if (lock !== undefined) return { kind: 'locked', refusal: lock, cause: lock.error };
  const { attempts } = run.budget;
  const why = `Gave up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${run.budget.remaining <= 0 ? 'the deadline has passed' : 'no attempt is left'}.`;
  return { kind: 'limit', cause: lastRefusal?.error, retryAfter: lastRefusal?.retryAfter, why };
}

function wordsOf(problem: ProblemDetails | undefined): string {
  const words = problem?.detail ?? problem?.title ?? problem?.code;
  if (words === undefined) return 'it does not say why.';
  // Servers repeat the address they were asked at, token and all.
  const shown = shownText(words);
  return /[.!?]$/.test(shown) ? shown : `${shown}.`;
}
