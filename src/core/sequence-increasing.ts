/**
 * Marks one longest strictly increasing subsequence with 1. Negative entries stand for "nowhere" and are left out.
 * For items that were matched by identity: the marked ones kept their order, the others were moved.
 */
export function longestIncreasing(indices: Int32Array): Uint8Array {
  const marks = new Uint8Array(indices.length);
  // tails[k]: where the increasing run of length k + 1 with the smallest end stops; before[i]: what stands before i in its run.
  const tails = new Int32Array(indices.length);
  const before = new Int32Array(indices.length);
  let length = 0;
  for (let at = 0; at < indices.length; at++) {
    const value = indices[at] ?? -1;
    if (value < 0) continue;
    let low = 0;
    let high = length;
    // Mostly nothing was moved, and then every entry goes to the end.
    if (length > 0 && (indices[tails[length - 1] ?? 0] ?? 0) < value) low = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((indices[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = at;
    if (low === length) length++;
  }
  let at = length > 0 ? (tails[length - 1] ?? -1) : -1;
  while (at >= 0) {
    marks[at] = 1;
    at = before[at] ?? -1;
  }
  return marks;
}
