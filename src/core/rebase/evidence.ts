import { identityIn } from '../align/keys.js';
import type { ListAlignment } from '../align/lists.js';
import { maySurvive } from '../align/lists.js';
import { internItems } from '../align/sequence.js';
import { deepEqual } from '../deep-equal.js';
import { wholeOf } from '../diff/change.js';
import { isFormOf, isMineAndMore, mayBe } from '../form-of.js';
import type { JsonValue } from '../json.js';
import { isContainer, isObject } from '../json.js';
import { empty, value as ruleOf } from '../pattern.js';
import { getAt } from '../pointer.js';
import { alignmentOf, baseTokens, imageOf, placeOf } from './image.js';
import type { LocalList } from './list/local-list.js';
import { readLocalList } from './list/local-list.js';
import { isIncreasing } from './list/order.js';
import { byMembers } from './moves/local-tree.js';
import type { MergePlace } from './place.js';
import { childPlace, isRuledBy, rootPlace } from './place.js';
import type { Maybe, Run } from './run.js';
import type { Traced } from './traced.js';
import { isAtHome, isEdited, isFromBase, memberOf } from './traced.js';

/** What remote says of an edit that may have landed. */
export type Landed = 'yes' | 'no' | 'unknown';

/** What the operations say one by one. Silence is silence. */
interface Evidence {
  readonly run: Run;
  readonly local: JsonValue;
  yes: boolean;
  no: boolean;
}

/** Whether remote shows that an edit landed. A patch lands whole, so one telling operation decides for all; contradictions decide nothing. */
export function landedOf(run: Run): Landed {
  const evidence: Evidence = { run, local: wholeOf(run.local), yes: false, no: false };
  look(evidence, run.local, run.remote, rootPlace(run.rules));
  if (evidence.yes === evidence.no) return 'unknown';
  return evidence.yes ? 'yes' : 'no';
}

function tell(evidence: Evidence, isThere: boolean): void {
  if (isThere) evidence.yes = true;
  else evidence.no = true;
}

/** One value that base has in this place and local has touched. */
function look(evidence: Evidence, node: Traced, remote: Maybe, place: MergePlace): void {
  const { run } = evidence;
  const { origin } = node;
  if (origin === undefined || !isEdited(node)) return;
  const align = ruleOf(place.align)?.rule;
  if (isRuledBy(place, 'server') || remote === undefined) return;
  const base = origin.value;
  const mine = wholeOf(node);
  if (deepEqual(mine, base)) return;
  if (align === 'set' && Array.isArray(base) && Array.isArray(mine) && Array.isArray(remote))
    return lookAtSet(evidence, base, mine, remote);
  const isOne = node.replaced || align === 'atomic' || isRuledBy(place, 'latest');
  if (isOne) {
    if (isRuledBy(place, 'counter')) return;
    const mayCount = run.rules.hasCounter && isContainer(mine) && !empty(place.decide) && align !== 'atomic';
    if (!mayCount && deepEqual(remote, mine)) return tell(evidence, true);
    if (!mayCount && deepEqual(remote, base)) return tell(evidence, false);
    if (align === 'atomic' || !isObject(base) || !isObject(mine)) return;
  }
  if (Array.isArray(base) && Array.isArray(remote)) return lookAtList(evidence, base, node, remote, place);
  if (!isObject(base) || !isObject(remote)) return;
  const members = isFromBase(node) ? node : byMembers(base, node);
  for (const [name, child] of members.members ?? []) {
    const before = memberOf(base, name);
    lookAtMember(
      evidence,
      members,
      name,
      child,
      before,
      memberOf(remote, name),
      childPlace(place, before === undefined ? undefined : name, name, name),
    );
  }
}

function lookAtMember(
  evidence: Evidence,
  parent: Traced,
  name: string,
  child: Traced | null,
  base: Maybe,
  remote: Maybe,
  place: MergePlace,
): void {
  const { run } = evidence;
  const left = parent.gone?.get(name);
  if (isRuledBy(place, 'server')) return;
  if (child === null) {
    if (base === undefined || left === undefined || run.present.has(left)) return;
    if (remote === undefined) tell(evidence, true);
    else if (deepEqual(remote, base)) tell(evidence, false);
    return;
  }
  if (base !== undefined && left === undefined && (child.replaced || isAtHome(parent, child)))
    return look(evidence, child, remote, place);
  const mine = wholeOf(child);
  const isAsBefore = base === undefined ? remote === undefined : remote !== undefined && deepEqual(remote, base);
  const isThere = remote !== undefined && deepEqual(remote, mine) && !isAsBefore;
  if (child.moved && child.origin !== undefined) {
    const isLeft = hasLeft(evidence, child);
    if (isThere && isLeft) tell(evidence, true);
    else if (isAsBefore && !isLeft) tell(evidence, false);
  } else if (isThere && !isRuledBy(place, 'counter')) tell(evidence, true);
  else if (isAsBefore) tell(evidence, false);
}

/** Whether remote has no longer at the source what local moved away from there. */
function hasLeft({ run, local }: Evidence, { origin }: Traced): boolean {
  const image = origin && imageOf(run, origin);
  if (origin === undefined || image === undefined || image.isElsewhere) return true;
  // Something else may stand there now, put there by the same edit.
  const here = getAt(local, baseTokens(origin));
  return here.present && deepEqual(here.value, image.value) && !deepEqual(image.value, origin.value);
}

