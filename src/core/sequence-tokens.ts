import { longestIncreasing } from './sequence-increasing.js';
import { commonSubsequence } from './sequence-myers.js';

/** Which token of one side is which of the other: indices, or -1 for none. */
export interface TokenAlignment {
  readonly toB: Int32Array;
  readonly toA: Int32Array;
}

/** After this many rounds of anchors inside anchors, what is left is left unmatched. */
const ROUNDS = 16;

interface Window {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
  readonly round: number;
}

/**
 * Aligns two sequences of tokens, order kept. Equal numbers are equal tokens; a negative number equals nothing.
 * Ends are trimmed first. A window with few edits gets its longest common subsequence; one with many is cut at the tokens that stand once
 * on both sides (patience diff), and its pieces are done in turn. A window with many edits and no such token stays unmatched:
 * that bounds the cost to about linear, at the price of a longer answer.
 */
export function alignTokens(a: Int32Array, b: Int32Array): TokenAlignment {
  const toB = new Int32Array(a.length).fill(-1);
  const toA = new Int32Array(b.length).fill(-1);
  const kinds = 1 + Math.max(maximum(a), maximum(b));
  const census: Census = { inA: new Int32Array(kinds), inB: new Int32Array(kinds) };
  const pending: Window[] = [{ aFrom: 0, aTo: a.length, bFrom: 0, bTo: b.length, round: 0 }];
  const pair = (at: number, to: number): void => {
    toB[at] = to;
    toA[to] = at;
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    let { aFrom, aTo, bFrom, bTo } = next;
    while (aFrom < aTo && bFrom < bTo && isSame(a[aFrom], b[bFrom])) pair(aFrom++, bFrom++);
    while (aFrom < aTo && bFrom < bTo && isSame(a[aTo - 1], b[bTo - 1])) pair(--aTo, --bTo);
    if (aFrom < aTo && bFrom < bTo) pending.push(...alignWindow(a, b, { ...next, aFrom, aTo, bFrom, bTo }, census, pair));
  }
  return { toB, toA };
}

/** How often each token stands in the window at hand; all zero between windows. */
interface Census {
  readonly inA: Int32Array;
  readonly inB: Int32Array;
}

/** Pairs what it can in one window and gives the windows that are left. */
function alignWindow(a: Int32Array, b: Int32Array, window: Window, census: Census, pair: (at: number, to: number) => void): Window[] {
  const { inA, inB } = census;
  for (let at = window.aFrom; at < window.aTo; at++) count(inA, a[at], 1);
  for (let at = window.bFrom; at < window.bTo; at++) count(inB, b[at], 1);
  // A token that the other side lacks can pair with nothing. Without those, little may be left to align.
  const fromA = placesWhere(a, window.aFrom, window.aTo, (token) => (inB[token] ?? 0) > 0);
  const fromB = placesWhere(b, window.bFrom, window.bTo, (token) => (inA[token] ?? 0) > 0);
  const limit = Math.ceil(4 * Math.sqrt(fromA.length + fromB.length)) + 32;
  const common = commonSubsequence(pick(a, fromA), pick(b, fromB), limit);
  let windows: Window[] = [];
  if (common !== undefined) {
    common.forEach((to, at) => {
      if (to >= 0) pair(fromA[at] ?? 0, fromB[to] ?? 0);
    });
  } else if (window.round < ROUNDS) {
    const single = (token: number): boolean => inA[token] === 1 && inB[token] === 1;
    windows = cutAtAnchors(a, b, window, fromA.filter((at) => single(a[at] ?? 0)), fromB.filter((at) => single(b[at] ?? 0)), pair);
  }
  for (let at = window.aFrom; at < window.aTo; at++) count(inA, a[at], 0);
  for (let at = window.bFrom; at < window.bTo; at++) count(inB, b[at], 0);
  return windows;
}

function cutAtAnchors(
  a: Int32Array,
  b: Int32Array,
  window: Window,
  singlesA: Int32Array,
  singlesB: Int32Array,
  pair: (at: number, to: number) => void,
): Window[] {
  const placeOf = new Map<number, number>();
  singlesB.forEach((at) => placeOf.set(b[at] ?? 0, at));
  const targets = singlesA.map((at) => placeOf.get(a[at] ?? 0) ?? -1);
  const inOrder = longestIncreasing(targets);
  const windows: Window[] = [];
  let { aFrom, bFrom } = window;
  singlesA.forEach((at, index) => {
    const to = targets[index] ?? -1;
    if (inOrder[index] !== 1) return;
    pair(at, to);
    windows.push({ aFrom, aTo: at, bFrom, bTo: to, round: window.round + 1 });
    aFrom = at + 1;
    bFrom = to + 1;
  });
  if (windows.length > 0) windows.push({ ...window, aFrom, bFrom, round: window.round + 1 });
  return windows;
}

function isSame(a: number | undefined, b: number | undefined): boolean {
  return a === b && a !== undefined && a >= 0;
}

/** Adds one to a token's count, or with `by` 0 clears it. */
function count(counts: Int32Array, token: number | undefined, by: 0 | 1): void {
  if (token !== undefined && token >= 0) counts[token] = by === 0 ? 0 : (counts[token] ?? 0) + 1;
}

function placesWhere(tokens: Int32Array, from: number, to: number, test: (token: number) => boolean): Int32Array {
  const places = new Int32Array(to - from);
  let length = 0;
  for (let at = from; at < to; at++) {
    const token = tokens[at] ?? -1;
    if (token >= 0 && test(token)) places[length++] = at;
  }
  return places.subarray(0, length);
}

function pick(tokens: Int32Array, places: Int32Array): Int32Array {
  return places.map((at) => tokens[at] ?? -1);
}

function maximum(tokens: Int32Array): number {
  let most = -1;
  for (const token of tokens) if (token > most) most = token;
  return most;
}
