import type { Gap } from './sequence-gaps.js';

/** Pairs leftovers that are equal although their order changed, where their token is left once on each side. */
export function pairMoved(
  left: readonly number[],
  leftTokens: ArrayLike<number>,
  right: readonly number[],
  rightTokens: ArrayLike<number>,
  pair: (at: number, to: number) => void,
): void {
  const single = singles(right, rightTokens);
  for (const [token, at] of left.length > 0 && single.size > 0 ? singles(left, leftTokens) : []) {
    const to = single.get(token) ?? -1;
    if (at >= 0 && to >= 0) pair(at, to);
  }
}

/** Where each token is left over; -1 where it is left over more than once. */
function singles(places: readonly number[], tokens: ArrayLike<number>): Map<number, number> {
  const found = new Map<number, number>();
  places.forEach((at, index) => {
    const token = tokens[index] ?? -1;
    if (token >= 0) found.set(token, found.has(token) ? -1 : at);
  });
  return found;
}

/** Pairs what is left in each gap by place, where both sides have the same number left. Marks those pairs with 1: nothing but their place speaks for them. */
export function pairByPlace(gaps: readonly Gap[], toB: Int32Array, toA: Int32Array): Uint8Array {
  const weak = new Uint8Array(toB.length);
  for (const gap of gaps) {
    const left = unpaired(toB, gap.aFrom, gap.aTo);
    const right = unpaired(toA, gap.bFrom, gap.bTo);
    if (left.length !== right.length) continue;
    left.forEach((at, index) => {
      const to = right[index] ?? -1;
      toB[at] = to;
      toA[to] = at;
      weak[at] = 1;
    });
  }
  return weak;
}

/** The places between `from` and `to` that have no partner. */
export function unpaired(pairs: Int32Array, from: number, to: number): number[] {
  const places: number[] = [];
  for (let at = from; at < to; at++) if (pairs[at] === -1) places.push(at);
  return places;
}