function lookAtSet(
  evidence: Evidence,
  base: readonly JsonValue[],
  mine: readonly JsonValue[],
  remote: readonly JsonValue[],
): void {
  const [tokens] = internItems([...base, ...mine, ...remote], []);
  const setOf = (from: number, length: number): Set<number> => new Set(tokens.subarray(from, from + length));
  const [before, after, there] = [
    setOf(0, base.length),
    setOf(base.length, mine.length),
    setOf(base.length + mine.length, remote.length),
  ];
  for (const token of after) if (!before.has(token)) tell(evidence, there.has(token));
  for (const token of before) if (!after.has(token)) tell(evidence, !there.has(token));
}

function lookAtList(evidence: Evidence, base: JsonValue[], node: Traced, remote: JsonValue[], place: MergePlace): void {
  const { run } = evidence;
  const rule = ruleOf(place.align);
  const aligned = alignmentOf(run, base, remote, rule);
  const mine = readLocalList(base, node, aligned.key, rule);
  if (mine === undefined) return;
  const { key, toR, unsure } = aligned;
  if (key === undefined && mine.isWhole) {
    const local = wholeOf(node);
    if (deepEqual(local, remote) && Array.isArray(local)) {
      // More, or fewer, of what was there before tells nothing of whose it is.
      if (local.length === base.length || hasOther(local, base) || hasOther(base, local)) evidence.yes = true;
      return;
    }
    if (deepEqual(base, remote)) return tell(evidence, false);
  }
  for (const [at, left] of mine.removed) {
    if (run.present.has(left)) continue;
    const to = toR[at] ?? -1;
    if (to < 0) {
      if (left.origin !== undefined && imageOf(run, left.origin)?.isElsewhere === true) continue;
      if (!maySurvive(aligned, base, remote, at)) tell(evidence, true);
    } else if (unsure[at] !== 1 && deepEqual(remote[to], base[at])) tell(evidence, false);
  }
  lookAtOrder(evidence, mine, aligned);
  for (const [index, { at, local, node: item }] of mine.items.entries()) {
    if (item === undefined) continue;
    const to = toR[at] ?? -1;
    if (at >= 0 && to >= 0) {
      if (unsure[at] !== 1) look(evidence, item, remote[to], childPlace(place, at, local, to));
      else if (!isContainer(base[at]) && deepEqual(remote[to], wholeOf(item)) && !has(base, remote[to]))
        evidence.yes = true;
    } else if (at < 0) lookAtNew(evidence, item, base, remote, aligned, () => gapOf(mine, index, toR));
    else if (item.origin !== undefined) {
      // Remote may have carried it to another list.
      const image = imageOf(run, item.origin);
      if (image !== undefined) look(evidence, item, image.value, placeOf(run, item.origin, image.tokens));
    }
  }
}

function lookAtNew(
  evidence: Evidence,
  item: Traced,
  base: JsonValue[],
  remote: JsonValue[],
  aligned: ListAlignment,
  gap: () => (at: number) => boolean,
): void {
  const { key, toB, weak } = aligned;
  const mine = wholeOf(item);
  const isArrival = item.moved && item.origin !== undefined;
  const isLeft = !isArrival || hasLeft(evidence, item);
  if (key !== undefined) {
    const identity = identityIn(mine, key);
    const there = remote.find((one) => identityIn(one, key) === identity);
    const wasThere = base.some((one) => identityIn(one, key) === identity);
    if (wasThere) return;
    if (there === undefined) return isArrival && isLeft ? undefined : tell(evidence, false);
    if (isLeft && (isArrival || deepEqual(there, mine))) tell(evidence, true);
    return;
  }
  if (has(base, mine)) return;
  if (has(remote, mine)) return isLeft ? tell(evidence, true) : undefined;
  if (isArrival && isLeft) return;
  const isNew = (at: number): boolean => (toB[at] ?? -1) < 0 || weak[toB[at] ?? -1] === 1;
  // A server gave it an id, or a date: nobody else writes all the same.
  if (!isArrival && remote.some((one, at) => isNew(at) && isMineAndMore(one, mine))) return tell(evidence, true);
  // What others have made of it since may be one of remote's own.
  const isInGap = gap();
  // And what a server keeps in another form it may have put elsewhere.
  const isNews = (one: JsonValue, at: number): boolean =>
    isNew(at) && (isInGap(at) ? mayBe(one, mine) : isFormOf(one, mine));
  if (!remote.some(isNews)) tell(evidence, false);
}

/** Whether a place of remote lies between what stands beside a new item here: where it would be, had it landed. */
function gapOf({ items }: LocalList, index: number, toR: ArrayLike<number>): (at: number) => boolean {
  const places = (from: LocalList['items']): number[] => from.map(({ at }) => toR[at] ?? -1).filter((to) => to >= 0);
  const after = places(items.slice(0, index)).at(-1) ?? -1;
  const [before = Number.POSITIVE_INFINITY] = places(items.slice(index + 1));
  // Remote has them in another order: it may be anywhere.
  return after < before ? (at) => after < at && at < before : () => true;
}

function lookAtOrder(evidence: Evidence, mine: LocalList, { toR }: ListAlignment): void {
  if (!mine.isWhole) return;
  const shared = mine.items.map(({ at }) => at).filter((at) => at >= 0 && (toR[at] ?? -1) >= 0);
  if (isIncreasing(shared)) return;
  const places = (list: readonly number[]): number[] => list.map((at) => toR[at] ?? -1);
  if (isIncreasing(places(shared))) tell(evidence, true);
  else if (isIncreasing(places([...shared].sort((a, b) => a - b)))) tell(evidence, false);
}

const has = (list: readonly JsonValue[], value: Maybe): boolean => list.some((one) => deepEqual(one, value));

/** Whether a list has a value that the other one lacks. */
function hasOther(list: readonly JsonValue[], others: readonly JsonValue[]): boolean {
  const [, found] = internItems(others, list);
  return found.includes(-1);
}
