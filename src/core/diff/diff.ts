import { identityIn, isRecognised, siblingsIn } from '../align/keys.js';
import { assertDepth } from '../assert-depth.js';
import type { JsonValue, Patch, PointerPattern, ReadonlyJson } from '../json.js';
import { value as ruleAt } from '../pattern.js';
import { compileAlignRules } from '../rules/merge-rules.js';
import type { MergeRule } from '../rules/rule.js';
import type { Comer, Comparison, Leaver, Rules } from './walk.js';
import { compare, live } from './walk.js';
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
  const rules = Object.keys(merge).length === 0 ? undefined : live(compileAlignRules(merge));
  const run: Comparison = { from: [], to: [], different: new Map(), left: [], came: [] };
  const change = compare(run, base, local, rules);
  if (change === undefined) return [];
  const mayCarry = run.left.length > 0 && run.came.length > 0;
  if (mayCarry) pairTravellers(run, base, local, rules);
  return writeChange(base, change, mayCarry);
}

/** Tells items that left one list and stand in a sibling list as carried there, with what changed inside them. */
function pairTravellers(run: Comparison, before: JsonValue, after: JsonValue, rules: Rules): void {
  const left = new Map<string | number | undefined, Leaver[]>();
  for (const one of run.left) {
    const identity = identityIn(one.value, one.key);
    left.set(identity, [...(left.get(identity) ?? []), one]);
  }
  const lists = siblingsIn(() => before, rules);
  const now = siblingsIn(() => after, rules, true);
  for (const came of run.came.splice(0)) {
    const identity = identityIn(came.value, came.key);
    const [from, ...others] = left.get(identity) ?? [];
    if (identity === undefined || from === undefined || others.length > 0) continue;
    const siblings = lists(from.list);
    const target = siblings.lists.find(({ tokens }) => tokens.join('/') === came.old.join('/'));
    if (target === undefined || (target.isStrange && !isRecognised(from.value, came.value))) continue;
    // Only one of this key, before and after: else it is not known which it is.
    if (siblings.find(identity, from.key).length > 0 || now(came.list).find(identity, came.key).length !== 1) continue;
    carry(run, from, came);
  }
}

function carry(run: Comparison, from: Leaver, came: Comer): void {
  run.from.splice(0, run.from.length, ...from.list, from.at);
  run.to.splice(0, run.to.length, ...came.list, came.at);
  // What is one thing is carried as what it was, too, and changed where it stands then.
  const isOne = came.rules !== undefined && ruleAt(came.rules)?.rule === 'atomic';
  const inside = compare(run, from.value, came.value, isOne ? undefined : came.rules);
  run.from.length = 0;
  run.to.length = 0;
  if (inside?.was === 'new') return;
  Object.assign(came.item, inside ?? { value: from.value, whole: came.value }, {
    was: [...from.list, `${from.at}`],
    at: -1,
  });
}
