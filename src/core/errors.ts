/** What every error of this library knows besides its message. */
export interface ErrorFacts {
  /** The resource, or `''` where no request is involved. */
  readonly url?: string;
  /** Writes sent before this error. Default 0. */
  readonly attempts?: number;
  readonly cause?: unknown;
}

/**
 * The parent of every error this library throws. Tell them apart by `code`.
 *
 * @example
 * ```ts
 * import { apply, UnconflictError } from 'unconflict/core';
 * try {
 *   apply({}, [{ op: 'remove', path: '/missing' }]);
 * } catch (error) {
 *   if (error instanceof UnconflictError) console.log(error.code); // ERR_INVALID_PATCH
 * }
 * ```
 */
export class UnconflictError extends Error {
  /** Stable name for programs, `ERR_…`. */
  readonly code: string;
  /** The resource, or `''` where no request is involved. */
  readonly url: string;
  /** Writes sent before this error. */
  readonly attempts: number;

  constructor(code: string, message: string, facts: ErrorFacts = {}) {
    super(message, 'cause' in facts ? { cause: facts.cause } : undefined);
    this.name = new.target.name;
    this.code = code;
    this.url = facts.url ?? '';
    this.attempts = facts.attempts ?? 0;
  }
}

/** ERR_INVALID_PATCH: the patch is malformed, or does not apply to its base. Nothing was changed. */
export class InvalidPatchError extends UnconflictError {
  /** Index of the operation at fault. */
  readonly index: number;
  /** What is wrong with it, without the surrounding sentence. */
  readonly reason: string;

  constructor(message: string, facts: ErrorFacts & { readonly index: number; readonly reason: string }) {
    super('ERR_INVALID_PATCH', message, facts);
    this.index = facts.index;
    this.reason = facts.reason;
  }
}

/** ERR_INVALID_JSON: a value that JSON cannot carry (Date, Map, undefined, NaN, a cycle …), and where it is. */
export class InvalidJsonError extends UnconflictError {
  /** JSON Pointer to the offending value. */
  readonly path: string;

  constructor(message: string, facts: ErrorFacts & { readonly path: string }) {
    super('ERR_INVALID_JSON', message, facts);
    this.path = facts.path;
  }
}

/** ERR_INVALID_OPTIONS: an option that cannot work, found when it is given and not in the middle of a merge. */
export class InvalidOptionsError extends UnconflictError {
  /** Which option, as a path of names: `resources["/articles/:id"].merge["/tags"]`. */
  readonly option: string;

  constructor(message: string, facts: ErrorFacts & { readonly option: string }) {
    super('ERR_INVALID_OPTIONS', message, facts);
    this.option = facts.option;
  }
}
