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

/** Whether entries are in order. Negative ones stand for "nowhere" and are left out. */
export function isIncreasing(indices: ArrayLike<number>): boolean {
  let last = -1;
  for (let at = 0; at < indices.length; at++) {
    const value = indices[at] ?? -1;
    if (value >= 0 && value < last) return false;
    if (value >= 0) last = value;
  }
  return true;
}

/**
 * Marks the longest strictly increasing subsequence that leaves out, of several of one length, as many entries as it can of those that
 * `isLight` names. Entries are different and not negative.
 */
export function heaviestIncreasing(values: readonly number[], isLight: (at: number) => boolean): Uint8Array {
  const marks = new Uint8Array(values.length);
  const ranks = new Map([...values].sort((a, b) => a - b).map((value, rank) => [value, rank + 1]));
  // A Fenwick tree of the best run that ends at or before a rank.
  const best = new Int32Array(values.length + 1).fill(-1);
  const weights = new Float64Array(values.length);
  const before = new Int32Array(values.length).fill(-1);
  let end = -1;
  values.forEach((value, at) => {
    const rank = ranks.get(value) ?? 0;
    let last = -1;
    for (let node = rank - 1; node > 0; node -= node & -node) {
      const other = best[node] ?? -1;
      if (other >= 0 && (last < 0 || (weights[other] ?? 0) > (weights[last] ?? 0))) last = other;
    }
    before[at] = last;
    weights[at] = (last < 0 ? 0 : (weights[last] ?? 0)) + values.length + 1 + (isLight(at) ? 0 : 1);
    for (let node = rank; node <= values.length; node += node & -node) {
      const other = best[node] ?? -1;
      if (other < 0 || (weights[at] ?? 0) > (weights[other] ?? 0)) best[node] = at;
    }
    if (end < 0 || (weights[at] ?? 0) > (weights[end] ?? 0)) end = at;
  });
  for (; end >= 0; end = before[end] ?? -1) marks[end] = 1;
  return marks;
}
