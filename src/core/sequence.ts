import type { EqualityMemo } from './deep-equal.js';
import { deepEqual } from './deep-equal.js';
import type { JsonValue } from './json.js';
import { gapsOf } from './sequence-gaps.js';
import { internItems } from './sequence-intern.js';
import { pairMoved, pairByPlace } from './sequence-pairs.js';
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
  /** Also pair equal items that changed their order, where the value stands once among the leftovers of each side. Default false: pairs never cross. */
  readonly moves?: boolean;
  readonly memo?: EqualityMemo;
}

/**
 * Aligns two lists whose items have no key: equal items in order, then what is left between them by place where the numbers agree (weak).
 * Cost is about linear; where a list was rewritten beyond recognition, items stay unpaired.
 */
export function alignSequences(a: readonly JsonValue[], b: readonly JsonValue[], options: SequenceOptions = {}): SequenceAlignment {
  const { memo } = options;
  const same = (at: number, to: number): boolean => {
    const left = a[at];
    const right = b[to];
    return left !== undefined && right !== undefined && deepEqual(left, right, memo);
  };
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && same(head, head)) head++;
  let tail = 0;
  while (tail < shorter - head && same(a.length - 1 - tail, b.length - 1 - tail)) tail++;
  const toB = new Int32Array(a.length).fill(-1);
  const toA = new Int32Array(b.length).fill(-1);
  for (let at = 0; at < head; at++) toA[toB[at] = at] = at;
  for (let at = 1; at <= tail; at++) toA[toB[a.length - at] = b.length - at] = a.length - at;
  // One item left on one side, or nothing on the other: there is nothing to search for.
  const aTo = a.length - tail;
  const bTo = b.length - tail;
  if (head < aTo && head < bTo && aTo - head + bTo - head > 2) {
    const tokens = internItems(a.slice(head, aTo), b.slice(head, bTo), memo);
    alignTokens(tokens.a, tokens.b).toB.forEach((to, at) => {
      if (to >= 0) toA[toB[head + at] = head + to] = head + at;
    });
    const gaps = gapsOf(toB, b.length);
    if (options.moves === true) pairMoved(tokens, head, toB, toA);
    return { toB, toA, weak: pairByPlace(gaps, toB, toA) };
  }
  return { toB, toA, weak: pairByPlace(gapsOf(toB, b.length), toB, toA) };
}
