import { type Answer, problemAnswer } from './answer.js';
import { type Backend, type Circumstances, malformedCondition, missingAnswer, validators } from './backend.js';
import { commit, keptText, nextOf } from './commit.js';
import { type Content, parseContent, unreadable } from './content.js';
import { mediaOf } from './media.js';
import { evaluate } from './preconditions.js';
import type { RequestRecord } from './record.js';
import type { ServerRequest } from './request.js';
import { deletedUnderneath, staleAnswer } from './stale.js';
import { isLive } from './store.js';

type Step<T> = T | { readonly answer: Answer };
const NO_CONTENT = { content: undefined };

/** PUT, PATCH and DELETE. One synchronous step: nothing can come between the check and the commit. */
export function write(backend: Backend, request: ServerRequest, record: RequestRecord, now: Circumstances): Answer {
  const { settings, store, locks } = backend;
  const { method, path } = request;
  const latest = store.latest(path);

  // Everything that would be refused without preconditions comes before them (RFC 9110, section 13.2.1).
  const media = method === 'DELETE' ? { media: undefined } : mediaOf(request, settings);
  if ('answer' in media) return media.answer;
  const refusal = unreadable(request, settings.maxBody) ?? locks.refusal(path);
  if (refusal) return refusal;
  if (!isLive(latest) && method !== 'PUT') {
    const named = request.headers.has('if-match') || request.headers.has('if-unmodified-since');
    return (latest && named && deletedUnderneath(backend, method, path, now)) || missingAnswer(backend, path);
  }

  const condition = evaluate(method, request.headers, validators(settings, latest, now));
  if (condition.result === 'malformed') return malformedCondition(condition.header);
  const parsed: Step<{ content: Content | undefined }> = media.media ? parseContent(request, media.media) : NO_CONTENT;
  const claim = settings.versions.claim(request, 'answer' in parsed ? undefined : parsed.content?.value);
  const current = isLive(latest) ? latest : undefined;
  const disproved = claim !== undefined && (!current || claim !== settings.versions.text(current));
  if (condition.result !== 'pass' || disproved) {
    const outcome = condition.result === 'exists' ? 'exists' : 'stale';
    const underneath = latest !== undefined && current === undefined;
    const answer = underneath
      ? deletedUnderneath(backend, method, path, now)
      : staleAnswer(backend, outcome, path, latest, now);
    if (answer) return answer;
  }
  if ('answer' in parsed) return parsed.answer;

  const next = nextOf(backend, parsed.content, current, path, now);
  if ('answer' in next) return next.answer;
  const guarded = next.tested || claim !== undefined || (condition.result === 'pass' && condition.guarded);
  if (current && !guarded && settings.couchdb) return staleAnswer(backend, 'exists', path, latest, now);
  if (current && !guarded && settings.requirePrecondition) {
    return problemAnswer('precondition-required', 428, {
      detail: `A write to ${path} must name the version it was made from.`,
    });
  }
  return commit(backend, request, record, { path, current, text: next.text }, now);
}

/** POST to a collection: a new document below it, at a path the server chooses. */
export function create(backend: Backend, request: ServerRequest, record: RequestRecord, now: Circumstances): Answer {
  const media = mediaOf(request, backend.settings);
  if ('answer' in media) return media.answer;
  const refusal = unreadable(request, backend.settings.maxBody) ?? backend.locks.refusal(request.path);
  if (refusal) return refusal;
  const parsed = parseContent(request, media.media);
  if ('answer' in parsed) return parsed.answer;
  const path = backend.store.nextIn(request.path);
  return commit(backend, request, record, { path, current: undefined, text: keptText(backend, parsed.content) }, now);
}
