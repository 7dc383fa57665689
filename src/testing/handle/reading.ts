import { parseText, textOf } from '../store/json-text.js';
import { isObject } from '../store/place.js';
import { isLive } from '../store/store.js';
import { type Answer, emptyAnswer, jsonAnswer, problemAnswer } from '../wire/answer.js';
import type { ServerRequest } from '../wire/request.js';
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
  const shown = shownText(settings, state, now);
  const wanted = settings.select === undefined ? null : request.query.get(settings.select);
  return jsonAnswer('read', 200, wanted === null ? shown : partOf(shown, wanted.split(',')), headers);
}

/** Some members of a document: what `?fields=title,tags` asks for. */
function partOf(text: string, names: readonly string[]): string {
  const value = parseText(text);
  if (!isObject(value)) return text;
  return textOf(Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name))));
}
