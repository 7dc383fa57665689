import type { Settings } from '../options.js';
import { type EntityTag, formatTag, parseTag } from '../store/entity-tag.js';
import type { IdempotencyKeys } from '../store/idempotency.js';
import type { Locks } from '../store/locks.js';
import type { Refusals } from '../store/refusals.js';
import { isLive, type LiveState, type State, type Store } from '../store/store.js';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/answer.js';
import type { Validators } from './preconditions.js';

/** What a request is handled with. */
export interface Backend {
  readonly settings: Settings;
  readonly store: Store;
  readonly locks: Locks;
  readonly refusals: Refusals;
  readonly idempotencyKeys: IdempotencyKeys;
  /** A name for an item that came without one. */
  readonly nextId: () => string;
}

/** What faults change about how one request is handled. */
export interface Circumstances {
  readonly hideVersion: boolean;
  /** What becomes of a tag on its way out. */
  readonly alterTag: (tag: EntityTag) => EntityTag;
  /** No tag in If-Match is taken for the current one. */
  readonly rejectTags: boolean;
  /** Which state a read sees, of all states there are. */
  readonly view: (states: readonly State[]) => State | undefined;
}

type HeaderList = readonly (readonly [name: string, value: string])[];

/** The headers that name a state's version, as the circumstances let them through. */
export function versionHeaders({ versions }: Settings, state: LiveState, now: Circumstances): HeaderList {
  if (now.hideVersion) return [];
  return versions.headers(state).map(([name, value]) => {
    const tag = name === 'ETag' ? parseTag(value) : undefined;
    return [name, tag ? formatTag(now.alterTag(tag)) : value];
  });
}

/** The text of a state as it is sent; a hidden version is left out of the body too. */
export const shownText = ({ versions }: Settings, state: LiveState, now: Circumstances): string =>
  now.hideVersion ? state.text : versions.show(state);

/** A state as conditional headers see it. */
export function validators({ versions }: Settings, state: State | undefined, now: Circumstances): Validators {
  const live = isLive(state) ? state : undefined;
  return {
    exists: live !== undefined,
    tag: live && versions.tag(live),
    modified: live && versions.modified(live),
    weakIfMatch: versions.weakIfMatch,
    bareTags: versions.inBody,
    rejectTags: now.rejectTags,
  };
}

/** A path without a document: never written, or deleted. */
export function missingAnswer({ settings, store }: Backend, path: string, status?: 404 | 410): Answer {
  const deleted = store.latest(path) !== undefined;
  if (settings.couchdb) {
    return jsonAnswer('missing', 404, JSON.stringify({ error: 'not_found', reason: deleted ? 'deleted' : 'missing' }));
  }
  const detail = deleted ? `${path} was deleted.` : `There is no document at ${path}.`;
  return problemAnswer('missing', status ?? (deleted ? settings.deletedStatus : 404), { detail });
}

export function malformedCondition(header: string): Answer {
  const detail = `${header} is neither * nor a list of entity tags; a tag stands in double quotes (RFC 9110, section 8.8.3).`;
  return problemAnswer('invalid', 400, { detail });
}
