import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ConflictDesk, ConflictSession, JsonValue, SessionSnapshot } from '../index.js';

/** A session for a component: what it shows, and what its buttons do. The functions stay the same for as long as the session does. */
export interface ConflictView<T = JsonValue>
  extends SessionSnapshot<T>,
    Pick<
      ConflictSession<T>,
      'choose' | 'chooseAll' | 'undo' | 'validate' | 'refresh' | 'submit' | 'discard' | 'abort' | 'toJSON'
    > {
  readonly session: ConflictSession<T>;
  /** Sessions on the desk, this one included; 1 where a session was given. */
  readonly waiting: number;
}

/**
 * Follows a conflict session; of a desk, the session that waits longest.
 *
 * @example
 * ```tsx
 * import { ask } from 'unconflict';
 * import { useConflict } from 'unconflict/react';
 *
 * const desk = ask();
 *
 * function ConflictDialog() {
 *   const conflict = useConflict(desk);
 *   if (conflict === undefined) return null;
 *   return (
 *     <dialog open>
 *       {conflict.conflicts.map(({ basePath, label, message }) => (
 *         <fieldset key={basePath}>
 *           <legend>{label}</legend>
 *           <p>{message}</p>
 *           <button type="button" onClick={() => conflict.choose(basePath, 'local')}>Mine</button>
 *           <button type="button" onClick={() => conflict.choose(basePath, 'remote')}>Theirs</button>
 *         </fieldset>
 *       ))}
 *       <button type="button" disabled={!conflict.ready} onClick={() => conflict.submit()}>Save</button>
 *     </dialog>
 *   );
 * }
 * ```
 *
 * @returns the view; undefined while a desk is empty, or where no session is given.
 */
export function useConflict<T>(session: ConflictSession<T>): ConflictView<T>;
export function useConflict(source: ConflictDesk | ConflictSession | undefined): ConflictView | undefined;
export function useConflict(source: ConflictDesk | ConflictSession | undefined): ConflictView | undefined {
  const desk = typeof source === 'function' ? source : undefined;
  const sessions = useSessions(desk);
  const session = typeof source === 'function' ? sessions[0] : source;
  const subscribe = useCallback((listener: () => void) => session?.subscribe(listener) ?? nothing, [session]);
  const now = useCallback(() => session?.getSnapshot(), [session]);
  const snapshot = useSyncExternalStore(subscribe, now, now);
  const waiting = desk === undefined ? 1 : sessions.length;
  const acts = useMemo(() => session && actsOf(session), [session]);
  return useMemo(() => {
    if (session === undefined || snapshot === undefined || acts === undefined) return undefined;
    return { ...snapshot, ...acts, session, waiting };
  }, [session, snapshot, acts, waiting]);
}

const NONE: readonly ConflictSession[] = [];
const nothing = (): void => {};

/** The sessions of a desk, or of none. */
export function useSessions(desk: ConflictDesk | undefined): readonly ConflictSession[] {
  const subscribe = useCallback((listener: () => void) => desk?.subscribe(listener) ?? nothing, [desk]);
  const now = useCallback(() => desk?.sessions ?? NONE, [desk]);
  // What a server rendered asked nobody.
  return useSyncExternalStore(subscribe, now, () => NONE);
}

function actsOf(session: ConflictSession): Omit<ConflictView, keyof SessionSnapshot | 'session' | 'waiting'> {
  return {
    choose: (path, resolution) => session.choose(path, resolution),
    chooseAll: (resolution) => session.chooseAll(resolution),
    undo: (path) => session.undo(path),
    validate: () => session.validate(),
    refresh: () => session.refresh(),
    submit: () => session.submit(),
    discard: () => session.discard(),
    abort: () => session.abort(),
    toJSON: () => session.toJSON(),
  };
}
