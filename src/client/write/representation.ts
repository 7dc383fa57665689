import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue } from '../../core/json.js';

/**
 * Whether a body that answers a write is the resource as it is now, and not a receipt such as `{"ok":true}`. HTTP does
 * not say (RFC 9110 15.3.1: "a representation of the status of the action"), so it must have every member that was
 * written: servers add members and change them, and a receipt lacks them.
 */
export function isRepresentation(body: JsonValue, written: JsonValue): boolean {
  if (Array.isArray(written)) return Array.isArray(body);
  if (written === null || typeof written !== 'object') return deepEqual(body, written);
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return false;
  const names = Object.keys(written);
  return names.length > 0 && names.every((name) => Object.hasOwn(body, name));
}
