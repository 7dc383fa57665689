import type { ConflictSession } from '../contract/conflict-session.js';
import type { AskOptions, ConflictDesk } from './open-desk.js';
import { openDesk } from './open-desk.js';

/**
 * Makes a resolver that asks a person: every conflict becomes a {@link ConflictSession} that a user interface drives.
 *
 * @example
 * ```ts
 * import { ask, createClient } from 'unconflict';
 * import { conflictOnce, createConflictServer } from 'unconflict/testing';
 *
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * conflictOnce(server, '/articles/1', (doc) => { doc.title = 'From Ada'; });
 *
 * const desk = ask();
 * desk.subscribe(() => {
 *   for (const session of desk.sessions) {
 *     const [conflict] = session.getSnapshot().conflicts;
 *     console.log(conflict?.label); // Title
 *     session.chooseAll('local'); // in an application: open a dialog
 *     session.submit();
 *   }
 * });
 * const client = createClient({ prefix: server.origin, fetch: server.fetch, defaults: { resolve: desk } });
 * const saved = await client.resource<{ title: string }>('articles/1').edit((draft) => { draft.title = 'Mine'; });
 * console.log(saved.value); // { title: 'Mine' }
 * ```
 *
 * @param options What to do with a new session, or more than that. Without it, `subscribe` to the desk.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a bad pattern in `labels`.
 */
export function ask(options: AskOptions | ((session: ConflictSession) => void) = {}): ConflictDesk {
  return openDesk(options);
}
