import type { JsonContainer } from './json.js';
import { hasOwn, isContainer } from './json.js';

/** A pair of containers that is being gone through, and how far. */
export interface Frame {
  readonly a: JsonContainer;
  readonly b: JsonContainer;
  /** Their members' names, or `undefined` for lists. */
  readonly keys: readonly string[] | undefined;
  next: number;
}

/**
 * Goes through two values side by side, however deep they are, and stops where they differ: the way to that place, or `undefined` if there
 * is none. What JSON cannot carry and what contains itself differs from everything. `trust`: the very same container is not looked into.
 */
export function lockstep(a: unknown, b: unknown, trust: boolean): Frame[] | undefined {
  const frames: Frame[] = [];
  const open = new Set<JsonContainer>();
  let left = a;
  let right = b;
  for (;;) {
    if (isContainer(left) ? !(trust && left === right) : !(left === right && isJsonScalar(left))) {
      if (!isContainer(left) || !isContainer(right) || open.has(left) || !isAlike(left, right)) return frames;
      open.add(left);
      frames.push({ a: left, b: right, keys: Array.isArray(left) ? undefined : Object.keys(left), next: 0 });
    }
    let frame = frames.at(-1);
    while (frame !== undefined && frame.next === (frame.keys ?? frame.a).length) {
      open.delete(frame.a);
      frames.pop();
      frame = frames.at(-1);
    }
    if (frame === undefined) return undefined;
    frame.next++;
    [left, right] = currentPair(frame);
  }
}

/** The token of the child that a frame is at. */
export function currentToken(frame: Frame): string | number {
  return frame.keys?.[frame.next - 1] ?? frame.next - 1;
}

/** The children that a frame is at. */
export function currentPair(frame: Frame): [unknown, unknown] {
  const token = currentToken(frame);
  return [Reflect.get(frame.a, token), Reflect.get(frame.b, token)];
}

/** Two lists of one length, or two plain objects with the same members. */
function isAlike(a: JsonContainer, b: JsonContainer): boolean {
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.length === b.length;
  const keys = Object.keys(a);
  return isPlain(a) && isPlain(b) && keys.length === Object.keys(b).length && keys.every((key) => hasOwn(b, key));
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
