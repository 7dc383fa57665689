import type { ConflictSession, SavedConflict } from '../contract/conflict-session.js';
import type { ConflictAnswer, ConflictContext } from '../contract/resolver.js';
import type { Resource } from '../contract/resource.js';
import { observe } from '../engine/emitter.js';
import type { Labels } from './label.js';
import { namerOf } from './label.js';
import { engineLine } from './line.js';
import { report } from './report.js';
import type { PendingEdit } from './revive-conflict.js';
import { follow, revive } from './revive-conflict.js';
import { Session } from './session.js';

export interface AskOptions {
  /** Called with every session when it opens. If it throws, the edit rejects with ConflictError and that as its cause. */
  readonly onSession?: (session: ConflictSession) => void;
  /** Names for places, by pattern: `{ '/title': 'Headline' }`. Default: the path in words. */
  readonly labels?: Labels;
}

/** A resolver that asks a person, and the conflicts that wait for one. */
export interface ConflictDesk {
  /** The resolver. */
  <T>(context: ConflictContext<T>): Promise<ConflictAnswer<T>>;
  /** Open sessions, the oldest first. Frozen; the same list until one comes or goes. */
  readonly sessions: readonly ConflictSession[];
  /** Tells when a session comes or goes. */
  subscribe(listener: () => void): () => void;
  /** Brings a saved session back, as `reviveConflict` does, and puts it on the desk. @param pending The edit, where it still waits: an outbox's. */
  revive<T>(saved: SavedConflict<T>, resource: Resource<T>, pending?: PendingEdit): ConflictSession<T>;
}

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
  const { onSession, labels = {} } = typeof options === 'function' ? { onSession: options } : options;
  const namer = namerOf(labels);
  const byEdit = new Map<string, Session>();
  const listeners = new Set<() => void>();
  let sessions: readonly Session[] = Object.freeze([]);

  const put = (next: readonly Session[]): void => {
    sessions = Object.freeze([...next]);
    for (const listener of [...listeners]) observe(listener, report);
  };
  const add = (session: Session): void => {
    const leave = session.subscribe(() => {
      if (!session.over) return;
      leave();
      byEdit.delete(session.id);
      put(sessions.filter((other) => other !== session));
    });
    put([...sessions, session]);
    onSession?.(session);
  };
  const resolve = async (context: ConflictContext): Promise<ConflictAnswer> => {
    const line = engineLine(context);
    const { edit } = context;
    const known = edit && byEdit.get(edit.id);
    if (known !== undefined) known.meet(line.question, line);
    else if (edit !== undefined) {
      const session = new Session(edit.id, line.question, new Map(), line, namer);
      byEdit.set(edit.id, session);
      follow(session, edit.outcome);
      add(session);
    }
    return line.answer;
  };
  return Object.defineProperties(resolve as ConflictDesk, {
    sessions: { get: () => sessions, enumerable: true },
    subscribe: {
      value(listener: () => void) {
        const entry = (): void => listener();
        listeners.add(entry);
        return () => {
          listeners.delete(entry);
        };
      },
    },
    revive: {
      value(saved: SavedConflict<unknown>, resource: Resource, pending?: PendingEdit) {
        const session = revive(saved, resource, labels, pending);
        if (pending !== undefined) byEdit.set(pending.id, session);
        add(session);
        return session;
      },
    },
  });
}
