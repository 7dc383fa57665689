import { deepEqual } from './deep-equal.js';
import type { JsonValue } from './json.js';
import { isContainer, isObject, kindOf, memberOf } from './json.js';

/** Whether a server, or somebody since, may have made the one of the other. Of scalars only a server's own form is: trimmed, in another case, rounded. */
export function mayBe(one: JsonValue, mine: JsonValue): boolean {
  if (isContainer(mine)) return kindOf(one) === kindOf(mine);
  if (typeof one === 'string' && typeof mine === 'string')
    return one.trim().toLowerCase() === mine.trim().toLowerCase();
  return typeof one === 'number' && typeof mine === 'number' && Math.abs(one - mine) < 1;
}

/** Deeper than this nothing is compared: what is so deep is told by what is above it. */
const DEEPEST = 100;

/** Whether a server may have made the one of the other all by itself: all of it is there, in the server's own form, and more was added (an id). */
export function isFormOf(one: JsonValue | undefined, mine: JsonValue, depth: number = DEEPEST): boolean {
  if (one === undefined || depth === 0) return false;
  if (Array.isArray(mine)) {
    if (!Array.isArray(one) || one.length !== mine.length) return false;
    // Sorted, each has its like somewhere.
    const left = [...one];
    return mine.every((item) => {
      const at = left.findIndex((other) => isFormOf(other, item, depth - 1));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  if (!isObject(mine)) return deepEqual(one, mine) || (!isContainer(one) && mayBe(one, mine));
  return (
    isObject(one) && Object.entries(mine).every(([name, value]) => isFormOf(memberOf(one, name), value, depth - 1))
  );
}

/** What a server shows, with the items of its lists as they were sent. */
export function asSent(shown: JsonValue, sent: JsonValue): JsonValue {
  return inLists(shown, sent, undefined, (items, others) => likeThose(items, others, [], isFormOf));
}

/**
 * What was sent, as the server that keeps it shows it: the items of its lists, in its order where it has them all, and texts and numbers
 * that the write changed. An item that the write was made on is shown as it was: what else it is now, others made of it.
 *
 * @param before What the write was made on. Default: not known, so texts and numbers stay as they were sent.
 */
export function asKept(sent: JsonValue, shown: JsonValue, before?: JsonValue): JsonValue {
  return inLists(sent, shown, before, (items, others, were) => {
    const kept = likeThose(items, others, were, (item, like) => isFormOf(like, item));
    const places = new Map(others.map((item, at) => [JSON.stringify(item), at]));
    const placeOf = (item: JsonValue): number => places.get(JSON.stringify(item)) ?? Number.NaN;
    return kept.some((item) => Number.isNaN(placeOf(item))) ? kept : kept.sort((a, b) => placeOf(a) - placeOf(b));
  });
}

/** What compares what a server shows with what it was sent. */
export interface Forms {
  readonly isFormOf: typeof isFormOf;
  readonly asKept: typeof asKept;
}

export const forms: Forms = { isFormOf, asKept };

type Items = readonly JsonValue[];
type Like = (items: Items, others: Items, were: Items) => JsonValue[];

/** A value with what is made of those of its lists that another has, too, and with the other's form of what was another before. Inside of items nothing is looked for. */
function inLists(
  one: JsonValue,
  other: JsonValue,
  before: JsonValue | undefined,
  change: Like,
  depth: number = DEEPEST,
): JsonValue {
  if (depth === 0) return one;
  if (Array.isArray(one) && Array.isArray(other)) return change(one, other, Array.isArray(before) ? before : []);
  if (!isObject(one) || !isObject(other)) {
    const isForm = before !== undefined && !isContainer(one) && mayBe(other, one) && !deepEqual(before, one);
    return isForm ? other : one;
  }
  return Object.fromEntries(
    Object.entries(one).map(([name, value]) => {
      const like = memberOf(other, name);
      // What was not there before was another before.
      const was = before === undefined ? undefined : (memberOf(before, name) ?? null);
      return [name, like === undefined ? value : inLists(value, like, was, change, depth - 1)];
    }),
  );
}

/** Items that another list has not, nor had before, each in the place of the one there that is the same thing. */
function likeThose(
  items: Items,
  others: Items,
  were: Items,
  isSame: (item: JsonValue, other: JsonValue) => boolean,
): JsonValue[] {
  const [own, left] = [new Set(without(without(items, others), were)), without(others, items)];
  return items.map((item) => {
    const at = own.has(item) ? left.findIndex((other) => isSame(item, other)) : -1;
    return (at >= 0 ? left.splice(at, 1)[0] : undefined) ?? item;
  });
}

function without(items: Items, others: Items): JsonValue[] {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}

/** Whether an item of a list holds all of mine as it is, and more: an id, a date. */
export function isMineAndMore(one: JsonValue, mine: JsonValue): boolean {
  return (
    isObject(one) &&
    isObject(mine) &&
    Object.keys(mine).length > 0 &&
    Object.entries(mine).every(([name, value]) => {
      const there = memberOf(one, name);
      return there !== undefined && (deepEqual(there, value) || isMineAndMore(there, value));
    })
  );
}
