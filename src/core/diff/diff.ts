import { assertDepth } from '../assert-json.js';
import type { JsonValue, Patch, PointerPattern } from '../json.js';
import { root } from '../pattern.js';
import type { MergeRule } from '../rule.js';
import { compileAlignRules } from '../rules/align-rules.js';
import { pairTravellers } from './travellers.js';
import type { Comparison } from './walk.js';
import { compare, live } from './walk.js';
import { writeChange } from './write.js';

/** What `diff` may be told. */
export interface DiffOptions {
  /** Rules by path. `list({ key })`, `set()` and `atomic()` say how lists and values are compared; the others do not matter here. */
  readonly merge?: { readonly [pattern: PointerPattern]: MergeRule };
}

/**
 * The JSON Patch (RFC 6902) that leads from one value to another: `apply(before, diff(before, after))` equals `after`.
 *
 * List items are followed by the key a `list({ key })` rule declares, else by `id`, `_id`, `_key`, `key` or `uuid` where every item has one
 * of its own, else by equality: an insert at the head is one operation, a moved item one `move`, also from one list into a sibling list. More
 * than 32 operations that would take more room than the value they change become one `replace`.
 *
 * @example
 * ```ts
 * import { diff } from 'unconflict/core';
 * diff({ tags: ['a', 'b'] }, { tags: ['new', 'a', 'b'] }); // [{ op: 'add', path: '/tags/0', value: 'new' }]
 * ```
 *
 * @returns a patch of add, remove, replace and move. It shares nothing with `after`.
 * @throws InvalidJsonError (ERR_INVALID_JSON) where a value is met that JSON cannot carry (Date, Map, undefined, NaN, a cycle …), and for
 * documents of more than 1,000 levels. What is the very same object on both sides is taken to be unchanged and not looked into.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for a malformed pattern or a list rule without a key.
 */
export function diff(before: JsonValue, after: JsonValue, options: DiffOptions = {}): Patch {
  if (before === after && typeof before === 'object') return [];
  assertDepth(before, 'The value before the edit');
  assertDepth(after, 'The value after the edit');
  const rules = options.merge === undefined ? undefined : live(root(compileAlignRules(options.merge)));
  const run: Comparison = { from: [], to: [], different: new Map(), left: [], came: [] };
  const change = compare(run, before, after, rules);
  if (change === undefined) return [];
  if (run.left.length > 0 && run.came.length > 0) pairTravellers(run, before, after, rules);
  return writeChange(before, change);
}
