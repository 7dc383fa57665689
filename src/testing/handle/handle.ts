import { isLive } from '../store/store.js';
import { type Answer, emptyAnswer, problemAnswer } from '../wire/answer.js';
import type { RequestRecord } from '../wire/record.js';
import type { ServerRequest } from '../wire/request.js';
import type { Backend, Circumstances } from './backend.js';
import { acceptPatch } from './media.js';
import { read } from './reading.js';
import { create, write } from './writing.js';

function allowed({ settings, store }: Backend, path: string): string[] {
  const patch = settings.patches.length > 0 ? ['PATCH'] : [];
  const post = isLive(store.latest(path)) ? [] : ['POST'];
  return ['GET', 'HEAD', 'PUT', ...patch, ...post, 'DELETE', 'OPTIONS'];
}

/** One request against the documents: finds out what it means, does it, and says what came of it. */
export function handle(backend: Backend, request: ServerRequest, record: RequestRecord, now: Circumstances): Answer {
  const { method, path } = request;
  const allow = allowed(backend, path);
  const headers: [string, string][] = [['Allow', allow.join(', ')]];
  if (!allow.includes(method)) {
    const detail = `${path} takes ${allow.join(', ')}; got ${method}.`;
    return problemAnswer('unsupported', 405, { detail }, headers);
  }
  if (method === 'OPTIONS') return emptyAnswer('read', 204, [...headers, ...acceptPatch(backend.settings)]);
  if (method === 'GET' || method === 'HEAD') return read(backend, request, now);

  const { settings, idempotencyKeys } = backend;
  const repeated = settings.idempotencyKeys ? idempotencyKeys.repeated(request) : undefined;
  if (repeated) return repeated;
  const answer = method === 'POST' ? create(backend, request, record, now) : write(backend, request, record, now);
  if (settings.idempotencyKeys) idempotencyKeys.keep(request, answer);
  return answer;
}
