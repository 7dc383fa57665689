/** After so many edits it is looked at whether anything matched. */
const TRIAL = 64;

/**
 * The longest common subsequence by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986, figure 2), as long as
 * it takes no more insertions and deletions than four times the root of the length: for each item of `a` its place in `b`, or -1.
 * `undefined` when it takes more, or when two lists are so different that it surely will. Items are compared by `===`.
 */
export function commonSubsequence(a: ArrayLike<unknown>, b: ArrayLike<unknown>): Int32Array | undefined {
  const lengthA = a.length;
  const lengthB = b.length;
  const most = Math.min(Math.ceil(4 * Math.sqrt(lengthA + lengthB)) + 32, lengthA + lengthB);
  // furthest[k + most + 1]: how far along `a` diagonal k (place in a minus place in b) can be followed.
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    let best = 0;
    for (let k = -edits; k <= edits; k += 2) {
      const down = furthest[k + most + 2] ?? 0;
      const right = (furthest[k + most] ?? 0) + 1;
      let x = edits === 0 ? 0 : k === -edits || (k !== edits && right <= down) ? down : right;
      let y = x - k;
      while (x < lengthA && y < lengthB && a[x] === b[y]) {
        x++;
        y++;
      }
      furthest[k + most + 1] = x;
      if (x >= lengthA && y >= lengthB) return followBack(lengthA, lengthB, edits, trace);
      if (x + y > best) best = x + y;
    }
    if (edits === TRIAL && best < TRIAL + 4) return undefined;
    // Row d holds the diagonals from -d to d.
    trace.push(furthest.slice(most + 1 - edits, most + 2 + edits));
  }
  return undefined;
}

function followBack(lengthA: number, lengthB: number, last: number, trace: readonly Int32Array[]): Int32Array {
  const pairs = new Int32Array(lengthA).fill(-1);
  let x = lengthA;
  let y = lengthB;
  for (let edits = last; edits > 0; edits--) {
    const row = trace[edits - 1];
    const k = x - y;
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
