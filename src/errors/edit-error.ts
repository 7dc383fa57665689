import type { DeepReadonly } from '../contract/paths.js';
import type { ConflictAnswer } from '../contract/resolver.js';
import type { EditResult } from '../contract/snapshot.js';
import type { ErrorFacts } from '../core/errors.js';
import { UnconflictError } from '../core/errors.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { ProblemDetails } from '../protocol/answer.js';

/** What the user did, kept on every error that ends an edit, so that nothing is lost with it. */
export interface LocalEdit {
  /** What the edit was made from; undefined for a create. */
  readonly base: JsonValue | undefined;
  /** What it wanted; undefined for a delete. */
  readonly local: JsonValue | undefined;
  /** The latest seen on the server; undefined where nothing was there. */
  readonly remote: JsonValue | undefined;
  /** The local patch, against `base`. */
  readonly patch: Patch;
}

export interface EditErrorFacts extends ErrorFacts {
  readonly edit: LocalEdit;
  /** Default: what the edit wanted. */
  readonly local?: unknown;
  readonly status?: number | undefined;
  readonly problem?: ProblemDetails | undefined;
  /** Makes the edit again. Undefined: the queue it came from is not known. */
  readonly retry?: (() => Promise<EditResult>) | undefined;
}

/** The parent of the errors that end an edit: what the server said, and the edit, so that it can be shown, kept and made again. */
export class EditError<T = JsonValue> extends UnconflictError {
  /** What the user did: show it, keep it, send it again. */
  readonly edit: LocalEdit;
  /** What it wanted; undefined for a delete. */
  readonly local: DeepReadonly<T> | undefined;
  /** The status of the server's last answer to a write, if there was one. */
  readonly status: number | undefined;
  /** The server's own words, if it had any. */
  readonly problem: ProblemDetails | undefined;
  readonly #retry: (() => Promise<EditResult>) | undefined;

  constructor(code: string, message: string, facts: EditErrorFacts) {
    super(code, message, facts);
    this.edit = facts.edit;
    this.local = (facts.local ?? facts.edit.local) as DeepReadonly<T> | undefined;
    this.status = facts.status;
    this.problem = facts.problem;
    this.#retry = facts.retry;
  }

  /**
   * Makes the edit again on what is there now. While a write is in doubt it is looked for first. However often this is called, it is
   * made once: later calls give the promise of the first.
   *
   * @throws What it meets this time; this error itself, where the edit cannot be made again (a plain verb's: call that again).
   */
  retry(_answer?: ConflictAnswer<T>): Promise<EditResult<T>> {
    if (this.#retry === undefined) return Promise.reject(this);
    return this.#retry() as Promise<EditResult<T>>;
  }
}

/** ERR_CHUNK: a part of the library that is loaded when it is needed could not be loaded. Nothing was written. */
export class ChunkError extends EditError {
  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_CHUNK', message, facts);
  }
}

/** ERR_DEADLOCK: a hook (a resolver, a lock's `release`) edits the resource that it is asked about, and would wait for itself. Nothing was sent. */
export class DeadlockError extends EditError {
  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_DEADLOCK', message, facts);
  }
}
