import { longestIncreasing } from './increasing.js';
import { commonSubsequence } from './myers.js';

/** After this many rounds of anchors inside anchors, what is left is left unmatched. */
const ROUNDS = 16;

/**
 * Aligns two sequences of tokens, order kept: for each token of `a` its index in `b`, or -1. Equal numbers are equal tokens; a negative
 * number in `a` equals nothing. A window with few edits gets its longest common subsequence; one with many is cut at the tokens that stand
 * once on both sides (patience diff), and its pieces are done in turn. A window with many edits and no such token stays unmatched: that
 * bounds the cost to about linear, at the price of a longer answer.
 */
export function alignTokens(a: Int32Array, b: Int32Array): Int32Array {
  const toB = new Int32Array(a.length).fill(-1);
  const findAnchors = anchorFinder(a, b);
  const windows = [0, a.length, 0, b.length, 0];
  while (windows.length > 0) {
    const [aFrom = 0, aTo = 0, bFrom = 0, bTo = 0, round = 0] = windows.splice(-5);
    const anchors = findAnchors(aFrom, aTo, bFrom, bTo);
    if (anchors === undefined) continue;
    const common = commonSubsequence(a.subarray(aFrom, aTo), b.subarray(bFrom, bTo));
    const pairs = common ?? anchors;
    const kept = common === undefined ? longestIncreasing(pairs) : undefined;
    let nextA = aFrom;
    let nextB = bFrom;
    for (let at = aFrom; at < aTo; at++) {
      const to = (pairs[at - aFrom] ?? -1) + bFrom;
      if (to < bFrom || kept?.[at - aFrom] === 0 || (a[at] ?? -1) < 0) continue;
      if (kept !== undefined && nextA < at && nextB < to) windows.push(nextA, at, nextB, to, round + 1);
      toB[at] = to;
      nextA = at + 1;
      nextB = to + 1;
    }
    // Without any anchor the window would come back as it is.
    if (kept !== undefined && nextA > aFrom && nextA < aTo && nextB < bTo && round < ROUNDS)
      windows.push(nextA, aTo, nextB, bTo, round + 1);
  }
  return toB;
}

/**
 * Gives a function that finds, for each token that stands once in both windows, its place in the second window; -1 for the others, and
 * `undefined` where the windows have nothing in common.
 */
function anchorFinder(
  a: Int32Array,
  b: Int32Array,
): (aFrom: number, aTo: number, bFrom: number, bTo: number) => Int32Array | undefined {
  let kinds = 0;
  for (const tokens of [a, b])
    for (let at = 0; at < tokens.length; at++) kinds = Math.max(kinds, (tokens[at] ?? 0) + 1);
  const counts = new Int32Array(kinds);
  const place = new Int32Array(kinds);
  // Bits 0 and up count one window, bits 16 and up the other, as far as "more than one".
  const count = (tokens: Int32Array, from: number, to: number, one: number, clear: boolean): void => {
    for (let at = from; at < to; at++) {
      const token = tokens[at] ?? -1;
      if (token < 0) continue;
      const before = counts[token] ?? 0;
      counts[token] = clear ? 0 : before + (before & (2 * one) ? 0 : one);
      if (one === 16) place[token] = at - from;
    }
  };
  return (aFrom, aTo, bFrom, bTo) => {
    count(a, aFrom, aTo, 1, false);
    count(b, bFrom, bTo, 16, false);
    const found = new Int32Array(aTo - aFrom).fill(-1);
    let shared = false;
    for (let at = aFrom; at < aTo; at++) {
      const seen = counts[a[at] ?? -1] ?? 0;
      if (seen > 16) shared = true;
      if (seen === 17) found[at - aFrom] = place[a[at] ?? -1] ?? -1;
    }
    count(a, aFrom, aTo, 1, true);
    count(b, bFrom, bTo, 16, true);
    return shared ? found : undefined;
  };
}
