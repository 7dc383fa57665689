import type { ConflictSession, SavedConflict } from '../contract/conflict-session.js';
import type { Resource } from '../contract/resource.js';
import type { Labels } from './label.js';
import type { ConflictDesk } from './open-desk.js';
import { revive, reviveOn } from './revive.js';

/**
 * Brings a saved conflict session back, after a reload for example. It shows at once what was saved; `refresh()` reads the server.
 * `submit()` makes the edit again through the handle, by whose rules everything goes: what has changed on the server since opens the
 * session again.
 *
 * @example
 * ```ts
 * import { ask, createClient, reviveConflict } from 'unconflict';
 * import { conflictOnce, createConflictServer } from 'unconflict/testing';
 *
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * conflictOnce(server, '/articles/1', (doc) => { doc.title = 'From Ada'; });
 * const api = { prefix: server.origin, fetch: server.fetch };
 *
 * let stored = '';
 * const resolve = ask((session) => {
 *   stored = JSON.stringify(session);
 *   session.abort(); // the page is closed
 * });
 * const article = createClient({ ...api, defaults: { resolve } }).resource<{ title: string }>('articles/1');
 * await article.edit((draft) => { draft.title = 'Mine'; }).catch(() => {});
 *
 * // Another day:
 * const fresh = createClient(api).resource<{ title: string }>('articles/1');
 * const session = reviveConflict(JSON.parse(stored), fresh);
 * session.chooseAll('local');
 * console.log((await session.submit()).value); // { title: 'Mine' }
 * ```
 *
 * @param saved What `JSON.parse` makes of the stored text.
 * @param resource A handle on the same resource.
 * @param options `desk`: what `ask()` returned, to show it among the others. `labels`: as for `ask()`. Default: those of the desk, else the
 *   path in words.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for what is no saved conflict or one of another resource, a bad pattern in `labels`, or a
 *   `desk` that `ask()` has not made.
 */
export function reviveConflict<T>(
  saved: SavedConflict<T>,
  resource: Resource<T>,
  { labels, desk }: { readonly labels?: Labels; readonly desk?: ConflictDesk } = {},
): ConflictSession<T> {
  // A handle's documents are JSON, whatever type the caller gave them.
  const handle = resource as Resource<unknown> as Resource;
  const session = desk === undefined ? revive(saved, handle, labels ?? {}) : reviveOn(desk, saved, handle, { labels });
  return session as ConflictSession<unknown> as ConflictSession<T>;
}
