import { longestIncreasing } from './increasing.js';

/** After this many rounds of anchors inside anchors, what is left is left unmatched. */
const ROUNDS = 16;

/** A stretch between matched items: what `a` has there against what `b` has there. One of the two may be empty. */
export interface Gap {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

/**
 * Aligns two sequences of tokens, order kept: for each token of `a` its index in `b`, or -1. Equal numbers are equal tokens, each smaller
 * than `a` is long; a negative one equals nothing. A window with few edits gets its longest common subsequence; one with many is cut at the
 * tokens that stand once on both sides (patience diff), and its pieces are done in turn. A window with many edits and no such token stays
 * unmatched: that bounds the cost to about linear, at the price of a longer answer.
 */
export function alignTokens(a: Int32Array, b: Int32Array): Int32Array {
  const toB = new Int32Array(a.length).fill(-1);
  const [placesA, placesB] = [new Int32Array(a.length).fill(-1), new Int32Array(a.length).fill(-1)];
  const windows = [{ gap: { aFrom: 0, aTo: a.length, bFrom: 0, bTo: b.length }, round: 0 }];
  for (let window = windows.pop(); window !== undefined; window = windows.pop()) {
    const { gap, round } = window;
    const { aFrom, aTo, bFrom, bTo } = gap;
    notePlaces(placesA, a, aFrom, aTo);
    notePlaces(placesB, b, bFrom, bTo);
    // Where each token that stands once in both windows stands in `b`.
    const anchors = new Int32Array(aTo - aFrom).fill(-1);
    let isShared = false;
    for (let at = aFrom; at < aTo; at++) {
      const to = placesB[a[at] ?? -1] ?? -1;
      if (to !== -1) isShared = true;
      if (placesA[a[at] ?? -1] === at) anchors[at - aFrom] = to;
    }
    for (let at = aFrom; at < aTo; at++) placesA[a[at] ?? -1] = -1;
    for (let at = bFrom; at < bTo; at++) placesB[b[at] ?? -1] = -1;
    if (!isShared || pairCommon(a, b, gap, toB)) continue;
    const kept = longestIncreasing(anchors);
    let nextA = aFrom;
    let nextB = bFrom;
    const addWindow = (toA: number, to: number): void => {
      if (nextA < toA && nextB < to)
        windows.push({ gap: { aFrom: nextA, aTo: toA, bFrom: nextB, bTo: to }, round: round + 1 });
    };
    for (let at = aFrom; at < aTo; at++) {
      if (kept[at - aFrom] === 0) continue;
      const to = anchors[at - aFrom] ?? 0;
      addWindow(at, to);
      toB[at] = to;
      nextA = at + 1;
      nextB = to + 1;
    }
    // Without any anchor the window would come back as it is.
    if (nextA > aFrom && round < ROUNDS) addWindow(aTo, bTo);
  }
  return toB;
}

/** Writes down where each token stands: `places[token]` is -1 where that is nowhere, -2 where it is more than one place. */
export function notePlaces(places: Int32Array, tokens: Int32Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const token = tokens[at] ?? -1;
    if (token >= 0) places[token] = places[token] === -1 ? at : -2;
  }
}

/** After so many edits it is looked at whether anything matched. */
const TRIAL = 64;
/** So many equal items in a row are taken for the same ones: the search starts anew behind them. */
const SURE = 32;

/**
 * The longest common subsequence by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986, figure 2), as long as
 * it takes no more insertions and deletions than four times the root of the length: writes for each item of `a` its place in `b` into `toB`.
 * False when it takes more, or when two lists are so different that it surely will. Items are compared by `===`.
 *
 * What is found is fixed at every long run of equal items, so that the cost grows with the edits between two such runs, and not with the
 * square of all edits. In a list that repeats itself for longer than such a run, a few pairs fewer may be found than there could be.
 */
export function pairCommon(
  a: ArrayLike<unknown>,
  b: ArrayLike<unknown>,
  { aFrom, aTo, bFrom, bTo }: Gap,
  toB: Int32Array,
): boolean {
  const length = aTo - aFrom + bTo - bFrom;
  let left = Math.min(Math.ceil(4 * Math.sqrt(length)) + 32, length);
  // furthest[k + left + 1]: how far along `a` diagonal k (place in a minus place in b) can be followed.
  const furthest = new Int32Array(2 * left + 3);
  const middle = left + 1;
  for (let [fromA, fromB] = [aFrom, bFrom]; fromA < aTo || fromB < bTo; ) {
    const [lengthA, lengthB] = [aTo - fromA, bTo - fromB];
    // Row after row: the one of d edits begins at d * (d + 1) / 2 and holds each second diagonal from -d to d.
    const trace: number[] = [];
    let end: number | undefined;
    let edits = 0;
    for (; edits <= left; edits++) {
      let best = 0;
      for (let k = -edits; k <= edits && end === undefined; k += 2) {
        const down = furthest[middle + k + 1] ?? 0;
        const right = (furthest[middle + k - 1] ?? 0) + 1;
        const start = edits === 0 ? 0 : k === -edits || (k !== edits && right <= down) ? down : right;
        let x = start;
        while (x < lengthA && x - k < lengthB && a[fromA + x] === b[fromB + x - k]) x++;
        furthest[middle + k] = x;
        if ((x >= lengthA && x - k >= lengthB) || x - start >= SURE) end = k;
        best = Math.max(best, 2 * x - k);
      }
      if (end !== undefined) break;
      if (edits === TRIAL && best < TRIAL + 4 && fromA === aFrom && fromB === bFrom) return false;
      for (let k = -edits; k <= edits; k += 2) trace.push(furthest[middle + k] ?? 0);
    }
    if (end === undefined) {
      toB.fill(-1, aFrom, fromA);
      return false;
    }
    const x = furthest[middle + end] ?? 0;
    followBack(toB, trace, edits, fromA, fromB, x, x - end);
    fromA += x;
    fromB += x - end;
    left -= edits;
  }
  return true;
}

/** Writes the pairs of the way to (x, y) down. */
function followBack(
  pairs: Int32Array,
  trace: readonly number[],
  last: number,
  fromA: number,
  fromB: number,
  toX: number,
  toY: number,
): void {
  let [x, y] = [toX, toY];
  const pairDownTo = (start: number, k: number): void => {
    for (; x > start; x--) pairs[fromA + x - 1] = fromB + x - 1 - k;
  };
  for (let edits = last; edits > 0; edits--) {
    const k = x - y;
    const row = (edits * (edits - 1)) / 2 + (k + edits) / 2;
    const above = trace[row] ?? 0;
    const left = trace[row - 1] ?? 0;
    const wentDown = k === -edits || (k !== edits && left < above);
    pairDownTo(wentDown ? above : left + 1, k);
    x = wentDown ? above : left;
    y = x - (wentDown ? k + 1 : k - 1);
  }
  pairDownTo(0, 0);
}
