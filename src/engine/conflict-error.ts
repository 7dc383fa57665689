import type { MergeConflict } from '../core/conflict.js';
import type { JsonValue } from '../core/json.js';
import { ConflictError } from '../errors/conflict-error.js';
import type { Edit } from './edit.js';
import { inDoubtError } from './endings.js';
import type { Run } from './run.js';

export interface OpenConflicts {
  readonly remote: JsonValue | undefined;
  readonly merged: JsonValue | undefined;
  readonly conflicts: readonly MergeConflict[];
}

/** Ends an edit for conflicts that nobody settled. While a write of it is in doubt, that is told, and the conflict is its cause. */
export function rejectOpen(run: Run, edit: Edit, open: OpenConflicts, cause: unknown, inDoubt: boolean): void {
  const error = conflictError(run, edit, open, cause);
  edit.reject(inDoubt ? inDoubtError(run, edit.facts(open.remote, error), edit.input.local) : error);
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
      retry: (answer) => run.again(edit, answer),
    },
  );
}
