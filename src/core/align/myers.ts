/** After so many edits it is looked at whether anything matched. */
const TRIAL = 64;
/** So many equal items in a row are taken for the same ones: the search starts anew behind them. */
const SURE = 32;

/**
 * The longest common subsequence by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986, figure 2), as long as
 * it takes no more insertions and deletions than four times the root of the length: for each item of `a` its place in `b`, or -1.
 * `undefined` when it takes more, or when two lists are so different that it surely will. Items are compared by `===`.
 *
 * What is found is fixed at every long run of equal items, so that the cost grows with the edits between two such runs, and not with the
 * square of all edits. In a list that repeats itself for longer than such a run, a few pairs fewer may be found than there could be.
 */
export function commonSubsequence(a: ArrayLike<unknown>, b: ArrayLike<unknown>): Int32Array | undefined {
  const pairs = new Int32Array(a.length).fill(-1);
  const length = a.length + b.length;
  let left = Math.min(Math.ceil(4 * Math.sqrt(length)) + 32, length);
  // furthest[k + left + 1]: how far along `a` diagonal k (place in a minus place in b) can be followed.
  const furthest = new Int32Array(2 * left + 3);
  const middle = left + 1;
  for (let [fromA, fromB] = [0, 0]; fromA < a.length || fromB < b.length; ) {
    const [lengthA, lengthB] = [a.length - fromA, b.length - fromB];
    const trace: Int32Array[] = [];
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
      if (edits === TRIAL && best < TRIAL + 4 && fromA + fromB === 0) return undefined;
      // Row d holds the diagonals from -d to d.
      trace.push(furthest.slice(middle - edits, middle + edits + 1));
    }
    if (end === undefined) return undefined;
    const x = furthest[middle + end] ?? 0;
    followBack(pairs, trace, fromA, fromB, x, x - end);
    fromA += x;
    fromB += x - end;
    left -= edits;
  }
  return pairs;
}

/** Writes the pairs of the way to (x, y) down. */
function followBack(
  pairs: Int32Array,
  trace: readonly Int32Array[],
  fromA: number,
  fromB: number,
  toX: number,
  toY: number,
): void {
  let [x, y] = [toX, toY];
  const pairDownTo = (start: number, k: number): void => {
    for (; x > start; x--) pairs[fromA + x - 1] = fromB + x - 1 - k;
  };
  for (let edits = trace.length; edits > 0; edits--) {
    const row = trace[edits - 1];
    const k = x - y;
    const above = row?.[k + edits] ?? 0;
    const left = row?.[k + edits - 2] ?? 0;
    const wentDown = k === -edits || (k !== edits && left < above);
    pairDownTo(wentDown ? above : left + 1, k);
    x = wentDown ? above : left;
    y = x - (wentDown ? k + 1 : k - 1);
  }
  pairDownTo(0, 0);
}
