import type { JsonValue } from '../../../src/core/index.js';
import { isObject } from '../tools.js';

/** The keys of every keyed list, in their order, by the list's place with keys in the place of indices. */
export function orderOf(document: JsonValue): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const visit = (here: JsonValue, place: string): void => {
    if (Array.isArray(here)) {
      const keys = here.map((item) => `#${isObject(item) ? item.id : JSON.stringify(item)}`);
      found.set(place, keys);
      here.forEach((item, at) => {
        visit(item, `${place}/${keys[at]}`);
      });
    } else if (isObject(here)) {
      for (const [name, member] of Object.entries(here)) visit(member, `${place}/${name}`);
    }
  };
  visit(document, '');
  return found;
}

/** Whether all of `part` stands in `whole`, in the same order. */
export function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const one of whole) if (one === part[at]) at++;
  return at === part.length;
}
