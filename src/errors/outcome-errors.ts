import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { DeepReadonly } from '../contract/paths.js';
import type { JsonValue } from '../core/json.js';
import type { EditErrorFacts } from './edit-error.js';
import { EditError } from './edit-error.js';

/** ERR_RETRY_LIMIT: still stale when attempts or time ran out, or told to wait longer than allowed. `cause` is the last refusal. */
export class RetryLimitError extends EditError {
  /** What the server asked to wait, in ms, where that is why. */
  readonly retryAfter: number | undefined;

  constructor(message: string, facts: EditErrorFacts & { readonly retryAfter?: number | undefined }) {
    super('ERR_RETRY_LIMIT', message, facts);
    this.retryAfter = facts.retryAfter;
  }
}

/** ERR_LOCKED: somebody holds a lock, and it did not clear in time. The resource has not changed. */
export class LockedError extends EditError {
  /** What the server asked to wait, in ms. */
  readonly retryAfter: number | undefined;
  /** Who holds the lock, where the server says. */
  readonly holder: string | undefined;

  constructor(
    message: string,
    facts: EditErrorFacts & { readonly retryAfter: number | undefined; readonly holder: string | undefined },
  ) {
    super('ERR_LOCKED', message, facts);
    this.retryAfter = facts.retryAfter;
    this.holder = facts.holder;
  }
}

/** ERR_GONE: the resource was deleted under the edit. `local` is what the user wanted to save. */
export class GoneError<T = JsonValue> extends EditError<T> {
  declare readonly local: DeepReadonly<T>;

  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_GONE', message, facts);
  }
}

/** ERR_EXISTS: a create met a resource that is there already. */
export class ExistsError extends EditError {
  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_EXISTS', message, facts);
  }
}

/** ERR_REFUSED: the server said no, and not because of the version: a rule, a right, a missing login, a bad value. Never tried again by itself. */
export class RefusedError extends EditError {
  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_REFUSED', message, facts);
  }
}

/** ERR_FAILED: the server failed (5xx), or gave no answer to a write (a page, a 202), each time it was asked. The edit was not saved. */
export class FailedError extends EditError {
  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_FAILED', message, facts);
  }
}

/** ERR_IN_DOUBT: a write may or may not have landed, and the server could not be asked or what it shows does not tell. Read the resource before doing it again. */
export class InDoubtError<T = JsonValue> extends EditError<T> {
  /** What was to be saved; for a delete, what was to be deleted. */
  declare readonly local: DeepReadonly<T>;
  /** True: the server was read, and what it shows does not tell. Otherwise another look may. */
  readonly looked: boolean;

  constructor(message: string, facts: EditErrorFacts & { readonly looked?: boolean }) {
    super('ERR_IN_DOUBT', message, facts);
    this.looked = facts.looked ?? false;
  }
}

/** ERR_INVALID_MERGE: the value to be written fails the resource's schema. Nothing was sent. */
export class InvalidMergeError extends EditError {
  readonly issues: readonly StandardSchemaV1.Issue[];

  constructor(message: string, facts: EditErrorFacts & { readonly issues: readonly StandardSchemaV1.Issue[] }) {
    super('ERR_INVALID_MERGE', message, facts);
    this.issues = facts.issues;
  }
}
