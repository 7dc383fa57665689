/** A stretch between matched items: what `a` has there against what `b` has there. One of the two may be empty. */
export interface Gap {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

/** The gaps of an alignment whose pairs are in order; -1 stands for unpaired. */
export function gapsOf(toB: Int32Array, lengthB: number): Gap[] {
  const gaps: Gap[] = [];
  let aFrom = 0;
  let bFrom = 0;
  for (let at = 0; at <= toB.length; at++) {
    const to = at < toB.length ? (toB[at] ?? -1) : lengthB;
    if (to < 0) continue;
    if (at > aFrom || to > bFrom) gaps.push({ aFrom, aTo: at, bFrom, bTo: to });
    aFrom = at + 1;
    bFrom = to + 1;
  }
  return gaps;
}
