import type { ConflictContext, StoppedEdit } from '../contract/resolver.js';
import { freezeJson } from '../core/assert-json.js';
import type { MergeConflict } from '../core/conflict.js';
import { diff } from '../core/diff.js';
import type { JsonValue } from '../core/json.js';
import type { Answer } from './check-answer.js';
import { checkAnswer } from './check-answer.js';
import type { Edit } from './edit.js';
import { runHook } from './hook.js';
import { assertWritable } from './read-only.js';
import type { Run } from './run.js';

export interface Question {
  readonly reason: ConflictContext['reason'];
  readonly remote: JsonValue | undefined;
  readonly merged: JsonValue | undefined;
  readonly conflicts: readonly MergeConflict[];
  /** What answers would come to. */
  readonly preview: StoppedEdit['preview'];
  /** Looks again, and puts the question that is to be answered from then on. Undefined: this question does not change. */
  readonly latest: (() => Promise<Question>) | undefined;
}

/** Asks the resolver configured for the edit, for as long as it may take. */
export async function askResolver(run: Run, edit: Edit, question: Question): Promise<Answer> {
  const { resolve } = edit.input.policy;
  if (resolve === undefined) return { kind: 'none', cause: undefined };
  let asked = question;
  let answered = false;
  const contextOf = (put: Question, signal: AbortSignal): ConflictContext => {
    const context = contextFor(run, edit, put, signal, async () => {
      // What is looked up after the answer is too late to be answered for.
      if (!answered && asked.latest !== undefined) asked = await asked.latest();
      return asked === put ? context : contextOf(asked, signal);
    });
    return context;
  };
  const startedAt = run.clock.now();
  run.shelf.setStatus('conflicted');
  let answer: Answer;
  try {
    answer = checkAnswer(await runHook(run, (signal) => resolve(contextOf(question, signal))), asked.conflicts);
    assertAllowed(run, edit, asked, answer);
  } catch (error) {
    run.budget.signal.throwIfAborted();
    answer = { kind: 'none', cause: error };
  } finally {
    answered = true;
  }
  if (!edit.settled) run.shelf.setStatus('saving');
  edit.tell({
    type: 'resolve',
    attempt: run.budget.attempts,
    answer: answer.kind === 'none' ? 'abort' : answer.kind,
    ms: run.clock.now() - startedAt,
  });
  return answer;
}

/** An answer is no way around `readonly`. What is to be made again after a deletion changes nothing that is there. */
function assertAllowed(run: Run, edit: Edit, { remote, preview }: Question, answer: Answer): void {
  const { readonly, merge } = edit.input.policy;
  if (readonly.length === 0 || remote === undefined) return;
  if (answer.kind === 'value') {
    assertWritable({ base: remote, patch: diff(remote, answer.value, { merge }) }, readonly, run.url);
  } else if (answer.kind === 'resolutions') {
    assertWritable({ base: remote, patch: preview(answer.resolutions).patch }, readonly, run.url);
  }
}

/** What the resolver is shown. It is somebody else's code: nothing of it can be written to. */
function contextFor(
  run: Run,
  edit: Edit,
  { reason, remote, merged, conflicts, preview }: Question,
  signal: AbortSignal,
  latest: () => Promise<ConflictContext>,
): ConflictContext {
  const { base, local, patch, isDerived } = edit.intent;
  const { id, baseVersion, policy } = edit.input;
  for (const value of [base, local, remote, merged]) if (value !== undefined) freezeJson(value);
  for (const operation of patch) if ('value' in operation) freezeJson(operation.value);
  return Object.freeze({
    reason,
    remote,
    merged,
    conflicts: Object.freeze(conflicts.map((conflict) => Object.freeze(conflict))),
    url: run.url,
    base: reason === 'exists' ? undefined : base,
    local,
    patch: patch.map((operation) => Object.freeze({ ...operation })),
    attempt: run.budget.attempts,
    signal,
    edit: Object.freeze({
      id,
      version: edit.intent === edit.input ? baseVersion : undefined,
      derived: isDerived === true,
      schema: policy.schema as StoppedEdit['schema'],
      preview,
      latest,
      outcome: edit.promise,
    }),
  });
}
