import type { FailedPairs } from './deep-equal.js';
import { deepEqual } from './deep-equal.js';
import type { JsonValue } from './json.js';
import { isJsonScalar } from './lockstep.js';
import { gapsOf } from './sequence-gaps.js';
import { internItems } from './sequence-intern.js';
import { commonSubsequence } from './sequence-myers.js';
import { pairLeftovers } from './sequence-pairs.js';
import { alignTokens } from './sequence-tokens.js';

/** Which item of `a` is which of `b`. */
export interface SequenceAlignment {
  /** For each item of `a` its index in `b`, or -1: removed. */
  readonly toB: Int32Array;
  /** For each item of `b` its index in `a`, or -1: inserted. */
  readonly toA: Int32Array;
  /** 1: this item of `a` is paired by its place only, the values differ. */
  readonly weak: Uint8Array;
}

/** How lists are aligned. */
export interface SequenceOptions {
  /** Also pair equal items that changed their order, where the value is left once on each side. Default false: pairs never cross. */
  readonly moves?: boolean;
  /** What `trimEnds` says of the two lists, where somebody has asked it already. */
  readonly ends?: Ends;
}

/**
 * Aligns two lists whose items have no key: equal items in order, then what is left between them by place where the numbers agree (weak).
 * Cost is about linear; where a list was rewritten beyond recognition, items stay unpaired.
 */
export function alignSequences(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  options: SequenceOptions = {},
): SequenceAlignment {
  const { moves = false, ends = trimEnds(a, b) } = options;
  const toB = pairEqual(a, b, ends);
  const weak = pairLeftovers(a, b, gapsOf(toB, b.length), toB, moves);
  return { toB, toA: invertPairs(toB, b.length), weak };
}

/** How many items at the ends of two lists are surely equal. */
export interface Ends {
  readonly head: number;
  readonly tail: number;
}

/** Trims both ends. Of two lists of one length the last pair is not compared: who goes into it learns as much. */
export function trimEnds(a: readonly JsonValue[], b: readonly JsonValue[], failed?: FailedPairs): Ends {
  const most = Math.min(a.length, b.length) - (a.length === b.length ? 1 : 0);
  let head = 0;
  while (head < most && deepEqual(a[head], b[head], failed)) head++;
  let tail = 0;
  while (tail < most - head && deepEqual(a[a.length - 1 - tail], b[b.length - 1 - tail], failed)) tail++;
  return { head, tail };
}

/** Pairs equal items of two lists whose ends were trimmed, in order: for each item of `a` its index in `b`, or -1. */
export function pairEqual(a: readonly JsonValue[], b: readonly JsonValue[], { head, tail }: Ends): Int32Array {
  const toB = new Int32Array(a.length).fill(-1);
  for (let at = 0; at < head; at++) toB[at] = at;
  for (let at = 1; at <= tail; at++) toB[a.length - at] = b.length - at;
  const restA = a.slice(head, a.length - tail);
  const restB = b.slice(head, b.length - tail);
  if (restA.length === 0 || restB.length === 0) return toB;
  // Scalars are mostly told apart as they are; giving them numbers first would take longer than the rest. One side decides: equal is the same.
  const common = allScalars(restA) ? commonSubsequence(restA, restB) : undefined;
  const pairs = common ?? alignTokens(...internItems(restA, restB));
  for (let at = 0; at < pairs.length; at++) {
    const to = pairs[at] ?? -1;
    if (to >= 0) toB[head + at] = head + to;
  }
  return toB;
}

function allScalars(list: readonly JsonValue[]): boolean {
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    if (typeof item !== 'string' && !isJsonScalar(item)) return false;
  }
  return true;
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
