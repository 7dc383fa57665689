import { alignLists } from './align-lists.js';
import { deepEqual } from './deep-equal.js';
import type { AlignRule } from './diff-rules.js';
import type { JsonValue } from './json.js';
import { identityOf, keyIndex } from './keys.js';
import { longestIncreasing } from './sequence-increasing.js';
import type { Entry, Traced } from './traced.js';
import { isFromBase, plainOf, traced } from './traced.js';

/** One item of the local list. */
export interface LocalItem {
  /** Its index in base; -1: new, or from elsewhere. */
  at: number;
  /** Its index in local. */
  readonly local: number;
  readonly node: Traced | undefined;
  /** Local has moved it within the list. */
  moved: boolean;
}

/** What local made of a base list. Items that it left alone between others are not named unless something was inserted or moved. */
export interface LocalList {
  readonly items: readonly LocalItem[];
  /** Base index → the operations that removed it. */
  readonly removed: ReadonlyMap<number, readonly number[]>;
  readonly length: number;
  /** All items in their order: places can be told by what stands before. */
  readonly whole: boolean;
}

/** Reads what local did to a list. Undefined: `key` does not identify local's items. */
export function readLocalList(
  base: readonly JsonValue[],
  local: Traced,
  key: string | readonly string[] | undefined,
  rule: AlignRule | undefined,
): LocalList | undefined {
  const fromBase = isFromBase(local);
  if (fromBase && local.items === undefined) {
    const items = [...(local.inner ?? [])].map(([at, node]): LocalItem => ({ at, local: at, node, moved: false }));
    const kept = key === undefined || items.every(({ at, node }) => keepsKey(base[at], node, key));
    if (kept) return { items, removed: new Map(), length: base.length, whole: false };
  }
  const entries = fromBase
    ? (local.items ?? base.map((_, at) => local.inner?.get(at) ?? at))
    : compared(base, local, rule);
  const items = entries.map(
    (entry, at): LocalItem =>
      typeof entry === 'number'
        ? { at: entry, local: at, node: undefined, moved: false }
        : { at: indexOf(entry, local), local: at, node: entry, moved: entry.moved },
  );
  if (key !== undefined && !identify(base, items, key)) return undefined;
  markMoves(items);
  const claimed = new Uint8Array(base.length);
  for (const { at } of items) if (at >= 0) claimed[at] = 1;
  const removed = new Map<number, readonly number[]>();
  for (const [at, ops] of local.gone ?? [])
    if (typeof at === 'number' && fromBase && claimed[at] !== 1) removed.set(at, ops);
  if (!fromBase) for (let at = 0; at < base.length; at += 1) if (claimed[at] !== 1) removed.set(at, local.ops);
  return {
    items,
    removed: fromBase ? withReplaced(items, base, claimed, removed, local) : removed,
    length: items.length,
    whole: true,
  };
}

/** An item whose place was taken by one with another key is removed as well. */
function withReplaced(
  items: readonly LocalItem[],
  base: readonly JsonValue[],
  claimed: Uint8Array,
  removed: Map<number, readonly number[]>,
  local: Traced,
): ReadonlyMap<number, readonly number[]> {
  for (const { node, at } of items) {
    if (at >= 0 || node === undefined || node.moved) continue;
    const was = indexOf(node, local);
    if (was >= 0 && was < base.length && claimed[was] !== 1 && !removed.has(was)) removed.set(was, node.ops);
  }
  return removed;
}

/** The entries of a list that was replaced as a whole: which item is which is found by comparing. */
function compared(base: readonly JsonValue[], local: Traced, rule: AlignRule | undefined): Entry[] {
  const mine = plainOf(local);
  if (!Array.isArray(mine)) return [];
  const { toB } = alignLists(base, mine, rule, true);
  return mine.map((value, at): Entry => {
    const from = toB[at] ?? -1;
    const before = base[from];
    if (before === undefined) return traced(value, undefined, true, local.ops);
    if (deepEqual(before, value)) return from;
    return traced(value, { parent: local.origin, token: `${from}`, value: before }, true, local.ops);
  });
}

/** Its index in this list's base, or -1. */
function indexOf(node: Traced, list: Traced): number {
  const { origin } = node;
  return origin !== undefined && origin.parent === list.origin && origin.parent !== undefined
    ? Number(origin.token)
    : -1;
}

function keepsKey(before: JsonValue | undefined, node: Traced | undefined, key: string | readonly string[]): boolean {
  return node === undefined || identityOf(before, key) === identityOf(plainOf(node), key);
}

/** Finds out by their keys which items are which. False: a key is missing or there twice. */
function identify(base: readonly JsonValue[], items: readonly LocalItem[], key: string | readonly string[]): boolean {
  const claimed = new Uint8Array(base.length);
  for (const { at, node } of items) if (node === undefined) claimed[at] = 1;
  let known: Map<string, number> | undefined;
  const fresh = new Set<string>();
  for (const item of items) {
    if (item.node === undefined) continue;
    const identity = identityOf(plainOf(item.node), key);
    if (identity === undefined) return false;
    if (item.at < 0 || identityOf(base[item.at], key) !== identity) {
      known ??= keyIndex(base, key);
      const inBase = known?.get(identity);
      if (inBase === undefined) {
        // Its key was changed: an item that was edited stays itself, one that was put in its place is another.
        if (item.node.replaced) item.at = -1;
        if (fresh.has(identity)) return false;
        fresh.add(identity);
      } else {
        if (item.at < 0) item.moved = true;
        item.at = inBase;
      }
    }
    if (item.at < 0) continue;
    if (claimed[item.at] === 1) return false;
    claimed[item.at] = 1;
  }
  return true;
}

/** Marks which items left their order. Those an operation moved, if that explains it; else as few as possible. */
function markMoves(items: readonly LocalItem[]): void {
  if (isInOrder(items)) {
    // Moved to and fro: nothing has left its order.
    for (const item of items) if (item.at >= 0) item.moved = false;
    return;
  }
  let last = -1;
  let explained = true;
  for (const { at, moved } of items) {
    if (at < 0 || moved) continue;
    if (at < last) explained = false;
    last = at;
  }
  if (explained) return;
  const stayed = longestIncreasing(Int32Array.from(items, (item) => (item.moved ? -1 : item.at)));
  items.forEach((item, index) => {
    if (item.at >= 0 && stayed[index] === 0) item.moved = true;
  });
}

function isInOrder(items: readonly LocalItem[]): boolean {
  let last = -1;
  for (const { at } of items) {
    if (at < 0) continue;
    if (at < last) return false;
    last = at;
  }
  return true;
}
