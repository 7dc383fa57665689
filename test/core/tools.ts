import type { JsonObject, JsonValue } from '../../src/core/index.js';

/** What the black-box tests need of JSON, written apart from the sources, so that neither hides a fault of the other. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isContainer(value: JsonValue | undefined): value is JsonValue[] | JsonObject {
  return typeof value === 'object' && value !== null;
}

export function hasOwn(object: object, name: string): boolean {
  return Object.hasOwn(object, name);
}

/** Sets a member as plain data, whatever its name. */
export function setOwn(object: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Equal as JSON: members in any order, items in theirs, `-0` is `0`. */
export function equal(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (!isContainer(a) || !isContainer(b)) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  const [one, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return names.length === other.size && names.every((name) => other.has(name) && equal(one.get(name), other.get(name)));
}

/** Freezes a value and all in it, so that nobody can write to it unseen. */
export function freeze<T extends JsonValue>(value: T): T {
  if (isContainer(value)) for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}

export function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function pointerOf(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${`${token}`.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What stands at a place; `undefined` is missing. */
export function valueAt(document: JsonValue | undefined, pointer: string): JsonValue | undefined {
  let here = document;
  for (const token of tokensOf(pointer))
    here = isContainer(here) ? new Map(Object.entries(here)).get(token) : undefined;
  return here;
}

/** The same value with the members of every object in the reverse order. */
export function shuffled(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(shuffled);
  if (!isObject(value)) return value;
  const other: JsonObject = {};
  for (const [name, member] of Object.entries(value).reverse()) setOwn(other, name, shuffled(member));
  return other;
}
