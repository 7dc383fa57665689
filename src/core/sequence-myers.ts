/**
 * The longest common subsequence by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986, figure 2), as long as
 * it takes no more than `limit` insertions and deletions: for each token of `a` its place in `b`, or -1. `undefined` when it takes more.
 * Equal tokens are equal numbers. Time and memory grow with limit², whatever the length.
 */
export function commonSubsequence(a: Int32Array, b: Int32Array, limit: number): Int32Array | undefined {
  const most = Math.min(limit, a.length + b.length);
  // furthest[k + most + 1]: how far along `a` diagonal k (place in a minus place in b) can be followed.
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    const row = new Int32Array(2 * edits + 1);
    for (let k = -edits; k <= edits; k += 2) {
      const down = furthest[k + most + 2] ?? 0;
      const right = (furthest[k + most] ?? 0) + 1;
      let x = edits === 0 ? 0 : k === -edits || (k !== edits && right <= down) ? down : right;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest[k + most + 1] = x;
      row[k + edits] = x;
      if (x >= a.length && x - k >= b.length) {
        trace.push(row);
        return followBack(a, b, trace);
      }
    }
    trace.push(row);
  }
  return undefined;
}

function followBack(a: Int32Array, b: Int32Array, trace: readonly Int32Array[]): Int32Array {
  const pairs = new Int32Array(a.length).fill(-1);
  let x = a.length;
  let y = b.length;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const row = trace[edits - 1];
    const k = x - y;
    // The row before starts at diagonal 1 - edits.
    const above = row?.[k + edits] ?? 0;
    const left = row?.[k + edits - 2] ?? 0;
    const wentDown = k === -edits || (k !== edits && left < above);
    const from = wentDown ? above : left + 1;
    for (; x > from; x--) pairs[x - 1] = x - 1 - k;
    x = wentDown ? above : left;
    y = x - (wentDown ? k + 1 : k - 1);
  }
  for (; x > 0; x--) pairs[x - 1] = x - 1;
  return pairs;
}
