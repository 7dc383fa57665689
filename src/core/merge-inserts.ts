import { deepEqual } from './deep-equal.js';
import type { Job } from './job.js';
import type { JsonValue } from './json.js';
import { identityOf } from './keys.js';
import type { ListDraft, Walk } from './list-draft.js';
import type { LocalItem, LocalList } from './local-list.js';
import { isJsonScalar } from './lockstep.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { fateOf } from './moves.js';
import type { MergePlace } from './place-in-merge.js';
import { itemPlace } from './place-in-merge.js';
import type { Traced } from './traced.js';
import { plainOf } from './traced.js';

/** Puts in what local inserted, unless remote has it already. False: the gap it goes into cannot be told. */
export function* insertItem(
  run: MergeRun,
  draft: ListDraft,
  mine: LocalList,
  item: LocalItem,
  state: Walk,
): Generator<Job<Maybe>, boolean, Maybe> {
  const { node } = item;
  if (node === undefined) return true;
  if (node.moved && node.origin !== undefined) {
    const fate = fateOf(run, node);
    if (fate.kind === 'elsewhere') return true;
    const value = fate.kind === 'here' ? fate.value : yield run.merging.addition(run, node);
    if (value !== undefined) draft.insert(gapOf(draft, mine, item, state), value);
    return true;
  }
  const twin = twinOf(run, draft, mine, node);
  if (twin >= 0) {
    const place = newItemPlace(draft, mine, item, twin);
    const theirs = draft.remote[twin];
    const { yes } = run.evidence;
    const value = yield run.merging.added(run, node, theirs, place);
    // One more of what was there before tells nothing of whose it is.
    if (draft.aligned.key === undefined && draft.base.some((item) => deepEqual(item, plainOf(node)))) {
      run.evidence.yes = yes;
      run.evidence.open = true;
    }
    if (value === undefined) draft.killed.add(twin);
    else if (value !== theirs) draft.changed.set(twin, value);
    return true;
  }
  if (isUnsureGap(draft, mine, item, state)) return false;
  const place = newItemPlace(draft, mine, item, state.anchor + 1);
  const value = yield run.merging.added(run, node, undefined, place);
  if (value !== undefined) draft.insert(gapOf(draft, mine, item, state), value);
  return true;
}

/** The place of an item that base lacks. Where local touched the base item of such an index, two places would have one name: then all new ones are counted on behind base's. */
function newItemPlace(draft: ListDraft, mine: LocalList, { local }: LocalItem, remote: number): MergePlace {
  const { place, base } = draft;
  const named = areNamesTaken(draft, mine) ? { named: `${base.length + local}` } : {};
  return { ...itemPlace(place, undefined, local, remote), ...named };
}

const taken = new WeakMap<ListDraft, boolean>();

function areNamesTaken(draft: ListDraft, { items, removed }: LocalList): boolean {
  const known = taken.get(draft);
  if (known !== undefined) return known;
  const touched = new Set(removed.keys());
  const added: number[] = [];
  for (const { at, local, node } of items) {
    if (node === undefined) continue;
    if (at < 0) added.push(local);
    else touched.add(at);
  }
  const found = added.some((local) => touched.has(local));
  taken.set(draft, found);
  return found;
}

/**
 * Between the two items of base it was put between, where remote still has them side by side, wherever they moved; else
 * behind the last item that stands still on both sides; at the end, where local has nothing of base behind it.
 */
export function gapOf(draft: ListDraft, mine: LocalList, item: LocalItem, state: Walk): number {
  const next = nextOf(mine, item);
  if (next === undefined) return draft.remote.length > 0 ? draft.remote.length : state.anchor;
  const before = mine.items.findLast(({ at, local, moved }) => local < item.local && at >= 0 && !moved);
  const left = before === undefined ? -1 : (draft.aligned.toR[before.at] ?? -1);
  return left >= 0 && isNextTo(draft, left, draft.aligned.toR[next.at] ?? -1) ? left : state.anchor;
}

/** Whether nothing of base stands between two places of remote. */
function isNextTo({ aligned }: ListDraft, left: number, right: number): boolean {
  for (let at = left + 1; at < right; at += 1) if (aligned.toB[at] !== -1) return false;
  return left < right;
}

/** The next item of base behind it that local left in its order. */
function nextOf(mine: LocalList, item: LocalItem): LocalItem | undefined {
  for (let at = item.local + 1; at < mine.items.length; at += 1) {
    const next = mine.items[at];
    if (next !== undefined && next.at >= 0 && !next.moved) return next;
  }
  return undefined;
}

/** In the middle of what remote changed beyond recognition. */
function isUnsureGap(draft: ListDraft, mine: LocalList, item: LocalItem, state: Walk): boolean {
  const { unsure } = draft.aligned;
  if (unsure.length === 0 || state.anchorBase < 0) return false;
  const next = nextOf(mine, item);
  return next !== undefined && unsure[state.anchorBase] === 1 && unsure[next.at] === 1;
}

/** Remote's own insertion of the same thing, or -1: by key; by value where no value stands twice; by any equal value while in doubt. */
function twinOf(run: MergeRun, draft: ListDraft, mine: LocalList, node: Traced): number {
  const { key } = draft.aligned;
  const fresh = freshOf(draft);
  if (fresh.size === 0) return -1;
  const value = plainOf(node);
  if (key !== undefined) {
    const identity = identityOf(value, key);
    for (const at of fresh) if (identityOf(draft.remote[at], key) === identity) return at;
    return -1;
  }
  for (const at of fresh) {
    if (!deepEqual(draft.remote[at] ?? null, value)) continue;
    if (!run.inDoubt && !(isJsonScalar(value) && isWithoutDuplicates(draft, mine))) return -1;
    // Each of remote's insertions can be the twin of one of local's only.
    fresh.delete(at);
    return at;
  }
  return -1;
}

const inserted = new WeakMap<ListDraft, Set<number>>();

/** What remote has inserted, or may have: what is paired by nothing but its place may as well be new. */
function freshOf(draft: ListDraft): Set<number> {
  const known = inserted.get(draft);
  if (known !== undefined) return known;
  const found = new Set<number>();
  const { toB, unsure } = draft.aligned;
  for (let at = 0; at < toB.length; at += 1) {
    const from = toB[at] ?? -1;
    if (from < 0 || (unsure[from] === 1 && !deepEqual(draft.base[from] ?? null, draft.remote[at] ?? null)))
      found.add(at);
  }
  inserted.set(draft, found);
  return found;
}

function isWithoutDuplicates(draft: ListDraft, mine: LocalList): boolean {
  const local = mine.items.map(({ at, node }) => (node === undefined ? (draft.base[at] ?? null) : plainOf(node)));
  return [draft.base, draft.remote, local].every(isScalarSet);
}

function isScalarSet(list: readonly JsonValue[]): boolean {
  return list.every(isJsonScalar) && new Set(list).size === list.length;
}
