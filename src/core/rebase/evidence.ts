import { identityIn } from '../align/keys.js';
import type { ListAlignment } from '../align/lists.js';
import { internItems } from '../align/sequence.js';
import { deepEqual } from '../deep-equal.js';
import { wholeOf } from '../diff/change.js';
import { isFormOf, isMineAndMore, mayBe } from '../form-of.js';
import type { JsonValue } from '../json.js';
import { getAt } from '../pointer.js';
import { baseTokens, imageOf } from './image.js';
import type { Draft } from './list/draft.js';
import type { LocalItem, LocalList } from './list/local-list.js';
import { nearest } from './list/local-list.js';
import type { MergePlace } from './place.js';
import { isRuledBy } from './place.js';
import type { Maybe, Run } from './run.js';
import { tell } from './run.js';
import type { Traced } from './traced.js';
import { isArrival } from './traced.js';

/*
 * What remote says of an edit that may have landed, where a merge comes to something that does not meet anything of remote's.
 * Silence is silence.
 */

/** Whether base has a member of local's already, and at its source local has what base has: nothing has come of it. */
export function isIdle(run: Run, child: Traced, base: Maybe): boolean {
  if (base === undefined || !deepEqual(wholeOf(child), base)) return false;
  const { moved, origin } = child;
  if (!moved || origin === undefined) return true;
  const here = getAt(wholeOf(run.local), baseTokens(origin));
  return here.present && deepEqual(here.value, origin.value);
}

/** A member that local added, or moved to where it is. */
export function tellMember(run: Run, child: Traced, base: Maybe, remote: Maybe, place: MergePlace): void {
  const isAsBefore = base === undefined ? remote === undefined : remote !== undefined && deepEqual(remote, base);
  const isThere = remote !== undefined && deepEqual(remote, wholeOf(child)) && !isAsBefore;
  const isLeft = !isArrival(child) || hasLeft(run, child);
  // A rename is seen by what it leaves, also of what counts.
  if (isThere && isLeft && (isArrival(child) || !isRuledBy(place, 'counter'))) tell(run, true);
  else if (isAsBefore && !(isArrival(child) && isLeft)) tell(run, false);
}

/** Whether remote has no longer at the source what local moved away from there. */
function hasLeft(run: Run, { origin }: Traced): boolean {
  const image = origin && imageOf(run, origin);
  if (origin === undefined || image === undefined || image.isElsewhere) return true;
  // Something else may stand there now, put there by the same edit.
  const here = getAt(wholeOf(run.local), baseTokens(origin));
  return here.present && deepEqual(here.value, image.value) && !deepEqual(image.value, origin.value);
}

/** A list without keys, as a whole. True: it tells all there is to tell. */
export function tellWhole(run: Run, base: JsonValue[], local: JsonValue, remote: JsonValue[]): boolean {
  if (deepEqual(local, remote)) {
    // More, or fewer, of what was there before tells nothing of whose it is.
    if (remote.length === base.length || hasOther(remote, base) || hasOther(base, remote)) tell(run, true);
    return true;
  }
  const isAsBefore = deepEqual(base, remote);
  if (isAsBefore) tell(run, false);
  return isAsBefore;
}

/** An item that local added to a list, or moved there from elsewhere. */
export function tellItem({ run, base, remote, mine: list, aligned }: Draft, item: LocalItem, node: Traced): void {
  const { key, toB, weak } = aligned;
  const mine = wholeOf(node);
  const isMoved = isArrival(node);
  const isLeft = !isMoved || hasLeft(run, node);
  const identity = key === undefined ? undefined : identityIn(mine, key);
  const isSame = (one: JsonValue): boolean =>
    key === undefined ? deepEqual(one, mine) : identityIn(one, key) === identity;
  if (base.some(isSame)) return;
  const there = remote.find(isSame);
  if (there !== undefined) {
    if (isLeft && (isMoved || deepEqual(there, mine))) tell(run, true);
    return;
  }
  if (isMoved && isLeft) return;
  if (key === undefined) {
    const isNew = (at: number): boolean => (toB[at] ?? -1) < 0 || weak[toB[at] ?? -1] === 1;
    // A server gave it an id, or a date: nobody else writes all the same. One more of what base had already tells nothing of whose it is.
    const holdMine = (list: readonly JsonValue[]): number => list.filter((one) => isMineAndMore(one, mine)).length;
    const isMore = !isMoved && holdMine(remote) > holdMine(base);
    if (isMore) return holdMine(base) === 0 ? tell(run, true) : undefined;
    const isInGap = gapBeside(list, item.local, aligned);
    // What others have made of it since may be one of remote's own; and what a server keeps in another form it may have put elsewhere.
    if (remote.some((one, at) => isNew(at) && (isInGap(at) ? mayBe(one, mine) : isFormOf(one, mine)))) return;
  }
  tell(run, false);
}

/** Whether a place of remote lies between what stands beside a new item here: where it would be, had it landed. */
function gapBeside(list: LocalList, local: number, { toR, weak }: ListAlignment): (at: number) => boolean {
  const isSure = (at: number): boolean => (toR[at] ?? -1) >= 0 && weak[at] !== 1;
  const placeOf = (way: -1 | 1): number | undefined => toR[nearest(list, local, way, isSure)];
  const [after = -1, before = Number.POSITIVE_INFINITY] = [placeOf(-1), placeOf(1)];
  // Remote has them in another order: it may be anywhere.
  return after < before ? (at) => after < at && at < before : () => true;
}

/** Where remote has the items that are known by more than their neighbours: which of several equal ones was moved nobody can tell. */
export function surePlaces({ toR, unsure }: ListAlignment, base: readonly JsonValue[]): Int32Array {
  const [ids] = internItems(base, []);
  const seen = new Map<number, number>();
  for (const id of ids) seen.set(id, (seen.get(id) ?? 0) + 1);
  return toR.map((to, at) => (unsure[at] === 1 || seen.get(ids[at] ?? -1) !== 1 ? -1 : to));
}

/** Whether a list has a value that the other one lacks. */
function hasOther(list: readonly JsonValue[], others: readonly JsonValue[]): boolean {
  const [, found] = internItems(others, list);
  return found.includes(-1);
}
