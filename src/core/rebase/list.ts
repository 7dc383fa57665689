import { identityIn } from '../align/keys.js';
import type { ListAlignment } from '../align/lists.js';
import { alignLists, maySurvive } from '../align/lists.js';
import { deepEqual, isJsonScalar } from '../deep-equal.js';
import type { Change, Item } from '../diff/change.js';
import { changeOf, isChangedInside } from '../diff/change.js';
import type { JsonValue } from '../json.js';
import { isContainer } from '../json.js';
import { value as ruleOf } from '../pattern.js';
import { isServer } from '../rules/merge-rules.js';
import { answerTo, settle } from './conflict.js';
import { alignmentOf, hintFor, imageOf, indexBehind, placeOf } from './image.js';
import { isPartOf } from './is-part-of.js';
import type { LocalItem, LocalList } from './local-list.js';
import { readLocalList } from './local-list.js';
import { arrive, follow, leave, removeThere } from './moves.js';
import { isMarked } from './object.js';
import type { Order } from './order.js';
import { orderOf } from './order.js';
import type { MergePlace } from './place.js';
import { itemPlace, remoteTokens } from './place.js';
import type { Run } from './run.js';
import type { Traced } from './traced.js';
import { isEditedInside, operationsOf, plainOf } from './traced.js';
import { asIs, asLocal, localTree, mergeValue } from './value.js';

/** A merged list in the making: remote's items, what becomes of each, and what goes in between. */
interface Draft {
  readonly run: Run;
  readonly base: JsonValue[];
  readonly remote: JsonValue[];
  readonly mine: LocalList;
  readonly aligned: ListAlignment;
  readonly order: Order | undefined;
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
}

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

/** Whether all that local made of a list without keys stands in remote's, which has gone on since. Equal values prove that where none is there twice, or when in doubt. */
function hasAll(draft: Draft, local: Traced): boolean {
  const { run, base, remote, mine, aligned } = draft;
  if (aligned.key !== undefined || !mine.isWhole || aligned.toB === aligned.toR) return false;
  if (!run.inDoubt && !isWithoutDuplicates(draft)) return false;
  for (const at of mine.removed.keys())
    if ((aligned.toR[at] ?? -1) >= 0 || maySurvive(aligned, base, remote, at)) return false;
  const made = plainOf(local);
  if (!Array.isArray(made)) return false;
  let next = 0;
  for (const item of remote) if (next < made.length && deepEqual(made[next], item)) next += 1;
  if (next < made.length) return false;
  const isIn = (list: readonly JsonValue[], item: JsonValue): boolean => list.some((one) => deepEqual(one, item));
  return [...mine.removed.keys(), ...mine.items.flatMap(({ at, node }) => (node && isEdited(node) ? [at] : []))].every(
    (at) => isIn(made, base[at] ?? null) || !isIn(remote, base[at] ?? null),
  );
}

/** What remote has inserted, or may have: what is paired by nothing but its place may as well be new. */
function freshIn(base: readonly JsonValue[], remote: readonly JsonValue[], { toB, weak }: ListAlignment): Set<number> {
  const fresh = new Set<number>();
  for (let at = 0; at < toB.length; at += 1) {
    const from = toB[at] ?? -1;
    if (from < 0 || (weak[from] === 1 && !deepEqual(base[from], remote[at]))) fresh.add(at);
  }
  return fresh;
}

/** Whether it cannot be told which item is meant by something local did. */
function isAmbiguous(draft: Draft): boolean {
  const { run, base, remote, mine, aligned, order } = draft;
  if (aligned.key !== undefined) return false;
  const isLost = (at: number): boolean => (aligned.toR[at] ?? -1) < 0 && maySurvive(aligned, base, remote, at);
  for (const [at, left] of mine.removed) if (!run.present.has(left) && isLost(at)) return true;
  const taken = new Set(draft.fresh);
  for (const item of mine.items) {
    const { at, node } = item;
    if (node === undefined && order?.moved[item.local] !== 1) continue;
    if (at >= 0) {
      if (order?.moved[item.local] === 1 && aligned.unsure[at] === 1) return true;
      if (draft.isReordered && node?.moved === true && isLost(at)) return true;
      if (node === undefined || !isEdited(node) || deepEqual(plainOf(node), base[at])) continue;
      if (isLost(at) && twinOf(draft, plainOf(node), taken) < 0) return true;
    } else if (node !== undefined && !isArrival(node)) {
      const twin = twinOf(draft, plainOf(node), taken);
      if (twin >= 0) taken.delete(twin);
      else if (isUnsureGap(draft, item, isLost)) return true;
    }
  }
  return false;
}

function isEdited(node: Traced): boolean {
  return node.replaced || isEditedInside(node);
}

function isArrival(node: Traced): boolean {
  return node.moved && node.origin !== undefined;
}

