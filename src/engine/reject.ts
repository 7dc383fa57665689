import type { ConflictAnswer } from '../contract/resolver.js';
import type { MergeConflict } from '../core/conflict.js';
import type { JsonValue } from '../core/json.js';
import { ConflictError } from '../errors/conflict-error.js';
import type { Answer } from './check-answer.js';
import { checkAnswer } from './check-answer.js';
import type { Edit } from './edit.js';
import { inDoubtError } from './endings.js';
import type { Run } from './run.js';
import type { OpenConflicts } from './take-up.js';
import { takenUp } from './take-up.js';

/** Ends an edit with an error. While a write of it is in doubt, that is told, and the error is its cause. */
export function rejectFor(run: Run, edit: Edit, error: unknown, remote: JsonValue | undefined, inDoubt: boolean): void {
  edit.reject(inDoubt ? inDoubtError(run, edit.facts(remote, error), edit.input.local) : error);
}

/** Ends an edit for conflicts that nobody settled. */
export function rejectOpen(run: Run, edit: Edit, open: OpenConflicts, cause: unknown, inDoubt: boolean): void {
  rejectFor(run, edit, conflictError(run, edit, open, cause), open.remote, inDoubt);
}

/** The error says which conflicts are open, and goes on from here when given an answer. */
function conflictError(run: Run, edit: Edit, open: OpenConflicts, cause: unknown): ConflictError {
  const { base, local, patch } = edit.input;
  const [first, ...others] = open.conflicts;
  const what =
    first === undefined
      ? `${run.url} is not there any more.`
      : `${first.message}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
  const why = cause instanceof Error ? ` The resolver failed: ${cause.message.replace(/[.!?]*$/, '.')}` : '';
  return new ConflictError(
    `${what}${why} Nothing was written to ${run.url}. Settle it with a merge rule or resolver for this resource, or call error.retry(answer).`,
    {
      ...open,
      ...(cause === undefined ? {} : { cause }),
      url: run.url,
      attempts: edit.attempts,
      base,
      local,
      patch,
      retry: async (answer) => {
        const read = readAnswer(answer, open.conflicts);
        if (read.kind === 'none') throw conflictError(run, edit, open, read.cause);
        return run.again(takenUp(edit, open, answer, read));
      },
    },
  );
}

/** What is no answer leaves the conflict open, as it does where a resolver gives it. */
function readAnswer(answer: ConflictAnswer, conflicts: readonly MergeConflict[]): Answer {
  try {
    return checkAnswer(answer, conflicts);
  } catch (cause) {
    return { kind: 'none', cause };
  }
}
