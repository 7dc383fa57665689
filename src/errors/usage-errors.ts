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

/** ERR_MISSING_BASE: what the write was made from is unknown, several snapshots could be it, or `base` is of another resource. Name it with `base`. */
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

/** ERR_DISCARDED: somebody took the edit out of the outbox before it was saved. */
export class DiscardedError extends UnconflictError {
  constructor(url: string) {
    super('ERR_DISCARDED', `The edit of ${url} was taken out of the outbox before it was saved.`, { url });
  }
}

/** ERR_STORAGE: an outbox's storage did not do what it should. Edits go on in memory, and nothing that is stored was thrown away. */
export class StorageError extends UnconflictError {
  /**
   * `full`: the quota is used up. `blocked`: no answer within 5 s. `corrupt`: what is stored there is no edit. `newer`: it was stored by a later
   * version of this library. `failed`: anything else, see `cause`.
   */
  readonly reason: 'full' | 'blocked' | 'corrupt' | 'newer' | 'failed';
  /** Where. Undefined: it was about all keys. */
  readonly key: string | undefined;

  constructor(
    message: string,
    facts: ErrorFacts & { readonly reason: StorageError['reason']; readonly key: string | undefined },
  ) {
    super('ERR_STORAGE', message, facts);
    this.reason = facts.reason;
    this.key = facts.key;
  }
}

/** ERR_CLOSED: the client was closed. */
export class ClosedError extends UnconflictError {
  constructor(url: string) {
    super('ERR_CLOSED', `The client for ${url} is closed. Make a new one with createClient().`, { url });
  }
}
