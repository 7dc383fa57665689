import type { JsonContainer, JsonObject, JsonValue } from './json.js';
import { hasOwn, isContainer } from './json.js';

/**
 * Pairs of containers that were found to differ, for who compares level by level: each is looked into once, however often it is asked for.
 */
export type Different = Map<JsonContainer, JsonContainer>;

/**
 * Whether two JSON values are the same value: member order does not count, `-0` is `0`, null is not missing.
 * What JSON cannot carry (a Date, NaN, undefined) equals nothing, unless the container around it is the very same one on both sides.
 */
export function deepEqual(a: JsonValue | undefined, b: JsonValue | undefined, known?: Different): boolean {
  if (a === b) return isContainer(a) || isJsonScalar(a);
  if (!isContainer(a) || !isContainer(b)) return false;
  if (known !== undefined && known.get(a) === b) return false;
  const isEqual = Array.isArray(a)
    ? Array.isArray(b) && equalItems(a, b, known)
    : !Array.isArray(b) && equalMembers(a, b, known);
  if (!isEqual) known?.set(a, b);
  return isEqual;
}

function equalItems(a: readonly JsonValue[], b: readonly JsonValue[], known: Different | undefined): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!deepEqual(a[at], b[at], known)) return false;
  return true;
}

function equalMembers(a: JsonObject, b: JsonObject, known: Different | undefined): boolean {
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? '';
    // Both sides mostly list their members in one order, and then no look-up is needed.
    if (key !== others[at] && !hasOwn(b, key)) return false;
    if (!deepEqual(a[key], b[key], known)) return false;
  }
  return true;
}

/** Whether JSON can carry a value that is no container. */
export function isJsonScalar(value: unknown): value is null | boolean | number | string {
  return typeof value === 'string' || typeof value === 'boolean' || value === null || Number.isFinite(value);
}

/** Whether an object is a plain one: `{}`, without a prototype, or a `{}` of another realm (a frame, a test runner's sandbox). */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
