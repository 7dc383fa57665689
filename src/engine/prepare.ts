import type { StandardSchemaV1 } from '@standard-schema/spec';
import { compose } from '../core/compose.js';
import { diff } from '../core/diff.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { RebaseOutput } from '../core/rebase.js';
import { rebaseEdit } from '../core/rebase.js';
import { InvalidMergeError } from '../errors/outcome-errors.js';
import { answersTo, settledBy, stillHolding } from './answers.js';
import { askResolver } from './ask-resolver.js';
import { conflictError } from './conflict-error.js';
import type { Edit } from './edit.js';
import type { State } from './port.js';
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
}

/** Rebases every edit onto the target. An edit that fails is rejected here and left out, its neighbours unharmed. */
export async function prepare(run: Run, edits: readonly Edit[], target: State): Promise<Prepared> {
  const parts: Part[] = [];
  const held: Edit[] = [];
  let value = target.value;
  let patch: Patch = [];
  for (const edit of edits) {
    const part = await prepareOne(run, edit, { value, version: target.version }, edits.length === 1);
    if (part === 'hold') held.push(edit);
    if (part === 'hold' || part === 'settled' || !(await passes(run, part, target))) continue;
    parts.push(part);
    patch = patch.length === 0 ? part.patch : compose(target.value, patch, part.patch);
    value = part.value;
  }
  return { parts, patch, value, held };
}

async function prepareOne(run: Run, edit: Edit, target: State, alone: boolean): Promise<Part | 'hold' | 'settled'> {
  const { replay } = edit.input;
  if (replay !== undefined) {
    try {
      const intent = replay(target.value);
      return { edit, patch: intent.patch, value: intent.local };
    } catch (error) {
      edit.reject(error);
      return 'settled';
    }
  }
  const output = rebaseWithAnswers(run, edit, target.value);
  if (output.conflicts.length === 0) return { edit, patch: output.patch, value: output.value };
  return alone ? decide(run, edit, target, output) : 'hold';
}

function rebaseWithAnswers(run: Run, edit: Edit, remote: JsonValue): RebaseOutput {
  const { merge } = edit.input.policy;
  const { base, patch, isDerived } = edit.intent;
  const startedAt = run.clock.now();
  let output = rebaseEdit({ base, patch, remote, merge }, isDerived !== true);
  const resolutions = stillHolding(edit.answers, output.conflicts);
  if (resolutions !== undefined) output = rebaseEdit({ base, patch, remote, merge, resolutions }, isDerived !== true);
  edit.resolved = [...edit.settledByValue, ...output.resolved];
  if (edit.rebased) {
    const { conflicts, resolved } = output;
    const ms = run.clock.now() - startedAt;
    const operations = output.patch.length;
    edit.input.emit({ type: 'rebase', attempt: run.budget.attempts, operations, conflicts, resolved, ms });
  }
  return output;
}

async function decide(run: Run, edit: Edit, target: State, output: RebaseOutput): Promise<Part | 'settled'> {
  const { conflicts, value: merged } = output;
  const open = { remote: target.value, merged, conflicts };
  const answer = await askResolver(run, edit, { reason: 'stale', ...open });
  switch (answer.kind) {
    case 'none':
      edit.reject(conflictError(run, edit, open, answer.cause));
      return 'settled';
    case 'discard':
      edit.resolved = [
        ...edit.resolved,
        ...conflicts.map((conflict) => ({ ...conflict, by: 'resolver', resolution: 'remote' }) as const),
      ];
      edit.accept(target, [], false);
      return 'settled';
    case 'value':
      // The answer was made from this remote: from here on it is the edit, and this remote its base.
      edit.settledByValue = [...edit.settledByValue, ...settledBy(answer.value, conflicts)];
      edit.answers = [];
      edit.intent = {
        base: target.value,
        local: answer.value,
        isDerived: true,
        patch: diff(target.value, answer.value, { merge: edit.input.policy.merge }),
      };
      break;
    case 'local':
    case 'remote':
      edit.answers = [...edit.answers, ...conflicts.map((conflict) => ({ conflict, resolution: answer.kind }))];
      break;
    case 'resolutions':
      edit.answers = [...edit.answers, ...answersTo(conflicts, answer.resolutions)];
  }
  const settled = rebaseWithAnswers(run, edit, target.value);
  if (settled.conflicts.length === 0) return { edit, patch: settled.patch, value: settled.value };
  const left = { remote: target.value, merged: settled.value, conflicts: settled.conflicts };
  edit.reject(conflictError(run, edit, left, undefined));
  return 'settled';
}

/** Whether the schema allows the value that would be written. */
async function passes(run: Run, part: Part, target: State): Promise<boolean> {
  const { schema } = part.edit.input.policy;
  if (schema === undefined) return true;
  const issues = await issuesOf(schema, part.value);
  if (issues === undefined) return true;
  const words = issues.map((issue) => issue.message).join('; ');
  part.edit.reject(
    new InvalidMergeError(
      `The value to be written to ${run.url} fails the resource's schema: ${words}. Nothing was written; mend the edit or the merge rules.`,
      { ...part.edit.facts(target.value), issues },
    ),
  );
  return false;
}

/** A schema is somebody else's code: when it throws, that is what is wrong with this value. */
async function issuesOf(
  schema: StandardSchemaV1,
  value: JsonValue,
): Promise<readonly StandardSchemaV1.Issue[] | undefined> {
  try {
    return (await schema['~standard'].validate(value)).issues;
  } catch (error) {
    return [{ message: `the schema itself failed: ${String(error)}` }];
  }
}
