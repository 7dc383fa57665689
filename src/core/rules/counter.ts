import type { MergeRule } from '../rule.js';
import { makeRule } from './make-rule.js';

/**
 * Numbers of which both sides' differences are added up: 10 − 3 here and 10 − 2 there is 5.
 *
 * The sum has no more decimals than the three numbers have, so 0.1 and 0.2 more is 0.3 more.
 *
 * @example
 * ```ts
 * import { counter } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { stock: 10 },
 *   local: { stock: 7 },
 *   remote: { stock: 8 },
 *   merge: { '/stock': counter({ min: 0 }) },
 * });
 * console.log(value); // { stock: 5 }
 * ```
 *
 * @param options `min` and `max` bound the sum. Default: no bounds.
 * @returns The rule, as frozen data: `{ rule: 'counter', min: 0 }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a bound that is no finite number, and for a `min` above `max`.
 */
export function counter(options?: { min?: number; max?: number }): MergeRule {
  return makeRule('counter', options);
}
