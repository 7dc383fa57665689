import type { MergeConflict, Resolution } from '../../../core/conflict.js';
import { deepEqual } from '../../../core/deep-equal.js';
import { asKept, asSent } from '../../../core/form-of.js';
import type { JsonValue, Pointer } from '../../../core/json.js';
import { isContainer } from '../../../core/json.js';
import { apply } from '../../../core/patch/apply.js';
import { localWins } from '../../../core/rebase/moves/moved-on.js';
import { rebaseEdit } from '../../../core/rebase/rebase.js';
import type { Policy } from '../../policy.js';
import type { Intent, Keeper } from '../../queue/edit-input.js';
import { intentTo } from '../../queue/edit-input.js';
import type { Joint } from '../../queue/joint.js';

/**
 * An edit, made again on what its own author's writes came to since: what he saved, and what the server made of that. Where
 * it meets those, it wins, because it is the later one, and nobody is asked. What others did stays a difference to remote.
 */
export function overOwn({ lead, intent }: Pick<Joint, 'lead' | 'intent'>): Intent {
  if (lead === undefined) return intent;
  const { merge } = lead.input.policy;
  let made = goingWithout(intent, lead.input.policy, lead.input.keeper?.without(true));
  for (const { from, to, first } of lead.ownSince) {
    const { base, patch, isDerived } = made;
    const isExact = deepEqual(from, base);
    const step = { base: from, local: to, remote: base, merge };
    const moved = isExact ? undefined : rebaseEdit(step, false);
    const isUnclear = moved !== undefined && moved.conflicts.length > 0;
    // Others were at work in between: who is asked must see what they did. In which order a server keeps things is no question.
    if (isUnclear && (first !== undefined || lead.input.isOfDraft === true)) return made;
    const on = isUnclear ? localWins(step, false).value : (moved?.value ?? to);
    if (deepEqual(on, base)) continue;
    // What the server made of an item is that item still: one that it trimmed, or sorted in, is taken out all the same.
    const like = first === undefined ? asSent(on, base) : on;
    const input = { base, patch, remote: like, merge };
    const { conflicts } = rebaseEdit(input, isDerived !== true);
    // Of a list or an object that was saved before, nothing may be lost unasked. What only the server made of it is no loss.
    const isNoLoss = (conflict: MergeConflict): boolean =>
      isOfScalars(conflict) || (first === undefined && (isExact || isOfOrder(conflict)));
    if (!conflicts.every(isNoLoss)) {
      // Which item is which may be plain the other way round: what was saved, made on what the edit came to.
      const other = rebaseEdit({ base: from, local: to, remote: made.local, merge }, false);
      if (!isExact || !conflicts.every(isAmbiguous) || other.conflicts.length > 0) return made;
      made = intentTo(to, other.value, merge);
      continue;
    }
    if (first === undefined && conflicts.length > 0) {
      const { value } = rebaseEdit({ ...input, resolutions: inKeptOrder(conflicts) }, isDerived !== true);
      // What others see of it is only what the edit itself changed.
      made = intentTo(on, asKept(value, on), merge);
      continue;
    }
    const output = localWins(input, isDerived !== true);
    // Not so where something of the edit finds no place in it.
    if (!isExact && first === undefined && output.patch.length < patch.length) return made;
    const local = like === on ? output.value : apply(on, output.patch);
    made = { base: on, patch: output.patch, local, isDerived: isDerived === true };
  }
  return made;
}

/** An edit as if what it goes without had not been there. Where it changes the very thing, it stays on top of that: whoever is asked sees both. */
export function goingWithout(intent: Intent, { merge }: Policy, ways: ReturnType<Keeper['without']> = []): Intent {
  let made = intent;
  for (const { from, to } of ways) {
    const { base, patch, isDerived } = made;
    const back = rebaseEdit({ base: from, local: to, remote: base, merge }, false);
    if (back.conflicts.length > 0 || deepEqual(back.value, base)) continue;
    const { conflicts, ...output } = rebaseEdit({ base, patch, remote: back.value, merge }, isDerived !== true);
    if (conflicts.length > 0) continue;
    made = { base: back.value, patch: output.patch, local: output.value, isDerived: isDerived === true };
  }
  return made;
}

function isOfScalars({ local, remote }: MergeConflict): boolean {
  return local.present && remote.present && !isContainer(local.value) && !isContainer(remote.value);
}

const isAmbiguous = ({ kind }: MergeConflict): boolean => kind === 'ambiguous-array';

type Items = readonly JsonValue[];

/** Two lists of the same items: nothing that came in meanwhile goes, and nothing that went comes back. */
function isOfOrder(conflict: MergeConflict): boolean {
  const lists = listsOf(conflict);
  if (lists === undefined) return false;
  const [before, mine, now] = lists;
  const has = (list: Items, item: JsonValue): boolean => list.some((other) => deepEqual(other, item));
  return (
    now.every((item) => has(before, item) || has(mine, item)) &&
    before.every((item) => has(now, item) || !has(mine, item))
  );
}

/** Answers for what a server has made of lists: what was put in and taken out, in the order that it keeps them in. Else local wins. */
function inKeptOrder(conflicts: readonly MergeConflict[]): Record<Pointer, Resolution> {
  return Object.fromEntries(
    conflicts.map((conflict) => {
      const lists = isOfOrder(conflict) ? listsOf(conflict) : undefined;
      const value = lists && placed(...lists);
      return [conflict.basePath, value === undefined ? 'local' : { value }];
    }),
  );
}

function listsOf({ base, local, remote }: MergeConflict): [Items, Items, Items] | undefined {
  if (!(base.present && local.present && remote.present)) return undefined;
  const [before, mine, now] = [base.value, local.value, remote.value];
  return Array.isArray(before) && Array.isArray(mine) && Array.isArray(now) ? [before, mine, now] : undefined;
}

/** Undefined: items are there twice, or their author has moved some. */
function placed(before: Items, mine: Items, now: Items): JsonValue[] | undefined {
  const keyOf = (item: JsonValue): string => JSON.stringify(item);
  const [had, has] = [new Set(before.map(keyOf)), new Set(mine.map(keyOf))];
  const stayed = (list: Items): Items => list.filter((item) => had.has(keyOf(item)) && has.has(keyOf(item)));
  const isTwice = had.size < before.length || has.size < mine.length;
  if (isTwice || !deepEqual([...stayed(before)], [...stayed(mine)])) return undefined;
  const keys = now.map(keyOf).filter((key) => has.has(key) || !had.has(key));
  for (const [index, item] of mine.entries()) {
    if (keys.includes(keyOf(item))) continue;
    const above = mine[index - 1];
    keys.splice(above === undefined ? 0 : keys.indexOf(keyOf(above)) + 1, 0, keyOf(item));
  }
  const items = new Map([...now, ...mine].map((item) => [keyOf(item), item] as const));
  return keys.map((key) => items.get(key) ?? null);
}
