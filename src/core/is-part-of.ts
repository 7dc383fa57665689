import { deepEqual } from './deep-equal.js';
import type { Job } from './job.js';
import { runJob } from './job.js';
import type { JsonValue } from './json.js';
import { hasOwn, isObject } from './json.js';

/** Whether `value` is what is left of `whole` after something was taken out, at whatever depth, and nothing put in or changed. */
export function isPartOf(value: JsonValue, whole: JsonValue): boolean {
  return runJob(isPart(value, whole));
}

function* isPart(value: JsonValue, whole: JsonValue): Job<boolean> {
  if (Array.isArray(value) && Array.isArray(whole)) {
    let at = 0;
    for (const item of whole) {
      const next = value[at];
      if (next === undefined) break;
      if (yield isPart(next, item)) at += 1;
    }
    return at === value.length;
  }
  if (!isObject(value) || !isObject(whole)) return deepEqual(value, whole);
  for (const [name, member] of Object.entries(value)) {
    const before = hasOwn(whole, name) ? whole[name] : undefined;
    if (before === undefined || !(yield isPart(member, before))) return false;
  }
  return true;
}
