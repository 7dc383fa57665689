import type { Different } from '../deep-equal.js';
import { deepEqual, isJsonScalar } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { isContainer } from '../json.js';
import type { Gap } from './tokens.js';
import { alignTokens, pairCommon } from './tokens.js';

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
  const rest: Gap = { aFrom: head, aTo: a.length - tail, bFrom: head, bTo: b.length - tail };
  if (rest.aTo === head || rest.bTo === head) return toB;
  // Scalars are mostly told apart as they are; giving them numbers first would take longer than the rest. One side decides: equal is the same.
  let at = head;
  while (at < rest.aTo && isJsonScalar(a[at])) at++;
  if (at === rest.aTo && pairCommon(a, b, rest, toB)) return toB;
  const pairs = alignTokens(...internItems(a.slice(head, rest.aTo), b.slice(head, rest.bTo), known));
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

/** Turns items into numbers so that equal numbers are equal items. An item of `b` that `a` does not have gets -1. */
export function internItems(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  known?: Different,
): [Int32Array, Int32Array] {
  const scalars = new Map<JsonValue | undefined, number>();
  const containers = new Map<number, number[]>();
  const tokensOf = (list: readonly JsonValue[], learn: boolean): Int32Array => {
    const tokens = new Int32Array(list.length);
    for (let at = 0; at < list.length; at++) {
      const item = list[at];
      if (!isContainer(item)) {
        const first = scalars.get(item);
        // Its own number: also for what is equal to nothing (NaN, undefined), so that who compares the items meets it.
        tokens[at] = first !== undefined && isJsonScalar(item) ? first : learn ? at : -1;
        if (learn && first === undefined) scalars.set(item, at);
        continue;
      }
      const hash = hashOf(item);
      const alike = containers.get(hash);
      const first = alike?.find((other) => deepEqual(a[other], item, known));
      tokens[at] = first ?? (learn ? at : -1);
      if (!learn || first !== undefined) continue;
      if (alike === undefined) containers.set(hash, [at]);
      else alike.push(at);
    }
    return tokens;
  };
  return [tokensOf(a, true), tokensOf(b, false)];
}

/** A number that equal values share, however their members are ordered. */
function hashOf(value: JsonValue): number {
  if (typeof value === 'string') return hashText(value);
  if (!isContainer(value)) return typeof value === 'number' ? value | 0 : value === null ? 3 : value ? 5 : 7;
  let hash = 11;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) hash = (Math.imul(hash, 31) + hashOf(value[at] ?? null)) | 0;
    return hash;
  }
  for (const name of Object.keys(value))
    hash = (hash + Math.imul(hashText(name) ^ 0x9e3779b9, hashOf(value[name] ?? null) | 1)) | 0;
  return hash;
}

function hashText(text: string): number {
  let hash = text.length;
  // The ends of a long text tell enough; equal numbers are compared anyway.
  const head = Math.min(text.length, 24);
  for (let at = 0; at < head; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  for (let at = Math.max(head, text.length - 24); at < text.length; at++)
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

/** Equal values are one another, wherever they stand; of several equal ones, the first is the first. */
export function pairByValue(a: readonly JsonValue[], b: readonly JsonValue[]): Int32Array {
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
