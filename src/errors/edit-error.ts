import type { ErrorFacts } from '../core/errors.js';
import { UnconflictError } from '../core/errors.js';
import type { JsonValue, Patch } from '../core/json.js';

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
}

/** The parent of the errors that end an edit. */
export class EditError extends UnconflictError {
  /** What the user did: show it, keep it, send it again. */
  readonly edit: LocalEdit;

  constructor(code: string, message: string, facts: EditErrorFacts) {
    super(code, message, facts);
    this.edit = facts.edit;
  }
}

/** ERR_CHUNK: a part of the library that is loaded when it is needed could not be loaded. Nothing was written. */
export class ChunkError extends EditError {
  constructor(message: string, facts: EditErrorFacts) {
    super('ERR_CHUNK', message, facts);
  }
}
