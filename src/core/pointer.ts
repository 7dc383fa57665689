import type { Side } from './conflict.js';
import type { JsonValue, Pointer } from './json.js';
import { hasOwn, isContainer } from './json.js';

const MISSING: Side = Object.freeze({ present: false });

/** Reads a JSON Pointer into its tokens (RFC 6901, section 3 and 4); `undefined` where it is malformed: no leading slash, or `~` without 0 or 1. */
export function parsePointer(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (pointer[0] !== '/') return undefined;
  const tokens = pointer.slice(1).split('/');
  if (!pointer.includes('~')) return tokens;
  return /~(?![01])/.test(pointer) ? undefined : tokens.map(unescapeToken);
}

/** Writes tokens as a JSON Pointer (RFC 6901, section 3). */
export function formatPointer(tokens: readonly (string | number)[]): Pointer {
  let pointer = '';
  for (const token of tokens) pointer += `/${escapeToken(token)}`;
  return pointer;
}

/** One token as it stands in a pointer. */
export function escapeToken(token: string | number): string {
  if (typeof token === 'number' || !/[~/]/.test(token)) return `${token}`;
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

// RFC 6901, section 4: "~1" first, so that "~01" becomes "~1" and not "/".
function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The array index a token spells (RFC 6901, section 4: no sign, no leading zero), or `undefined`. Only for use on an array: in an object digits are a name. */
export function arrayIndex(token: string): number | undefined {
  if (!/^(?:0|[1-9]\d*)$/.test(token)) return undefined;
  const index = Number(token);
  return Number.isSafeInteger(index) ? index : undefined;
}

/** The item or own member of `parent` that a token names, or `undefined`. What kind of container it is decides what the token means. */
export function childOf(parent: JsonValue, token: string): JsonValue | undefined {
  if (Array.isArray(parent)) {
    const index = arrayIndex(token);
    return index === undefined ? undefined : parent[index];
  }
  return isContainer(parent) && hasOwn(parent, token) ? parent[token] : undefined;
}

/** What is at a place. Own members only, so `/toString` of `{}` is missing. */
export function getAt(document: JsonValue, tokens: readonly string[]): Side {
  let value = document;
  for (const token of tokens) {
    const next = childOf(value, token);
    if (next === undefined) return MISSING;
    value = next;
  }
  return { present: true, value };
}

/** Whether `tokens` lies at or below `ancestor`, compared token by token: `/ab` is not below `/a`. */
export function isAtOrBelow(tokens: readonly string[], ancestor: readonly string[]): boolean {
  return ancestor.length <= tokens.length && ancestor.every((token, at) => token === tokens[at]);
}
