import type { MergeConflict } from '../../../core/conflict.js';
import { deepEqual } from '../../../core/deep-equal.js';
import { asKept, asSent } from '../../../core/form-of.js';
import { isContainer } from '../../../core/json.js';
import { apply } from '../../../core/patch/apply.js';
import { localWins } from '../../../core/rebase/moves/moved-on.js';
import { rebaseEdit } from '../../../core/rebase/rebase.js';
import type { Policy } from '../../policy.js';
import type { Intent, Keeper } from '../../queue/edit-input.js';
import { intentTo } from '../../queue/edit-input.js';
import type { Joint } from '../../queue/joint.js';
import { inKeptOrder, isOfOrder } from './kept-order.js';

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
