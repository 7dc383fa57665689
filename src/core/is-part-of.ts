import { deepEqual } from './deep-equal.js';
import type { JsonValue } from './json.js';
import { hasOwn, isObject } from './json.js';

/** Whether `value` is what is left of `whole` after something was taken out, and nothing put in or changed. */
export function isPartOf(value: JsonValue, whole: JsonValue): boolean {
  const pending: [JsonValue, JsonValue][] = [[value, whole]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [part, from] = next;
    if (Array.isArray(part) && Array.isArray(from)) {
      if (!isSubsequence(part, from)) return false;
    } else if (isObject(part) && isObject(from)) {
      for (const [name, member] of Object.entries(part)) {
        const before = hasOwn(from, name) ? from[name] : undefined;
        if (before === undefined) return false;
        pending.push([member, before]);
      }
    } else if (!deepEqual(part, from)) return false;
  }
  return true;
}

function isSubsequence(part: readonly JsonValue[], whole: readonly JsonValue[]): boolean {
  let at = 0;
  for (const item of whole) if (at < part.length && deepEqual(part[at] ?? null, item)) at += 1;
  return at === part.length;
}
