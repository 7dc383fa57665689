import type { ConflictSession } from '../contract/conflict-session.js';
import type { ConflictAnswer, ConflictContext } from '../contract/resolver.js';
import type { EditResult } from '../contract/snapshot.js';
import { InvalidOptionsError } from '../core/errors.js';
import { observe } from '../engine/emitter.js';
import type { Labels } from './label.js';
import { namerOf } from './label.js';
import type { Line } from './line.js';
import { engineLine, follow } from './line.js';
import { report } from './report.js';
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
}

/** Where a desk takes a session that it has not opened itself. */
interface Place {
  readonly labels: Labels;
  /** @param editId The edit, where it still waits: it is asked about with this session. */
  put(session: Session, editId: string | undefined): void;
}

/** So that who asks needs no code to bring sessions back: that is half of a merge engine. */
const places = new WeakMap<object, Place>();

/** @throws InvalidOptionsError for what `ask()` has not made. */
export function placeOn(desk: ConflictDesk): Place {
  const place = places.get(desk);
  if (place === undefined) throw new InvalidOptionsError('The desk must be what ask() returned.', { option: 'desk' });
  return place;
}

/** What `ask()` makes. In a file of its own: an outbox fetches it with the first conflict, and so nobody else may reach it by `ask` without calling that. */
export function openDesk(options: AskOptions | ((session: ConflictSession) => void) = {}): ConflictDesk {
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
    if (edit !== undefined && known !== undefined) known.meet(line.question, endedBy(line, known, edit.outcome));
    else if (edit !== undefined) {
      const session = new Session(edit.id, line.question, new Map(), line, namer);
      byEdit.set(edit.id, session);
      follow(session, edit.outcome);
      add(session);
    }
    return line.answer;
  };
  const desk = Object.defineProperties(resolve as ConflictDesk, {
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
  });
  places.set(desk, {
    labels,
    put(session, editId) {
      if (editId !== undefined) byEdit.set(editId, session);
      add(session);
    },
  });
  return desk;
}

/** A session that was there before its edit was asked about ends with it, too, once it has landed or was given up; not where it is tried again. */
function endedBy(line: Line, session: Session, outcome: Promise<EditResult>): Line {
  outcome.then(
    (result) => session.end({ result }),
    () => {},
  );
  return {
    ...line,
    discard() {
      follow(session, outcome);
      return line.discard();
    },
    abort() {
      follow(session, outcome);
      line.abort();
    },
  };
}
