import type { Decision, NamedRule, Sides } from './rule.js';
import { UNDECIDED } from './rule.js';

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
