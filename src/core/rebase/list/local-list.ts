import type { Key } from '../../align/keys.js';
import { identityIn } from '../../align/keys.js';
import type { ListAlignment } from '../../align/lists.js';
import { alignLists } from '../../align/lists.js';
import { deepEqual } from '../../deep-equal.js';
import { wholeOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import type { AlignRule } from '../../rules/merge-rules.js';
import type { Traced } from '../traced.js';
import { isAtHome, isFromBase, leftAt, operationsOf, traced } from '../traced.js';

/** One item of the local list. */
export interface LocalItem {
  /** Its index in base; -1: new, or from elsewhere. */
  at: number;
  /** Its index in local. */
  readonly local: number;
  /** Undefined: nothing has touched it but what moved it. */
  node: Traced | undefined;
}

/** The index in base of the nearest item of base that is meant, `way` -1 in front of an index of local's or 1 behind it; -1: none. */
export function nearest(
  { places }: LocalList,
  local: number,
  way: -1 | 1,
  isMeant: (at: number, local: number) => boolean,
): number {
  for (let beside = local + way; beside >= 0 && beside < places.length; beside += way) {
    const at = places[beside] ?? -1;
    if (at >= 0 && isMeant(at, beside)) return at;
  }
  return -1;
}

/** What local made of a base list. */
export interface LocalList {
  /** For each item of local's its index in base; -1: new, or from elsewhere. An object for each item would cost more than all the rest. */
  readonly places: Int32Array;
  /** The items with something in them that local touched, in their order. */
  readonly touched: readonly TouchedItem[];
  /** What is not there any more, by base index. */
  readonly removed: ReadonlyMap<number, Traced>;
  /** Something was inserted, removed or moved. */
  readonly isRearranged: boolean;
}

interface TouchedItem extends LocalItem {
  node: Traced;
}

/** Reads what local did to a list. Undefined: the key does not identify local's items. */
export function readLocalList(
  base: readonly JsonValue[],
  local: Traced,
  { key, inBase }: ListAlignment,
  rule: AlignRule | undefined,
): LocalList | undefined {
  const fromBase = isFromBase(local);
  const entries = fromBase ? (local.items ?? base.map((_, at) => at)) : compared(base, local, rule);
  const places = new Int32Array(entries.length);
  const touched: TouchedItem[] = [];
  const isThere = new Uint8Array(base.length);
  let isRearranged = !fromBase || entries.length !== base.length;
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] ?? at;
    const from = typeof entry === 'number' ? entry : indexOf(entry, local);
    places[at] = from;
    if (from !== at) isRearranged = true;
    if (typeof entry === 'number') {
      isThere[from] = 1;
      continue;
    }
    touched.push({ at: from, local: at, node: entry });
    if (key !== undefined && identityIn(base[at], key) !== identityIn(wholeOf(entry), key)) isRearranged = true;
  }
  const removed = new Map<number, Traced>();
  if (!isRearranged) return { places, touched, removed, isRearranged };
  if (key !== undefined && !identify(base, touched, isThere, local, key, inBase)) return undefined;
  for (const { at, local: index } of touched) {
    places[index] = at;
    if (at >= 0) isThere[at] = 1;
  }
  for (const [at, left] of local.gone ?? [])
    if (typeof at === 'number' && fromBase && isThere[at] !== 1) removed.set(at, left);
  if (!fromBase)
    for (let at = 0; at < base.length; at += 1)
      if (isThere[at] !== 1)
        removed.set(at, leftAt(local, at) ?? traced(base[at] ?? null, undefined, false, local.ops));
  // An item whose place was taken by one with another key is removed as well.
  for (const { node, at } of touched) {
    const was = at >= 0 ? -1 : indexOf(node, local);
    if (was >= 0 && isThere[was] !== 1 && !removed.has(was))
      removed.set(was, traced(base[was] ?? null, undefined, false, node.ops));
  }
  return { places, touched, removed, isRearranged };
}

/** The entries of a list that was replaced as a whole: which item is which is found by comparing. */
function compared(base: readonly JsonValue[], local: Traced, rule: AlignRule | undefined): (number | Traced)[] {
  const mine = wholeOf(local);
  if (!Array.isArray(mine)) return [];
  const { toB } = alignLists(base, mine, rule, true);
  return mine.map((value, at): number | Traced => {
    const entry = local.items?.[at];
    // What was moved in here is still what it was.
    if (typeof entry === 'object' && entry.origin !== undefined) return entry;
    const from = toB[at] ?? -1;
    // What was moved away from there is not what this was before.
    const before = local.before?.gone?.get(from)?.moved === true ? undefined : base[from];
    if (before !== undefined && deepEqual(before, value)) return from;
    const origin = before === undefined ? undefined : { parent: local.origin, token: `${from}`, value: before };
    const made =
      typeof entry === 'object' ? entry : { ...traced(value, origin, true, local.ops), before: leftAt(local, from) };
    return { ...made, origin, replaced: true };
  });
}

/** Its index in this list's base, or -1. */
function indexOf(node: Traced, list: Traced): number {
  const { origin } = node;
  return origin?.parent !== undefined && origin.parent === list.origin ? Number(origin.token) : -1;
}

/** Finds out by their keys which items are which. False: a key is missing or there twice. `isThere`: the items of base that local left alone. */
function identify(
  base: readonly JsonValue[],
  touched: readonly TouchedItem[],
  isThere: Uint8Array,
  list: Traced,
  key: Key,
  known: ListAlignment['inBase'],
): boolean {
  const fresh = new Set<string | number>();
  const strangers: number[] = [];
  for (const item of touched) {
    const identity = identityIn(wholeOf(item.node), key);
    if (identity === undefined) return false;
    if (item.at < 0 || identityIn(base[item.at], key) !== identity) {
      const inBase = known.get(identity);
      if (inBase !== undefined && (item.node.origin === undefined || isAtHome(list, item.node) || item.at >= 0)) {
        item.at = inBase;
        const before = base[inBase] ?? null;
        const { moved } = item.node;
        item.node = {
          ...traced(
            wholeOf(item.node),
            { parent: list.origin, token: `${inBase}`, value: before },
            true,
            operationsOf(item.node),
          ),
          moved,
        };
      } else {
        // What comes from another list is another item, whatever its key; so is one that was put in another's place.
        if (inBase !== undefined) strangers.push(inBase);
        if (item.node.replaced || inBase !== undefined) item.at = -1;
        if (fresh.has(identity)) return false;
        fresh.add(identity);
      }
    }
    if (item.at < 0) continue;
    if (isThere[item.at] === 1) return false;
    isThere[item.at] = 1;
  }
  return strangers.every((at) => isThere[at] !== 1);
}
