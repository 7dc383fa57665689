import type { MergeRule, NamedRule } from '../rule.js';
import type { Decision, Sides } from './decision.js';
import { UNDECIDED } from './decision.js';
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

/** The sum. `undefined` where something else than numbers is meant; a conflict where both sides added a counter, or the sum is infinite. */
export function decideCounter({ min, max }: NamedRule, { base, local, remote }: Sides): Decision | undefined {
  const [from, mine, other] = [base, local, remote].map((side) => (side.present ? side.value : undefined));
  if (typeof mine !== 'number' || typeof other !== 'number') return undefined;
  if (typeof from !== 'number') return base.present ? undefined : UNDECIDED;
  let sum = other + (mine - from);
  const digits = Math.max(...[from, mine, other].map(decimals));
  // Rounds away what binary fractions add. toFixed goes to 100 digits; smaller numbers than that stay as they are.
  if (digits <= 100) sum = Number(sum.toFixed(digits)) + 0;
  if (typeof min === 'number') sum = Math.max(sum, min);
  if (typeof max === 'number') sum = Math.min(sum, max);
  return Number.isFinite(sum) ? { kind: 'value', value: sum } : UNDECIDED;
}

/** How many decimals a number is written with: 2 for `0.25`, 8 for `1.5e-7`. */
function decimals(value: number): number {
  const [digits = '', exponent = 0] = `${value}`.split('e');
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
}