/** Whether something is put in beside a row that may be anywhere, so that nobody knows on which side of remote's rows it belongs. */
function isUnsureGap({ base, mine, aligned }: Draft, item: LocalItem, isLost: (at: number) => boolean): boolean {
  const { toR, unsure, weak } = aligned;
  const stateOf = (way: -1 | 1): 'sure' | 'weak' | 'lost' => {
    for (let index = item.local + way; ; index += way) {
      const other = mine.items[index];
      if (other === undefined) return 'sure';
      if (other.at < 0) continue;
      if ((toR[other.at] ?? -1) >= 0) return weak[other.at] === 1 || unsure[other.at] === 1 ? 'weak' : 'sure';
      if (isContainer(base[other.at]) && isLost(other.at)) return 'lost';
    }
  };
  const [left, right] = [stateOf(-1), stateOf(1)];
  return left === 'lost' || right === 'lost' || (left === 'weak' && right === 'weak');
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

function atIndex(change: Change, at: number): Change {
  change.at = at;
  return change;
}

/** What stands at a remote item's place now. */
function put(draft: Draft, to: number, change: Change | undefined): void {
  if (change === undefined) draft.killed.add(to);
  else if (change.was === 'new' || isChangedInside(change) || isMarked(draft.run, change))
    draft.changed.set(to, atIndex(change, to));
}

function insert({ inserted }: Draft, after: number, item: Item): void {
  const run = inserted.get(after);
  if (run === undefined) inserted.set(after, [item]);
  else run.push(item);
}

/** An item that local left alone: what comes behind it comes behind it in remote too, if it is there in its order. */
function pass(draft: Draft, at: number): void {
  const to = draft.aligned.toR[at] ?? -1;
  if (to < 0 || draft.aligned.stayed()?.[at] === 0 || draft.order?.movedThere[at] === 1) return;
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
        : mergeValue(run, before, node, there, place),
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
    const change = mergeValue(run, before, node, image.value, place);
    if (change === undefined || change.was === 'new' || isChangedInside(change))
      run.elsewhere.push({ tokens: image.tokens, change: change ?? null, leaves: undefined });
    return;
  }
  const value = plainOf(node);
  if (isEdited(node) ? isPartOf(value, before) || takeTwin(draft, value) : !isMoved) {
    run.isThere = true;
    return;
  }
  if (isEdited(node) && !isMoved && !follow(run, node)) return;
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

/** The place of an item, as remote has it in another list. */
function elsewherePlace(place: MergePlace, tokens: readonly string[]): MergePlace {
  const parent = place.parent && tokens.length > 1 ? elsewherePlace(place.parent, tokens.slice(0, -1)) : place.parent;
  return { ...place, parent, remote: tokens.at(-1) ?? place.remote };
}

/** Puts in what local inserted, unless remote has it already. */
function insertItem(draft: Draft, item: LocalItem, node: Traced): void {
  const { run, remote } = draft;
  if (isArrival(node)) return insertArrival(draft, item, node);
  const twin = twinOf(draft, plainOf(node), draft.fresh);
  if (twin < 0) {
    const place = newItemPlace(draft, item, draft.anchor + 1);
    if (!isServer(ruleOf(place.decide))) insert(draft, gapOf(draft, item), localTree(run, node, place));
    return;
  }
  draft.fresh.delete(twin);
  const there = remote[twin] ?? null;
  const place = newItemPlace(draft, item, twin);
  if (isServer(ruleOf(place.decide)) || deepEqual(plainOf(node), there)) {
    run.isThere = true;
    return;
  }
  put(draft, twin, meetItem(run, node, there, place));
}

function meetItem(run: Run, node: Traced, there: JsonValue, place: MergePlace): Change | undefined {
  const rule = ruleOf(place.decide);
  if (typeof rule === 'object' && rule.rule === 'merge') {
    const merged = mergeValue(run, {}, { ...node, origin: undefined, replaced: true }, there, place);
    if (merged !== undefined) return merged;
  }
  const sides = { base: undefined, local: plainOf(node), remote: there, operations: operationsOf(node) };
  return settle(
    run,
    { ...sides, kind: 'add-add', place },
    { local: () => asLocal(run, node), remote: () => asIs(there) },
  );
}

/** An item that local moved here from another container. */
function insertArrival(draft: Draft, item: LocalItem, node: Traced): void {
  const { run, remote, aligned } = draft;
  const image = node.origin && imageOf(run, node.origin);
  const own = remoteTokens(draft.place);
  if (image?.isElsewhere === true && image.tokens.slice(0, -1).join('/') === own.join('/')) {
    // Remote moved it here, too.
    const to = Number(image.tokens.at(-1));
    run.settled.add(node);
    run.arrived.set(node, undefined);
    run.isThere = true;
    if (node.origin === undefined) return;
    const place = placeOf(run, node.origin, image.tokens);
    if (isEdited(node)) put(draft, to, mergeValue(run, node.origin.value, node, image.value, place));
    if (standsAlike(draft, item, to)) return;
    const sides = {
      base: node.origin.value,
      local: plainOf(node),
      remote: image.value,
      operations: operationsOf(node),
    };
    if (answerTo(run, { ...sides, kind: 'order', place }) !== 'local') return;
    insert(draft, gapOf(draft, item), draft.changed.get(to) ?? to);
    draft.changed.delete(to);
    draft.killed.add(to);
    return;
  }
  const identity = aligned.key === undefined ? undefined : identityIn(plainOf(node), aligned.key);
  const twin = identity === undefined ? -1 : twinOf(draft, plainOf(node), draft.fresh);
  if (twin >= 0) {
    const there = remote[twin] ?? null;
    if (deepEqual(plainOf(node), there)) {
      run.isThere = true;
      run.settled.add(node);
      run.arrived.set(node, undefined);
      return;
    }
    const place = newItemPlace(draft, item, twin);
    const sides = { base: undefined, local: plainOf(node), remote: there, operations: operationsOf(node) };
    let isTaken = false;
    const change = settle(
      run,
      { ...sides, kind: 'add-add', place },
      {
        local: () => {
          isTaken = true;
          return arrive(run, node);
        },
        remote: () => asIs(there),
      },
    );
    if (isTaken && change !== undefined) {
      draft.killed.add(twin);
      insert(draft, twin, change);
    } else put(draft, twin, change);
    return;
  }
  const change = arrive(run, node);
  if (change !== undefined) insert(draft, gapOf(draft, item), change);
}

/** Whether the same item of base stands in front of it on both sides. */
function standsAlike({ mine, aligned }: Draft, { local }: LocalItem, to: number): boolean {
  let here = local - 1;
  while (here >= 0 && (aligned.toR[mine.items[here]?.at ?? -1] ?? -1) < 0) here -= 1;
  let there = to - 1;
  while (there >= 0 && (aligned.toB[there] ?? -1) < 0) there -= 1;
  return (mine.items[here]?.at ?? -1) === (aligned.toB[there] ?? -1);
}

/** The place of an item that base lacks. Where local touched the base item of such an index, two places would have one name: then all new ones are counted on behind base's. */
function newItemPlace({ mine, place, base }: Draft, { local }: LocalItem, remote: number): MergePlace {
  const touched = new Set(mine.removed.keys());
  const added: number[] = [];
  for (const item of mine.items) {
    if (item.node === undefined) continue;
    if (item.at < 0) added.push(item.local);
    else touched.add(item.at);
  }
  const named = added.some((index) => touched.has(index)) ? { named: `${base.length + local}` } : {};
  return { ...itemPlace(place, undefined, local, remote), ...named };
}

/**
 * Between the two items of base it was put between, where remote still has them side by side, wherever they moved; else
 * behind the last item that stands still on both sides; at the end, where local has nothing of base behind it.
 */
function gapOf({ mine, order, aligned, remote, anchor }: Draft, item: LocalItem): number {
  const isStill = ({ at, local }: LocalItem): boolean => at >= 0 && order?.moved[local] !== 1;
  let next = item.local + 1;
  while (next < mine.items.length && !isStill(mine.items[next] ?? item)) next += 1;
  const behind = mine.items[next];
  if (behind === undefined) return remote.length > 0 ? remote.length : anchor;
  let before = item.local - 1;
  while (before >= 0 && !isStill(mine.items[before] ?? item)) before -= 1;
  const left = aligned.toR[mine.items[before]?.at ?? -1] ?? -1;
  const right = aligned.toR[behind.at] ?? -1;
  if (left < 0 || left >= right) return anchor;
  for (let at = left + 1; at < right; at += 1) if (aligned.toB[at] !== -1) return anchor;
  return left;
}

function takeTwin(draft: Draft, value: JsonValue): boolean {
  const twin = twinOf(draft, value, draft.fresh);
  draft.fresh.delete(twin);
  return twin >= 0;
}

/** Remote's own insertion of the same thing, or -1: by key; by value where no value stands twice; by any equal value while in doubt. */
function twinOf(draft: Draft, value: JsonValue, fresh: ReadonlySet<number>): number {
  const { remote, run, aligned } = draft;
  const { key } = aligned;
  if (fresh.size === 0) return -1;
  if (key !== undefined) {
    const identity = identityIn(value, key);
    for (const at of fresh) if (identityIn(remote[at], key) === identity) return at;
    return -1;
  }
  for (const at of fresh) {
    if (!deepEqual(remote[at] ?? null, value)) continue;
    return run.inDoubt || (isJsonScalar(value) && isWithoutDuplicates(draft)) ? at : -1;
  }
  return -1;
}

function isWithoutDuplicates({ base, remote, mine }: Draft): boolean {
  const local = mine.items.map(({ at, node }) => (node === undefined ? (base[at] ?? null) : plainOf(node)));
  return [base, remote, mine.isWhole ? local : []].every(
    (list) => list.every(isJsonScalar) && new Set(list).size === list.length,
  );
}

/** The merged list. In one gap remote's insertions come first, then local's: each side's run stays together. */
function assemble({ remote, aligned, killed, changed, inserted }: Draft, change: Change): Change {
  if (killed.size === 0 && inserted.size === 0) {
    if (changed.size > 0) change.inner = changed;
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
