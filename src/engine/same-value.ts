import { deepEqual } from '../core/deep-equal.js';
import type { JsonValue } from '../core/json.js';
import { withoutServerOwned } from '../core/server-owned.js';
import { withoutVersion } from '../protocol/version-in-body.js';
import type { Policy } from './policy.js';

/** Whether two values are the same but for what the server adds: versions, and what is owned by it. */
export function isSameValue({ codec, merge }: Policy, a: JsonValue, b: JsonValue): boolean {
  const own = (value: JsonValue): JsonValue => withoutServerOwned(withoutVersion(codec, value), merge);
  return deepEqual(own(a), own(b));
}
