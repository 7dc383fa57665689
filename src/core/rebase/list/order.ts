import { heaviestIncreasing, isIncreasing } from '../../align/increasing.js';
import type { LocalList } from './local-list.js';

/** What becomes of the order of the items that base, local and remote share. */
export interface Order {
  /** By local index, 1: local moved it, and it goes where local put it. */
  readonly moved: Uint8Array;
  /** Local indices of items that both sides moved, to different places. */
  readonly clashes: ReadonlySet<number>;
  /** By base index, 1: remote moved it. */
  readonly movedThere: Uint8Array;
}

/**
 * Decides on the order as one thing first: where one side left it alone, or both made it the same, there is nothing to decide. Only where
 * all three differ single moves are looked for: the fewest on each side, and of those the ones that overlap least.
 * `undefined`: remote's order stands. `tell` is told whether remote has what local made of the order, or what base has.
 */
export function orderOf(mine: LocalList, toR: Int32Array, tell: (isThere: boolean) => void): Order | undefined {
  const shared: number[] = [];
  const byBase: number[] = [];
  mine.places.forEach((at, local) => {
    if ((toR[at] ?? -1) < 0) return;
    shared.push(local);
    byBase.push(at);
  });
  if (isIncreasing(byBase)) return undefined;
  const byRemote = byBase.map((at) => toR[at] ?? -1);
  if (isIncreasing(byRemote)) {
    tell(true);
    return undefined;
  }
  const { length } = mine.places;
  const there = new Uint8Array(toR.length);
  const places = [...byBase].sort((a, b) => a - b);
  const remotePlaces = places.map((at) => toR[at] ?? -1);
  if (isIncreasing(remotePlaces)) {
    tell(false);
    const isMovedHere = new Set(mine.touched.flatMap(({ node, local }) => (node.moved ? [local] : [])));
    const stayed = heaviestIncreasing(byBase, (at) => isMovedHere.has(shared[at] ?? -1));
    return { moved: marks(shared, stayed, length), clashes: new Set(), movedThere: there };
  }
  // Remote's moves are looked for among base's items in their order, local's among local's.
  let stayedThere = heaviestIncreasing(remotePlaces, () => false);
  const movedBy = (stayed: Uint8Array): Set<number> => new Set(places.filter((_, at) => stayed[at] === 0));
  let movedThere = movedBy(stayedThere);
  const stayed = heaviestIncreasing(byBase, (at) => !movedThere.has(byBase[at] ?? -1));
  const movedHere = new Set(byBase.filter((_, at) => stayed[at] === 0));
  stayedThere = heaviestIncreasing(remotePlaces, (at) => !movedHere.has(places[at] ?? -1));
  movedThere = movedBy(stayedThere);
  for (const at of movedThere) there[at] = 1;
  const clashes = new Set<number>();
  const moved = marks(shared, stayed, length);
  const isStill = (at: number): boolean => !movedHere.has(at) && !movedThere.has(at);
  const [before, beforeThere] = [
    neighbours(byBase, isStill),
    neighbours(
      [...byBase].sort((a, b) => (toR[a] ?? 0) - (toR[b] ?? 0)),
      isStill,
    ),
  ];
  byBase.forEach((at, index) => {
    if (!movedHere.has(at) || !movedThere.has(at)) return;
    const local = shared[index] ?? -1;
    moved[local] = 0;
    if (before.get(at) !== beforeThere.get(at)) clashes.add(local);
  });
  return { moved, clashes, movedThere: there };
}

function marks(shared: readonly number[], stayed: Uint8Array, length: number): Uint8Array {
  const moved = new Uint8Array(length);
  shared.forEach((local, index) => {
    if (stayed[index] === 0) moved[local] = 1;
  });
  return moved;
}

/** For each item the nearest one in front of it that nobody moved. */
function neighbours(order: readonly number[], isStill: (at: number) => boolean): Map<number, number> {
  const found = new Map<number, number>();
  let last = -1;
  for (const at of order) {
    found.set(at, last);
    if (isStill(at)) last = at;
  }
  return found;
}
