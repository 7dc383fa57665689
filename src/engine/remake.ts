import type { Resolution } from '../core/conflict.js';
import type { JsonValue } from '../core/json.js';
import { mergeRules } from '../core/merge-rules.js';
import { rebaseEdit } from '../core/rebase.js';
import type { RebaseOutput } from '../core/rebase-output.js';
import { stillHolding } from './answers.js';
import type { Edit } from './edit.js';
import type { Run } from './run.js';

/** Makes the edit again on top of remote, with the answers given so far that still hold, and tells of it. */
export function remake(run: Run, edit: Edit, remote: JsonValue): RebaseOutput {
  const startedAt = run.clock.now();
  const output = remadeWith(edit, remote, {});
  edit.resolved = [...edit.settledByValue, ...output.resolved];
  if (edit.rebased) {
    // Listeners are shown the very lists that are decided by.
    const [conflicts, resolved] = [frozen(output.conflicts), frozen(output.resolved)];
    const ms = run.clock.now() - startedAt;
    const operations = output.patch.length;
    edit.tell({ type: 'rebase', attempt: run.budget.attempts, operations, conflicts, resolved, ms });
  }
  return output;
}

/** The same with more answers on top, and nothing is told or kept. */
export function remadeWith(edit: Edit, remote: JsonValue, chosen: Readonly<Record<string, Resolution>>): RebaseOutput {
  const { merge } = edit.input.policy;
  const { base, patch, local, isDerived } = edit.intent;
  // On its own base an edit is what it was made to be, but for what the server owns.
  if (remote === base && !mergeRules(merge).hasServer)
    return { patch: [...patch], value: local, conflicts: [], resolved: [] };
  const output = rebaseEdit({ base, patch, remote, merge }, isDerived !== true);
  const resolutions = { ...stillHolding(edit.answers, output.conflicts), ...chosen };
  if (Object.keys(resolutions).length === 0) return output;
  return rebaseEdit({ base, patch, remote, merge, resolutions }, isDerived !== true);
}

function frozen<Item extends object>(list: readonly Item[]): readonly Item[] {
  for (const item of list) Object.freeze(item);
  return Object.freeze(list);
}
