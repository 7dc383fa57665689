import { cameFrom, identityIn, siblingsIn } from '../align/keys.js';
import { assertDepth } from '../assert-depth.js';
import type { JsonValue, Patch, PointerPattern, ReadonlyJson } from '../json.js';
import { value as ruleAt } from '../pattern.js';
import { compileAlignRules } from '../rules/merge-rules.js';
import type { MergeRule } from '../rules/rule.js';
import type { Comparison, Rules } from './walk.js';
import { compare } from './walk.js';
import { writeChange } from './write.js';

/** What `diff` may be told. */
export interface DiffOptions {
  /** Rules by path. `list({ key })`, `set()` and `atomic()` say how lists and values are compared; the others do not matter here. Default none. */
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
export function diff(before: ReadonlyJson, after: ReadonlyJson, options: DiffOptions = {}): Patch {
  // Nothing writes to them.
  const [base, local] = [before as JsonValue, after as JsonValue];
  if (base === local && typeof base === 'object') return [];
  assertDepth(base, 'The value before the edit');
  assertDepth(local, 'The value after the edit');
  const { merge = {} } = options;
  const rules = compileAlignRules(merge);
  const run: Comparison = { from: [], to: [], different: new Map(), left: new Map(), came: [] };
  const change = compare(run, base, local, rules);
  if (change === undefined) return [];
  const mayCarry = run.left.size > 0 && run.came.length > 0;
  if (mayCarry) pairTravellers(run, base, local, rules);
  return writeChange(base, change, mayCarry);
}

/** Tells items that left one list and stand in a sibling list as carried there, with what changed inside them. */
function pairTravellers(run: Comparison, before: JsonValue, after: JsonValue, rules: Rules): void {
  const lists = siblingsIn(() => before, rules);
  const now = siblingsIn(() => after, rules, true);
  for (const came of run.came) {
    const { value, key, list, at, old } = came;
    // Lists are searched only for what has left one.
    const was = run.left.get(identityIn(value, key));
    const found = was && cameFrom(value, key, lists(old), now(list));
    if (!found || found.sibling.list[found.at] !== was) continue;
    const from = [...found.sibling.tokens, `${found.at}`];
    // What is one thing is carried as what it was, too, and changed where it stands then.
    const isOne = ruleAt(came.rules)?.rule === 'atomic';
    const inside: Comparison = { ...run, from: [...from], to: [...list, at], left: new Map(), came: [] };
    const change = compare(inside, was, value, isOne ? compileAlignRules({}) : came.rules);
    if (change?.was !== 'new') Object.assign(came.item, change ?? { value: was, whole: value }, { was: from, at: -1 });
  }
}
