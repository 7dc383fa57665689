import { gapsOf, internItems } from '../../align/sequence.js';
import type { Gap } from '../../align/tokens.js';
import { alignTokens } from '../../align/tokens.js';
import type { TextUnit } from './tokens.js';
import { isBreak, splitText } from './tokens.js';

/** Instead of base's characters from `from` to before `to`, this text. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** How a text was made from base, from left to right. Changes with nothing but spaces between them are one: a phrase was rewritten. */
export function findChanges(base: string, after: string, by: TextUnit): TextChange[] {
  const changes: TextChange[] = [];
  for (const { aFrom, aTo, bFrom, bTo } of findWindows(base, after, by)) {
    const a = splitText(base.slice(aFrom, aTo), by);
    const b = splitText(after.slice(bFrom, bTo), by);
    const lengthOf = (start: number, end: number): number => a.slice(start, end).join('').length;
    let to = aFrom;
    let done = 0;
    for (const gap of gapsOf(alignTokens(...internItems(a, b)), b.length)) {
      let from = to + lengthOf(done, gap.aFrom);
      to = from + lengthOf(gap.aFrom, gap.aTo);
      done = gap.aTo;
      let text = b.slice(gap.bFrom, gap.bTo).join('');
      const last = changes.at(-1);
      if (last !== undefined && isBlankBetween(base, last.to, from)) {
        text = last.text + base.slice(last.to, from) + text;
        from = last.from;
        changes.pop();
      }
      changes.push({ from, to, text });
    }
  }
  return changes;
}

/** Whether two places are side by side, or have only spaces between them. */
export function isBlankBetween(text: string, from: number, to: number): boolean {
  return /^[^\S\n]*$/.test(text.slice(from, to));
}

/** So many equal characters in a row that stand nowhere else nearby are taken for the same place. */
const PROBE = 32;
/** How far ahead the same place is looked for at first, in characters. */
const NEAR = 256;

/**
 * Finds the stretches in which two texts differ; between them they are the same, and they begin and end where tokens do. Long stretches are
 * compared at once, which costs a small part of cutting both texts into tokens. Where they do not find back to each other, the last stretch
 * reaches to their ends.
 */
function findWindows(a: string, b: string, by: TextUnit): Gap[] {
  const windows: Gap[] = [];
  let [aFrom, bFrom, aAt, bAt] = [0, 0, 0, 0];
  for (let found = true; found; ) {
    const isCut = (at: number): boolean => isBreak(a, aAt + at, by) && isBreak(b, bAt + at, by);
    const length = equalLength(a, aAt, b, bAt);
    let head = 0;
    while (head <= length && !isCut(head)) head++;
    let tail = length;
    while (tail > head && !isCut(tail)) tail--;
    if (head <= length) {
      windows.push({ aFrom, aTo: aAt + head, bFrom, bTo: bAt + head });
      aFrom = aAt + tail;
      bFrom = bAt + tail;
    }
    [aAt, bAt] = findAgain(a, aAt + length, b, bAt + length);
    found = aAt >= 0;
  }
  windows.push({ aFrom, aTo: a.length, bFrom, bTo: b.length });
  return windows;
}

/** How many characters are equal from here on. Slices are compared by the engine as memory, far faster than characters one by one. */
function equalLength(a: string, aAt: number, b: string, bAt: number): number {
  const most = Math.min(a.length - aAt, b.length - bAt);
  let length = 0;
  for (let size = 64; size >= 1; ) {
    const to = length + size;
    const isEqual = to <= most && a.slice(aAt + length, aAt + to) === b.slice(bAt + length, bAt + to);
    if (isEqual) length = to;
    size = isEqual ? size * 2 : size >> 1;
  }
  return length;
}

/** The next place that both texts surely have in common, or -1. The stretch looked at grows, so that a long insertion is jumped over. */
function findAgain(a: string, aAt: number, b: string, bAt: number): [number, number] {
  const most = Math.max(a.length - aAt, b.length - bAt);
  for (let near = NEAR; near < 16 * most; near *= 16) {
    const inA = a.slice(aAt, aAt + near);
    const inB = b.slice(bAt, bAt + near);
    for (let at = 0; at + PROBE <= inA.length; at += near / 16) {
      const probe = inA.slice(at, at + PROBE);
      const [beforeA = '', ...afterA] = inA.split(probe, 3);
      const [beforeB = '', ...afterB] = inB.split(probe, 3);
      if (afterA.length === 1 && afterB.length === 1) return [aAt + beforeA.length, bAt + beforeB.length];
    }
  }
  return [-1, -1];
}
