import { hasOwn, isContainer } from './json.js';
import type { JsonContainer, JsonValue } from './json.js';

/** Deeper than this, the walk goes on from a list instead of the call stack, which a deep document would overflow. */
const STACK_DEPTH = 1000;

/** What a caller that compares many related pairs keeps between calls. */
export interface EqualityMemo {
  /** Pairs found to differ: asked again (by a walk that goes down level by level), they answer at once. */
  readonly different: Map<JsonContainer, JsonContainer>;
  /** Called when the values turn out to be very deep: the moment to look for a cycle. */
  deep(): void;
}

interface Walk {
  readonly later: JsonContainer[];
  readonly memo: EqualityMemo | undefined;
}

/**
 * Whether two JSON values are the same value: member order does not count, `-0` is `0`, null is not missing.
 * What JSON cannot carry (a Date, NaN, undefined) equals nothing, unless the container around it is the very same one on both sides.
 */
export function deepEqual(a: JsonValue, b: JsonValue, memo?: EqualityMemo): boolean {
  if (!isContainer(a) || !isContainer(b) || a === b) return equal(a, b, STACK_DEPTH, { later: [], memo });
  const walk: Walk = { later: [a, b], memo };
  for (;;) {
    const right = walk.later.pop();
    const left = walk.later.pop();
    if (left === undefined || right === undefined) return true;
    if (!equal(left, right, STACK_DEPTH, walk)) return false;
  }
}

function equal(a: JsonValue, b: JsonValue, depth: number, walk: Walk): boolean {
  if (a === b) return isContainer(a) || isJsonScalar(a);
  if (!isContainer(a) || !isContainer(b)) return false;
  if (depth === 0) {
    walk.memo?.deep();
    walk.later.push(a, b);
    return true;
  }
  if (walk.memo?.different.get(a) === b) return false;
  const same = Array.isArray(a) ? Array.isArray(b) && equalItems(a, b, depth, walk) : equalMembers(a, b, depth, walk);
  if (!same) walk.memo?.different.set(a, b);
  return same;
}

function equalItems(a: readonly JsonValue[], b: readonly JsonValue[], depth: number, walk: Walk): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) {
    const left = a[at];
    const right = b[at];
    if (left === undefined || right === undefined || !equal(left, right, depth - 1, walk)) return false;
  }
  return true;
}

function equalMembers(a: Exclude<JsonContainer, JsonValue[]>, b: JsonContainer, depth: number, walk: Walk): boolean {
  if (Array.isArray(b) || !isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at];
    // Both sides mostly list their members in one order, and then no look-up is needed.
    if (key === undefined || (key !== others[at] && !hasOwn(b, key))) return false;
    const left = a[key];
    const right = b[key];
    if (left === undefined || right === undefined || !equal(left, right, depth - 1, walk)) return false;
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
