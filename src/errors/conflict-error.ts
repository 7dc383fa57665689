import type { DeepReadonly } from '../contract/paths.js';
import type { ConflictAnswer } from '../contract/resolver.js';
import type { EditResult } from '../contract/snapshot.js';
import type { MergeConflict } from '../core/conflict.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { EditErrorFacts } from './edit-error.js';
import { EditError } from './edit-error.js';

export interface ConflictErrorFacts<T> extends Omit<EditErrorFacts, 'retry'> {
  readonly base: DeepReadonly<T> | undefined;
  readonly local: DeepReadonly<T>;
  readonly remote: DeepReadonly<T> | undefined;
  readonly merged: DeepReadonly<T> | undefined;
  readonly patch: Patch;
  readonly conflicts: readonly MergeConflict[];
  readonly retry: (answer: ConflictAnswer<T>) => Promise<EditResult<T>>;
}

/**
 * ERR_CONFLICT: local and remote changed the same thing and nobody settled it. Nothing was sent.
 *
 * Holds everything a dialog needs, and `retry()` goes on from here with an answer.
 *
 * @example
 * ```ts
 * import { ConflictError, createClient } from 'unconflict';
 *
 * const article = createClient({ prefix: 'https://api.example.com' }).resource<{ title: string }>('articles/1');
 * try {
 *   await article.edit((draft) => { draft.title = 'Mine'; });
 * } catch (error) {
 *   if (!(error instanceof ConflictError)) throw error;
 *   for (const conflict of error.conflicts) console.log(conflict.message);
 *   await error.retry('local');
 * }
 * ```
 */
export class ConflictError<T = JsonValue> extends EditError<T> {
  readonly base: DeepReadonly<T> | undefined;
  declare readonly local: DeepReadonly<T>;
  readonly remote: DeepReadonly<T> | undefined;
  /** Everything that merged; remote's value wherever a conflict is open. */
  readonly merged: DeepReadonly<T> | undefined;
  readonly patch: Patch;
  readonly conflicts: readonly MergeConflict[];
  readonly #answered: (answer: ConflictAnswer<T>) => Promise<EditResult<T>>;

  constructor(message: string, facts: ConflictErrorFacts<T>) {
    const { retry, ...own } = facts;
    super('ERR_CONFLICT', message, own);
    this.base = facts.base;
    this.remote = facts.remote;
    this.merged = facts.merged;
    this.patch = facts.patch;
    this.conflicts = facts.conflicts;
    this.#answered = retry;
  }

  /** Makes the edit again with this answer, once. A later, different conflict goes to the configured resolver as usual. */
  override retry(answer?: ConflictAnswer<T>): Promise<EditResult<T>> {
    return this.#answered(answer);
  }
}
