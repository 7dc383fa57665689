import type { ErrorFacts } from '../core/errors.js';
import { UnconflictError } from '../core/errors.js';
import type { EditErrorFacts } from './edit-error.js';
import { EditError } from './edit-error.js';

/** ERR_MISSING_VERSION: no version to make the write conditional on. The message says where it should have been, and which header CORS must expose. */
export class MissingVersionError extends EditError {
  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_MISSING_VERSION', message, facts);
  }
}

/** ERR_MISSING_BASE: what the write was made from is unknown, or several snapshots could be it. Name it with `base`. */
export class MissingBaseError extends UnconflictError {
  constructor(message: string, facts: ErrorFacts) {
    super('ERR_MISSING_BASE', message, facts);
  }
}

/** ERR_READONLY_PATH: the edit touches a path that `readonly` protects. Nothing was sent. */
export class ReadonlyPathError extends UnconflictError {
  /** Where the edit touched it. */
  readonly path: string;

  constructor(message: string, facts: ErrorFacts & { readonly path: string }) {
    super('ERR_READONLY_PATH', message, facts);
    this.path = facts.path;
  }
}

/** ERR_UNREADABLE: a 2xx whose body is no JSON value, empty where one is needed, cut off, too large, or not what the schema allows. */
export class UnreadableResponseError extends UnconflictError {
  constructor(message: string, facts: ErrorFacts) {
    super('ERR_UNREADABLE', message, facts);
  }
}

/** ERR_CLOSED: the client was closed. */
export class ClosedError extends UnconflictError {
  constructor(url: string) {
    super('ERR_CLOSED', `The client for ${url} is closed. Make a new one with createClient().`, { url });
  }
}
