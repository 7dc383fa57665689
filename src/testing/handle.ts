import { type Answer, emptyAnswer, problemAnswer } from './answer.js';
import type { Backend, Circumstances } from './backend.js';
import { acceptPatch } from './media.js';
import { read } from './reading.js';
import type { RequestRecord } from './record.js';
import type { ServerRequest } from './request.js';
import { isLive } from './store.js';
import { create, write } from './writing.js';

function allowed({ settings, store }: Backend, path: string): string[] {
  const patch = settings.patches.length > 0 ? ['PATCH'] : [];
  const post = isLive(store.latest(path)) ? [] : ['POST'];
  return ['GET', 'HEAD', 'PUT', ...patch, ...post, 'DELETE', 'OPTIONS'];
}

/** One request against the documents: finds out what it means, does it, and says what came of it. Never throws. */
export function handle(backend: Backend, request: ServerRequest, record: RequestRecord, now: Circumstances): Answer {
  const allow = allowed(backend, request.path);
  const headers: [string, string][] = [['Allow', allow.join(', ')]];
  if (!allow.includes(request.method)) {
    const detail = `${request.path} takes ${allow.join(', ')}; got ${request.method}.`;
    return problemAnswer('unsupported', 405, { detail }, headers);
  }
  try {
    if (request.method === 'OPTIONS') return emptyAnswer('read', 204, [...headers, ...acceptPatch(backend.settings)]);
    if (request.method === 'GET' || request.method === 'HEAD') return read(backend, request, now);
    return request.method === 'POST' ? create(backend, request, record, now) : write(backend, request, record, now);
  } catch (error) {
    // A rule of the test threw, or a document is too deep for the stack. The record says `crashed`, so that no test takes it for an answer.
    return problemAnswer('crashed', 500, { detail: error instanceof Error ? error.message : String(error) });
  }
}
