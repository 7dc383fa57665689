import { longestIncreasing } from '../align/increasing.js';
import type { ListAlignment } from '../align/lists.js';
import { alignLists } from '../align/lists.js';
import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { changeOf, isChangedInside } from '../diff/change.js';
import type { JsonValue } from '../json.js';
import { value as ruleOf } from '../pattern.js';
import { isServer } from '../rules/merge-rules.js';
import { answerTo, settle } from './conflict.js';
import { alignmentOf, hintFor, imageOf, indexBehind } from './image.js';
import { isPartOf } from './is-part-of.js';
import { freshIn, hasAll, isAmbiguous, takeTwin } from './list-doubts.js';
import type { Draft } from './list-draft.js';
import { assemble, atIndex, elsewherePlace, gapOf, insert, isEdited, put } from './list-draft.js';
import { insertItem } from './list-inserts.js';
import type { LocalItem, LocalList } from './local-list.js';
import { readLocalList } from './local-list.js';
import { asIs, asLocal } from './local-tree.js';
import { arrive, follow, leave } from './moves.js';
import { orderOf } from './order.js';
import type { MergePlace } from './place.js';
import { itemPlace } from './place.js';
import { removeThere } from './removals.js';
import type { Run } from './run.js';
import { isMarked } from './run.js';
import type { Traced } from './traced.js';
import { operationsOf, plainOf } from './traced.js';

/** Merges two lists: remote's order and items, with what local removed, changed, moved and inserted. */
export function mergeList(run: Run, base: JsonValue[], local: Traced, remote: JsonValue[], place: MergePlace): Change {
  const rule = ruleOf(place.align);
  let aligned = alignmentOf(run, base, remote, rule);
  let mine = readLocalList(base, local, aligned.key, rule);
  if (mine === undefined) {
    aligned = alignLists(base, remote, rule, false, run.different);
    mine = readLocalList(base, local, undefined, rule);
  }
  const unchanged = changeOf(remote, 'here');
  if (mine === undefined) return unchanged;
  if (aligned.key === undefined && remote.length === mine.length && deepEqual(plainOf(local), remote)) {
    return allThere(run, mine, unchanged);
  }
  const order = mine.isWhole ? orderOf(mine.items, aligned.toR) : undefined;
  const isReordered = isOutOfOrder(mine);
  if (isReordered && order === undefined) run.isThere = true;
  const draft: Draft = {
    run,
    base,
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
  };
  if (hasAll(draft, local)) return allThere(run, mine, unchanged);
  if (isAmbiguous(draft)) {
    const sides = { base, local: plainOf(local), remote, operations: operationsOf(local) };
    const outcomes = { local: () => asLocal(run, local), remote: () => unchanged };
    return settle(run, { ...sides, kind: 'ambiguous-array', place }, outcomes) ?? changeOf([], 'new');
  }
  for (const [at, left] of mine.removed) removeItem(draft, at, left);
  for (const item of mine.items) mergeItem(draft, item);
  return assemble(draft, unchanged);
}

/** What local removed says nothing about what remote moved. */
function stayedOf({ toR, stayed }: ListAlignment, { removed }: LocalList): Uint8Array | undefined {
  const all = stayed();
  if (all === undefined || removed.size === 0) return all;
  const kept = toR.slice();
  for (const at of removed.keys()) kept[at] = -1;
  return longestIncreasing(kept);
}

function isOutOfOrder({ items }: LocalList): boolean {
  let last = -1;
  for (const { at } of items) {
    if (at >= 0 && at < last) return true;
    if (at >= 0) last = at;
  }
  return false;
}

/** Remote's list stands. What local moved into it is there. */
function allThere(run: Run, { items }: LocalList, unchanged: Change): Change {
  run.isThere = true;
  for (const { node, at } of items) if (node !== undefined && at < 0) run.settled.add(node);
  return unchanged;
}

/** Takes out what local removed or moved away. */
function removeItem(draft: Draft, at: number, left: Traced): void {
  const { run, aligned, base, remote, place } = draft;
  const to = aligned.toR[at] ?? -1;
  const before = base[at] ?? null;
  const there = remote[to];
  const isUnsure = aligned.unsure[at] === 1;
  if (run.present.has(left)) {
    if (there !== undefined && !isUnsure) draft.changed.set(to, atIndex(leave(run, left, there), to));
    return;
  }
  if (there === undefined) {
    const image = left.origin && imageOf(run, left.origin);
    if (image?.isElsewhere !== true) {
      run.isThere = true;
      return;
    }
    const where = elsewherePlace(itemPlace(place, at, at, to), image.tokens);
    const change = removeThere(run, left, before, image.value, where);
    if (change === undefined || isMarked(run, change) || isChangedInside(change))
      run.elsewhere.push({ tokens: image.tokens, change: change ?? null, leaves: undefined });
    return;
  }
  const where = itemPlace(place, at, at, to);
  if (isServer(ruleOf(where.decide))) return;
  if (!isUnsure) return put(draft, to, removeThere(run, left, before, there, where));
  const sides = { base: before, local: undefined, remote: there, operations: left.ops };
  put(
    draft,
    to,
    settle(
      run,
      { ...sides, kind: 'ambiguous-array', place: where },
      { local: () => undefined, remote: () => asIs(there) },
    ),
  );
}

