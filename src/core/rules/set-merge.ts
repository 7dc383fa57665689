import type { JsonValue } from '../json.js';
import { isContainer, isObject } from '../json.js';

/**
 * Merges lists without order or duplicates: remote's values in remote's order, without those that local removed, then those that local
 * added. Values that are no scalars count as the same when they are equal throughout.
 */
export function mergeSet(
  base: readonly JsonValue[],
  local: readonly JsonValue[],
  remote: readonly JsonValue[],
): JsonValue[] {
  const inBase = new Set(base.map(identify));
  const added = new Map(local.map((item) => [identify(item), item]));
  const removed = new Set(inBase);
  for (const name of added.keys()) removed.delete(name);
  for (const name of inBase) added.delete(name);
  const kept = remote.filter((item) => {
    const name = identify(item);
    added.delete(name);
    return !removed.has(name);
  });
  return [...kept, ...added.values()];
}

/** What equal values have in common and others have not. */
function identify(item: JsonValue): JsonValue {
  if (typeof item === 'string') return `"${item}`;
  if (!isContainer(item)) return item;
  try {
    // Members have no order. The object around the list of them tells them from a list.
    return JSON.stringify(item, (_, value: JsonValue) =>
      isObject(value) ? { '': Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) } : value,
    );
  } catch {
    // Nested too deep to be written: it equals itself only.
    return item;
  }
}
