import { UnconflictError } from '../core/errors.js';

export { InvalidJsonError, InvalidOptionsError, InvalidPatchError, UnconflictError } from '../core/errors.js';
export { ConflictError } from './conflict-error.js';
export type { LocalEdit } from './edit-error.js';
export { ChunkError, DeadlockError, EditError } from './edit-error.js';
export {
  ExistsError,
  FailedError,
  GoneError,
  InDoubtError,
  InvalidMergeError,
  LockedError,
  RefusedError,
  RetryLimitError,
} from './outcome-errors.js';
export {
  ClosedError,
  DiscardedError,
  MissingBaseError,
  MissingVersionError,
  ReadonlyPathError,
  StorageError,
  UnreadableResponseError,
} from './usage-errors.js';

/**
 * Whether a caught value is an error of this library.
 *
 * @example
 * ```ts
 * import { isUnconflictError } from 'unconflict';
 *
 * const explain = (error: unknown) => (isUnconflictError(error) ? `${error.code}: ${error.message}` : 'unknown');
 * console.log(explain(new Error('something else'))); // unknown
 * ```
 */
export function isUnconflictError(value: unknown): value is UnconflictError {
  return value instanceof UnconflictError;
}
