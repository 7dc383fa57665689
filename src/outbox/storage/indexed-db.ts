import { createStore, get, keys, promisifyRequest } from 'idb-keyval';
import type { OutboxStorage } from '../../exports.js';

/**
 * A storage in the browser's IndexedDB, which outlives the page.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { indexedDb, outbox } from 'unconflict/outbox';
 *
 * const start = (userId: string) =>
 *   createClient({ outbox: outbox({ storage: indexedDb('my-app'), owner: userId }) });
 * ```
 *
 * @param name Of the database, which is made if there is none. Not one that your program has for something else.
 * @returns a storage. The database is opened with the first call, and again after it could not be.
 */
export function indexedDb(name: string): OutboxStorage {
  let opened: ReturnType<typeof createStore> | undefined;
  // Not before it is needed: a page made on a server has none.
  const store: ReturnType<typeof createStore> = (mode, ask) => {
    opened ??= createStore(name, 'unconflict');
    return opened(mode, ask);
  };
  const commit = (steps: readonly Step[]): Promise<void> =>
    store('readwrite', (into) => {
      for (const step of steps) step(into);
      return promisifyRequest(into.transaction);
    });
  let batch: { readonly steps: Step[]; readonly done: Promise<void> } | undefined;
  /** What is asked for in one moment is one transaction: edits that are sent together are stored together. */
  const write = (step: Step): Promise<void> => {
    if (batch === undefined) {
      const steps: Step[] = [];
      const done = Promise.resolve().then(() => {
        batch = undefined;
        return commit(steps);
      });
      batch = { steps, done };
    }
    batch.steps.push(step);
    // All of it is stored, or nothing: where one is too large, the others are stored without it.
    return batch.done.catch(() => commit([step]));
  };
  return {
    get: (key) => get<string>(key, store),
    set: (key, value) => write((into) => into.put(value, key)),
    delete: (key) => write((into) => into.delete(key)),
    keys: () => keys<string>(store),
  };
}

type Step = (into: IDBObjectStore) => void;
