import { deepEqual } from '../../deep-equal.js';
import { wholeOf } from '../../diff/change.js';
import { answerTo, clashOf } from '../conflict.js';
import { tellItem } from '../evidence.js';
import { imageOf, placeOf } from '../image.js';
import { localTree } from '../moves/local-tree.js';
import { arrive, settleThere } from '../moves/moves.js';
import type { MergePlace } from '../place.js';
import { childPlace, isRuledBy, remoteTokens } from '../place.js';
import type { Traced } from '../traced.js';
import { isArrival, isEdited } from '../traced.js';
import { takeTwin } from './doubts.js';
import type { Draft } from './draft.js';
import { gapOf, insert, moveTo, put } from './draft.js';
import type { LocalItem, LocalList } from './local-list.js';
import { nearest } from './local-list.js';

/** Puts in what local inserted, or moved here from another container, unless remote has it already. */
export function insertItem(draft: Draft, item: LocalItem, node: Traced): void {
  const { run, remote, aligned } = draft;
  if (run.evidence) tellItem(draft, item, node);
  const comes = isArrival(node);
  if (comes && isMovedThere(draft, item, node)) return;
  const twin = comes && aligned.key === undefined ? -1 : takeTwin(draft, wholeOf(node));
  const place = newItemPlace(draft, item, twin < 0 ? draft.anchor + 1 : twin);
  if (twin >= 0) return put(draft, twin, run.merging.meet(run, node, undefined, remote[twin] ?? null, place));
  if (isRuledBy(place, 'server')) return;
  const change = comes ? arrive(run, node) : localTree(run, node, place);
  if (change === undefined) return;
  // By an answer it comes from where nobody finds it: an equal one that remote has put here may be it. It is there once.
  const isLost = comes && node.origin !== undefined && imageOf(run, node.origin) === undefined;
  const same = isLost
    ? [...draft.fresh].find((at) => isUntouched(draft, at) && deepEqual(remote[at], wholeOf(node)))
    : undefined;
  if (same === undefined) return insert(draft, gapOf(draft, item), change);
  draft.fresh.delete(same);
  moveTo(draft, item, same);
}

/** Whether local has done nothing to what remote may have put something in the place of. */
function isUntouched({ mine, aligned, order }: Draft, to: number): boolean {
  const from = aligned.toB[to] ?? -1;
  return from < 0 || !(order || mine.removed.has(from) || mine.touched.some(({ at }) => at === from));
}

/** Whether remote moved an item here, too, that local moved here from another container. */
function isMovedThere(draft: Draft, item: LocalItem, node: Traced): boolean {
  const { run } = draft;
  const { origin } = node;
  const image = origin && imageOf(run, origin);
  const own = remoteTokens(draft.place);
  if (origin === undefined || image?.isElsewhere !== true) return false;
  if (image.tokens.slice(0, -1).join('/') !== own.join('/')) return false;
  const to = Number(image.tokens.at(-1));
  settleThere(run, node);
  const place = placeOf(run, origin, image.tokens);
  if (isEdited(node)) put(draft, to, run.merging.value(run, origin.value, node, image.value, place));
  if (
    !standsAlike(draft, item, to) &&
    answerTo(run, clashOf('order', place, origin.value, node, image.value)) === 'local'
  )
    moveTo(draft, item, to);
  return true;
}

/** Whether the same item of base stands in front of it on both sides. */
function standsAlike({ mine, aligned }: Draft, { local }: LocalItem, to: number): boolean {
  const here = nearest(mine, local, -1, (at) => (aligned.toR[at] ?? -1) >= 0);
  let there = to - 1;
  while (there >= 0 && (aligned.toB[there] ?? -1) < 0) there -= 1;
  return here === (aligned.toB[there] ?? -1);
}

/** The place of an item that base lacks. Where local touched the base item of such an index, two places would have one name: then all new ones are counted on behind base's. */
function newItemPlace(draft: Draft, { local }: LocalItem, remote: number): MergePlace {
  draft.isNameTaken ??= isNameTaken(draft.mine);
  const named = draft.isNameTaken ? { named: `${draft.base.length + local}` } : {};
  return { ...childPlace(draft.place, undefined, local, remote), ...named };
}

function isNameTaken({ touched, removed }: LocalList): boolean {
  const named = new Set(touched.map(({ at }) => at));
  return touched.some(({ at, local }) => at < 0 && (named.has(local) || removed.has(local)));
}
