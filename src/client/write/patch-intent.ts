import type { Operation } from 'fast-json-patch';
import { InvalidPatchError } from '../../core/errors.js';
import type { JsonValue } from '../../core/json.js';
import { apply } from '../../core/patch/apply.js';

/** The result of a caller's own patch on its base. @throws InvalidPatchError for one that does not fit: told at once, nothing is sent. */
export function patchedBy(patch: readonly Operation[], base: JsonValue, url: string): JsonValue {
  try {
    return apply(base, patch);
  } catch (error) {
    if (!(error instanceof InvalidPatchError)) throw error;
    const { index, reason, message } = error;
    throw new InvalidPatchError(`${message} (for ${url}; nothing was sent)`, { index, reason, url, cause: error });
  }
}
