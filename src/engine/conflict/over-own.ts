import type { MergeConflict } from '../../core/conflict.js';
import { deepEqual } from '../../core/deep-equal.js';
import { isContainer } from '../../core/json.js';
import type { RebaseOutput } from '../../core/rebase/output.js';
import type { RebaseInput } from '../../core/rebase/rebase.js';
import { rebaseEdit } from '../../core/rebase/rebase.js';
import type { Edit, Intent } from '../edit.js';

/**
 * An edit, made again on what its own author's writes came to since: what he saved, and what the server made of that. Where
 * it meets those, it wins, because it is the later one, and nobody is asked. What others did stays a difference to remote.
 */
export function overOwn(edit: Edit, intent: Intent): Intent {
  // An answer to a question was made from what was there then.
  if (intent.base !== edit.input.base) return intent;
  const { merge } = edit.input.policy;
  let made = intent;
  for (const { from, to, first } of edit.ownSince) {
    const { base, patch, isDerived } = made;
    const isExact = deepEqual(from, base);
    const moved = isExact ? undefined : rebaseEdit({ base: from, local: to, remote: base, merge }, false);
    // Others were at work in between: who is asked must see what they did.
    if (moved !== undefined && moved.conflicts.length > 0) return made;
    const on = moved?.value ?? to;
    if (deepEqual(on, base)) continue;
    const input = { base, patch, remote: on, merge };
    const { conflicts } = rebaseEdit(input, isDerived !== true);
    // Of a list or an object that was saved before, nothing may be lost unasked. What only the server made of it is no loss.
    if (!(isExact && first === undefined) && !conflicts.every(isOfScalars)) return made;
    const output = localWins(input, isDerived !== true);
    made = { base: on, patch: output.patch, local: output.value, isDerived: isDerived === true };
  }
  return made;
}

function isOfScalars({ local, remote }: MergeConflict): boolean {
  return local.present && remote.present && !isContainer(local.value) && !isContainer(remote.value);
}

/** Settles for local whatever is open. */
export function localWins(input: RebaseInput, wholeIsOne: boolean): RebaseOutput {
  const output = rebaseEdit(input, wholeIsOne);
  if (output.conflicts.length === 0) return output;
  const resolutions = Object.fromEntries(output.conflicts.map(({ basePath }) => [basePath, 'local'] as const));
  return rebaseEdit({ ...input, resolutions }, wholeIsOne);
}
