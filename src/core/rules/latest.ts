import type { JsonValue, Pointer } from '../json.js';
import { getAt, parsePointer } from '../pointer.js';
import type { MergeRule, NamedRule } from '../rule.js';
import type { Decision, Sides } from './decision.js';
import { UNDECIDED } from './decision.js';
import { makeRule } from './make-rule.js';

/**
 * The larger value wins; with `field`, the value that is larger there. For timestamps and sequence numbers.
 *
 * Numbers are compared as numbers, and so are strings of digits. Two times with a zone (RFC 3339) are compared as instants, to the last
 * digit. Other strings are compared by UTF-16 code units. Equal values, and those of different kinds, are a merge conflict.
 *
 * @example
 * ```ts
 * import { latest } from 'unconflict';
 * import { rebase } from 'unconflict/core';
 * const { value } = rebase({
 *   base: { seenAt: '2026-01-01T10:00:00Z', cursor: { at: 1, row: 1 } },
 *   local: { seenAt: '2026-01-01T12:00:00Z', cursor: { at: 2, row: 7 } },
 *   remote: { seenAt: '2026-01-01T12:30:00+02:00', cursor: { at: 3, row: 9 } },
 *   merge: { '/seenAt': latest(), '/cursor': latest({ field: '/at' }) },
 * });
 * console.log(value); // { seenAt: '2026-01-01T12:00:00Z', cursor: { at: 3, row: 9 } }
 * ```
 *
 * @param options `field`: JSON Pointer from the value to what is compared. Default: the value itself.
 * @returns The rule, as frozen data: `{ rule: 'latest', field: '/at' }`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a field that is no JSON Pointer.
 */
export function latest(options?: { field?: Pointer }): MergeRule {
  return makeRule('latest', options);
}

/** Who has the larger value. `undefined` where one side has none at all. */
export function decideLatest({ field = '' }: NamedRule, { local, remote }: Sides): Decision | undefined {
  if (!local.present || !remote.present) return undefined;
  const tokens = (typeof field === 'string' && parsePointer(field)) || [];
  const mine = getAt(local.value, tokens);
  const other = getAt(remote.value, tokens);
  if (!mine.present || !other.present) return UNDECIDED;
  if (isLarger(mine.value, other.value)) return { kind: 'resolution', resolution: 'local' };
  if (isLarger(other.value, mine.value)) return { kind: 'resolution', resolution: 'remote' };
  return UNDECIDED;
}

const DIGITS = /^\d{1,99}$/;
/** Date and time to the second or minute, what follows the point without trailing zeros, and the zone (RFC 3339, section 5.6). */
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d*?)0*)?(Z|[+-]\d\d:\d\d)$/i;

function isLarger(a: JsonValue, b: JsonValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  if (DIGITS.test(a) && DIGITS.test(b)) return BigInt(a) > BigInt(b);
  const timeA = TIME.exec(a);
  const timeB = TIME.exec(b);
  if (timeA === null && timeB === null) return a > b;
  const difference = instant(timeA) - instant(timeB);
  // As digits after the point, "5" is more than "49".
  return difference > 0 || (difference === 0 && (timeA?.[2] ?? '') > (timeB?.[2] ?? ''));
}

/** NaN for what is no time: it is neither larger nor smaller. */
function instant(time: RegExpExecArray | null): number {
  return time === null ? Number.NaN : Date.parse(`${time[1]}${time[3]}`);
}
