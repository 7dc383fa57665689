import type { Different } from '../deep-equal.js';
import { deepEqual } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { isContainer, kindOf } from '../json.js';
import type { AlignRule } from '../rules/merge-rules.js';
import { longestIncreasing } from './increasing.js';
import type { Key } from './keys.js';
import { identityIn, keyIndex, LIKELY_KEYS } from './keys.js';
import { isAlike, isLonePair, pairLeftovers, touchedRuns } from './pairs.js';
import { gapsOf, invertPairs, pairEqual, trimEnds } from './sequence.js';

/** Which item of a base list is which of the remote one, and how sure that is. */
export interface ListAlignment {
  /** The member or members that identify items; undefined: they are known by value and place only. */
  readonly key: Key | undefined;
  /** Where each base item is, by that key. */
  readonly inBase: ReadonlyMap<string | number, number>;
  /** For each base item its index in remote, or -1: removed. */
  readonly toR: Int32Array;
  /** For each remote item its index in base, or -1: inserted. */
  readonly toB: Int32Array;
  /** 1: this base item's pairing may be another one. */
  readonly unsure: Uint8Array;
  /** 1: nothing but its place speaks for this base item's pair. */
  readonly weak: Uint8Array;
  /** For each base item 1 if remote left it in its order; undefined: all that are left. */
  stayed(): Uint8Array | undefined;
}

/** Aligns by declared key, else by an inferred one, else as a sequence. Keys that are not unique identify nothing. */
export function alignLists(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
  useKeys: boolean,
  known?: Different,
): ListAlignment {
  if (base === remote) return alignWithItself(base.length);
  return (useKeys ? alignByAnyKey(base, remote, rule) : undefined) ?? alignByValue(base, remote, known);
}

/** Aligns by the declared key, or by the first likely one that identifies every item of both lists. */
export function alignByAnyKey(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
): ListAlignment | undefined {
  if (rule?.rule === 'list') return alignByKey(base, remote, rule.key);
  const first = base[0] ?? remote[0];
  for (const key of LIKELY_KEYS) {
    // A list that lacks the key mostly lacks it at once.
    const aligned = identityIn(first, key) === undefined ? undefined : alignByKey(base, remote, key);
    if (aligned !== undefined) return aligned;
  }
  return undefined;
}

/**
 * Aligns two lists by key. Undefined where an item lacks it or shares it: then it identifies nothing.
 *
 * Mostly remote has nearly the same items in the same order, so both are gone through side by side, and only what does
 * not come next is looked up.
 */
function alignByKey(base: readonly JsonValue[], remote: readonly JsonValue[], key: Key): ListAlignment | undefined {
  const inBase = keyIndex(base, key);
  if (inBase === undefined) return undefined;
  const toR = new Int32Array(base.length).fill(-1);
  const toB = new Int32Array(remote.length).fill(-1);
  const fresh = new Set<string | number>();
  let ordered = true;
  let last = -1;
  for (let at = 0; at < remote.length; at += 1) {
    const name = identityIn(remote[at], key);
    if (name === undefined) return undefined;
    const next = last + 1;
    const from = next < base.length && identityIn(base[next], key) === name ? next : inBase.get(name);
    if (from === undefined) {
      if (fresh.has(name)) return undefined;
      fresh.add(name);
      continue;
    }
    if (toR[from] !== -1) return undefined;
    toR[from] = at;
    toB[at] = from;
    if (from < last) ordered = false;
    last = from;
  }
  let stayed: Uint8Array | undefined;
  return {
    key,
    inBase,
    toR,
    toB,
    unsure: NONE,
    weak: NONE,
    stayed() {
      if (!ordered) stayed ??= longestIncreasing(toR);
      return stayed;
    },
  };
}

/** By key nothing is unsure. */
const NONE = new Uint8Array(0);
const NO_KEYS: ReadonlyMap<string | number, number> = new Map();

function alignByValue(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  known: Different | undefined,
): ListAlignment {
  const last = base.length - 1;
  const ends = trimEnds(base, remote, known);
  const { head, tail } = ends;
  if (base.length === remote.length && head + tail === last) {
    // Equal but for one pair at most: if nothing else speaks for it, its containers may.
    if (deepEqual(base[head], remote[head], known) || isLonePair(base[head], remote[head], known))
      return alignWithItself(base.length);
  }
  const toR = pairEqual(base, remote, ends, known);
  const weak = pairLeftovers(base, remote, gapsOf(toR, remote.length), toR, false, known);
  const unsure = touchedRuns(base, remote, toR, weak);
  for (let at = 0; at < weak.length; at += 1) if (weak[at] === 1) unsure[at] = 1;
  const toB = invertPairs(toR, remote.length);
  return { key: undefined, inBase: NO_KEYS, toR, toB, unsure, weak, stayed: () => undefined };
}

/** For a list that remote has not touched, or only inside an item. */
function alignWithItself(length: number): ListAlignment {
  const same = new Int32Array(length);
  for (let at = 0; at < length; at += 1) same[at] = at;
  const weak = NONE;
  return { key: undefined, inBase: NO_KEYS, toR: same, toB: same, unsure: NONE, weak, stayed: () => undefined };
}

/**
 * Whether an item without a pair in remote may be there all the same: as one of several equal ones, moved, or changed beyond recognition.
 * Containers may have been changed and moved, also to where another one is thought to be by its place. What was changed throughout, as a
 * scalar is, is looked for where it stood.
 */
export function maySurvive(
  { key, toR, toB, weak }: ListAlignment,
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  at: number,
): boolean {
  if (key !== undefined) return false;
  const item = base[at] ?? null;
  const isItem = (other: JsonValue | undefined): boolean => other !== undefined && deepEqual(other, item);
  if (isItem(base[at - 1]) || isItem(base[at + 1])) return true;
  let from = at - 1;
  while (from >= 0 && (toR[from] ?? -1) < 0) from -= 1;
  let to = at + 1;
  while (to < toR.length && (toR[to] ?? -1) < 0) to += 1;
  const [left, right] = [toR[from] ?? -1, toR[to] ?? remote.length];
  const isEmpty = Object.keys(Object(item)).length === 0;
  return remote.some((other, index) => {
    const pair = toB[index] ?? -1;
    if (pair >= 0 && weak[pair] !== 1) return false;
    const isNear = index > left && index < right;
    if (!isContainer(item)) return isItem(other) || (pair < 0 && isNear && !isContainer(other));
    if (kindOf(other) !== kindOf(item)) return false;
    return isNear || isEmpty || isAlike(item, other);
  });
}
