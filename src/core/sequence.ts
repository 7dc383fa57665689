import type { FailedPairs } from './deep-equal.js';
import { deepEqual } from './deep-equal.js';
import type { JsonValue } from './json.js';
import { isJsonScalar } from './lockstep.js';
import { gapsOf } from './sequence-gaps.js';
import { internItems } from './sequence-intern.js';
import { commonSubsequence } from './sequence-myers.js';
import { pairByPlace, pairMoved, unpaired } from './sequence-pairs.js';
import { alignTokens } from './sequence-tokens.js';

export { longestIncreasing } from './sequence-increasing.js';
export { touchedRuns } from './sequence-runs.js';
export { alignTokens } from './sequence-tokens.js';

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
}

/** How many items at the ends of two lists are surely equal. What is between may begin or end with equal items only where it is one item each. */
export interface Ends {
  readonly head: number;
  readonly tail: number;
}

/** Trims both ends. Of two lists of one length the last pair is not compared: going into it tells as much. */
export function trimEnds(a: readonly JsonValue[], b: readonly JsonValue[], failed?: FailedPairs): Ends {
  const most = Math.min(a.length, b.length) - (a.length === b.length ? 1 : 0);
  let tail = 0;
  while (tail < most && deepEqual(a[a.length - 1 - tail], b[b.length - 1 - tail], failed)) tail++;
  let head = 0;
  while (head < most - tail && deepEqual(a[head], b[head], failed)) head++;
  return { head, tail };
}

/**
 * Aligns two lists whose items have no key: equal items in order, then what is left between them by place where the numbers agree (weak).
 * Cost is about linear; where a list was rewritten beyond recognition, items stay unpaired.
 */
export function alignSequences(a: readonly JsonValue[], b: readonly JsonValue[], options: SequenceOptions = {}): SequenceAlignment {
  return alignBetween(a, b, trimEnds(a, b), options);
}

/** The same for lists whose ends were trimmed. */
export function alignBetween(a: readonly JsonValue[], b: readonly JsonValue[], { head, tail }: Ends, options: SequenceOptions): SequenceAlignment {
  const toB = new Int32Array(a.length).fill(-1);
  const toA = new Int32Array(b.length).fill(-1);
  const pair = (at: number, to: number): void => {
    toB[at] = to;
    toA[to] = at;
  };
  for (let at = 0; at < head; at++) pair(at, at);
  for (let at = 1; at <= tail; at++) pair(a.length - at, b.length - at);
  const restA = a.slice(head, a.length - tail);
  const restB = b.slice(head, b.length - tail);
  let tokens: { readonly a: Int32Array; readonly b: Int32Array } | undefined;
  if (restA.length > 0 && restB.length > 0) {
    // Scalars are mostly told apart as they are; giving them numbers first would take longer than the rest.
    let common = restA.every(isJsonScalar) && restB.every(isJsonScalar) ? commonSubsequence(restA, restB) : undefined;
    if (common === undefined) {
      tokens = internItems(restA, restB);
      common = alignTokens(tokens.a, tokens.b).toB;
    }
    common.forEach((to, at) => {
      if (to >= 0) pair(head + at, head + to);
    });
  }
  const gaps = gapsOf(toB, b.length);
  if (options.moves === true) {
    const left = unpaired(toB, head, a.length - tail);
    const right = unpaired(toA, head, b.length - tail);
    const { a: ofA, b: ofB } = tokens ?? internItems(itemsAt(a, left), itemsAt(b, right));
    const known = tokens !== undefined;
    pairMoved(left, known ? left.map((at) => ofA[at - head] ?? -1) : ofA, right, known ? right.map((at) => ofB[at - head] ?? -1) : ofB, pair);
  }
  return { toB, toA, weak: pairByPlace(gaps, toB, toA) };
}

function itemsAt(list: readonly JsonValue[], places: readonly number[]): JsonValue[] {
  return places.map((at) => list[at] ?? null);
}
