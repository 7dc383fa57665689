import type { Pointer } from '../json.js';
import type { MergeRule } from '../rule.js';
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
