import type { Different } from '../deep-equal.js';
import { deepEqual } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { hasOwn, isContainer, isObject } from '../json.js';
import type { Gap } from './gaps.js';
import { internItems } from './intern.js';
import { pairEqual, trimEnds } from './sequence.js';

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
  const single = singles(right, tokensB);
  const moved = new Map<JsonValue | undefined, readonly [at: number, to: number]>();
  for (const [token, at] of singles(left, tokensA)) {
    const to = single.get(token) ?? -1;
    if (at >= 0 && to >= 0) moved.set(a[at], [at, to]);
  }
  // A scalar that also stands somewhere else, unmoved, is not known to be the one that moved.
  for (let at = 0; moved.size > 0 && at < a.length; at++) if (toB[at] !== -1) moved.delete(a[at]);
  for (const [at, to] of moved.values()) {
    toB[at] = to;
    taken.add(to);
  }
  return taken;
}

/** Where each token is left over; -1 where it is left over more than once. */
function singles(places: readonly number[], tokens: Int32Array): Map<number, number> {
  const found = new Map<number, number>();
  places.forEach((at, index) => {
    const token = tokens[index] ?? -1;
    if (token >= 0) found.set(token, found.has(token) ? -1 : at);
  });
  return found;
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
export function likeness(a: JsonValue | undefined, b: JsonValue | undefined, known?: Different): number {
  if (Array.isArray(a) && Array.isArray(b))
    return pairEqual(a, b, trimEnds(a, b, known), known).filter((to) => to >= 0).length;
  if (!isObject(a) || !isObject(b)) return 0;
  return Object.keys(a).filter((name) => hasOwn(b, name) && deepEqual(a[name], b[name], known)).length;
}
