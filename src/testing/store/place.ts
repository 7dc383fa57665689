import { InvalidOptionsError, type JsonObject, type JsonValue, type Pointer } from '../core.js';

/** The member names that lead to a version inside a body. */
export type Place = readonly string[];

export function parsePlace(pointer: Pointer, option: string): Place {
  if (!pointer.startsWith('/')) {
    throw new InvalidOptionsError(
      `${option} must be a JSON Pointer to a member, such as "/version"; got ${JSON.stringify(pointer)}.`,
      { option },
    );
  }
  return tokensOf(pointer);
}

/** RFC 6901, section 4. */
export const tokensOf = (pointer: Pointer): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is at a place; only own members of objects count. */
export function readPlace(value: JsonValue | undefined, place: Place): JsonValue | undefined {
  const [name, ...rest] = place;
  if (name === undefined) return value;
  return isObject(value) && Object.hasOwn(value, name) ? readPlace(value[name], rest) : undefined;
}

/** A copy with `content` at a place, or without the place where `content` is undefined. Missing objects on the way are made. */
export function withPlace(value: JsonValue, place: Place, content: JsonValue | undefined): JsonValue {
  const [name, ...rest] = place;
  if (name === undefined) return content ?? null;
  if (!isObject(value)) return value;
  const inner = Object.hasOwn(value, name) ? value[name] : undefined;
  if (rest.length === 0 && content === undefined) {
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  }
  if (rest.length > 0 && inner === undefined && content === undefined) return value;
  const next = rest.length === 0 ? (content ?? null) : withPlace(inner ?? {}, rest, content);
  return { ...value, [name]: next };
}
