import { isLive } from '../store/store.js';
import { type Answer, problemAnswer } from '../wire/answer.js';
import type { RequestRecord } from '../wire/record.js';
import type { ServerRequest } from '../wire/request.js';
import { staleAnswer } from '../wire/stale.js';
import type { Backend, Circumstances } from './backend.js';
import { commit, keptText, nextOf } from './commit.js';
import { parseContent, unreadable } from './content.js';
import { judge } from './judging.js';
import { mediaOf } from './media.js';

/** PUT, PATCH and DELETE. One synchronous step: nothing can come between the check and the commit. */
export function write(backend: Backend, request: ServerRequest, record: RequestRecord, now: Circumstances): Answer {
  const { settings, store, locks } = backend;
  const { method, path } = request;
  const latest = store.latest(path);
  const current = isLive(latest) ? latest : undefined;

  // What would be refused without preconditions comes before them, and what is wrong inside the body after (RFC 9110, section 13.2.1).
  const media = method === 'DELETE' ? { media: undefined } : mediaOf(request, settings);
  if ('answer' in media) return media.answer;
  const refusal = unreadable(request, settings.maxBody) ?? locks.refusal(path);
  if (refusal) return refusal;
  const parsed = media.media ? parseContent(request, media.media) : { content: undefined };
  const claim = settings.versions.claim(request, 'answer' in parsed ? undefined : parsed.content?.value);
  const judged = judge(backend, request, { latest, claim }, now);
  if ('answer' in judged) return judged.answer;
  if ('answer' in parsed) return parsed.answer;

  const next = nextOf(backend, parsed.content, current, path, now);
  if ('answer' in next) return next.answer;
  if (current && !judged.guarded && !next.tested) {
    if (settings.couchdb) return staleAnswer(backend, 'exists', path, latest, now);
    if (settings.requirePrecondition) return preconditionRequired(path);
  }
  return commit(backend, request, record, { path, current, text: next.text }, now);
}

const preconditionRequired = (path: string): Answer =>
  problemAnswer('precondition-required', 428, { detail: `A write to ${path} must name the version it was made from.` });

/** POST to a collection: a new document below it, at a path the server chooses. */
export function create(backend: Backend, request: ServerRequest, record: RequestRecord, now: Circumstances): Answer {
  const media = mediaOf(request, backend.settings);
  if ('answer' in media) return media.answer;
  const refusal = unreadable(request, backend.settings.maxBody) ?? backend.locks.refusal(request.path);
  if (refusal) return refusal;
  const parsed = parseContent(request, media.media);
  if ('answer' in parsed) return parsed.answer;
  const path = backend.store.nextIn(request.path);
  return commit(
    backend,
    request,
    record,
    { path, current: undefined, text: keptText(backend, parsed.content.value, path) },
    now,
  );
}
