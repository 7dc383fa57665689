import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Outbox, OutboxEntry } from '../index.js';

/** An outbox for a component. Its functions stay the same for as long as the outbox does. */
export interface OutboxView
  extends Pick<Outbox, 'entries' | 'error' | 'retry' | 'discard' | 'pause' | 'resume' | 'clear'> {
  readonly outbox: Outbox;
}

/**
 * Follows an outbox: what is not saved yet, and why. On a server there is nothing in it.
 *
 * @example
 * ```tsx
 * import { memory, outbox } from 'unconflict/outbox';
 * import { useOutbox } from 'unconflict/react';
 *
 * const waiting = outbox({ storage: memory() }); // createClient({ outbox: waiting })
 *
 * function Unsaved() {
 *   const { entries, retry, discard } = useOutbox(waiting);
 *   return (
 *     <ul>
 *       {entries.map(({ id, resource, state, error }) => (
 *         <li key={id}>
 *           {resource}: {state} {error?.message}
 *           <button type="button" onClick={() => retry(id)}>Try again</button>
 *           <button type="button" onClick={() => discard(id)}>Discard</button>
 *         </li>
 *       ))}
 *     </ul>
 *   );
 * }
 * ```
 *
 * @returns a view. It is drawn again whenever an entry or `error` changes.
 */
export function useOutbox(outbox: Outbox): OutboxView {
  const subscribe = useCallback((listener: () => void) => outbox.subscribe(listener), [outbox]);
  const entries = useSyncExternalStore(
    subscribe,
    () => outbox.entries,
    () => NONE,
  );
  const error = useSyncExternalStore(subscribe, () => outbox.error, nothing);
  const acts = useMemo(() => actsOf(outbox), [outbox]);
  return useMemo(() => ({ ...acts, entries, error, outbox }), [acts, entries, error, outbox]);
}

const NONE: readonly OutboxEntry[] = [];
const nothing = (): undefined => undefined;

function actsOf(outbox: Outbox): Omit<OutboxView, 'entries' | 'error' | 'outbox'> {
  return {
    retry: (id) => outbox.retry(id),
    discard: (id) => outbox.discard(id),
    pause: () => outbox.pause(),
    resume: () => outbox.resume(),
    clear: () => outbox.clear(),
  };
}
