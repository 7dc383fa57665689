import type { MergeConflict, RebaseOutput, Resolution, ResolvedConflict } from '../../conflict.js';
import { diff } from '../../diff/diff.js';
import type { JsonValue, Patch, Pointer } from '../../json.js';
import { compose } from '../../patch/compose.js';
import type { RebaseInput } from '../rebase.js';
import { rebaseEdit } from '../rebase.js';

/** An edit on what others made of its base meanwhile. */
export interface MovedOn {
  /** Remote; where both changed the same, remote with the old value at just those places, so that only they are open. */
  readonly from: JsonValue;
  /** Leads from `from` to `local`. */
  readonly patch: Patch;
  /** What whoever made the edit should see: the edit's own wherever both changed the same. */
  readonly local: JsonValue;
  readonly conflicts: readonly MergeConflict[];
  readonly resolved: readonly ResolvedConflict[];
}

/** Puts an edit on remote and keeps what collides open. Answers that are given count. */
export function movedOn(input: RebaseInput, wholeIsOne: boolean): MovedOn {
  const { base, remote, merge = {} } = input;
  const output = rebaseEdit(input, wholeIsOne);
  const { conflicts, resolved } = output;
  if (conflicts.length === 0) return { from: remote, patch: output.patch, local: output.value, conflicts, resolved };
  const kept = answeredBy(input, wholeIsOne, output, 'local');
  const old = answeredBy(input, wholeIsOne, output, 'base').value;
  const back = rebaseEdit({ base: output.value, local: old, remote, merge }, false);
  if (back.conflicts.length === 0) {
    const from = back.value;
    const patch = compose(from, diff(from, remote, { merge }), kept.patch);
    const again = rebaseEdit({ base: from, patch, remote, merge }, wholeIsOne);
    if (again.conflicts.length === conflicts.length)
      return { from, patch, local: kept.value, conflicts: again.conflicts, resolved };
  }
  return { from: base, patch: diff(base, kept.value, { merge }), local: kept.value, conflicts, resolved };
}

/** Settles for local whatever is open. */
export function localWins(input: RebaseInput, wholeIsOne: boolean): RebaseOutput {
  const output = rebaseEdit(input, wholeIsOne);
  return output.conflicts.length === 0 ? output : answeredBy(input, wholeIsOne, output, 'local');
}

/** The same answer everywhere. */
export function everywhere(conflicts: readonly MergeConflict[], resolution: Resolution): Record<Pointer, Resolution> {
  return Object.fromEntries(conflicts.map(({ basePath }) => [basePath, resolution] as const));
}

function answeredBy(
  input: RebaseInput,
  wholeIsOne: boolean,
  { conflicts }: RebaseOutput,
  resolution: Resolution,
): RebaseOutput {
  const resolutions = { ...input.resolutions, ...everywhere(conflicts, resolution) };
  return rebaseEdit({ ...input, inDoubt: false, resolutions }, wholeIsOne);
}
