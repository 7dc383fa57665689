import type { ConflictContext, StoppedEdit } from '../../contract/resolver.js';
import type { EditResult } from '../../contract/snapshot.js';
import { freezeJson } from '../../core/assert-json.js';
import type { MergeConflict } from '../../core/conflict.js';
import { diff } from '../../core/diff/diff.js';
import type { JsonValue } from '../../core/json.js';
import type { Batch } from '../batch.js';
import type { Joint } from '../joint.js';
import { assertWritable } from '../read-only.js';
import type { Answer } from './answers.js';
import { checkAnswer } from './answers.js';
import { runHook } from './hook.js';

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

/** Asks the resolver configured for the edits, for as long as it may take. */
export async function askResolver(batch: Batch, joint: Joint, question: Question): Promise<Answer> {
  const { resolve } = joint.edits[0].input.policy;
  if (resolve === undefined) return { kind: 'none', cause: undefined };
  const { resource, clock, budget } = batch;
  let asked = question;
  let answered = false;
  const contextOf = (put: Question, signal: AbortSignal): ConflictContext => {
    const context = contextFor(batch, joint, put, signal, async () => {
      // What is looked up after the answer is too late to be answered for.
      if (!answered && asked.latest !== undefined) asked = await asked.latest();
      return asked === put ? context : contextOf(asked, signal);
    });
    return context;
  };
  const startedAt = clock.now();
  resource.setStatus('conflicted');
  let answer: Answer;
  try {
    answer = checkAnswer(await runHook(batch, (signal) => resolve(contextOf(question, signal))), asked.conflicts);
    assertAllowed(batch, joint, asked, answer);
  } catch (error) {
    budget.signal.throwIfAborted();
    answer = { kind: 'none', cause: error };
  } finally {
    answered = true;
  }
  const ms = clock.now() - startedAt;
  const kind = answer.kind === 'none' ? 'abort' : answer.kind;
  if (joint.edits.some((edit) => !edit.settled)) resource.setStatus('saving');
  for (const edit of joint.edits) edit.tell({ type: 'resolve', attempt: budget.attempts, answer: kind, ms });
  return answer;
}

/** An answer is no way around `readonly`. What is to be made again after a deletion changes nothing that is there. */
function assertAllowed({ resource }: Batch, { edits }: Joint, { remote, preview }: Question, answer: Answer): void {
  const { readonly, merge } = edits[0].input.policy;
  if (readonly.length === 0 || remote === undefined) return;
  if (answer.kind === 'value') {
    assertWritable({ base: remote, patch: diff(remote, answer.value, { merge }) }, readonly, resource.url);
  } else if (answer.kind === 'resolutions') {
    assertWritable({ base: remote, patch: preview(answer.resolutions).patch }, readonly, resource.url);
  }
}

/** What the resolver is shown. It is somebody else's code: nothing of it can be written to. */
function contextFor(
  batch: Batch,
  joint: Joint,
  { reason, remote, merged, conflicts, preview }: Question,
  signal: AbortSignal,
  latest: () => Promise<ConflictContext>,
): ConflictContext {
  const { base, local, patch, isDerived } = joint.intent;
  const [first] = joint.edits;
  const { id, baseVersion, policy } = first.input;
  for (const value of [base, local, remote, merged]) if (value !== undefined) freezeJson(value);
  for (const operation of patch) if ('value' in operation) freezeJson(operation.value);
  return Object.freeze({
    reason,
    remote,
    merged,
    conflicts: Object.freeze(conflicts.map((conflict) => Object.freeze(conflict))),
    url: batch.resource.url,
    origin: policy.origin,
    base: reason === 'exists' ? undefined : base,
    local,
    patch: patch.map((operation) => Object.freeze({ ...operation })),
    attempt: batch.budget.attempts,
    signal,
    edit: Object.freeze({
      id,
      version: first.intent === first.input ? baseVersion : undefined,
      derived: isDerived === true,
      schema: policy.schema as StoppedEdit['schema'],
      preview,
      latest,
      outcome: outcomeOf(joint),
    }),
  });
}

/** What became of edits that are one: landed, if one of them did. */
function outcomeOf({ edits }: Joint): Promise<EditResult> {
  const [only, second] = edits;
  if (second === undefined) return only.promise;
  const outcome = Promise.any(edits.map(({ promise }) => promise)).catch((all: unknown) => {
    throw all instanceof AggregateError ? all.errors.at(-1) : all;
  });
  // Nobody need listen.
  outcome.catch(() => {});
  return outcome;
}
