import type { AlignRule } from './diff-rules.js';
import type { JsonValue } from './json.js';
import { identityOf, LIKELY_KEYS } from './keys.js';
import { internItems } from './sequence-intern.js';

/** Which item of the old list is which of the new one. */
export interface ListPairs {
  readonly toB: Int32Array;
  /** The pairs that may differ inside: all, none, or those marked with 1. */
  readonly inside: 'all' | 'none' | Uint8Array;
}

/** Pairs the items of two lists by value or by key, as the rule for the list says, without one by an inferred key. `undefined`: the lists are sequences. */
export function pairItems(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  rule: AlignRule | undefined,
): ListPairs | undefined {
  if (rule?.rule === 'set') return { toB: pairByValue(a, b), inside: 'none' };
  for (const key of rule?.rule === 'list' ? [rule.key] : LIKELY_KEYS) {
    const toB = pairByKey(a, b, key);
    if (toB !== undefined) return { toB, inside: 'all' };
  }
  return undefined;
}

/** `undefined` when an item lacks the key, or two items of one list share it: then it identifies nothing. */
function pairByKey(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  key: string | readonly string[],
): Int32Array | undefined {
  // A list that lacks the key mostly lacks it at once; only then is it worth building the index.
  if (identityOf(a[0], key) === undefined || identityOf(b[0], key) === undefined) return undefined;
  const toB = new Int32Array(a.length).fill(-1);
  const places = new Map<string, number>();
  for (let at = 0; at < a.length; at++) {
    const identity = identityOf(a[at], key);
    if (identity === undefined) return undefined;
    places.set(identity, at);
    if (places.size <= at) return undefined;
  }
  for (let to = 0; to < b.length; to++) {
    const identity = identityOf(b[to], key);
    if (identity === undefined) return undefined;
    const at = places.get(identity) ?? -1;
    if (at >= a.length || (at >= 0 && toB[at] !== -1)) return undefined;
    if (at >= 0) toB[at] = to;
    // Remembered past the end of `a`, so that a second new item with this key is noticed.
    else places.set(identity, a.length);
  }
  return toB;
}

/** Equal values are one another, wherever they stand; of several equal ones, the first is the first. */
function pairByValue(a: readonly JsonValue[], b: readonly JsonValue[]): Int32Array {
  const [tokensA, tokensB] = internItems(a, b);
  const places = new Map<number, number[]>();
  for (let to = b.length - 1; to >= 0; to--) {
    const token = tokensB[to] ?? -1;
    const known = places.get(token);
    if (known === undefined) places.set(token, [to]);
    else known.push(to);
  }
  places.delete(-1);
  return tokensA.map((token) => places.get(token)?.pop() ?? -1);
}
