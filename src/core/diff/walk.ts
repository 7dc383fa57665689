import type { Key } from '../align/keys.js';
import { identityIn } from '../align/keys.js';
import { alignByAnyKey } from '../align/lists.js';
import { pairLeftovers } from '../align/pairs.js';
import { gapsOf, pairByValue, pairEqual, trimEnds } from '../align/sequence.js';
import { assertJson } from '../assert-json.js';
import type { Different } from '../deep-equal.js';
import { deepEqual, isJsonScalar, isPlain } from '../deep-equal.js';
import type { JsonObject, JsonValue } from '../json.js';
import { hasOwn, isContainer, keysOf } from '../json.js';
import type { PatternCursor } from '../pattern.js';
import { empty, step, value } from '../pattern.js';
import { formatPointer } from '../pointer.js';
import type { AlignRule } from '../rules/merge-rules.js';
import type { Change, Item } from './change.js';
import { changeOf, itemsOf } from './change.js';
import { isTooMany } from './write.js';

/** The rules at and below one place. */
export type Rules = PatternCursor<AlignRule>;

/** An item with a key that came into a list. */
export interface Comer {
  readonly list: readonly string[];
  readonly at: number;
  readonly value: JsonValue;
  readonly key: Key;
  readonly item: Change;
  readonly rules: Rules;
  /** The list that it came into, in the old document. */
  readonly old: readonly string[];
}

/** What the comparison of two documents finds on its way. */
export interface Comparison {
  /** Tokens of the place in the old document, and in the new one. */
  readonly from: (string | number)[];
  readonly to: (string | number)[];
  readonly different: Different;
  /** Items with keys that left a list, by their key; null: several of one key. */
  readonly left: Map<string | number | undefined, JsonValue>;
  readonly came: Comer[];
}

/** What becomes of a value; `undefined`: nothing. */
export function compare(
  run: Comparison,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  rules: Rules,
): Change | undefined {
  if (before === after && (isContainer(after) || isJsonScalar(after))) return undefined;
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return replaced(run, before, after);
  if (value(rules)?.rule === 'atomic')
    return deepEqual(before, after, run.different) ? undefined : replaced(run, before, after);
  const change =
    Array.isArray(before) && Array.isArray(after)
      ? compareItems(run, before, after, rules)
      : compareMembers(run, Object(before), Object(after), rules);
  if (change !== undefined && change.was !== 'new') change.whole = after;
  return change;
}

function below(rules: Rules, token: string | number): Rules {
  return empty(rules) ? rules : step(rules, `${token}`);
}

function replaced(run: Comparison, before: unknown, after: unknown): Change {
  assertJson(before, 'The value before the edit', formatPointer(run.to));
  return added(run, after);
}

function added(run: Comparison, after: unknown, at = -1): Change {
  assertJson(after, 'The value after the edit', formatPointer(run.to));
  return changeOf(after, 'new', at);
}

function compareMembers(run: Comparison, before: JsonObject, after: JsonObject, rules: Rules): Change | undefined {
  // What is neither an array nor a plain object has members, too, but they are not what it is: a Date has none.
  if (!isPlain(before) || !isPlain(after)) return replaced(run, before, after);
  const members = new Map<string, Change | null>();
  const keys = keysOf(before);
  const others = keysOf(after);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? '';
    const isThere = key === others[at] || hasOwn(after, key);
    const old = before[key];
    if (isThere && old === after[key] && (isContainer(old) || isJsonScalar(old))) continue;
    run.from.push(key);
    run.to.push(key);
    if (!isThere) {
      assertJson(before[key], 'The value before the edit', formatPointer(run.to));
      members.set(key, null);
    } else {
      const change = compare(run, before[key], after[key], below(rules, key));
      if (change !== undefined) members.set(key, change);
    }
    run.from.pop();
    run.to.pop();
  }
  for (let at = 0; at < others.length; at++) {
    const key = others[at] ?? '';
    if (key === keys[at] || hasOwn(before, key)) continue;
    run.to.push(key);
    members.set(key, added(run, after[key]));
    run.to.pop();
  }
  if (members.size === 0) return undefined;
  const change = changeOf(before, 'here');
  change.members = members;
  return change;
}

