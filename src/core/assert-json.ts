import { InvalidJsonError } from './errors.js';
import type { JsonContainer, JsonValue, Pointer } from './json.js';
import { isContainer, setOwn } from './json.js';
import { currentPair, currentToken, isJsonScalar, isPlain, lockstep } from './lockstep.js';
import { formatPointer } from './pointer.js';

/** The first thing in a value that JSON cannot carry. */
export interface NotJson {
  readonly path: Pointer;
  /** What it is, with its article: `a Date`. */
  readonly found: string;
}

/** Finds the first thing JSON cannot carry: Date, Map, class instance, undefined, hole, NaN, Infinity, BigInt, function, symbol or cycle. */
export function findNotJson(value: unknown): NotJson | undefined {
  if (isJson(value, 500)) return undefined;
  const frames = lockstep(value, value, false);
  if (frames === undefined) return undefined;
  const last = frames.at(-1);
  return {
    path: formatPointer(frames.map(currentToken)),
    found: nameOf(last === undefined ? value : currentPair(last)[0]),
  };
}

/** The quick look: no path, and only so deep. A cycle looks very deep. */
function isJson(value: unknown, depth: number): boolean {
  if (!isContainer(value)) return isJsonScalar(value);
  if (depth === 0) return false;
  if (!Array.isArray(value)) {
    if (!isPlain(value)) return false;
    for (const key of Object.keys(value)) if (!isJson(value[key], depth - 1)) return false;
    return true;
  }
  for (let at = 0; at < value.length; at++) if (!isJson(value[at], depth - 1)) return false;
  return true;
}

function nameOf(value: unknown): string {
  if (typeof value === 'bigint') return 'a BigInt';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value) || isPlain(value)) return 'a cycle back to a value around it';
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
  throw new InvalidJsonError(
    `${what} holds ${bad.found} at "${path}", which JSON cannot carry. Convert it first, or leave it out.`,
    { path },
  );
}

/** A deep copy. `__proto__` and its like stay plain data. */
export function cloneJson(value: JsonValue): JsonValue {
  const pending: [JsonContainer, JsonContainer][] = [];
  const shell = (inner: JsonValue): JsonValue => {
    if (!isContainer(inner)) return inner;
    const copy: JsonContainer = Array.isArray(inner) ? [] : {};
    pending.push([inner, copy]);
    return copy;
  };
  const root = shell(value);
  // The list grows while it is gone through.
  for (const [source, copy] of pending) {
    for (const [key, child] of Object.entries(source)) {
      if (Array.isArray(copy)) copy.push(shell(child));
      else setOwn(copy, key, shell(child));
    }
  }
  return root;
}

/** Freezes a value and everything in it, and gives it back. What is frozen already is taken to be frozen all the way down. */
export function freezeJson<T extends JsonValue>(value: T): T {
  const pending: JsonValue[] = [value];
  for (const next of pending) {
    if (!isContainer(next) || Object.isFrozen(next)) continue;
    Object.freeze(next);
    for (const child of Object.values(next)) if (isContainer(child)) pending.push(child);
  }
  return value;
}

/** Whether nothing in it can be changed: it need not be copied to be kept. */
export function isFrozenJson(value: JsonValue): boolean {
  const pending: JsonValue[] = [value];
  for (const next of pending) {
    if (!isContainer(next)) continue;
    if (!Object.isFrozen(next)) return false;
    for (const child of Object.values(next)) pending.push(child);
  }
  return true;
}
