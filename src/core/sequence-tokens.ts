import { longestIncreasing } from './sequence-increasing.js';
import { commonSubsequence } from './sequence-myers.js';

/** Which token of one side is which of the other: indices, or -1 for none. */
export interface TokenAlignment {
  readonly toB: Int32Array;
  readonly toA: Int32Array;
}

/** After this many rounds of anchors inside anchors, what is left is left unmatched. */
const ROUNDS = 16;

/**
 * Aligns two sequences of tokens, order kept. Equal numbers are equal tokens; a negative number equals nothing.
 * A window with few edits gets its longest common subsequence; one with many is cut at the tokens that stand once on both sides (patience
 * diff), and its pieces are done in turn. A window with many edits and no such token stays unmatched: that bounds the cost to about
 * linear, at the price of a longer answer.
 */
export function alignTokens(a: Int32Array, b: Int32Array): TokenAlignment {
  const toB = new Int32Array(a.length).fill(-1);
  const toA = new Int32Array(b.length).fill(-1);
  const pair = (at: number, to: number): void => {
    toB[at] = to;
    toA[to] = at;
  };
  const census = takeCensus(a, b);
  const windows = [0, a.length, 0, b.length, 0];
  while (windows.length > 0) {
    const [aFrom = 0, aTo = 0, bFrom = 0, bTo = 0, round = 0] = windows.splice(-5);
    const inA = a.subarray(aFrom, aTo);
    const inB = b.subarray(bFrom, bTo);
    const common = commonSubsequence(inA, inB);
    if (common !== undefined) {
      common.forEach((to, at) => {
        if (to >= 0 && (inA[at] ?? -1) >= 0) pair(aFrom + at, bFrom + to);
      });
    } else if (round < ROUNDS) {
      const anchors = census(inA, inB);
      const inOrder = longestIncreasing(anchors);
      let nextA = aFrom;
      let nextB = bFrom;
      for (let at = 0; at <= anchors.length; at++) {
        const end = at === anchors.length;
        if (!end && inOrder[at] !== 1) continue;
        const to = end ? inB.length : (anchors[at] ?? 0);
        // Without any anchor the window would come back as it is.
        if (end && nextA === aFrom) break;
        if (nextA < aFrom + at && nextB < bFrom + to) windows.push(nextA, aFrom + at, nextB, bFrom + to, round + 1);
        if (!end) pair(aFrom + at, bFrom + to);
        nextA = aFrom + at + 1;
        nextB = bFrom + to + 1;
      }
    }
  }
  return { toB, toA };
}

/** Gives a function that finds, for each token that stands once in both windows, its place in the second; -1 for the others. */
function takeCensus(a: Int32Array, b: Int32Array): (inA: Int32Array, inB: Int32Array) => Int32Array {
  let kinds = 0;
  for (const tokens of [a, b]) for (const token of tokens) if (token >= kinds) kinds = token + 1;
  const countA = new Int32Array(kinds);
  const countB = new Int32Array(kinds);
  const place = new Int32Array(kinds);
  return (inA, inB) => {
    for (const token of inA) if (token >= 0) countA[token] = (countA[token] ?? 0) + 1;
    inB.forEach((token, at) => {
      if (token < 0) return;
      countB[token] = (countB[token] ?? 0) + 1;
      place[token] = at;
    });
    const found = inA.map((token) => (countA[token] === 1 && countB[token] === 1 ? (place[token] ?? -1) : -1));
    for (const token of inA) if (token >= 0) countA[token] = 0;
    for (const token of inB) if (token >= 0) countB[token] = 0;
    return found;
  };
}
