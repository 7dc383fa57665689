import type { Operation } from 'fast-json-patch';

/** Any value that JSON can carry. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** The same for who only reads it: values of snapshots are frozen. */
export type ReadonlyJson =
  | null
  | boolean
  | number
  | string
  | readonly ReadonlyJson[]
  | { readonly [key: string]: ReadonlyJson };

/** A plain JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** RFC 6901 JSON Pointer. */
export type Pointer = string;

/**
 * A JSON Pointer in which `*` stands for one token and `**` for any number, none included.
 * Array positions are matched by `*`; a number names a place in the remote document.
 */
export type PointerPattern = string;

/** RFC 6902 operations. */
export type Patch = Operation[];

/** A value with an inside: the two kinds that a pointer can lead into. */
export type JsonContainer = JsonValue[] | JsonObject;

/** Whether a JSON value is an object, neither an array nor null. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an object or an array. Of what is no JSON value, this says only that it has an inside. */
export function isContainer(value: unknown): value is JsonContainer {
  return typeof value === 'object' && value !== null;
}

/** Whether the object itself has this member. Inherited names such as `toString` are not data. */
export function hasOwn(object: object, key: string): boolean {
  return Object.hasOwn(object, key);
}

/** What an object has under a name, for a value that may be asked for more than it has. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && hasOwn(value, name) ? value[name] : undefined;
}

/** Sets a member as plain data, also where an assignment would reach a setter or a frozen builtin (`__proto__`, `toString`). */
export function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  if (key in Object.prototype) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/** From so many members on, spreading takes longer than what {@link copyOf} does instead. */
const WIDE = 128;

const names = new WeakMap<JsonObject, readonly string[]>();

/** The names of an object's members, in order. */
export function keysOf(object: JsonObject): readonly string[] {
  return names.get(object) ?? Object.keys(object);
}

/** Freezes an object. Of a wide one the names are remembered: V8 sorts them whenever they are asked for. */
export function freezeWith(object: JsonObject, keys: readonly string[]): JsonObject {
  if (keys.length >= WIDE) names.set(object, keys);
  return Object.freeze(object);
}

/** A copy of an object, one level deep, with the members in their order. `__proto__` and its like stay plain data. */
export function copyOf(object: JsonObject, keys: readonly string[] = Object.keys(object)): JsonObject {
  // Spreading defines members instead of assigning them.
  if (keys.length < WIDE) return { ...object };
  // Without a prototype V8 keeps members in a table from the start, and no name is special: a wide object is copied three to six times as fast.
  const copy: JsonObject = Object.create(null);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? '';
    copy[key] = object[key] as JsonValue; // It is its own key.
  }
  return Object.setPrototypeOf(copy, Object.prototype);
}

/** What a value is made of. */
export function kindOf(value: JsonValue): 'list' | 'object' | 'scalar' {
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : 'scalar';
}
