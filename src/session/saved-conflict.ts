import type { SavedConflict } from '../contract/conflict-session.js';
import { assertJson } from '../core/assert-json.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { JsonValue } from '../core/json.js';
import { isObject } from '../core/json.js';

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
