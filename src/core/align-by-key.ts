import type { JsonValue } from './json.js';
import { hasOwn, isObject } from './json.js';
import { identityOf } from './keys.js';
import { longestIncreasing } from './sequence-increasing.js';

/** Which item of a base list is which of the remote one, and how sure that is. */
export interface ListAlignment {
  /** The member or members that identify items; undefined: they are known by value and place only. */
  readonly key: Key | undefined;
  /** For each base item its index in remote, or -1: removed. */
  readonly toR: Int32Array;
  /** For each remote item its index in base, or -1: inserted. */
  readonly toB: Int32Array;
  /** 1: this base item's pairing may be another one. */
  readonly unsure: Uint8Array;
  /** For each base item 1 if remote left it in its order; undefined: all that are left. */
  stayed(): Uint8Array | undefined;
  /** Whether base or remote has an item of this key. */
  isTaken(identity: string | number): boolean;
}

export type Key = string | readonly string[];

/** An item's identity, for a map: a single key as it is, because making text of every number would cost more than the look-up. */
export function identityIn(item: JsonValue | undefined, key: Key): string | number | undefined {
  if (typeof key !== 'string') return identityOf(item, key);
  if (!isObject(item)) return undefined;
  const value = hasOwn(item, key) ? item[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/**
 * Aligns two lists by key. Undefined where an item lacks it or shares it: then it identifies nothing.
 *
 * Mostly remote has nearly the same items in the same order, so both are gone through side by side, and only what does
 * not come next is looked up.
 */
export function alignByKey(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  key: Key,
): ListAlignment | undefined {
  const inBase = new Map<string | number, number>();
  for (let at = 0; at < base.length; at += 1) {
    const name = identityIn(base[at], key);
    if (name === undefined) return undefined;
    inBase.set(name, at);
    if (inBase.size <= at) return undefined;
  }
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
    toR,
    toB,
    unsure: NONE,
    stayed() {
      if (!ordered) stayed ??= longestIncreasing(toR);
      return stayed;
    },
    isTaken: (identity) => inBase.has(identity) || fresh.has(identity),
  };
}

/** By key nothing is unsure. */
const NONE = new Uint8Array(0);
