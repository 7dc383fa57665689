import { deepEqual } from './deep-equal.js';
import { alignmentOf, hintFor, indexBehind } from './images.js';
import { isPartOf } from './is-part-of.js';
import type { Job } from './job.js';
import type { JsonValue } from './json.js';
import type { ListDraft, Walk } from './list-draft.js';
import { assemble, openList, put } from './list-draft.js';
import type { LocalItem, LocalList } from './local-list.js';
import { readLocalList } from './local-list.js';
import { gapOf, insertItem } from './merge-inserts.js';
import { removeItem } from './merge-removals.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { itemPlace } from './place-in-merge.js';
import type { Traced } from './traced.js';
import { isEditedInside, operationsOf, plainOf } from './traced.js';

/** Merges two lists: remote's order and items, with what local removed, changed, moved and inserted. */
export function* mergeList(
  run: MergeRun,
  base: readonly JsonValue[],
  local: Traced,
  remote: readonly JsonValue[],
  place: MergePlace,
): Job<Maybe> {
  const rule = ruleOf(place.align);
  let aligned = alignmentOf(run, base, remote, rule);
  let mine = readLocalList(base, local, aligned.key, rule);
  if (mine === undefined) {
    // A key that local has broken identifies nothing: the list is a plain sequence then.
    aligned = alignmentOf(run, base, remote, rule, false);
    mine = readLocalList(base, local, undefined, rule);
  }
  if (mine === undefined) return [...remote];
  if (aligned.key === undefined && mine.whole && remote.length === mine.length) {
    const value = plainOf(local);
    if (Array.isArray(value) && deepEqual(value, [...remote])) {
      // More, or fewer, of what was there before tells nothing of whose it is.
      if (!run.inDoubt || hasOther(value, base) || hasOther(base, value)) run.evidence.yes = true;
      else run.evidence.open = true;
      for (const op of operationsOf(local)) run.dropped.add(op);
      return [...remote];
    }
  }
  const draft = openList(base, remote, aligned, place, local);
  for (const [at, ops] of mine.removed) {
    if (!removeItem(run, draft, at, ops)) return ambiguousList(run, base, local, remote, place);
  }
  const state: Walk = { anchor: -1, anchorBase: -1 };
  for (let at = 0; at < mine.items.length; at += 1) {
    const item = mine.items[at];
    if (item === undefined) continue;
    if (item.node === undefined && !item.moved) {
      pass(draft, item.at, state);
      continue;
    }
    const fine = yield* mergeItem(run, draft, mine, item, state);
    if (!fine) return ambiguousList(run, base, local, remote, place);
  }
  return assemble(draft);
}

/** An item that local left alone: what comes behind it comes behind it in remote too, if it is there in its order. */
function pass({ aligned }: ListDraft, at: number, state: Walk): void {
  const to = aligned.toR[at] ?? -1;
  if (to < 0 || aligned.stayed()?.[at] === 0) return;
  state.anchor = to;
  state.anchorBase = at;
}

