import type { MergeRule } from '../rule.js';
import { makeRule } from './make-rule.js';

/**
 * A list whose items are known by a key, or by several together, and not by their place: edits follow the item wherever it moved.
 *
 * Where an item lacks the key, or two share it, the list is treated as one without keys.
 *
 * @example
 * ```ts
 * import { list } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: [{ sku: 'a', count: 1 }],
 *   local: [{ sku: 'a', count: 5 }],
 *   remote: [{ sku: 'new', count: 1 }, { sku: 'a', count: 1 }],
 *   merge: { '': list({ key: 'sku' }) },
 * });
 * console.log(value); // [ { sku: 'new', count: 1 }, { sku: 'a', count: 5 } ]
 * ```
 *
 * @param options `key`: the name of the member that identifies an item, or the names that do together.
 * @returns The rule, as frozen data: `{ rule: 'list', key: 'sku' }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a key that is missing or empty.
 */
export function list(options: { key: string | readonly string[] }): MergeRule {
  return makeRule('list', options);
}
