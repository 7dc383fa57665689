import type { MergeRule } from '../rule.js';
import { makeRule } from './make-rule.js';

/**
 * Owned by the server (`updatedAt`, `_ts`): local changes there are never sent, and never a merge conflict.
 *
 * @example
 * ```ts
 * import { server } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { title: 'Draft', updatedAt: '10:00' },
 *   local: { title: 'Mine', updatedAt: '10:05' },
 *   remote: { title: 'Draft', updatedAt: '10:03' },
 *   merge: { '/updatedAt': server() },
 * });
 * console.log(value); // { title: 'Mine', updatedAt: '10:03' }
 * ```
 *
 * @returns The rule, as frozen data: `{ rule: 'server' }`.
 */
export function server(): MergeRule {
  return makeRule('server');
}
