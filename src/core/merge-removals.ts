import { deepEqual } from './deep-equal.js';
import { isPartOf } from './is-part-of.js';
import type { JsonValue } from './json.js';
import { isContainer } from './json.js';
import type { ListDraft } from './list-draft.js';
import { put } from './list-draft.js';
import type { MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { itemPlace } from './place-in-merge.js';

/** Takes out what local removed from a list. False: it cannot be told which item is meant. */
export function removeItem(run: MergeRun, draft: ListDraft, at: number, ops: readonly number[]): boolean {
  const { aligned, base, remote } = draft;
  const to = aligned.toR[at] ?? -1;
  const own = draft.local.gone?.get(at);
  if (own?.some((op) => run.staying.has(op))) return true;
  if (own?.some((op) => run.moving.has(op))) {
    if (to >= 0) draft.killed.add(to);
    return true;
  }
  const unsure = aligned.unsure[at] === 1;
  if (to < 0) {
    if (unsure || maySurvive(draft, at)) return false;
    run.evidence.yes = true;
    for (const op of ops) run.dropped.add(op);
    return true;
  }
  const theirs = remote[to] ?? null;
  const before = base[at] ?? null;
  if (!unsure && isPartOf(theirs, before)) {
    run.evidence.no = true;
    draft.killed.add(to);
    return true;
  }
  const kind = unsure ? 'ambiguous-array' : 'delete-modify';
  const place = itemPlace(draft.place, at, at, to);
  const settled = settle(run, { kind, place, base: before, local: undefined, remote: theirs, operations: ops });
  put(draft, to, settled.value);
  return true;
}

/**
 * Whether an item that has no pair in remote may be there all the same, so that a removal of it must not be taken for
 * done: moved, as one of several equal ones, or changed beyond recognition.
 */
function maySurvive({ aligned, base, remote }: ListDraft, at: number): boolean {
  if (aligned.key !== undefined) return false;
  const item = base[at] ?? null;
  const isItem = (other: JsonValue | undefined): boolean => other !== undefined && deepEqual(other, item);
  if (isItem(base[at - 1]) || isItem(base[at + 1])) return true;
  const { from, to } = gapAround(aligned.toR, remote.length, at);
  return remote.some((other, index) => {
    if ((aligned.toB[index] ?? -1) >= 0) return false;
    return isItem(other) || (index > from && index < to && isContainer(item) && isContainer(other));
  });
}

/** The remote items between which a base item's place is. */
function gapAround(toR: Int32Array, length: number, at: number): { readonly from: number; readonly to: number } {
  let before = at - 1;
  while (before >= 0 && (toR[before] ?? -1) < 0) before -= 1;
  let behind = at + 1;
  while (behind < toR.length && (toR[behind] ?? -1) < 0) behind += 1;
  return { from: toR[before] ?? -1, to: toR[behind] ?? length };
}
