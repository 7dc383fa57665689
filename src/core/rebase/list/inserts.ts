import { identityIn } from '../../align/keys.js';
import { deepEqual } from '../../deep-equal.js';
import type { Change } from '../../diff/change.js';
import { wholeOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { answerTo, clashOf, settle } from '../conflict.js';
import { tellItem } from '../evidence.js';
import { imageOf, placeOf } from '../image.js';
import { asIs, clash, localTree } from '../moves/local-tree.js';
import { arrive, settleThere } from '../moves/moves.js';
import type { MergePlace } from '../place.js';
import { childPlace, isRuledBy, remoteTokens } from '../place.js';
import type { Run } from '../run.js';
import type { Traced } from '../traced.js';
import { isArrival, isEdited } from '../traced.js';
import { twinOf } from './doubts.js';
import type { Draft } from './draft.js';
import { gapOf, insert, moveTo, put } from './draft.js';
import type { LocalItem, LocalList } from './local-list.js';
import { nearest } from './local-list.js';

/** Puts in what local inserted, unless remote has it already. */
export function insertItem(draft: Draft, item: LocalItem, node: Traced): void {
  const { run, remote } = draft;
  if (run.evidence) tellItem(draft, item, node);
  if (isArrival(node)) return insertArrival(draft, item, node);
  const twin = twinOf(draft, wholeOf(node), draft.fresh);
  if (twin < 0) {
    const place = newItemPlace(draft, item, draft.anchor + 1);
    if (!isRuledBy(place, 'server')) insert(draft, gapOf(draft, item), localTree(run, node, place));
    return;
  }
  draft.fresh.delete(twin);
  const there = remote[twin] ?? null;
  const place = newItemPlace(draft, item, twin);
  if (isRuledBy(place, 'server') || deepEqual(wholeOf(node), there)) {
    run.isThere = true;
    return;
  }
  put(draft, twin, meetItem(run, node, there, place));
}

function meetItem(run: Run, node: Traced, there: JsonValue, place: MergePlace): Change | undefined {
  if (isRuledBy(place, 'merge')) {
    const merged = run.merging.value(run, {}, { ...node, origin: undefined, replaced: true }, there, place);
    if (merged !== undefined) return merged;
  }
  return clash(run, 'add-add', place, undefined, node, there);
}

/** An item that local moved here from another container. */
function insertArrival(draft: Draft, item: LocalItem, node: Traced): void {
  const { run, remote, aligned } = draft;
  const image = node.origin && imageOf(run, node.origin);
  const own = remoteTokens(draft.place);
  if (image?.isElsewhere === true && image.tokens.slice(0, -1).join('/') === own.join('/')) {
    // Remote moved it here, too.
    const to = Number(image.tokens.at(-1));
    settleThere(run, node);
    if (node.origin === undefined) return;
    const place = placeOf(run, node.origin, image.tokens);
    if (isEdited(node)) put(draft, to, run.merging.value(run, node.origin.value, node, image.value, place));
    if (standsAlike(draft, item, to)) return;
    if (answerTo(run, clashOf('order', place, node.origin.value, node, image.value)) === 'local')
      moveTo(draft, item, to);
    return;
  }
  const identity = aligned.key === undefined ? undefined : identityIn(wholeOf(node), aligned.key);
  const twin = identity === undefined ? -1 : twinOf(draft, wholeOf(node), draft.fresh);
  if (twin >= 0) {
    const there = remote[twin] ?? null;
    if (deepEqual(wholeOf(node), there)) {
      return settleThere(run, node);
    }
    const place = newItemPlace(draft, item, twin);
    let isTaken = false;
    const change = settle(run, clashOf('add-add', place, undefined, node, there), {
      local: () => {
        isTaken = true;
        return arrive(run, node);
      },
      remote: () => asIs(there),
    });
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
  const here = nearest(mine, local, -1, ({ at }) => (aligned.toR[at] ?? -1) >= 0);
  let there = to - 1;
  while (there >= 0 && (aligned.toB[there] ?? -1) < 0) there -= 1;
  return (here?.at ?? -1) === (aligned.toB[there] ?? -1);
}

/** The place of an item that base lacks. Where local touched the base item of such an index, two places would have one name: then all new ones are counted on behind base's. */
function newItemPlace(draft: Draft, { local }: LocalItem, remote: number): MergePlace {
  draft.isNameTaken ??= isNameTaken(draft.mine);
  const named = draft.isNameTaken ? { named: `${draft.base.length + local}` } : {};
  return { ...childPlace(draft.place, undefined, local, remote), ...named };
}

function isNameTaken({ items, removed }: LocalList): boolean {
  const touched = new Set(removed.keys());
  const named: number[] = [];
  for (const item of items) {
    if (item.node === undefined) continue;
    if (item.at < 0) named.push(item.local);
    else touched.add(item.at);
  }
  return named.some((local) => touched.has(local));
}
