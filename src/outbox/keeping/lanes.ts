import type { StoredEdit, WayBack } from '../../client/outbox/index.js';
import type { Item } from './item.js';
import { touches } from './touches.js';

const HELD: readonly string[] = ['refused', 'in-doubt', 'conflicted'];

/** What can be sent now, of every resource. */
export function sendable(items: readonly Item[]): Item[] {
  const lanes = new Map<object, Item[]>();
  for (const item of items) {
    const { lane } = item.held;
    const known = lanes.get(lane);
    if (known === undefined) lanes.set(lane, [item]);
    else known.push(item);
  }
  return [...lanes.values()].flatMap(sendableIn);
}

/** What can be sent now of one resource's entries, the oldest first. What is held back keeps behind it only what was made on top of it. */
function sendableIn(lane: readonly Item[]): Item[] {
  const next: Item[] = [];
  const blockers: Item[] = [];
  const out = lane.filter((item) => item.isOut);
  // Nothing may travel with what is looked for, nor be made on what may not be there.
  if (out.some((item) => item.isLookedFor || item.held.stored.kind !== 'update')) return [];
  for (const item of lane) {
    const isAlone = item.held.stored.kind !== 'update' || item.doubts.length > 0;
    if (item.isOut) continue;
    if (HELD.includes(item.state) || blockers.some((other) => touches(item.held.stored, other.held.stored))) {
      blockers.push(item);
    } else if (item.timer !== undefined || !item.isStored || item.tab !== (out[0] ?? next[0] ?? item).tab) {
      // What two tabs have made may be taken over by two: it must not be one write.
      return next;
    } else if (isAlone) {
      // Sent together, it is looked for together.
      return out.length > 0 || next.length > 0
        ? next
        : lane.filter((other) => other === item || isSameWrite(other, item));
    } else {
      next.push(item);
    }
  }
  return next;
}

/** What is in its resource's queue behind one that has left it, and must not go before it: behind one that is tried again all, behind a refused one what was made on top of it. */
export function behind(items: readonly Item[], item: Item): Item[] {
  const { state, held } = item;
  if (state !== 'waiting' && state !== 'refused') return [];
  const before = [item];
  return items.filter((other) => {
    if (other === item || !other.isOut || other.isSent || other.held.lane !== held.lane) return false;
    const isOnTop = before.some((one) => touches(other.held.stored, one.held.stored));
    if (isOnTop) before.push(other);
    return isOnTop || state === 'waiting';
  });
}

/** Given up, this one is no longer under what was made on what showed. Gives those that must be stored anew. */
export function takeFromUnder(items: readonly Item[], { held: { lane, stored } }: Item): readonly Item[] {
  if (stored.kind !== 'update') return [];
  const at = items.findIndex(({ held }) => held.stored === stored);
  const above = items.slice(at + 1).filter(({ held }) => held.lane === lane && isOnShown(held.stored));
  for (const item of above) item.without = [wayBack(stored), ...item.without];
  return above;
}

/** The way back from each edit that this one was made on top of and goes without, the latest first: what was given up; `onServer`: also what waits, which shows. */
export function without(items: readonly Item[], item: Item | undefined, onServer: boolean): readonly WayBack[] {
  if (item === undefined || !isOnShown(item.held.stored)) return [];
  if (!onServer) return item.without;
  const isLeft = ({ held, isOut }: Item): boolean =>
    !isOut && held.lane === item.held.lane && held.stored.kind === 'update';
  const left = items.slice(0, items.indexOf(item)).filter(isLeft).reverse();
  return [...item.without, ...left.map(({ held }) => wayBack(held.stored))];
}

function wayBack({ local: from, base: to }: StoredEdit): WayBack {
  return { from, to };
}

/** One that was made on a version of the server's has nothing else under it. */
function isOnShown({ kind, version }: StoredEdit): boolean {
  return kind === 'update' && version === undefined;
}

/** Whether another one went in the same writes, each time: what shows that it landed shows it of both. */
function isSameWrite(other: Item, item: Item): boolean {
  const isHeld = other.state === 'refused' || other.state === 'conflicted';
  if (other.isOut || isHeld || other.doubts.length !== item.doubts.length || item.doubts.length === 0) return false;
  return other.doubts.every(({ key }) => item.doubts.some((doubt) => doubt.key === key));
}

/**
 * What was sent together is looked for together, also where a tab died while it noted that: sent by itself, one would look like the whole
 * write.
 */
export function shareDoubts(items: readonly Item[]): void {
  const byEdit = new Map(items.map((item) => [item.held.stored.editId, item]));
  for (const { doubts } of items)
    for (const doubt of doubts) for (const edit of doubt.edits) byEdit.get(edit)?.share(doubt);
}
