import type { MergeConflict, Resolution } from '../../../core/conflict.js';
import { deepEqual } from '../../../core/deep-equal.js';
import type { JsonValue, Pointer } from '../../../core/json.js';

type Items = readonly JsonValue[];

/** Two lists of the same items: nothing that came in meanwhile goes, and nothing that went comes back. */
export function isOfOrder(conflict: MergeConflict): boolean {
  const lists = listsOf(conflict);
  if (lists === undefined) return false;
  const [before, mine, now] = lists;
  const has = (list: Items, item: JsonValue): boolean => list.some((other) => deepEqual(other, item));
  return (
    now.every((item) => has(before, item) || has(mine, item)) &&
    before.every((item) => has(now, item) || !has(mine, item))
  );
}

/** Answers for what a server has made of lists: what was put in and taken out, in the order that it keeps them in. Else local wins. */
export function inKeptOrder(conflicts: readonly MergeConflict[]): Record<Pointer, Resolution> {
  return Object.fromEntries(
    conflicts.map((conflict) => {
      const lists = isOfOrder(conflict) ? listsOf(conflict) : undefined;
      const value = lists && placed(...lists);
      return [conflict.basePath, value === undefined ? 'local' : { value }];
    }),
  );
}

function listsOf({ base, local, remote }: MergeConflict): [Items, Items, Items] | undefined {
  if (!(base.present && local.present && remote.present)) return undefined;
  const [before, mine, now] = [base.value, local.value, remote.value];
  return Array.isArray(before) && Array.isArray(mine) && Array.isArray(now) ? [before, mine, now] : undefined;
}

/** Undefined: items are there twice, or their author has moved some. */
function placed(before: Items, mine: Items, now: Items): JsonValue[] | undefined {
  const keyOf = (item: JsonValue): string => JSON.stringify(item);
  const [had, has] = [new Set(before.map(keyOf)), new Set(mine.map(keyOf))];
  const stayed = (list: Items): Items => list.filter((item) => had.has(keyOf(item)) && has.has(keyOf(item)));
  const isTwice = had.size < before.length || has.size < mine.length;
  if (isTwice || !deepEqual([...stayed(before)], [...stayed(mine)])) return undefined;
  const keys = now.map(keyOf).filter((key) => has.has(key) || !had.has(key));
  for (const [index, item] of mine.entries()) {
    if (keys.includes(keyOf(item))) continue;
    const above = mine[index - 1];
    keys.splice(above === undefined ? 0 : keys.indexOf(keyOf(above)) + 1, 0, keyOf(item));
  }
  const items = new Map([...now, ...mine].map((item) => [keyOf(item), item] as const));
  return keys.map((key) => items.get(key) ?? null);
}