function* mergeItem(
  run: MergeRun,
  draft: ListDraft,
  mine: LocalList,
  item: LocalItem,
  state: Walk,
): Generator<Job<Maybe>, boolean, Maybe> {
  const { aligned, base, remote } = draft;
  const { at, node } = item;
  if (at < 0) {
    if (node !== undefined) return yield* insertItem(run, draft, mine, item, state);
    return true;
  }
  const to = aligned.toR[at] ?? -1;
  const unsure = aligned.unsure[at] === 1;
  const before = base[at] ?? null;
  const edited = node !== undefined && (node.replaced || isEditedInside(node));
  const decided = node === undefined ? undefined : run.decided.get(node);
  if (decided !== undefined) {
    if (to >= 0) put(draft, to, decided.value);
    else if (decided.value !== undefined) draft.insert(indexBehind(aligned.toR, at) - 1, decided.value);
    return true;
  }
  if (to < 0) {
    if (!edited && !item.moved) return true;
    if (unsure) return false;
    if (node === undefined) return true;
    const place = itemPlace(draft.place, at, item.local, indexBehind(aligned.toR, at));
    const value = plainOf(node);
    if (edited && isPartOf(value, before) && !item.moved) {
      for (const op of operationsOf(node)) run.dropped.add(op);
      return true;
    }
    const kind = edited ? 'modify-delete' : 'move';
    const hint = kind === 'modify-delete' ? hintFor(run, before, place) : undefined;
    const settled = settle(run, {
      kind,
      place,
      base: before,
      local: value,
      remote: undefined,
      operations: operationsOf(node),
      hint,
    });
    const gap = kind === 'move' ? gapOf(draft, mine, item, state) : indexBehind(aligned.toR, at) - 1;
    if (settled.value !== undefined) draft.insert(gap, settled.value);
    return true;
  }
  let value: Maybe = remote[to] ?? null;
  if (edited && node !== undefined) {
    const place = itemPlace(draft.place, at, item.local, to);
    if (unsure) {
      const operations = operationsOf(node);
      const local = plainOf(node);
      if (deepEqual(local, value)) {
        run.evidence.yes = true;
        for (const op of operations) run.dropped.add(op);
      } else if (!deepEqual(local, before)) {
        value = settle(run, { kind: 'ambiguous-array', place, base: before, local, remote: value, operations }).value;
      }
    } else {
      // A sure pair without a key is a pair of equal values: told as one, nothing below it is compared again.
      const known = aligned.key === undefined ? before : value;
      const merged = yield run.merging.value(run, before, node, known, place);
      if (merged !== known) value = merged;
    }
    put(draft, to, value);
  }
  const remoteMoved = aligned.stayed()?.[at] === 0;
  if (!item.moved) {
    pass(draft, at, state);
    return true;
  }
  if (unsure) return false;
  if (remoteMoved && node !== undefined) {
    if (samePlace(draft, mine, item, to)) {
      for (const op of node.ops) run.dropped.add(op);
      return true;
    }
    const place = itemPlace(draft.place, at, item.local, to);
    const operations = operationsOf(node);
    const local = plainOf(node);
    const theirs = remote[to] ?? null;
    const settled = settle(run, { kind: 'order', place, base: before, local, remote: theirs, operations });
    const answer = settled.open ? 'remote' : run.resolved.at(-1)?.resolution;
    // Where it stands is what they differ in: with remote's place, edits inside it still go through.
    if (answer !== 'local') {
      if (answer === 'remote') return true;
      draft.changed.delete(to);
      put(draft, to, settled.value);
      return true;
    }
  }
  draft.killed.add(to);
  run.evidence.no = true;
  if (value !== undefined) draft.insert(gapOf(draft, mine, item, state), value);
  return true;
}

/** Whether a list has a value that the other one lacks. */
function hasOther(list: readonly JsonValue[], others: readonly JsonValue[]): boolean {
  const scalars = new Set(others);
  const lacks = (item: JsonValue): boolean => !scalars.has(item) && !others.some((other) => deepEqual(item, other));
  return list.some(lacks);
}

/** Both moved it: to behind the same neighbour? */
function samePlace(draft: ListDraft, mine: LocalList, item: LocalItem, to: number): boolean {
  const before = mine.items[item.local - 1];
  const localBefore = before === undefined ? -1 : before.at;
  const remoteBefore = to === 0 ? -1 : (draft.aligned.toB[to - 1] ?? -2);
  return localBefore === remoteBefore;
}

function ambiguousList(
  run: MergeRun,
  base: readonly JsonValue[],
  local: Traced,
  remote: readonly JsonValue[],
  place: MergePlace,
): Maybe {
  const operations = operationsOf(local);
  return settle(run, {
    kind: 'ambiguous-array',
    place,
    base: [...base],
    local: plainOf(local),
    remote: [...remote],
    operations,
  }).value;
}
