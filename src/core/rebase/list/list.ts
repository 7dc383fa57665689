import { isIncreasing, longestIncreasing } from '../../align/increasing.js';
import type { ListAlignment } from '../../align/lists.js';
import { alignLists, maySurvive } from '../../align/lists.js';
import { deepEqual } from '../../deep-equal.js';
import type { Change } from '../../diff/change.js';
import { changeOf, wholeOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { isContainer } from '../../json.js';
import { value as ruleOf } from '../../pattern.js';
import { answerTo, clashOf, settle } from '../conflict.js';
import { surePlaces, tellWhole } from '../evidence.js';
import { alignmentOf, imageOf, indexBehind } from '../image.js';
import { asIs, clash } from '../moves/local-tree.js';
import { arrive, follow, follows } from '../moves/moves.js';
import { apart, isCarried, isPartOf } from '../moves/removals.js';
import type { MergePlace } from '../place.js';
import { childPlace, isRuledBy } from '../place.js';
import type { Run } from '../run.js';
import { tell } from '../run.js';
import type { Traced } from '../traced.js';
import { isEdited } from '../traced.js';
import { freshIn, hasAll, isAmbiguous, takeTwin } from './doubts.js';
import type { Draft } from './draft.js';
import { assemble, atIndex, gapOf, insert, moveTo, put } from './draft.js';
import { insertItem } from './inserts.js';
import type { LocalItem, LocalList } from './local-list.js';
import { readLocalList } from './local-list.js';
import { orderOf } from './order.js';

/**
 * Merges two lists: remote's order and items, with what local removed, changed, moved and inserted.
 *
 * A thousand levels are a thousand frames of this function and of {@link mergeItem}, so what they need not hold on to is done elsewhere.
 */
export function mergeList(run: Run, base: JsonValue[], local: Traced, remote: JsonValue[], place: MergePlace): Change {
  const draft = draftOf(run, base, local, remote, place);
  if (!('mine' in draft)) return draft;
  const { places, touched } = draft.mine;
  for (let at = 0, next = 0; at < places.length; at += 1) {
    const item = touched[next];
    if (item?.local !== at) passOrMove(draft, at);
    else {
      mergeItem(draft, item);
      next += 1;
    }
  }
  return assemble(draft);
}

/** What is to be merged item by item, with what local took out taken out; where there is nothing to merge so, what comes of the list. */
function draftOf(run: Run, base: JsonValue[], local: Traced, remote: JsonValue[], place: MergePlace): Draft | Change {
  const rule = ruleOf(place.align);
  let aligned = alignmentOf(run, base, remote, rule);
  let mine = readLocalList(base, local, aligned, rule);
  if (mine === undefined) {
    aligned = alignLists(base, remote, rule, false, run.different);
    mine = readLocalList(base, local, aligned, rule);
  }
  if (mine === undefined) return changeOf(remote, 'here');
  const isAsked = run.evidence !== undefined;
  const isByValue = aligned.key === undefined;
  const isTold = mine.isRearranged || (!run.rules.hasCounter && deepEqual(wholeOf(local), remote));
  if (isAsked && isByValue && isTold && tellWhole(run, base, wholeOf(local), remote)) return changeOf(remote, 'here');
  if (!isAsked && isByValue && remote.length === mine.places.length && deepEqual(wholeOf(local), remote))
    return allThere(run, mine, remote);
  const isReordered = !isIncreasing(mine.places);
  const toR = isAsked && isByValue ? surePlaces(aligned, base) : aligned.toR;
  const order = isReordered ? orderOf(mine, toR, (isThere) => tell(run, isThere)) : undefined;
  if (isReordered && order === undefined) run.isThere = true;
  const draft: Draft = {
    run,
    base,
    local,
    remote,
    mine,
    aligned,
    order,
    stayed: stayedOf(aligned, mine),
    isReordered,
    place,
    killed: new Set(),
    changed: new Map(),
    inserted: new Map(),
    fresh: freshIn(base, remote, aligned),
    anchor: -1,
    isNameTaken: undefined,
    isDistinct: undefined,
  };
  if (!isAsked && hasAll(draft)) return allThere(run, mine, remote);
  if (!isAsked && isAmbiguous(draft)) {
    return clash(run, 'ambiguous-array', place, base, local, remote) ?? changeOf([], 'new');
  }
  for (const [at, left] of mine.removed) removeItem(draft, at, left);
  return draft;
}

/** What local removed says nothing about what remote moved. */
function stayedOf({ toR, stayed }: ListAlignment, { removed }: LocalList): Uint8Array | undefined {
  const all = stayed();
  if (all === undefined || removed.size === 0) return all;
  const kept = toR.slice();
  for (const at of removed.keys()) kept[at] = -1;
  return longestIncreasing(kept);
}

/** Remote's list stands. What local moved into it is there. */
function allThere(run: Run, { touched }: LocalList, remote: JsonValue[]): Change {
  run.isThere = true;
  for (const { node, at } of touched) if (at < 0) run.settled.add(node);
  return changeOf(remote, 'here');
}

/** Takes out what local removed or moved away. */
function removeItem(draft: Draft, at: number, left: Traced): void {
  const { run, aligned, base, remote } = draft;
  const to = aligned.toR[at] ?? -1;
  const before = base[at] ?? null;
  const there = remote[to];
  const place = childPlace(draft.place, at, at, to);
  if (there === undefined) {
    if (!(run.evidence && maySurvive(aligned, base, remote, at))) run.merging.takeOut(run, left, before, there, place);
    return;
  }
  if (run.evidence && isAnyOfEqual(draft, before, left)) return;
  if (aligned.unsure[at] !== 1) return put(draft, to, run.merging.takeOut(run, left, before, there, place));
  if (run.present.has(left) || isRuledBy(place, 'server')) return;
  const sides = { base: before, local: undefined, remote: there, operations: left.ops };
  const stays = (): Change | undefined => asIs(there);
  put(draft, to, settle(run, { ...sides, kind: 'ambiguous-array', place }, { local: () => undefined, remote: stays }));
}

/** An item in which local touched nothing. It may have put it elsewhere. */
function passOrMove(draft: Draft, local: number): void {
  const at = draft.mine.places[local] ?? -1;
  const { moved, clashes } = draft.order ?? {};
  if (moved?.[local] === 1 || clashes?.has(local) === true) mergeItem(draft, { at, local, node: undefined });
  else pass(draft, at);
}

/** An item that local left alone: what comes behind it comes behind it in remote too, if it is there in its order. */
function pass(draft: Draft, at: number): void {
  const to = draft.aligned.toR[at] ?? -1;
  if (to < 0 || draft.stayed?.[at] === 0 || draft.order?.movedThere[at] === 1) return;
  if (to > draft.anchor || draft.order !== undefined) draft.anchor = to;
}

function mergeItem(draft: Draft, item: LocalItem): void {
  const { at, node } = item;
  if (at < 0) return node === undefined ? undefined : insertItem(draft, item, node);
  const to = draft.aligned.toR[at] ?? -1;
  const before = draft.base[at] ?? null;
  if (to < 0) return mergeAbsent(draft, item, before);
  const there = draft.remote[to] ?? null;
  const place = childPlace(draft.place, at, item.local, to);
  if (node !== undefined && isEdited(node)) {
    tellUnsure(draft, at, node, there);
    if (isAnyOfEqual(draft, before, node)) return pass(draft, at);
    const merge = draft.aligned.unsure[at] === 1 ? mergeUnsure : draft.run.merging.value;
    put(draft, to, merge(draft.run, before, node, there, place));
  }
  return placeItem(draft, item, before, to, place);
}

/** A scalar in a list without keys that is as local has made it, and stood nowhere before. */
function tellUnsure({ run, aligned, base }: Draft, at: number, node: Traced, there: JsonValue): void {
  if (aligned.unsure[at] !== 1 || !run.evidence || isContainer(base[at])) return;
  if (deepEqual(there, wholeOf(node)) && !base.some((one) => deepEqual(one, there))) tell(run, true);
}

/** In doubt, which of several equal items is now where nobody knows: they tell nothing, and what was made of one may be there. */
function isAnyOfEqual(draft: Draft, before: JsonValue, node: Traced): boolean {
  const { run, aligned, base, remote } = draft;
  if (!(run.evidence || run.inDoubt) || aligned.key !== undefined || aligned.toB === aligned.toR) return false;
  const timesIn = (list: JsonValue): number =>
    Array.isArray(list) ? list.filter((one) => deepEqual(one, before)).length : 0;
  // One more than local has of it is one that local took.
  const kept = run.evidence ? timesIn(wholeOf(draft.local)) : 0;
  if (timesIn(base) + kept < 2 || (run.evidence && timesIn(remote) > kept)) return false;
  if (!run.evidence && takeTwin(draft, wholeOf(node)) < 0) return false;
  run.isThere = true;
  return true;
}

/** Where an item goes that both have. */
function placeItem(draft: Draft, item: LocalItem, before: JsonValue, to: number, place: MergePlace): void {
  const { run, aligned, remote, order } = draft;
  const { at, node, local } = item;
  if (order?.clashes.has(local) === true) {
    const there = remote[to] ?? null;
    const answer = answerTo(run, {
      ...clashOf('order', place, before, node ?? run.local, there),
      local: node === undefined ? before : wholeOf(node),
    });
    // Where it stands is what they differ in: with remote's place, edits inside it still go through.
    if (answer === undefined || answer === 'remote') return;
    if (answer !== 'local') {
      draft.changed.delete(to);
      if (answer !== 'base') return put(draft, to, answer === 'remove' ? undefined : changeOf(answer.value, 'new'));
      draft.killed.add(to);
      insert(draft, indexBehind(aligned.toR, at) - 1, deepEqual(before, there) ? to : changeOf(before, 'new'));
      return;
    }
  } else if (order?.moved[local] !== 1) return pass(draft, at);
  if (!draft.killed.has(to)) moveTo(draft, item, to);
}

/** An item that stands where remote has it, but only its place speaks for that. */
function mergeUnsure(
  run: Run,
  before: JsonValue,
  node: Traced,
  there: JsonValue,
  place: MergePlace,
): Change | undefined {
  const local = wholeOf(node);
  if (deepEqual(local, there) || deepEqual(local, before)) return asIs(there);
  return clash(run, 'ambiguous-array', place, before, node, there);
}

/** An item that remote has not in this list any more. */
function mergeAbsent(draft: Draft, item: LocalItem, before: JsonValue): void {
  const { run, aligned } = draft;
  const { at, node, local } = item;
  if (node === undefined || !(isEdited(node) || node.moved)) return;
  const isMoved = node.moved && draft.isReordered;
  if (isMoved && node.origin !== undefined && imageOf(run, node.origin)?.isElsewhere === true) {
    const change = arrive(run, node);
    if (change !== undefined) insert(draft, gapOf(draft, item), change);
    return;
  }
  if (follows(run, node)) return;
  const value = wholeOf(node);
  const isMore = !isEdited(node) || isMoved || follow(run, node);
  const to = indexBehind(aligned.toR, at);
  const place = childPlace(draft.place, at, local, to);
  const isLess = isEdited(node) && isPartOf(apart(run, value, place), apart(run, before, place));
  const isTwin = (): boolean => takeTwin(draft, value) >= 0;
  if (isLess ? !isCarried(run, value, before, place, run.remote) : isEdited(node) ? isTwin() : !isMoved) {
    run.isThere = true;
    return;
  }
  if (!isMore && !isLess) return;
  const kind = isEdited(node) ? 'modify-delete' : 'move';
  const change = clash(run, kind, place, before, node, undefined);
  if (change !== undefined) insert(draft, kind === 'move' ? gapOf(draft, item) : to - 1, atIndex(change, -1));
}
