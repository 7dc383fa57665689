import { deepEqual } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { hasOwn, isContainer, isObject, kindOf } from '../json.js';

/** Whether `value` is what is left of `whole` after something was taken out, at whatever depth, and nothing put in or changed. */
export function isPartOf(value: JsonValue, whole: JsonValue): boolean {
  if (value === whole) return true;
  if (Array.isArray(value) && Array.isArray(whole)) {
    let at = 0;
    for (const item of whole) {
      const next = value[at];
      if (next === undefined) break;
      if (isPartOf(next, item)) at += 1;
    }
    return at === value.length;
  }
  if (!isObject(value) || !isObject(whole)) return deepEqual(value, whole);
  return Object.entries(value).every(([name, member]) => {
    const before = hasOwn(whole, name) ? whole[name] : undefined;
    return before !== undefined && isPartOf(member, before);
  });
}

/** Whether a server, or somebody since, may have made the one of the other. Of scalars only a server's own form is: trimmed, in another case, rounded. */
export function mayBe(one: JsonValue, mine: JsonValue): boolean {
  if (isContainer(mine)) return kindOf(one) === kindOf(mine);
  if (typeof one === 'string' && typeof mine === 'string')
    return one.trim().toLowerCase() === mine.trim().toLowerCase();
  return typeof one === 'number' && typeof mine === 'number' && Math.abs(one - mine) < 1;
}
