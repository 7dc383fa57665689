import { openComposition } from '../core/compose.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { RebaseOutput } from '../core/rebase-output.js';
import { InvalidMergeError } from '../errors/outcome-errors.js';
import type { Moved } from './decide.js';
import { decide } from './decide.js';
import type { Edit } from './edit.js';
import { issuesOf } from './issues-of.js';
import type { State } from './port.js';
import { rejectFor } from './reject.js';
import { remake } from './remake.js';
import type { Run } from './run.js';

/** One edit, made again on the target. */
export interface Part {
  readonly edit: Edit;
  readonly patch: Patch;
  /** The value after it. */
  readonly value: JsonValue;
}

/** All edits on board, made again on the target one after the other, as one write. */
export interface Prepared {
  readonly parts: readonly Part[];
  readonly patch: Patch;
  readonly value: JsonValue;
  /** Edits that need somebody's decision: theirs to be made alone, so that the others need not wait for it. */
  readonly held: readonly Edit[];
  /** The resource moved on while a resolver thought, and the resolver knows. */
  readonly moved: Moved | undefined;
}

/**
 * Rebases every edit onto the target. An edit that fails is rejected here and left out, its neighbours unharmed.
 *
 * @param inDoubt A write is out that may have landed.
 */
export async function prepare(run: Run, edits: readonly Edit[], target: State, inDoubt: boolean): Promise<Prepared> {
  const parts: Part[] = [];
  const held: Edit[] = [];
  let value = target.value;
  for (const edit of edits) {
    // Its caller has left while a neighbour's schema or resolver took its time.
    if (edit.settled) continue;
    const part = await prepareOne(run, edit, edits.length === 1 ? target : { value, version: target.version }, {
      alone: edits.length === 1,
      inDoubt,
    });
    if (typeof part === 'object' && 'movedTo' in part) return { parts: [], patch: [], value, held, moved: part };
    if (part === 'hold') held.push(edit);
    if (part === 'hold' || part === 'settled' || !(await passes(run, part, target, inDoubt))) continue;
    parts.push(part);
    value = part.value;
  }
  return { parts, patch: asOne(target.value, parts), value, held, moved: undefined };
}

function asOne(base: JsonValue, parts: readonly Part[]): Patch {
  const [only, second] = parts;
  if (only === undefined) return [];
  if (second === undefined) return only.patch;
  const whole = openComposition(base);
  for (const { patch } of parts) whole.add(patch);
  return whole.patch;
}

async function prepareOne(
  run: Run,
  edit: Edit,
  target: State,
  { alone, inDoubt }: { readonly alone: boolean; readonly inDoubt: boolean },
): Promise<Part | Moved | 'hold' | 'settled'> {
  const { replay } = edit.input;
  let output: RebaseOutput;
  try {
    if (replay !== undefined) {
      const intent = replay(target.value);
      return { edit, patch: intent.patch, value: intent.local };
    }
    output = remake(run, edit, target.value);
  } catch (error) {
    // A recipe, or a merge rule that is a function: somebody else's code, and no fault of the neighbours'.
    rejectFor(run, edit, error, target.value, inDoubt);
    return 'settled';
  }
  if (output.conflicts.length === 0) return { edit, patch: output.patch, value: output.value };
  if (!alone) return 'hold';
  const decided = await decide(run, edit, { target, output, inDoubt });
  return decided === 'settled' || 'movedTo' in decided ? decided : { edit, ...decided };
}

/** Whether the schema allows the value that would be written. */
async function passes(run: Run, part: Part, target: State, inDoubt: boolean): Promise<boolean> {
  const { schema } = part.edit.input.policy;
  if (schema === undefined) return true;
  // A schema is somebody else's code, and may never answer.
  const issues = await run.budget.until(issuesOf(schema, part.value));
  if (issues.length === 0) return true;
  const words = issues.map((issue) => issue.message).join('; ');
  const error = new InvalidMergeError(
    `The value to be written to ${run.url} fails the resource's schema: ${words}. Nothing was written; mend the edit or the merge rules.`,
    { ...part.edit.facts(target.value), issues },
  );
  rejectFor(run, part.edit, error, target.value, inDoubt);
  return false;
}
