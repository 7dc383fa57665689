import type { Different } from '../deep-equal.js';
import { deepEqual, isJsonScalar } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { internItems } from './intern.js';
import { alignTokens, commonSubsequence } from './tokens.js';

/** How many items at the ends of two lists are surely equal. */
export interface Ends {
  readonly head: number;
  readonly tail: number;
}

/** Trims both ends. Of two lists of one length the last pair is not compared: who goes into it learns as much. */
export function trimEnds(a: readonly JsonValue[], b: readonly JsonValue[], known?: Different): Ends {
  const most = Math.min(a.length, b.length) - (a.length === b.length ? 1 : 0);
  let head = 0;
  while (head < most && deepEqual(a[head], b[head], known)) head++;
  let tail = 0;
  while (tail < most - head && deepEqual(a[a.length - 1 - tail], b[b.length - 1 - tail], known)) tail++;
  return { head, tail };
}

/** Pairs equal items of two lists whose ends were trimmed, in order: for each item of `a` its index in `b`, or -1. */
export function pairEqual(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  { head, tail }: Ends,
  known?: Different,
): Int32Array {
  const toB = new Int32Array(a.length).fill(-1);
  for (let at = 0; at < head; at++) toB[at] = at;
  for (let at = 1; at <= tail; at++) toB[a.length - at] = b.length - at;
  const restA = a.slice(head, a.length - tail);
  const restB = b.slice(head, b.length - tail);
  if (restA.length === 0 || restB.length === 0) return toB;
  // Scalars are mostly told apart as they are; giving them numbers first would take longer than the rest. One side decides: equal is the same.
  const common = restA.every(isJsonScalar) ? commonSubsequence(restA, restB) : undefined;
  const pairs = common ?? alignTokens(...internItems(restA, restB, known));
  for (let at = 0; at < pairs.length; at++) {
    const to = pairs[at] ?? -1;
    if (to >= 0) toB[head + at] = head + to;
  }
  return toB;
}

/** The same pairs, asked from the other side. */
export function invertPairs(toB: Int32Array, lengthB: number): Int32Array {
  const toA = new Int32Array(lengthB).fill(-1);
  for (let at = 0; at < toB.length; at++) {
    const to = toB[at] ?? -1;
    if (to >= 0) toA[to] = at;
  }
  return toA;
}

/** A stretch between matched items: what `a` has there against what `b` has there. One of the two may be empty. */
export interface Gap {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

/** The gaps of an alignment whose pairs are in order; -1 stands for unpaired. */
export function gapsOf(toB: Int32Array, lengthB: number): Gap[] {
  const gaps: Gap[] = [];
  let aFrom = 0;
  let bFrom = 0;
  for (let at = 0; at <= toB.length; at++) {
    const to = at < toB.length ? (toB[at] ?? -1) : lengthB;
    if (to < 0) continue;
    if (at > aFrom || to > bFrom) gaps.push({ aFrom, aTo: at, bFrom, bTo: to });
    aFrom = at + 1;
    bFrom = to + 1;
  }
  return gaps;
}
