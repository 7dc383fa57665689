import type { ConflictContext, StoppedEdit } from '../../../contract/resolver.js';
import type { EditResult } from '../../../contract/snapshot.js';
import { freezeJson } from '../../../core/assert-json.js';
import type { MergeConflict } from '../../../core/conflict.js';
import { diff } from '../../../core/diff/diff.js';
import type { JsonValue } from '../../../core/json.js';
import type { Batch } from '../../batch.js';
import type { Edit } from '../../queue/edit.js';
import type { Joint } from '../../queue/joint.js';
import { assertWritable } from '../../queue/read-only.js';
import type { Answer } from './answers.js';
import { checkAnswer } from './answers.js';
import { runHook } from './hook.js';

export interface Question {
  /** The edits that it is about. */
  readonly joint: Joint;
  readonly reason: ConflictContext['reason'];
  readonly remote: JsonValue | undefined;
  readonly merged: JsonValue | undefined;
  readonly conflicts: readonly MergeConflict[];
  /** What answers would come to. */
  readonly preview: StoppedEdit['preview'];
}

/** A question that may change as long as it is open: edits that are made meanwhile join it, and others save on. */
export interface Topic {
  /** The question as it is now; the same object until something changes. */
  now(): Question;
  /** Looks again at what the server has. Left out: that does not change. */
  readonly look?: () => Promise<void>;
}

/** What was answered, and the question that the resolver had seen last. */
export interface Answered {
  readonly answer: Answer;
  readonly shown: Question;
}

/** Asks the resolver configured for the edits, for as long as it may take. */
export async function askResolver(batch: Batch, topic: Topic): Promise<Answered> {
  let shown = topic.now();
  const { resolve } = shown.joint.edits[0].input.policy;
  if (resolve === undefined) return { answer: { kind: 'none', cause: undefined }, shown };
  const { resource, clock, budget } = batch;
  const listeners = new Set<() => void>();
  const contexts = new WeakMap<Question, ConflictContext>();
  let answered = false;
  const contextOf = (question: Question, signal: AbortSignal): ConflictContext => {
    const context = contexts.get(question) ?? contextFor(batch, question, signal, open(signal), outcome);
    contexts.set(question, context);
    return context;
  };
  const open = (signal: AbortSignal): Pick<StoppedEdit, 'latest' | 'watch'> => ({
    async latest() {
      if (!answered) await topic.look?.();
      // What is looked up after the answer is too late to be answered for.
      if (!answered) shown = topic.now();
      return contextOf(shown, signal);
    },
    watch(listener) {
      const entry = (): void => listener(contextOf(shown, signal));
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  });
  const outcome = outcomeOf(() => topic.now().joint.edits);
  // Nobody need listen.
  outcome.catch(() => {});
  // Edits that come meanwhile are taken along, also where nobody watches.
  const unsubscribe = resource.subscribe(() => {
    const now = topic.now();
    if (now === shown || listeners.size === 0) return;
    shown = now;
    for (const listener of [...listeners]) listener();
  });
  const startedAt = clock.now();
  resource.setStatus('conflicted');
  let answer: Answer;
  try {
    answer = checkAnswer(await runHook(batch, (signal) => resolve(contextOf(shown, signal))), shown.conflicts);
    assertAllowed(batch, shown, answer);
  } catch (error) {
    budget.signal.throwIfAborted();
    answer = { kind: 'none', cause: error };
  } finally {
    answered = true;
    unsubscribe();
  }
  const ms = clock.now() - startedAt;
  const kind = answer.kind === 'none' ? 'abort' : answer.kind;
  const { edits } = topic.now().joint;
  if (edits.some((edit) => !edit.settled)) resource.setStatus('saving');
  for (const edit of edits) edit.tell({ type: 'resolve', attempt: budget.attempts, answer: kind, ms });
  return { answer, shown };
}

/** An answer is no way around `readonly`. What is to be made again after a deletion changes nothing that is there. */
function assertAllowed({ resource }: Batch, { joint, remote, preview }: Question, answer: Answer): void {
  const { readonly, merge } = joint.edits[0].input.policy;
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
  { joint, reason, remote, merged, conflicts, preview }: Question,
  signal: AbortSignal,
  open: Pick<StoppedEdit, 'latest' | 'watch'>,
  outcome: Promise<EditResult>,
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
      version: base === first.input.base ? baseVersion : undefined,
      derived: isDerived === true,
      schema: policy.schema as StoppedEdit['schema'],
      preview,
      ...open,
      outcome,
    }),
  });
}

/** What became of edits that are one: landed, if one of them did. */
async function outcomeOf(now: () => readonly Edit[]): Promise<EditResult> {
  for (;;) {
    const edits = now();
    try {
      return await Promise.any(edits.map(({ promise }) => promise));
    } catch (all) {
      // Others may have come meanwhile.
      if (now().length > edits.length) continue;
      throw all instanceof AggregateError ? all.errors.at(-1) : all;
    }
  }
}
