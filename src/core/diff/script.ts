import { isIncreasing, longestIncreasing } from '../align/increasing.js';
import { gapsOf, invertPairs } from '../align/sequence.js';

/** One change of a list's make-up, with the indices the list has at that moment. `index` is the item's place in the list to be reached. */
export type ListStep =
  | { readonly kind: 'remove'; readonly at: number; readonly index: number }
  | { readonly kind: 'add'; readonly at: number; readonly index: number }
  | { readonly kind: 'move'; readonly from: number; readonly at: number };

/**
 * The steps that bring a list's items to where they belong, given for each item its place in the list to be reached, or -1 if it goes.
 * As few items as possible are moved. For a `remove` step, `index` is the item's place in the old list.
 */
export function listScript(toB: Int32Array, lengthB: number): ListStep[] {
  const steps: ListStep[] = [];
  if (!isIncreasing(toB)) return moveScript(toB, lengthB, steps);
  for (const { aFrom, aTo, bFrom, bTo } of gapsOf(toB, lengthB)) {
    for (let index = aFrom; index < aTo; index++) steps.push({ kind: 'remove', at: bFrom, index });
    for (let index = bFrom; index < bTo; index++) steps.push({ kind: 'add', at: index, index });
  }
  return steps;
}

function moveScript(toB: Int32Array, lengthB: number, steps: ListStep[]): ListStep[] {
  const stays = longestIncreasing(toB);
  const toA = invertPairs(toB, lengthB);
  const { slotOfA, slotOfB, slots } = layOut(toB, stays, lengthB);
  const places = countedPlaces(slots, slotOfA);
  for (let index = 0; index < toB.length; index++) {
    if (toB[index] === -1) steps.push({ kind: 'remove', at: places.take(slotOfA[index] ?? 0), index });
  }
  for (let index = 0; index < lengthB; index++) {
    const source = toA[index] ?? -1;
    if (source >= 0 && stays[source] === 1) continue;
    const from = source < 0 ? -1 : places.take(slotOfA[source] ?? 0);
    const at = places.put(slotOfB[index] ?? 0);
    if (source < 0) steps.push({ kind: 'add', at, index });
    else if (from !== at) steps.push({ kind: 'move', from, at });
  }
  return steps;
}

/**
 * One row of slots in which every item, old or new, has its place for the whole script: behind each item that stays, first what comes
 * behind it in the new list, then what stood behind it in the old one. An index is then the number of taken slots in front.
 */
function layOut(
  toB: Int32Array,
  stays: Uint8Array,
  lengthB: number,
): { slotOfA: Int32Array; slotOfB: Int32Array; slots: number } {
  const slotOfA = new Int32Array(toB.length);
  const slotOfB = new Int32Array(lengthB);
  let slots = 0;
  let nextB = 0;
  let nextA = 0;
  for (let at = 0; at <= toB.length; at++) {
    if (at < toB.length && stays[at] !== 1) continue;
    const anchor = at < toB.length ? (toB[at] ?? 0) : lengthB;
    while (nextB < anchor) slotOfB[nextB++] = slots++;
    while (nextA < at) slotOfA[nextA++] = slots++;
    if (at === toB.length) break;
    slotOfA[nextA++] = slots;
    slotOfB[nextB++] = slots++;
  }
  return { slotOfA, slotOfB, slots };
}

/** Slots that can be taken and freed, with the count of those in front in logarithmic time (a Fenwick tree). */
function countedPlaces(slots: number, full: Int32Array): { take(slot: number): number; put(slot: number): number } {
  const sums = new Int32Array(slots + 1);
  for (const slot of full) sums[slot + 1] = 1;
  for (let at = 1; at <= slots; at++) {
    const parent = at + (at & -at);
    if (parent <= slots) sums[parent] = (sums[parent] ?? 0) + (sums[at] ?? 0);
  }
  const change = (slot: number, by: number): number => {
    for (let at = slot + 1; at <= slots; at += at & -at) sums[at] = (sums[at] ?? 0) + by;
    let inFront = 0;
    for (let at = slot; at > 0; at -= at & -at) inFront += sums[at] ?? 0;
    return inFront;
  };
  return { take: (slot) => change(slot, -1), put: (slot) => change(slot, 1) };
}