/** Which item of the old list is which of the new one. */
interface ListPairs {
  readonly toB: Int32Array;
  /** The pairs that may differ inside: all, none, or those marked with 1. */
  readonly inside: 'all' | 'none' | Uint8Array;
}

function compareItems(run: Comparison, before: JsonValue[], after: JsonValue[], rules: Rules): Change | undefined {
  const rule = value(rules);
  const keyed = rule?.rule === 'set' ? undefined : alignByAnyKey(before, after, rule);
  let pairs: ListPairs;
  if (rule?.rule === 'set') pairs = { toB: pairByValue(before, after), inside: 'none' };
  else if (keyed !== undefined) pairs = { toB: keyed.toR, inside: 'all' };
  else {
    const ends = trimEnds(before, after, run.different);
    const left = before.length - ends.head - ends.tail;
    // One item against one, or none: nothing is to be found out about the order.
    if (before.length === after.length && left <= 1) {
      const child = left === 0 ? undefined : compareItem(run, before, after, ends.head, ends.head, rules);
      if (child === undefined) return undefined;
      const change = changeOf(before, 'here');
      itemsOf(change, before)[ends.head] = child;
      return change;
    }
    const toB = pairEqual(before, after, ends, run.different);
    const gaps = gapsOf(toB, after.length);
    const changed = gaps.reduce((sum, { aFrom, aTo, bFrom, bTo }) => sum + Math.max(aTo - aFrom, bTo - bFrom), 0);
    // A rewritten list is seen to be one before it is looked at what moved where.
    if (isTooMany(changed, after)) return replaced(run, before, after);
    pairs = { toB, inside: pairLeftovers(before, after, gaps, toB, true, run.different) };
  }
  const change = changeOf(before, 'here');
  const { toB, inside } = pairs;
  let isSame = before.length === after.length;
  const items = new Array<Item>(after.length).fill(-1);
  for (let at = 0; at < toB.length; at++) {
    const to = toB[at] ?? -1;
    if (to !== at) isSame = false;
    if (to < 0) {
      assertJson(before[at], 'The value before the edit', formatPointer([...run.to, at]));
      if (keyed?.key !== undefined) leave(run, before[at], keyed.key);
      continue;
    }
    const isSettled = inside === 'none' || (inside === 'all' ? before[at] === after[to] : inside[at] !== 1);
    const child = isSettled ? undefined : compareItem(run, before, after, at, to, rules);
    items[to] = child ?? at;
    if (child !== undefined) isSame = false;
  }
  if (isSame) return undefined;
  for (let to = 0; to < items.length; to++) {
    if (items[to] !== -1) continue;
    run.to.push(to);
    const item = added(run, after[to]);
    items[to] = item;
    run.to.pop();
    if (keyed?.key !== undefined)
      run.came.push({
        list: run.to.map(String),
        at: to,
        value: after[to] ?? null,
        key: keyed.key,
        item,
        rules: below(rules, to),
        old: run.from.map(String),
      });
  }
  change.items = items;
  return change;
}

/** An item is gone from its list, and with it what is in its own lists: that may have left them before. */
function leave(run: Comparison, item: JsonValue | undefined, key: Key): void {
  const identity = identityIn(item, key);
  run.left.set(identity, run.left.has(identity) ? null : (item ?? null));
  leaveFrom(run, item);
}

function leaveFrom(run: Comparison, value: JsonValue | undefined): void {
  const key = Array.isArray(value) && value.length > 0 ? alignByAnyKey(value, value, undefined)?.key : undefined;
  if (!isContainer(value)) return;
  for (const child of Object.values(value)) {
    if (key === undefined) leaveFrom(run, child);
    else leave(run, child, key);
  }
}

function compareItem(
  run: Comparison,
  before: JsonValue[],
  after: JsonValue[],
  at: number,
  to: number,
  rules: Rules,
): Change | undefined {
  run.from.push(at);
  run.to.push(to);
  const child = compare(run, before[at], after[to], below(rules, at));
  run.from.pop();
  run.to.pop();
  if (child !== undefined) child.at = at;
  return child;
}
