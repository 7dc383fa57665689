import { createStore, del, get, keys, set } from 'idb-keyval';
import type { OutboxStorage } from '../index.js';

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
  return {
    get: (key) => get<string>(key, store),
    set: (key, value) => set(key, value, store),
    delete: (key) => del(key, store),
    keys: () => keys<string>(store),
  };
}
