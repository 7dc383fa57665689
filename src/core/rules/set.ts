import type { MergeRule } from '../rule.js';
import { makeRule } from './make-rule.js';

/**
 * A list of scalars without order or duplicates: what either side added or removed is added or removed, and nothing conflicts.
 *
 * Remote's order is kept, and local's additions come last. Values that are no scalars are compared as a whole.
 *
 * @example
 * ```ts
 * import { set } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { tags: ['draft', 'http'] },
 *   local: { tags: ['http', 'mine'] },
 *   remote: { tags: ['http', 'draft', 'json'] },
 *   merge: { '/tags': set() },
 * });
 * console.log(value); // { tags: [ 'http', 'json', 'mine' ] }
 * ```
 *
 * @returns The rule, as frozen data: `{ rule: 'set' }`.
 */
export function set(): MergeRule {
  return makeRule('set');
}
