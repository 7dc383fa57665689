import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue } from '../../core/json.js';
import { isObject } from '../../core/json.js';
import { childOf } from '../../core/pointer.js';

/** Deeper than this nothing is looked at: what is missing so deep is found out by the next read. */
const DEEPEST = 100;

type Maybe = JsonValue | undefined;

/**
 * Whether a body that answers a write is the resource as it is now, and not a receipt such as `{"ok":true}`, a summary, or
 * the state before. HTTP does not say (RFC 9110 15.3.1: "a representation of the status of the action"), so it must have
 * every member that was written, at every depth: servers add members and change them, and a summary lacks them. And it must
 * show something of what was changed.
 */
export function isRepresentation(body: JsonValue, written: JsonValue, before: Maybe): boolean {
  if (!isObject(written) && !Array.isArray(written)) return deepEqual(body, written);
  if (isObject(written) && Object.keys(written).length === 0) return false;
  return holds(body, written) && (isSame(written, before) || shows(body, written, before));
}

/** Whether a body says of some place something else than what was written there. */
export function contradicts(body: Maybe, written: JsonValue, depth: number = DEEPEST): boolean {
  if (isObject(body) && isObject(written) && depth > 0)
    return Object.entries(written).some(([name, value]) => contradicts(childOf(body, name), value, depth - 1));
  // A receipt is of another kind than what it is for.
  return (
    body !== undefined &&
    (depth < DEEPEST || Array.isArray(body) === Array.isArray(written)) &&
    !deepEqual(body, written)
  );
}

function holds(body: Maybe, written: JsonValue, depth: number = DEEPEST): boolean {
  if (depth === 0 || written === null) return true;
  if (Array.isArray(written)) {
    // What a list has lost or gained tells nothing: servers keep sets. What they sort stands beside others of its kind.
    return (
      Array.isArray(body) &&
      (body.length !== written.length ||
        written.every((item, at) => !isObject(item) || !isObject(body[at]) || holds(body[at], item, depth - 1)))
    );
  }
  if (!isObject(written)) return body !== undefined;
  return (
    isObject(body) && Object.entries(written).every(([name, value]) => holds(childOf(body, name), value, depth - 1))
  );
}

/** A patch lands whole: one changed place that is no longer what it was tells. */
function shows(body: Maybe, written: Maybe, before: Maybe, depth: number = DEEPEST): boolean {
  if (isSame(written, before)) return false;
  if (!isObject(written) || !isObject(before) || !isObject(body) || depth === 0) return !isSame(body, before);
  return [...new Set([...Object.keys(written), ...Object.keys(before)])].some((name) =>
    shows(childOf(body, name), childOf(written, name), childOf(before, name), depth - 1),
  );
}

function isSame(one: Maybe, other: Maybe): boolean {
  return one === undefined || other === undefined ? one === other : deepEqual(one, other);
}
