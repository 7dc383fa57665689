import { deepEqual } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { gapsOf } from './gaps.js';
import { invertPairs } from './sequence.js';

/**
 * Marks with 1 the items of `a` whose pairing could as well have been another one: of three equal values two are left, and nothing tells
 * which. So are the items of a repeated stretch (`1 2 1 2` against `1 2`), and equal neighbours of what was inserted or replaced.
 * An alignment is a best guess for these and for the weak pairs, and for no others.
 */
export function touchedRuns(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  pairs: Int32Array,
  weak: Uint8Array,
): Uint8Array {
  const marks = new Uint8Array(a.length);
  const toB = pairs.slice();
  for (let at = 0; at < weak.length; at++) if (weak[at] === 1) toB[at] = -1;
  const toA = invertPairs(toB, b.length);
  for (const { aFrom, aTo, bFrom, bTo } of gapsOf(toB, b.length)) {
    for (const way of [-1, 1]) {
      const atA = way < 0 ? aFrom - 1 : aTo;
      const atB = way < 0 ? bFrom - 1 : bTo;
      slide({ list: a, pairs: toB, at: atA, other: atB, edge: way < 0 ? aTo - 1 : aFrom, way }, (at) =>
        mark(marks, at),
      );
      slide({ list: b, pairs: toA, at: atB, other: atA, edge: way < 0 ? bTo - 1 : bFrom, way }, (at) =>
        mark(marks, toA[at]),
      );
    }
  }
  return marks;
}

interface Slide {
  readonly list: readonly JsonValue[];
  /** Where each item of this list is in the other, or -1. */
  readonly pairs: Int32Array;
  /** The first item beside the gap, in this list and in the other. */
  readonly at: number;
  readonly other: number;
  /** The far end of the gap. */
  readonly edge: number;
  /** Which way from the gap: -1 or 1. */
  readonly way: number;
}

/** Follows the gap as it slides: as long as the item beside it equals one in it, the two could change places. */
function slide({ list, pairs, at, other, edge, way }: Slide, found: (at: number) => void): void {
  for (let free = edge, beside = at; other >= 0 && pairs[beside] === other; beside += way, other += way, free += way) {
    const item = list[beside];
    while (free !== beside && !deepEqual(list[free], item)) free += way;
    if (free === beside) return;
    found(beside);
    found(free);
  }
}

function mark(marks: Uint8Array, at: number | undefined): void {
  if (at !== undefined && at >= 0) marks[at] = 1;
}
