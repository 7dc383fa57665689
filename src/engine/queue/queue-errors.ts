import type { JsonValue } from '../../core/json.js';
import { ConflictError } from '../../errors/conflict-error.js';
import { DeadlockError, EditError } from '../../errors/edit-error.js';
import { ExistsError, GoneError, InDoubtError } from '../../errors/outcome-errors.js';
import type { Edit } from './edit.js';

/** A hook that awaits an edit of the resource it is asked about would wait for itself. */
export function deadlock(url: string, edit: Edit): DeadlockError {
  const why = `A hook (a resolver, a lock's \`release\`) may not edit ${url}, which it is asked about: the edit would wait for the hook. Give the answer instead, or edit when it is given.`;
  return new DeadlockError(why, edit.facts(undefined));
}

/**
 * The error of an edit that was made on a create that has failed: what may be there instead is somebody else's. Undefined where the
 * create may be there all the same, or can still be answered.
 */
export function notCreated(url: string, edit: Edit, cause: unknown): ExistsError | GoneError | undefined {
  if (!(cause instanceof EditError) || cause instanceof InDoubtError || cause instanceof ConflictError)
    return undefined;
  const why = `${url} was not created, and the edit was made on it. It is in error.edit.`;
  const facts = edit.facts(undefined, cause);
  return cause instanceof ExistsError ? new ExistsError(why, facts) : new GoneError<JsonValue>(why, facts);
}
