import type { Operation } from 'fast-json-patch';
import { apply } from '../../core/apply.js';
import { assertJson, cloneJson } from '../../core/assert-json.js';
import { InvalidPatchError } from '../../core/errors.js';
import type { JsonValue } from '../../core/json.js';
import type { Intent } from '../../engine/edit.js';

/**
 * What a caller's own patch wants of whatever base it is made from. The operations are copied now, and the copy is ours.
 *
 * @throws InvalidJsonError for a patch that JSON cannot carry; the intent, InvalidPatchError for one that does not fit its base.
 */
export function patchIntent(operations: readonly Operation[], url: string): (base: JsonValue) => Intent {
  const list: unknown = operations;
  assertJson(list, `the patch for ${url}`);
  const copy: unknown = cloneJson(list);
  const patch = copy as readonly Operation[];
  return (base) => ({ base, patch: [...patch], isDerived: false, local: applied(base, patch, url) });
}

/** The patch's result on its own base; a patch that does not fit is told at once, and nothing is sent. */
function applied(base: JsonValue, patch: readonly Operation[], url: string): JsonValue {
  try {
    return apply(base, patch);
  } catch (error) {
    if (!(error instanceof InvalidPatchError)) throw error;
    const { index, reason, message } = error;
    throw new InvalidPatchError(`${message} (for ${url}; nothing was sent)`, { index, reason, url, cause: error });
  }
}
