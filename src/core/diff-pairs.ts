import { alignByAnyKey } from './align-lists.js';
import type { AlignRule } from './diff-rules.js';
import type { JsonValue } from './json.js';
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
  const aligned = alignByAnyKey(a, b, rule);
  return aligned && { toB: aligned.toR, inside: 'all' };
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
