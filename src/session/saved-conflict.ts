import type { DeepReadonly } from '../contract/paths.js';
import type { ConflictContext } from '../contract/resolver.js';
import { assertJson } from '../core/assert-json.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { JsonValue, Patch } from '../core/json.js';
import { isObject } from '../core/json.js';

/** A conflict session as JSON. It holds what the person wrote and what the server had: store it as carefully as those. */
export interface SavedConflict<T = JsonValue> {
  /** Of this format: 1. */
  readonly format: 1;
  readonly reason: ConflictContext['reason'];
  readonly url: string;
  /** Left out for a create. */
  readonly base?: DeepReadonly<T>;
  /** The version `base` was read with, where it was known. */
  readonly version?: string;
  readonly local: DeepReadonly<T>;
  /** The caller's own patch. Left out where comparing `base` and `local` gives it. */
  readonly patch?: Patch;
  /** Left out when it was gone. */
  readonly remote?: DeepReadonly<T>;
  /** What was chosen, and for which conflict. */
  readonly answers: readonly { readonly conflict: MergeConflict; readonly resolution: Resolution }[];
}

const REASONS: readonly unknown[] = ['stale', 'gone', 'exists'];

/**
 * Reads what was stored. It may have been written by another version of the library, or by nobody.
 *
 * @throws InvalidOptionsError for what is no saved conflict.
 */
export function readSaved(saved: SavedConflict<unknown>): SavedConflict {
  assertJson(saved, 'the saved conflict');
  const isSaved =
    isObject(saved) &&
    saved.format === 1 &&
    REASONS.includes(saved.reason) &&
    typeof saved.url === 'string' &&
    saved.local !== undefined &&
    (saved.reason === 'exists' || saved.base !== undefined) &&
    (saved.reason === 'gone' || saved.remote !== undefined) &&
    (saved.version === undefined || typeof saved.version === 'string') &&
    (saved.patch === undefined || Array.isArray(saved.patch)) &&
    Array.isArray(saved.answers) &&
    saved.answers.every(isAnswer);
  if (isSaved) return saved as SavedConflict & JsonValue;
  throw new InvalidOptionsError(
    'This is no saved conflict of this version. Give what JSON.parse makes of a JSON.stringify of a session.',
    { option: 'saved' },
  );
}

function isAnswer(answer: JsonValue): boolean {
  if (!isObject(answer) || !isObject(answer.conflict) || answer.resolution === undefined) return false;
  const { basePath, remote } = answer.conflict;
  return typeof basePath === 'string' && isObject(remote) && typeof remote.present === 'boolean';
}
