import { isJsonScalar, isPlain } from './deep-equal.js';
import { InvalidJsonError } from './errors.js';
import { isContainer, setOwn } from './json.js';
import type { JsonContainer, JsonObject, JsonValue, Pointer } from './json.js';
import { formatPointer } from './pointer.js';

/** The first thing in a value that JSON cannot carry. */
export interface NotJson {
  readonly path: Pointer;
  /** What it is, with its article: `a Date`. */
  readonly found: string;
}

interface Frame {
  readonly node: object;
  /** The members' names, or `undefined` for an array. */
  readonly keys: readonly string[] | undefined;
  next: number;
}

/** Finds the first thing JSON cannot carry: Date, Map, class instance, undefined, hole, NaN, Infinity, BigInt, function, symbol or cycle. */
export function findNotJson(value: unknown): NotJson | undefined {
  const frames: Frame[] = [];
  const open = new Set<object>();
  const here = (found: string): NotJson => ({ path: formatPointer(frames.map(currentToken)), found });
  let current = value;
  for (;;) {
    if (typeof current === 'object' && current !== null) {
      const isArray = Array.isArray(current);
      if (!isArray && !isPlain(current)) return here(`a ${current.constructor?.name || 'class instance'}`);
      if (open.has(current)) return here('a cycle back to a value around it');
      open.add(current);
      frames.push({ node: current, keys: isArray ? undefined : Object.keys(current), next: 0 });
    } else if (!isJsonScalar(current)) {
      return here(typeof current === 'bigint' ? 'a BigInt' : typeof current === 'function' ? 'a function' : String(current));
    }
    let frame = frames.at(-1);
    while (frame !== undefined && frame.next === lengthOf(frame)) {
      open.delete(frame.node);
      frames.pop();
      frame = frames.at(-1);
    }
    if (frame === undefined) return undefined;
    frame.next++;
    current = Reflect.get(frame.node, currentToken(frame));
  }
}

function lengthOf(frame: Frame): number {
  return frame.keys?.length ?? (Array.isArray(frame.node) ? frame.node.length : 0);
}

function currentToken(frame: Frame): string | number {
  return frame.keys?.[frame.next - 1] ?? frame.next - 1;
}

/**
 * Refuses a value that JSON cannot carry, instead of sending something else in its place as `JSON.stringify` would.
 * `what` names the value in the message. Throws {@link InvalidJsonError} (ERR_INVALID_JSON) with the path.
 */
export function assertJson(value: unknown, what: string, at: Pointer = ''): asserts value is JsonValue {
  const bad = findNotJson(value);
  if (bad === undefined) return;
  const path = at + bad.path;
  throw new InvalidJsonError(
    `${what} holds ${bad.found} at "${path}", which JSON cannot carry. Convert it to a string, a number or a plain object first, or leave it out.`,
    { path },
  );
}

/** A deep copy. `__proto__` and its like stay plain data. */
export function cloneJson(value: JsonValue): JsonValue {
  if (!isContainer(value)) return value;
  const root = shell(value);
  const pending: [JsonContainer, JsonContainer][] = [[value, root]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [source, copy] = pair;
    const cloneChild = (child: JsonValue): JsonValue => {
      if (!isContainer(child)) return child;
      const inner = shell(child);
      pending.push([child, inner]);
      return inner;
    };
    if (Array.isArray(copy)) {
      for (const item of Object.values(source)) copy.push(cloneChild(item));
    } else {
      for (const [key, member] of Object.entries(source)) setOwn(copy, key, cloneChild(member));
    }
  }
  return root;
}

function shell(value: JsonContainer): JsonContainer {
  const object: JsonObject = {};
  return Array.isArray(value) ? [] : object;
}

/** Freezes a value and everything in it, and gives it back. What is frozen already is taken to be frozen all the way down. */
export function freezeJson<T extends JsonValue>(value: T): T {
  const pending: JsonValue[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isContainer(next) || Object.isFrozen(next)) continue;
    Object.freeze(next);
    for (const child of Object.values(next)) if (isContainer(child)) pending.push(child);
  }
  return value;
}
