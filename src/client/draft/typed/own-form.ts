import { deepEqual } from '../../../core/deep-equal.js';
import type { JsonValue } from '../../../core/json.js';
import { hasOwn, isObject, setOwn } from '../../../core/json.js';

/**
 * What the server made of our own write, in the person's own form: servers trim, sort, round and add. Where the write changed a text or a
 * number and the server stored another, it is the person's; everything else is the server's.
 *
 * @param before What the write was made on, and what it said; `stored` is what came of it.
 */
export function ownForm(
  before: JsonValue | undefined,
  said: JsonValue,
  stored: JsonValue,
  isOwn: (said: JsonValue, stored: JsonValue) => boolean = () => true,
): JsonValue {
  if ((before !== undefined && deepEqual(before, said)) || deepEqual(said, stored)) return stored;
  if (isObject(said) && isObject(stored)) {
    const own: { [key: string]: JsonValue } = {};
    for (const [key, value] of Object.entries(stored)) {
      const mine = hasOwn(said, key) ? said[key] : undefined;
      const was = isObject(before) && hasOwn(before, key) ? before[key] : undefined;
      setOwn(own, key, mine === undefined ? value : ownForm(was, mine, value, isOwn));
    }
    return own;
  }
  if (Array.isArray(said) && Array.isArray(stored)) {
    // Sorted, or without duplicates: the same items in another order have no places of their own.
    if (said.length !== stored.length || isShuffled(said, stored)) return stored;
    const was = Array.isArray(before) ? before : [];
    return stored.map((value, at) => ownForm(was[at], said[at] ?? null, value, isOwn));
  }
  const isLeaf = typeof said === typeof stored && said !== null && typeof said !== 'object';
  return isLeaf && isOwn(said, stored) ? said : stored;
}

function isShuffled(said: readonly JsonValue[], stored: readonly JsonValue[]): boolean {
  return said.every((value) => stored.some((other) => deepEqual(value, other)));
}

/** The same but for spaces, capitals and rounding: where a write may have landed, it is taken for what the server made of it. */
export function isSimilar(said: JsonValue, stored: JsonValue): boolean {
  if (typeof said === 'number' && typeof stored === 'number') return Math.abs(said - stored) < 0.5;
  const plain = (value: JsonValue): string => String(value).replace(/\s+/g, '').toLowerCase();
  return plain(said) === plain(stored);
}
