import { identityIn } from '../../align/keys.js';
import type { ListAlignment } from '../../align/lists.js';
import { maySurvive } from '../../align/lists.js';
import { deepEqual, isJsonScalar } from '../../deep-equal.js';
import { wholeOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { isArrival, isEdited } from '../traced.js';
import type { Draft } from './draft.js';
import type { LocalItem } from './local-list.js';
import { nearest } from './local-list.js';

/** Whether it cannot be told which item is meant by something local did. */
export function isAmbiguous(draft: Draft): boolean {
  const { base, remote, mine, aligned, order } = draft;
  if (aligned.key !== undefined) return false;
  const lost = new Map<number, boolean>();
  const isLost = (at: number): boolean => {
    const isKnown = lost.get(at) ?? ((aligned.toR[at] ?? -1) < 0 && maySurvive(aligned, base, remote, at));
    lost.set(at, isKnown);
    return isKnown;
  };
  for (const at of mine.removed.keys()) if (isLost(at)) return true;
  const taken = new Set(draft.fresh);
  for (let local = 0; order !== undefined && local < mine.places.length; local += 1)
    if (
      order.moved[local] === 1 &&
      (aligned.unsure[mine.places[local] ?? -1] === 1 || isUnsureGap(draft, local, isLost))
    )
      return true;
  for (const item of mine.touched) {
    const { at, local, node } = item;
    if (at >= 0) {
      if (draft.isReordered && node.moved && (isLost(at) || hasPassed(draft, item, isLost))) return true;
      if (!isEdited(node) || deepEqual(wholeOf(node), base[at])) continue;
      if (isLost(at) && takeTwin(draft, wholeOf(node), taken) < 0) return true;
    } else if (!isArrival(node)) {
      if (takeTwin(draft, wholeOf(node), taken) < 0 && isUnsureGap(draft, local, isLost)) return true;
    }
  }
  return false;
}

/** Whether an item that kept its place among those that remote is known to have was moved past one that may be anywhere. */
function hasPassed({ mine, aligned, order }: Draft, item: LocalItem, isLost: (at: number) => boolean): boolean {
  if (order?.moved[item.local] === 1 || (aligned.toR[item.at] ?? -1) < 0) return false;
  return mine.places.some(
    (at, local) => at >= 0 && item.at < at !== item.local < local && (aligned.toR[at] ?? -1) < 0 && isLost(at),
  );
}

/** Whether something is put in beside a row that may be anywhere, so that nobody knows on which side of remote's rows it belongs. */
function isUnsureGap({ mine, aligned }: Draft, local: number, isLost: (at: number) => boolean): boolean {
  const { toR, unsure, weak } = aligned;
  const stateOf = (way: -1 | 1): 'sure' | 'weak' | 'lost' => {
    const isThere = (at: number): boolean => (toR[at] ?? -1) >= 0;
    const beside = nearest(mine, local, way, (at) => isThere(at) || isLost(at));
    if (beside < 0) return 'sure';
    if (!isThere(beside)) return 'lost';
    return weak[beside] === 1 || unsure[beside] === 1 ? 'weak' : 'sure';
  };
  const [left, right] = [stateOf(-1), stateOf(1)];
  return left === 'lost' || right === 'lost' || (left === 'weak' && right === 'weak');
}

/** Whether all that local made of a list without keys stands in remote's, which has gone on since. Equal values prove that where none is there twice, or when in doubt. */
export function hasAll(draft: Draft): boolean {
  const { run, base, local, remote, mine, aligned } = draft;
  if (aligned.key !== undefined || !mine.isRearranged || aligned.toB === aligned.toR) return false;
  for (const at of mine.removed.keys())
    if ((aligned.toR[at] ?? -1) >= 0 || maySurvive(aligned, base, remote, at)) return false;
  const made = wholeOf(local);
  if (!Array.isArray(made)) return false;
  let next = 0;
  for (const item of remote) if (next < made.length && deepEqual(made[next], item)) next += 1;
  if (next < made.length || !(run.inDoubt || isWithoutDuplicates(draft))) return false;
  // What local replaced must be gone, too.
  const isIn = (list: readonly JsonValue[], item: JsonValue): boolean => list.some((one) => deepEqual(one, item));
  return mine.touched.every(({ at, node }) => {
    const before = isEdited(node) ? base[at] : undefined;
    return before === undefined || isIn(made, before) || !isIn(remote, before);
  });
}

/** What remote has inserted, or may have: what is paired by nothing but its place may as well be new. */
export function freshIn(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  { toB, weak }: ListAlignment,
): Set<number> {
  const fresh = new Set<number>();
  for (let at = 0; at < toB.length; at += 1) {
    const from = toB[at] ?? -1;
    if (from < 0 || (weak[from] === 1 && !deepEqual(base[from], remote[at]))) fresh.add(at);
  }
  return fresh;
}

/** Takes remote's own insertion of the same thing, or -1: by key; by value where no value stands twice; by any equal value while in doubt. */
export function takeTwin(draft: Draft, value: JsonValue, fresh: Set<number> = draft.fresh): number {
  const { remote, run, aligned } = draft;
  const { key } = aligned;
  const identity = key === undefined ? undefined : identityIn(value, key);
  for (const at of fresh) {
    if (key === undefined ? !deepEqual(remote[at], value) : identityIn(remote[at], key) !== identity) continue;
    if (key === undefined && !run.inDoubt && !(isJsonScalar(value) && isWithoutDuplicates(draft))) return -1;
    fresh.delete(at);
    return at;
  }
  return -1;
}

function isWithoutDuplicates(draft: Draft): boolean {
  const { base, local, remote, mine } = draft;
  const isDistinct = (list: JsonValue): boolean =>
    Array.isArray(list) && list.every(isJsonScalar) && new Set(list).size === list.length;
  draft.isDistinct ??= isDistinct(base) && isDistinct(remote) && (!mine.isRearranged || isDistinct(wholeOf(local)));
  return draft.isDistinct;
}
