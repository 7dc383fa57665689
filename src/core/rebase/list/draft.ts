import type { ListAlignment } from '../../align/lists.js';
import type { Change, Item } from '../../diff/change.js';
import { changeOf, itemsOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import type { MergePlace } from '../place.js';
import type { Run } from '../run.js';
import { isTouched } from '../run.js';
import type { Traced } from '../traced.js';
import type { LocalItem, LocalList } from './local-list.js';
import { nearest } from './local-list.js';
import type { Order } from './order.js';

/** A merged list in the making: remote's items, what becomes of each, and what goes in between. */
export interface Draft {
  readonly run: Run;
  readonly base: JsonValue[];
  readonly local: Traced;
  readonly remote: JsonValue[];
  readonly mine: LocalList;
  readonly aligned: ListAlignment;
  readonly order: Order | undefined;
  /** For each item of base that both have, 1 if remote left it in its order among those; undefined: all of them. */
  readonly stayed: Uint8Array | undefined;
  /** Local changed the order of base's items. */
  readonly isReordered: boolean;
  readonly place: MergePlace;
  /** Remote indices that are left out. */
  readonly killed: Set<number>;
  /** What becomes of remote's items, by index. */
  readonly changed: Map<number, Change>;
  /** What goes in behind a remote index; -1: at the head, and the list's length: at its end. */
  readonly inserted: Map<number, Item[]>;
  /** Remote's insertions, each of which can be the twin of one of local's only. */
  readonly fresh: Set<number>;
  /** The last item passed that stands still on both sides, by remote index; -1: the list's head. */
  anchor: number;
  /** An index of local's names both something new and something of base that local touched; undefined: nobody has asked yet. */
  isNameTaken: boolean | undefined;
  /** No value stands twice in base, local or remote; undefined: nobody has asked yet. */
  isDistinct: boolean | undefined;
}

export function atIndex(change: Change, at: number): Change {
  change.at = at;
  return change;
}

/** What stands at a remote item's place now. */
export function put(draft: Draft, to: number, change: Change | undefined): void {
  if (change === undefined || typeof change.was === 'object') draft.killed.add(to);
  // What was moved here takes its place.
  if (typeof change?.was === 'object') insert(draft, to, change);
  else if (change !== undefined && isTouched(draft.run, change)) draft.changed.set(to, atIndex(change, to));
}

export function insert({ inserted }: Draft, after: number, item: Item): void {
  const run = inserted.get(after);
  if (run === undefined) inserted.set(after, [item]);
  else run.push(item);
}

/** Puts an item of remote's where local has it. */
export function moveTo(draft: Draft, item: LocalItem, to: number): void {
  insert(draft, gapOf(draft, item), draft.changed.get(to) ?? to);
  draft.changed.delete(to);
  draft.killed.add(to);
}

/**
 * Between the two items of base it was put between, where remote still has them side by side, wherever they moved; else
 * behind the last item that stands still on both sides; at the end, where local has nothing of base behind it.
 */
export function gapOf({ mine, order, aligned, remote, anchor, killed }: Draft, item: LocalItem): number {
  const isStill = (_: number, local: number): boolean => order?.moved[local] !== 1;
  const behind = nearest(mine, item.local, 1, isStill);
  if (behind < 0) return remote.length > 0 ? remote.length : anchor;
  const left = aligned.toR[nearest(mine, item.local, -1, isStill)] ?? -1;
  const right = aligned.toR[behind] ?? -1;
  if (left < 0 || left >= right) return anchor;
  for (let at = left + 1; at < right; at += 1) if (aligned.toB[at] !== -1 && !killed.has(at)) return anchor;
  return left;
}

/** The merged list. In one gap remote's insertions come first, then local's: each side's run stays together. */
export function assemble({ remote, aligned, killed, changed, inserted }: Draft): Change {
  const change = changeOf(remote, 'here');
  if (killed.size + inserted.size === 0) {
    for (const [at, item] of changed) itemsOf(change, remote)[at] = item;
    return change;
  }
  // Looking a long list's every index up in three tables would cost more than all the rest.
  const marks = new Uint8Array(remote.length);
  for (const table of [killed, changed, inserted]) for (const at of table.keys()) if (at >= 0) marks[at] = 1;
  const items: Item[] = [];
  let waiting = inserted.get(-1);
  for (let at = 0; at < remote.length; at += 1) {
    if (waiting !== undefined && (aligned.toB[at] ?? -1) >= 0) {
      items.push(...waiting);
      waiting = undefined;
    }
    if (marks[at] === 0) {
      items.push(at);
      continue;
    }
    if (!killed.has(at)) items.push(changed.get(at) ?? at);
    const next = inserted.get(at);
    if (next !== undefined) waiting = waiting === undefined ? next : [...waiting, ...next];
  }
  if (waiting !== undefined) items.push(...waiting);
  const last = inserted.get(remote.length);
  if (last !== undefined && remote.length > 0) items.push(...last);
  change.items = items;
  return change;
}
