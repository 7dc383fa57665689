import type { DiffOptions } from './diff-walk.js';
import { walkFrom } from './diff-walk.js';
import type { JsonValue, Patch } from './json.js';

export type { DiffOptions } from './diff-walk.js';

/**
 * The JSON Patch (RFC 6902) that leads from one value to another: `apply(before, diff(before, after))` equals `after`.
 *
 * List items are followed by the key a `list({ key })` rule declares, else by `id`, `_id`, `key` or `uuid` where every item has one of its
 * own, else by equality: an insert at the head is one operation, a moved item one `move`. More than 32 operations that would take more room
 * than the value they change become one `replace`.
 *
 * @example
 * ```ts
 * import { diff } from 'unconflict/core';
 * diff({ tags: ['a', 'b'] }, { tags: ['new', 'a', 'b'] }); // [{ op: 'add', path: '/tags/0', value: 'new' }]
 * ```
 *
 * @returns a patch of add, remove, replace and move. It shares nothing with `after`.
 * @throws InvalidJsonError (ERR_INVALID_JSON) where a value is met that JSON cannot carry (Date, Map, undefined, NaN, a cycle …). What is
 * the very same object on both sides is taken to be unchanged and not looked into.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a malformed pattern or a list rule without a key.
 */
export function diff(before: JsonValue, after: JsonValue, options: DiffOptions = {}): Patch {
  return walkFrom(before, after, options);
}
