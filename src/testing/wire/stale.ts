import { type Backend, type Circumstances, missingAnswer, shownText, versionHeaders } from '../handle/backend.js';
import { parseText, textOf } from '../store/json-text.js';
import { withPlace } from '../store/place.js';
import { isLive, type State } from '../store/store.js';
import { type Answer, emptyAnswer, jsonAnswer, problemAnswer, problemBody } from './answer.js';

/** What a write is told whose version is gone, or whose create met a document. */
export function staleAnswer(
  { settings }: Backend,
  outcome: 'stale' | 'exists',
  path: string,
  state: State | undefined,
  now: Circumstances,
  status: 409 | 412 = settings.staleStatus,
): Answer {
  if (settings.couchdb) {
    return jsonAnswer(outcome, status, JSON.stringify({ error: 'conflict', reason: 'Document update conflict.' }));
  }
  const { conflictBody } = settings;
  const detail =
    outcome === 'exists'
      ? `There is a document at ${path} already.`
      : isLive(state)
        ? `${path} is not in the state this write was made from; its version is ${settings.versions.text(state)}.`
        : `There is no document at ${path}${state ? ' any more' : ''}.`;
  if (conflictBody === 'empty') return emptyAnswer(outcome, status);
  if (conflictBody === 'problem' || !isLive(state)) return problemAnswer(outcome, status, { detail });

  const headers = versionHeaders(settings, state, now);
  const shown = shownText(settings, state, now);
  if (conflictBody === 'current') return jsonAnswer(outcome, status, shown, headers);
  const current = parseText(shown);
  const body = withPlace(problemBody(status, { detail }), conflictBody, current);
  return jsonAnswer(outcome, status, textOf(body), headers);
}

/** What a write is told that names a version of a deleted document; undefined: PUT goes on and creates it again. */
export function deletedUnderneath(
  backend: Backend,
  method: string,
  path: string,
  now: Circumstances,
): Answer | undefined {
  const { updateDeleted } = backend.settings;
  const state = backend.store.latest(path);
  if (updateDeleted === 404 || updateDeleted === 410) return missingAnswer(backend, path, updateDeleted);
  if (updateDeleted === 409 || updateDeleted === 412)
    return staleAnswer(backend, 'stale', path, state, now, updateDeleted);
  if (method !== 'PUT') return missingAnswer(backend, path);
  return updateDeleted === 201 ? undefined : staleAnswer(backend, 'stale', path, state, now);
}
