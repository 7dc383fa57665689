import type { JsonValue } from '../json.js';
import { hasOwn, isObject } from '../json.js';

/** Names that are taken for an item's identity when none is declared, in this order. */
export const LIKELY_KEYS: readonly string[] = ['id', '_id', '_key', 'key', 'uuid'];

/** The member, or members, that identify an item. */
export type Key = string | readonly string[];

/** An item's identity, for a map, or `undefined` when it has none. A single key as it is: making text of every number would cost more than the look-up. */
export function identityIn(item: JsonValue | undefined, key: Key): string | number | undefined {
  if (!isObject(item)) return undefined;
  if (typeof key === 'string') return scalarIn(item, key);
  let identity = '';
  for (const name of key) {
    const part = scalarIn(item, name);
    if (part === undefined) return undefined;
    // The length in front keeps ["a", "b/c"] and ["a/b", "c"] apart, whatever stands between the parts; the quote 1 and "1".
    const text = typeof part === 'string' ? `"${part}` : `${part}`;
    identity += `${text.length}:${text}`;
  }
  return identity;
}

function scalarIn(item: { readonly [key: string]: JsonValue }, name: string): string | number | undefined {
  const value = hasOwn(item, name) ? item[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Where each item is, by its key; `undefined` when an item lacks the key or shares it. */
export function keyIndex(list: readonly JsonValue[], key: Key): Map<string | number, number> | undefined {
  const index = new Map<string | number, number>();
  for (let at = 0; at < list.length; at++) {
    const identity = identityIn(list[at], key);
    if (identity === undefined) return undefined;
    index.set(identity, at);
    // Asking the size is cheaper than asking the map twice.
    if (index.size <= at) return undefined;
  }
  return index;
}
