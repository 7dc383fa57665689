import { type Answer, emptyAnswer, jsonAnswer, problemAnswer } from './answer.js';
import {
  type Backend,
  type Circumstances,
  malformedCondition,
  missingAnswer,
  shownText,
  validators,
  versionHeaders,
} from './backend.js';
import { acceptPatch } from './media.js';
import { evaluate } from './preconditions.js';
import type { ServerRequest } from './request.js';
import { isLive } from './store.js';

/** GET and HEAD (RFC 9110, sections 9.3.1 and 9.3.2). */
export function read(backend: Backend, request: ServerRequest, now: Circumstances): Answer {
  const { settings, store } = backend;
  const state = now.view(store.states(request.path));
  if (!isLive(state)) return missingAnswer(backend, request.path);

  const condition = evaluate(request.method, request.headers, validators(settings, state, now));
  const headers = [...versionHeaders(settings, state, now), ...acceptPatch(settings)];
  if (condition.result === 'malformed') return malformedCondition(condition.header);
  if (condition.result === 'not-modified') return emptyAnswer('not-modified', 304, headers);
  if (condition.result !== 'pass') {
    return problemAnswer('stale', 412, { detail: `${request.path} is not in the state that If-Match names.` });
  }
  return jsonAnswer('read', 200, shownText(settings, state, now), headers);
}
