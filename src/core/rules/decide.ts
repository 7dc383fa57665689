import type { Side } from '../conflict.js';
import { getAt, parsePointer } from '../pointer.js';
import type { Decision, NamedRule, Sides } from './rule.js';
import { decideText } from './text/merge.js';

/** What a named rule makes of a value that both sides changed; `undefined` where it has nothing to say about such values. */
export function decideByRule(rule: NamedRule, sides: Sides): Decision | undefined {
  switch (rule.rule) {
    case 'counter':
      return decideCounter(rule, sides);
    case 'text':
      return decideText(rule, sides);
    case 'latest':
      return decideLatest(rule, sides);
    default:
      return undefined;
  }
}

/** For where a rule applies and cannot tell. */
const UNDECIDED: Decision = { kind: 'conflict' };

/** The sum. `undefined` where something else than numbers is meant; a conflict where both sides added a counter, or the sum is infinite. */
function decideCounter({ min, max }: NamedRule, { base, local, remote }: Sides): Decision | undefined {
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

/** Who has the larger value. `undefined` where one side has none at all. */
function decideLatest({ field }: NamedRule, { local, remote }: Sides): Decision | undefined {
  if (!local.present || !remote.present) return undefined;
  const tokens = parsePointer(typeof field === 'string' ? field : '') ?? [];
  const sign = compare(getAt(local.value, tokens), getAt(remote.value, tokens));
  return sign > 0 || sign < 0 ? { kind: 'resolution', resolution: sign > 0 ? 'local' : 'remote' } : UNDECIDED;
}

const DIGITS = /^\d{1,99}$/;
/** Date and time to the minute or second, what follows the point without trailing zeros, and the zone (RFC 3339, section 5.6). */
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d*?)0*)?(Z|[+-]\d\d:\d\d)$/i;

/** Positive where `a` is the larger one, negative where `b` is; 0 or NaN where neither is. */
function compare(a: Side, b: Side): number {
  if (!a.present || !b.present) return Number.NaN;
  if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
  if (typeof a.value !== 'string' || typeof b.value !== 'string') return Number.NaN;
  const timeA = TIME.exec(a.value);
  const timeB = TIME.exec(b.value);
  if (timeA !== null || timeB !== null) {
    // What is no time becomes NaN. As digits after the point, "5" is more than "49".
    const difference = Date.parse(`${timeA?.[1]}${timeA?.[3]}`) - Date.parse(`${timeB?.[1]}${timeB?.[3]}`);
    return difference === 0 ? order(timeA?.[2] ?? '', timeB?.[2] ?? '') : difference;
  }
  const width = DIGITS.test(a.value) && DIGITS.test(b.value) ? 99 : 0;
  return order(a.value.padStart(width, '0'), b.value.padStart(width, '0'));
}

function order(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
