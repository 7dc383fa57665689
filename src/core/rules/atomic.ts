import type { MergeRule } from '../rule.js';
import { makeRule } from './make-rule.js';

/**
 * The whole value is one thing: any two different changes in it are one merge conflict.
 *
 * @example
 * ```ts
 * import { atomic } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { conflicts } = rebase({
 *   base: { range: { from: 1, to: 5 } },
 *   local: { range: { from: 4, to: 5 } },
 *   remote: { range: { from: 1, to: 2 } },
 *   merge: { '/range': atomic() },
 * });
 * console.log(conflicts[0]?.path); // /range
 * ```
 *
 * @returns The rule, as frozen data: `{ rule: 'atomic' }`.
 */
export function atomic(): MergeRule {
  return makeRule('atomic');
}
