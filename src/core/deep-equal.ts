import type { JsonObject, JsonValue } from './json.js';
import { hasOwn, isContainer } from './json.js';
import { currentPair, isJsonScalar, isPlain, lockstep } from './lockstep.js';

/** Deeper than this, the call stack is left alone, which a deep document would overflow. */
const STACK_DEPTH = 500;

/**
 * Pairs of list items found to differ, the outermost last. For a walk that goes down level by level and compares the items of each list it
 * meets: the pair it asks for next is the last one here, so that no level is compared again.
 */
export type FailedPairs = JsonValue[];

/**
 * Whether two JSON values are the same value: member order does not count, `-0` is `0`, null is not missing.
 * What JSON cannot carry (a Date, NaN, undefined) equals nothing, unless the container around it is the very same one on both sides.
 */
export function deepEqual(a: JsonValue | undefined, b: JsonValue | undefined, failed?: FailedPairs): boolean {
  if (failed !== undefined && failed.length > 0 && failed[failed.length - 1] === b && failed[failed.length - 2] === a) {
    failed.length -= 2;
    return false;
  }
  return equal(a, b, STACK_DEPTH, failed);
}

function equal(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  depth: number,
  failed: FailedPairs | undefined,
): boolean {
  if (a === b) return isContainer(a) || isJsonScalar(a);
  if (!isContainer(a) || !isContainer(b)) return false;
  if (depth === 0) return equalBelow(a, b, failed);
  if (!Array.isArray(a)) return !Array.isArray(b) && equalMembers(a, b, depth - 1, failed);
  if (!Array.isArray(b) || a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) {
    if (equal(a[at], b[at], depth - 1, failed)) continue;
    remember(a[at], b[at], failed);
    return false;
  }
  return true;
}

function equalMembers(a: JsonObject, b: JsonObject, depth: number, failed: FailedPairs | undefined): boolean {
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? '';
    // Both sides mostly list their members in one order, and then no look-up is needed.
    if (key !== others[at] && !hasOwn(b, key)) return false;
    if (!equal(a[key], b[key], depth, failed)) return false;
  }
  return true;
}

function equalBelow(a: JsonValue, b: JsonValue, failed: FailedPairs | undefined): boolean {
  const frames = lockstep(a, b, true);
  for (const frame of frames?.reverse() ?? []) if (frame.keys === undefined) remember(...currentPair(frame), failed);
  return frames === undefined;
}

function remember(a: unknown, b: unknown, failed: FailedPairs | undefined): void {
  if (isContainer(a) && isContainer(b)) failed?.push(a, b);
}
