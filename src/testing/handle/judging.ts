import { isLive, type State } from '../store/store.js';
import type { Answer } from '../wire/answer.js';
import type { ServerRequest } from '../wire/request.js';
import { deletedUnderneath, staleAnswer } from '../wire/stale.js';
import { type Backend, type Circumstances, malformedCondition, missingAnswer, validators } from './backend.js';
import { evaluate } from './preconditions.js';

/** Whether a write was made from the state that is there. `guarded`: it said so itself. `claim`: the version it names outside of conditional headers. */
export function judge(
  backend: Backend,
  request: ServerRequest,
  written: { readonly latest: State | undefined; readonly claim: string | undefined },
  now: Circumstances,
): { readonly guarded: boolean } | { readonly answer: Answer } {
  const { settings } = backend;
  const { method, path, headers } = request;
  const { latest, claim } = written;
  const current = isLive(latest) ? latest : undefined;

  // A 404 comes before preconditions (RFC 9110, section 13.2.1); what servers say to a version of a deleted document is another matter.
  if (!current && method !== 'PUT') {
    const named = claim !== undefined || headers.has('if-match') || headers.has('if-unmodified-since');
    const answer = latest && named ? deletedUnderneath(backend, method, path, now) : undefined;
    return { answer: answer ?? missingAnswer(backend, path) };
  }

  const condition = evaluate(method, headers, validators(settings, latest, now));
  if (condition.result === 'malformed') return { answer: malformedCondition(condition.header) };
  const disproved = claim !== undefined && (!current || claim !== settings.versions.text(current));
  if (condition.result === 'pass' && !disproved) return { guarded: condition.guarded || claim !== undefined };

  const outcome = condition.result === 'exists' ? 'exists' : 'stale';
  const answer =
    latest && !current
      ? deletedUnderneath(backend, method, path, now)
      : staleAnswer(backend, outcome, path, latest, now);
  return answer ? { answer } : { guarded: true };
}
