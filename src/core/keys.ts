import type { JsonValue } from './json.js';
import { hasOwn, isObject } from './json.js';

/** Names that are taken for an item's identity when none is declared, in this order. */
export const LIKELY_KEYS: readonly string[] = ['id', '_id', 'key', 'uuid'];

/** Where each item is, by its key; `undefined` when an item lacks the key or shares it. `1` and `"1"` are different keys. */
export function keyIndex(list: readonly JsonValue[], key: string | readonly string[]): Map<string, number> | undefined {
  const index = new Map<string, number>();
  for (let at = 0; at < list.length; at++) {
    const identity = identityOf(list[at], key);
    if (identity === undefined) return undefined;
    index.set(identity, at);
    // Asking the size is cheaper than asking the map twice.
    if (index.size <= at) return undefined;
  }
  return index;
}

/** An item's identity as text, or `undefined` when it has none. */
export function identityOf(item: JsonValue | undefined, key: string | readonly string[]): string | undefined {
  if (!isObject(item)) return undefined;
  if (typeof key === 'string') return scalarIdentity(item, key);
  let identity = '';
  for (const name of key) {
    const part = scalarIdentity(item, name);
    if (part === undefined) return undefined;
    // The length in front keeps ["a", "b/c"] and ["a/b", "c"] apart, whatever stands between the parts.
    identity += `${part.length}:${part}`;
  }
  return identity;
}

function scalarIdentity(item: { readonly [key: string]: JsonValue }, name: string): string | undefined {
  const value = hasOwn(item, name) ? item[name] : undefined;
  // A string is its own identity unless it starts like a number's, so that most keys are not copied.
  if (typeof value === 'string') return value[0] === '#' ? `#${value}` : value;
  if (typeof value === 'number') return `#${value}`;
  return undefined;
}
