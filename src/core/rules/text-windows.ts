import type { Gap } from '../sequence-gaps.js';
import type { TextUnit } from './text-tokens.js';
import { isBreak } from './text-tokens.js';

/** So many equal characters in a row that stand nowhere else nearby are taken for the same place. */
const PROBE = 32;
/** How far around the same place is looked for at first, in characters. */
const NEAR = 256;

/**
 * Finds the stretches in which two texts differ; between them they are the same, and they begin and end where tokens do. Long stretches are
 * compared at once, which costs a small part of cutting both texts into tokens. Where they do not find back to each other, the last stretch
 * reaches to their ends.
 */
export function findWindows(a: string, b: string, by: TextUnit): Gap[] {
  const windows: Gap[] = [];
  let aFrom = 0;
  let bFrom = 0;
  let place: readonly [number, number] | undefined = [0, 0];
  while (place !== undefined) {
    const [aAt, bAt]: readonly [number, number] = place;
    const length = equalLength(a, aAt, b, bAt);
    const atEnd = aAt + length === a.length && bAt + length === b.length;
    let head = aAt === 0 && bAt === 0 ? 0 : 1;
    while (head > 0 && head < length && !isBreak(a, aAt + head, by)) head++;
    let tail = atEnd ? length : length - 1;
    while (!atEnd && tail > head && !isBreak(a, aAt + tail, by)) tail--;
    if (head < tail || atEnd) {
      head = Math.min(head, length);
      if (aAt + head > aFrom || bAt + head > bFrom) windows.push({ aFrom, aTo: aAt + head, bFrom, bTo: bAt + head });
      if (atEnd) return windows;
      aFrom = aAt + tail;
      bFrom = bAt + tail;
    }
    place = findAgain(a, aAt + length, b, bAt + length);
  }
  windows.push({ aFrom, aTo: a.length, bFrom, bTo: b.length });
  return windows;
}

/** How many characters are equal from here on. Slices are compared by the engine as memory, far faster than characters one by one. */
function equalLength(a: string, aAt: number, b: string, bAt: number): number {
  const isEqual = (from: number, size: number): boolean =>
    a.slice(aAt + from, aAt + from + size) === b.slice(bAt + from, bAt + from + size);
  const most = Math.min(a.length - aAt, b.length - bAt);
  let length = 0;
  let size = 64;
  for (; length + size <= most && isEqual(length, size); size *= 2) length += size;
  for (; size >= 1; size >>= 1) if (length + size <= most && isEqual(length, size)) length += size;
  return length;
}

/** The next place that both texts surely have in common. The surroundings looked at grow, so that one long insertion is jumped over. */
function findAgain(a: string, aAt: number, b: string, bAt: number): readonly [number, number] | undefined {
  const most = Math.max(a.length - aAt, b.length - bAt);
  for (let near = NEAR; near < 16 * most; near *= 16) {
    const inA = a.slice(aAt, aAt + near);
    const inB = b.slice(bAt, bAt + near);
    for (let at = 0; at + PROBE <= inA.length; at += near / 16) {
      const probe = inA.slice(at, at + PROBE);
      let to = inB.indexOf(probe);
      if (to < 0 || inB.lastIndexOf(probe) !== to || inA.indexOf(probe) !== at || inA.lastIndexOf(probe) !== at)
        continue;
      let from = at;
      for (; from > 0 && to > 0 && inA[from - 1] === inB[to - 1]; from--) to--;
      return [aAt + from, bAt + to];
    }
  }
  return undefined;
}
