import type { OutboxStorage } from '../../exports.js';

/**
 * A storage that lasts as long as the program: for tests.
 *
 * @example
 * ```ts
 * import { memory } from 'unconflict/outbox';
 *
 * const storage = memory();
 * await storage.set('key', 'value');
 * console.log(await storage.keys()); // [ 'key' ]
 * ```
 *
 * @returns an empty storage. It never fails.
 */
export function memory(): OutboxStorage {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => values.set(key, value),
    delete: async (key) => values.delete(key),
    keys: async () => [...values.keys()],
  };
}
