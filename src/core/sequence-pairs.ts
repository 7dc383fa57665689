import type { Gap } from './sequence-gaps.js';

/** Pairs equal leftovers that changed their order, where their value is left once on each side. The tokens begin at `offset` of both lists. */
export function pairMoved(tokens: { readonly a: Int32Array; readonly b: Int32Array }, offset: number, toB: Int32Array, toA: Int32Array): void {
  const single = singles(tokens.b, toA, offset);
  for (const [token, at] of singles(tokens.a, toB, offset)) {
    const to = single.get(token) ?? -1;
    if (at < 0 || to < 0) continue;
    toB[at] = to;
    toA[to] = at;
  }
}

/** Where each token is left over; -1 where it is left over more than once. */
function singles(tokens: Int32Array, paired: Int32Array, offset: number): Map<number, number> {
  const places = new Map<number, number>();
  tokens.forEach((token, at) => {
    if (token >= 0 && paired[offset + at] === -1) places.set(token, places.has(token) ? -1 : offset + at);
  });
  return places;
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

function unpaired(pairs: Int32Array, from: number, to: number): number[] {
  const places: number[] = [];
  for (let at = from; at < to; at++) if (pairs[at] === -1) places.push(at);
  return places;
}
