import { deepEqual } from './deep-equal.js';
import type { JsonObject, JsonValue } from './json.js';
import { hasOwn, isContainer, isObject, kindOf } from './json.js';

/** Whether a server, or somebody since, may have made the one of the other. Of scalars only a server's own form is: trimmed, in another case, rounded. */
export function mayBe(one: JsonValue, mine: JsonValue): boolean {
  if (isContainer(mine)) return kindOf(one) === kindOf(mine);
  if (typeof one === 'string' && typeof mine === 'string')
    return one.trim().toLowerCase() === mine.trim().toLowerCase();
  return typeof one === 'number' && typeof mine === 'number' && Math.abs(one - mine) < 1;
}

/** Deeper than this nothing is compared: what is so deep is told by what is above it. */
const DEEPEST = 100;

/** Whether a server may have made the one of the other all by itself: all of it is there, in the server's own form, and more was added (an id). */
export function isFormOf(one: JsonValue | undefined, mine: JsonValue, depth: number = DEEPEST): boolean {
  if (one === undefined || depth === 0) return false;
  if (Array.isArray(mine)) {
    if (!Array.isArray(one) || one.length !== mine.length) return false;
    // Sorted, each has its like somewhere.
    const left = [...one];
    return mine.every((item) => {
      const at = left.findIndex((other) => isFormOf(other, item, depth - 1));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  if (!isObject(mine)) return deepEqual(one, mine) || (!isContainer(one) && mayBe(one, mine));
  return (
    isObject(one) && Object.entries(mine).every(([name, value]) => isFormOf(ownMember(one, name), value, depth - 1))
  );
}

/** Whether an item of a list holds all of mine as it is, and more: an id, a date. */
export function isMineAndMore(one: JsonValue, mine: JsonValue): boolean {
  return (
    isObject(one) &&
    isObject(mine) &&
    Object.keys(mine).length > 0 &&
    Object.entries(mine).every(([name, value]) => {
      const there = ownMember(one, name);
      return there !== undefined && (deepEqual(there, value) || isMineAndMore(there, value));
    })
  );
}

function ownMember(object: JsonObject, name: string): JsonValue | undefined {
  return hasOwn(object, name) ? object[name] : undefined;
}