/** An item that local left alone: what comes behind it comes behind it in remote too, if it is there in its order. */
function pass(draft: Draft, at: number): void {
  const to = draft.aligned.toR[at] ?? -1;
  if (to < 0 || draft.stayed?.[at] === 0 || draft.order?.movedThere[at] === 1) return;
  if (to > draft.anchor || draft.order !== undefined) draft.anchor = to;
}

function mergeItem(draft: Draft, item: LocalItem): void {
  const { run, aligned, base, remote, order } = draft;
  const { at, node } = item;
  if (at < 0) return node === undefined ? undefined : insertItem(draft, item, node);
  const to = aligned.toR[at] ?? -1;
  const before = base[at] ?? null;
  if (to < 0) return mergeAbsent(draft, item, before);
  const there = remote[to] ?? null;
  const isMoved = order?.moved[item.local] === 1;
  if (node !== undefined && isEdited(node)) {
    const place = itemPlace(draft.place, at, item.local, to);
    put(
      draft,
      to,
      aligned.unsure[at] === 1
        ? mergeUnsure(run, before, node, there, place)
        : run.merging.value(run, before, node, there, place),
    );
  }
  if (order?.clashes.has(item.local) === true) {
    const place = itemPlace(draft.place, at, item.local, to);
    const local = node === undefined ? before : plainOf(node);
    const operations = node === undefined ? operationsOf(run.local) : operationsOf(node);
    const answer = answerTo(run, { kind: 'order', place, base: before, local, remote: there, operations });
    // Where it stands is what they differ in: with remote's place, edits inside it still go through.
    if (answer === undefined || answer === 'remote') return;
    if (answer !== 'local') {
      draft.changed.delete(to);
      if (answer !== 'base') return put(draft, to, answer === 'remove' ? undefined : changeOf(answer.value, 'new'));
      draft.killed.add(to);
      insert(draft, indexBehind(aligned.toR, at) - 1, deepEqual(before, there) ? to : changeOf(before, 'new'));
      return;
    }
  } else if (!isMoved) return pass(draft, at);
  if (draft.killed.has(to)) return;
  insert(draft, gapOf(draft, item), draft.changed.get(to) ?? to);
  draft.changed.delete(to);
  draft.killed.add(to);
}

/** An item that stands where remote has it, but only its place speaks for that. */
function mergeUnsure(
  run: Run,
  before: JsonValue,
  node: Traced,
  there: JsonValue,
  place: MergePlace,
): Change | undefined {
  const local = plainOf(node);
  if (deepEqual(local, there) || deepEqual(local, before)) return asIs(there);
  const sides = { base: before, local, remote: there, operations: operationsOf(node) };
  const outcomes = { local: () => asLocal(run, node), remote: () => asIs(there) };
  return settle(run, { ...sides, kind: 'ambiguous-array', place }, outcomes);
}

/** An item that remote has not in this list any more. */
function mergeAbsent(draft: Draft, { at, node, local }: LocalItem, before: JsonValue): void {
  const { run, aligned } = draft;
  if (node === undefined || !(isEdited(node) || node.moved)) return;
  const isMoved = node.moved && draft.isReordered;
  const image = node.origin && imageOf(run, node.origin);
  if (image?.isElsewhere === true) {
    if (isMoved) {
      const change = arrive(run, node);
      if (change !== undefined) insert(draft, gapOf(draft, { at, node, local }), change);
      return;
    }
    const place = elsewherePlace(itemPlace(draft.place, at, local, 0), image.tokens);
    const change = run.merging.value(run, before, node, image.value, place);
    if (change === undefined || change.was === 'new' || isChangedInside(change))
      run.elsewhere.push({ tokens: image.tokens, change: change ?? null, leaves: undefined });
    return;
  }
  const value = plainOf(node);
  const isMore = !isEdited(node) || isMoved || follow(run, node);
  if (isEdited(node) ? isPartOf(value, before) || takeTwin(draft, value) : !isMoved) {
    run.isThere = true;
    return;
  }
  if (!isMore) return;
  const place = itemPlace(draft.place, at, local, indexBehind(aligned.toR, at));
  const kind = isEdited(node) ? 'modify-delete' : 'move';
  const hint = hintFor(run, before, place);
  const sides = { base: before, local: value, remote: undefined, operations: operationsOf(node) };
  const change = settle(
    run,
    { ...sides, kind, place, hint },
    { local: () => asLocal(run, node), remote: () => undefined },
  );
  const gap = kind === 'move' ? gapOf(draft, { at, node, local }) : indexBehind(aligned.toR, at) - 1;
  if (change !== undefined) insert(draft, gap, atIndex(change, -1));
}
