import type { JsonValue } from '../json.js';
import { internItems } from '../sequence-intern.js';

/**
 * Merges lists without order or duplicates: remote's values in remote's order, without those that local removed, then those that local
 * added. Values that are no scalars count as the same when they are equal throughout.
 */
export function mergeSet(base: readonly JsonValue[], local: readonly JsonValue[], remote: readonly JsonValue[]): JsonValue[] {
  // Numbered together, equal values have one number in all three.
  const [tokens] = internItems([...base, ...local, ...remote], []);
  const remoteFrom = base.length + local.length;
  const inBase = new Set(tokens.subarray(0, base.length));
  const inLocal = new Set(tokens.subarray(base.length, remoteFrom));
  const seen = new Set(tokens.subarray(remoteFrom));
  const merged = remote.filter((_, at) => {
    const token = tokens[remoteFrom + at] ?? -1;
    return !inBase.has(token) || inLocal.has(token);
  });
  local.forEach((item, at) => {
    const token = tokens[base.length + at] ?? -1;
    if (inBase.has(token) || seen.has(token)) return;
    seen.add(token);
    merged.push(item);
  });
  return merged;
}
