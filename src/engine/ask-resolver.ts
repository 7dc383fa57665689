import type { ConflictAnswer, ConflictContext, StoppedEdit } from '../contract/resolver.js';
import { assertJson, freezeJson } from '../core/assert-json.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import type { JsonValue } from '../core/json.js';
import type { Edit } from './edit.js';
import { runHook } from './hook.js';
import type { Run } from './run.js';

/** A resolver's answer, checked. `none`: it gave up, threw, or answered something that is no answer. */
export type Answer =
  | { readonly kind: 'none'; readonly cause: unknown }
  | { readonly kind: 'local' }
  | { readonly kind: 'remote' }
  | { readonly kind: 'discard' }
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'resolutions'; readonly resolutions: Record<string, Resolution> };

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
    answer = check(await runHook(run, (signal) => resolve(contextOf(question, signal))), asked.conflicts);
  } catch (error) {
    run.budget.signal.throwIfAborted();
    answer = { kind: 'none', cause: error };
  } finally {
    answered = true;
  }
  run.shelf.setStatus('saving');
  edit.input.emit({
    type: 'resolve',
    attempt: run.budget.attempts,
    answer: answer.kind === 'none' ? 'abort' : answer.kind,
    ms: run.clock.now() - startedAt,
  });
  return answer;
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

const WORDS: readonly unknown[] = ['local', 'remote', 'base', 'remove'];

function checkResolution(path: string, resolution: unknown): void {
  if (WORDS.includes(resolution)) return;
  if (typeof resolution === 'object' && resolution !== null && 'value' in resolution) {
    assertJson(resolution.value, `the resolver's { value } for "${path}"`);
    return;
  }
  throw new TypeError(
    `The resolver answered ${JSON.stringify(resolution) ?? typeof resolution} for "${path}". A resolution is 'local', 'remote', 'base', 'remove' or { value }.`,
  );
}

function check(answer: ConflictAnswer<unknown>, conflicts: readonly MergeConflict[]): Answer {
  if (answer === undefined || answer === 'abort') return { kind: 'none', cause: undefined };
  if (answer === 'local' || answer === 'remote' || answer === 'discard') return { kind: answer };
  if (typeof answer === 'object' && answer !== null) {
    if ('value' in answer) {
      assertJson(answer.value, "the resolver's { value }");
      return { kind: 'value', value: answer.value };
    }
    if ('resolutions' in answer && typeof answer.resolutions === 'object' && answer.resolutions !== null) {
      const known = new Set(conflicts.flatMap((conflict) => [conflict.basePath, conflict.path]));
      const stray = Object.keys(answer.resolutions).find((path) => !known.has(path));
      if (stray === undefined) {
        for (const [path, resolution] of Object.entries(answer.resolutions)) checkResolution(path, resolution);
        return { kind: 'resolutions', resolutions: answer.resolutions };
      }
      throw new TypeError(
        `The resolver answered for "${stray}", where there is no conflict. Answer for ${[...known].map((path) => `"${path}"`).join(', ') || 'nothing'}: each conflict's basePath.`,
      );
    }
  }
  throw new TypeError(
    `The resolver answered ${JSON.stringify(answer) ?? typeof answer}. It may answer 'local', 'remote', 'discard', 'abort', undefined, { value } or { resolutions }.`,
  );
}
