import type { JsonValue } from '../core.js';
import { type Backend, type Circumstances, shownText, versionHeaders } from '../handle/backend.js';
import { textOf } from '../store/json-text.js';
import { withPlace } from '../store/place.js';
import type { LiveState, State } from '../store/store.js';
import { type Answer, bodyAnswer, emptyAnswer, jsonAnswer } from './answer.js';
import type { ServerRequest } from './request.js';

const PREFERENCE = /(?:^|[,;\s])return\s*=\s*"?(minimal|representation)"?(?=$|[,;\s])/i;

/** What `Prefer: return=…` asks for (RFC 7240, section 4.2). */
function preferred(request: ServerRequest): 'minimal' | 'representation' | undefined {
  const wish = PREFERENCE.exec(request.headers.get('prefer') ?? '')?.[1]?.toLowerCase();
  return wish === 'minimal' || wish === 'representation' ? wish : undefined;
}

/** The answer to a write that created or changed a document. */
export function savedAnswer(
  { settings }: Backend,
  request: ServerRequest,
  saved: { readonly state: LiveState; readonly path: string; readonly before: LiveState | undefined },
  now: Circumstances,
): Answer {
  const { state, path, before } = saved;
  const created = before === undefined;
  const outcome = created ? 'created' : 'updated';
  const status = created ? 201 : 200;
  const version = settings.versions.text(state);
  const location: [string, string][] = created ? [['Location', path]] : [];
  if (settings.couchdb) return { ...couchdbAnswer(path, version, now), outcome, status: 201, version };

  const wish = preferred(request);
  const write = { method: request.method, path, value: plain(state), before: before && plain(before) };
  const form = wish ?? settings.answer(write);
  const applied: [string, string][] = wish ? [['Preference-Applied', `return=${wish}`]] : [];
  const headers = [...location, ...applied];
  const named = [...versionHeaders(settings, state, now), ...headers];
  const empty = created ? 201 : 204;

  if (typeof form === 'object') {
    const own = [...named, ...Object.entries(form.headers ?? {})];
    return { ...bodyAnswer(outcome, form.status ?? status, form.body, own), version };
  }
  if (form === 'representation')
    return { ...jsonAnswer(outcome, status, shownText(settings, state, now), named), version };
  if (form === 'no-version') return { ...jsonAnswer(outcome, status, state.text, headers), version };
  if (form === 'nothing') return { ...emptyAnswer(outcome, empty, headers), version };
  const bare = now.hideVersion ? undefined : settings.versions.bare(state);
  if (bare === undefined) return { ...emptyAnswer(outcome, empty, named), version };
  return { ...jsonAnswer(outcome, status, bare, named), version };
}

/** A document as a test may look at it. */
const plain = ({ text }: LiveState): JsonValue => JSON.parse(text);

/** The answer to a delete. */
export function deletedAnswer({ settings }: Backend, path: string, state: State, now: Circumstances): Answer {
  const version = settings.versions.text(state);
  if (settings.couchdb) return { ...couchdbAnswer(path, version, now), outcome: 'deleted', version };
  return { ...emptyAnswer('deleted', 204), version };
}

function couchdbAnswer(path: string, rev: string, now: Circumstances): Answer {
  const id = decoded(path.slice(path.lastIndexOf('/') + 1));
  const body = withPlace({ ok: true, id }, ['rev'], now.hideVersion ? undefined : rev);
  return jsonAnswer('updated', 200, textOf(body), now.hideVersion ? [] : [['ETag', `"${rev}"`]]);
}

/** A segment with a percent sign that encodes nothing stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
