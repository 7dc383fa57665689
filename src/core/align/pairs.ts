import type { Different } from '../deep-equal.js';
import { deepEqual } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { hasOwn, isContainer, isObject } from '../json.js';
import { childOf } from '../pointer.js';
import { gapsOf, internItems, invertPairs, pairEqual, trimEnds } from './sequence.js';
import type { Gap } from './tokens.js';
import { notePlaces } from './tokens.js';

/**
 * Pairs what is left in the gaps of an alignment, and writes it into `toB`: with `moves`, first equal items that changed their order, where
 * the value is left once on each side and stands nowhere else; then in each gap by place, where both sides have the same number left. Gives those last ones, marked
 * with 1: nothing but their place speaks for them.
 */
export function pairLeftovers(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  gaps: readonly Gap[],
  toB: Int32Array,
  moves: boolean,
  known?: Different,
): Uint8Array {
  const weak = new Uint8Array(a.length);
  const taken = moves ? pairMoved(a, b, gaps, toB) : new Set<number>();
  for (const { aFrom, aTo, bFrom, bTo } of gaps) {
    const left = range(aFrom, aTo).filter((at) => toB[at] === -1);
    const right = range(bFrom, bTo).filter((to) => !taken.has(to));
    if (left.length !== right.length) continue;
    left.forEach((at, index) => {
      const to = right[index] ?? -1;
      // Whether an object has become a text, or the text is new and the object is another one now, no place tells.
      if (!moves && isContainer(a[at]) !== isContainer(b[to])) return;
      toB[at] = to;
      weak[at] = deepEqual(a[at], b[to], known) ? 0 : 1;
    });
  }
  return weak;
}

/** Gives the items of `b` that found one of `a` in another gap. */
function pairMoved(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  gaps: readonly Gap[],
  toB: Int32Array,
): Set<number> {
  const left = gaps.flatMap(({ aFrom, aTo }) => range(aFrom, aTo));
  const right = gaps.flatMap(({ bFrom, bTo }) => range(bFrom, bTo));
  const taken = new Set<number>();
  if (left.length === 0 || right.length === 0) return taken;
  const [tokensA, tokensB] = internItems(
    left.map((at) => a[at] ?? null),
    right.map((to) => b[to] ?? null),
  );
  const places = new Int32Array(left.length).fill(-1);
  const placesB = places.slice();
  notePlaces(places, tokensA, 0, left.length);
  notePlaces(placesB, tokensB, 0, right.length);
  const moved = new Map<JsonValue | undefined, readonly [at: number, to: number]>();
  places.forEach((index, token) => {
    const [at, to] = [left[index], right[placesB[token] ?? -1]];
    if (at !== undefined && to !== undefined) moved.set(a[at], [at, to]);
  });
  // A scalar that also stands somewhere else, unmoved, is not known to be the one that moved.
  for (let at = 0; moved.size > 0 && at < a.length; at++) if (toB[at] !== -1) moved.delete(a[at]);
  for (const [at, to] of moved.values()) {
    toB[at] = to;
    taken.add(to);
  }
  return taken;
}

function range(from: number, to: number): number[] {
  const places: number[] = [];
  for (let at = from; at < to; at++) places.push(at);
  return places;
}

/** Whether two containers of one kind share more than half of what the larger one holds: they are the same one then, where nothing else could be. */
export function isLonePair(a: JsonValue | undefined, b: JsonValue | undefined, known?: Different): boolean {
  const sizeOf = (value: JsonValue | undefined): number => (isContainer(value) ? Object.keys(value).length : 0);
  return 2 * likeness(a, b, known) > Math.max(sizeOf(a), sizeOf(b));
}

/** How much of one container is in another of its kind: members of one name and value, items in order. */
function likeness(a: JsonValue | undefined, b: JsonValue | undefined, known?: Different): number {
  if (Array.isArray(a) && Array.isArray(b))
    return pairEqual(a, b, trimEnds(a, b, known), known).filter((to) => to >= 0).length;
  if (!isObject(a) || !isObject(b)) return 0;
  return Object.keys(a).filter((name) => hasOwn(b, name) && deepEqual(a[name], b[name], known)).length;
}

/** Whether two containers of one kind share any value at one place, at whatever depth. */
export function isAlike(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (likeness(a, b) > 0) return true;
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  return Object.keys(a).some((name) => hasOwn(b, name) && isAlike(childOf(a, name), childOf(b, name)));
}

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
