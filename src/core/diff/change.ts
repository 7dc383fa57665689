import type { JsonValue } from '../json.js';
import { isObject, setOwn } from '../json.js';

/** Which value of the old document something is: the one in its place, none, or the one at these tokens. */
export type Was = 'here' | 'new' | readonly string[];

/** A list's item: a number is the old item of that index, as it was. */
export type Item = number | Change;

/**
 * What becomes of a value: which value of the old document it is, and what changes in it. A document that is to be reached is a tree of
 * these, down to where nothing changes. `diff` finds the identities by aligning, a rebase knows them; one writer makes a patch of both.
 */
export interface Change {
  /** What it is made of: a value of the old document, or a new one. */
  value: JsonValue;
  was: Was;
  /** Its index in the old list, for an item that is still in its list. */
  at: number;
  /** Changed members; null: taken out. */
  members: Map<string, Change | null> | undefined;
  /** Changed items of a list whose items stay where they are. */
  inner: Map<number, Change> | undefined;
  /** All items, where their number or order changes. */
  items: Item[] | undefined;
  /** Where the old document has the value that a new one is a copy of. */
  copied: readonly string[] | undefined;
  /** The value it comes to, where that is known. */
  whole: JsonValue | undefined;
}

/** A change in which nothing has changed yet. */
export function changeOf(value: JsonValue, was: Was, at = -1): Change {
  return {
    value,
    was,
    at,
    members: undefined,
    inner: undefined,
    items: undefined,
    copied: undefined,
    whole: was === 'new' ? value : undefined,
  };
}

/** Whether anything in it changes. */
export function isChangedInside({ members, inner, items }: Change): boolean {
  return members !== undefined || inner !== undefined || items !== undefined;
}

/** The value it comes to. Parts that do not change are shared. */
export function resultOf(change: Change): JsonValue {
  change.whole ??= build(change);
  return change.whole;
}

/** The value it would come to without what is out. */
export function resultWithout(change: Change, isOut: (child: Change) => boolean): JsonValue {
  if (!isChangedInside(change)) return resultOf(change);
  const keep = (child: Change): Change[] => (isOut(child) ? [] : [changeOf(resultWithout(child, isOut), 'new')]);
  return build({
    ...change,
    members:
      change.members && new Map([...change.members].map(([name, child]) => [name, (child && keep(child)[0]) ?? null])),
    inner: change.inner && new Map([...change.inner].flatMap(([at, child]) => keep(child).map((kept) => [at, kept]))),
    items: change.items?.flatMap((item): Item[] => (typeof item === 'number' ? [item] : keep(item))),
  });
}

function build({ value, members, inner, items }: Change): JsonValue {
  if (Array.isArray(value)) {
    if (items !== undefined)
      return items.map((item) => (typeof item === 'number' ? (value[item] ?? null) : resultOf(item)));
    const list = inner === undefined ? value : value.slice();
    for (const [at, child] of inner ?? []) list[at] = resultOf(child);
    return list;
  }
  if (!isObject(value) || members === undefined) return value;
  const object = { ...value };
  for (const [name, child] of members) {
    if (child === null) delete object[name];
    else setOwn(object, name, resultOf(child));
  }
  return object;
}

/** Its changed children that are there in the end. */
export function* changesIn({ members, inner, items }: Change): Generator<Change> {
  for (const child of members?.values() ?? []) if (child !== null) yield child;
  for (const child of inner?.values() ?? []) yield child;
  for (const child of items ?? []) if (typeof child !== 'number') yield child;
}
