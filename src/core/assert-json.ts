import { isJsonScalar, isPlain } from './deep-equal.js';
import { InvalidJsonError } from './errors.js';
import type { JsonObject, JsonValue, Pointer } from './json.js';
import { copyOf, freezeWith, hasOwn, isContainer, keysOf } from './json.js';
import { formatPointer } from './pointer.js';

/** So many objects and lists may stand in one another. Deeper documents are refused before anything is done with them. */
export const MAX_DEPTH = 1_000;

/** The first thing in a value that JSON cannot carry. */
export interface NotJson {
  readonly path: Pointer;
  /** What it is, with its article: `a Date`. */
  readonly found: string;
}

/** Finds the first thing JSON cannot carry: Date, Map, class instance, undefined, hole, NaN, Infinity, BigInt, function, symbol or cycle; or more than 1,000 levels. */
export function findNotJson(value: unknown): NotJson | undefined {
  const path: (string | number)[] = [];
  const found = find(value, MAX_DEPTH, path);
  if (found === undefined) return undefined;
  path.reverse();
  return (found === TOO_DEEP ? findCycle(value, path) : undefined) ?? { path: formatPointer(path), found };
}

/** What is found in a value that is nested too deep. */
export const TOO_DEEP = 'more than 1,000 levels';

function find(value: unknown, depth: number, path: (string | number)[]): string | undefined {
  if (!isContainer(value)) return isJsonScalar(value) ? undefined : nameOf(value);
  if (!Array.isArray(value) && !isPlain(value)) return nameOf(value);
  if (depth === 0) return TOO_DEEP;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const found = find(value[at], depth - 1, path);
      if (found === undefined) continue;
      path.push(at);
      return found;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const found = find(value[key], depth - 1, path);
    if (found === undefined) continue;
    path.push(key);
    return found;
  }
  return undefined;
}

/** What contains itself looks very deep. */
function findCycle(value: unknown, path: readonly (string | number)[]): NotJson | undefined {
  const around = new Set<unknown>();
  let node = value;
  for (let at = 0; at <= path.length; at++) {
    if (around.has(node)) return { path: formatPointer(path.slice(0, at)), found: 'a cycle back to a value around it' };
    around.add(node);
    node = isContainer(node) ? Reflect.get(node, path[at] ?? '') : undefined;
  }
  return undefined;
}

function nameOf(value: unknown): string {
  if (typeof value === 'bigint') return 'a BigInt';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  return `a ${value.constructor?.name || 'class instance'}`;
}

/**
 * Refuses a value that JSON cannot carry, instead of sending something else in its place as `JSON.stringify` would.
 * `what` names the value in the message, `at` the place it stands at. Throws {@link InvalidJsonError} (ERR_INVALID_JSON) with the path.
 */
export function assertJson(value: unknown, what: string, at: Pointer = ''): asserts value is JsonValue {
  const bad = findNotJson(value);
  if (bad === undefined) return;
  const path = at + bad.path;
  const told =
    bad.found === TOO_DEEP
      ? `${TOO_DEEP}. Store it in another shape, or as text.`
      : `${bad.found} at "${path}", which JSON cannot carry. Convert it first, or leave it out.`;
  throw new InvalidJsonError(`${what} holds ${told}`, { path });
}

/** Documents that were found to be shallow enough and cannot change any more. */
export const shallow: WeakSet<object> = new WeakSet();

/** A deep copy. `__proto__` and its like stay plain data. */
export function cloneJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(cloneJson);
  if (!isContainer(value)) return value;
  const keys = keysOf(value);
  const copy = copyOf(value, keys);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? '';
    const member = value[key];
    if (isContainer(member)) copy[key] = cloneJson(member);
  }
  return copy;
}

/**
 * A frozen deep copy of what {@link assertJson} let pass. It shares with a frozen document whatever is the same there: only what was changed
 * is copied, and who compares the two sees that by identity.
 */
export function frozenCopy(value: JsonValue, like: JsonValue | undefined): JsonValue {
  const copy = sharedCopy(value, like);
  if (isContainer(copy)) shallow.add(copy);
  return copy;
}

function sharedCopy(value: JsonValue, like: JsonValue | undefined): JsonValue {
  if (!isContainer(value)) return value;
  const old = isContainer(like) && Object.isFrozen(like) ? like : undefined;
  if (!Array.isArray(value)) return sharedObject(value, Array.isArray(old) ? undefined : old);
  const items = Array.isArray(old) ? old : undefined;
  const copy = value.map((item, at) => sharedCopy(item, items?.[at]));
  if (items?.length === copy.length && copy.every((item, at) => item === items[at])) return items;
  Object.freeze(copy);
  return copy;
}

function sharedObject(value: JsonObject, old: JsonObject = {}): JsonObject {
  const keys = Object.keys(value);
  const others = keysOf(old);
  // Made with the first member that differs. Members in another order are not the same to who writes them down.
  let copy = keys.length === others.length && Object.isFrozen(old) ? undefined : copyOf(value, keys);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? '';
    const member = value[key] ?? null;
    const before = key === others[at] || hasOwn(old, key) ? old[key] : undefined;
    const kept = isContainer(member) ? sharedCopy(member, before) : member;
    if (copy === undefined && (kept !== before || key !== others[at])) {
      copy = copyOf(value, keys);
      for (let done = 0; done < at; done++) {
        const same = keys[done] ?? '';
        if (isContainer(value[same])) copy[same] = old[same] ?? null;
      }
    }
    if (copy !== undefined && kept !== member) copy[key] = kept;
  }
  return copy === undefined ? old : freezeWith(copy, keys);
}

/** Freezes a value and everything in it, and gives it back. What is frozen already is taken to be frozen all the way down. */
export function freezeJson<T extends JsonValue>(value: T): T {
  if (!isContainer(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) freezeJson(child);
  return value;
}

/** Whether nothing in it can be changed: it need not be copied to be kept. */
export function isFrozenJson(value: JsonValue): boolean {
  return !isContainer(value) || (Object.isFrozen(value) && Object.values(value).every(isFrozenJson));
}
