import type { JsonValue } from '../json.js';
import { copyOf, isObject, setOwn } from '../json.js';

/** A value that is written down only as far as it was touched: what it is made of, and what has become of its parts. */
export interface Tree<Node> {
  value: JsonValue;
  /** Touched members; null: taken out. */
  members: Map<string, Node | null> | undefined;
  /** All items of a list, once one was touched: a number is the item of that index in `value`, as it was. */
  items: (number | Node)[] | undefined;
  /** The value it comes to, where that is known. */
  whole: JsonValue | undefined;
}

/** Which value of the old document something is: the one in its place, none, or the one at these tokens. */
export type Was = 'here' | 'new' | readonly string[];

/** A list's item: a number is the old item of that index, as it was. */
export type Item = number | Change;

/**
 * What becomes of a value: which value of the old document it is, and what changes in it. A document that is to be reached is a tree of
 * these, down to where nothing changes. `diff` finds the identities by aligning, a rebase knows them; one writer makes a patch of both.
 */
export interface Change extends Tree<Change> {
  was: Was;
  /** Its index in the old list, for an item that is still in its list. */
  at: number;
  /** Where the old document has the value that a new one is a copy of. */
  copied: readonly string[] | undefined;
}

/** A change in which nothing has changed yet. */
export function changeOf(value: JsonValue, was: Was, at = -1): Change {
  return {
    value,
    was,
    at,
    members: undefined,
    items: undefined,
    copied: undefined,
    whole: was === 'new' ? value : undefined,
  };
}

/** Whether anything in it was touched. */
export function isTouchedInside({ members, items }: Tree<unknown>): boolean {
  return members !== undefined || items !== undefined;
}

/** The value it comes to. Parts that were not touched are shared. */
export function wholeOf<Node extends Tree<Node>>(node: Node): JsonValue {
  node.whole ??= build(node);
  return node.whole;
}

/** What it comes to without what is out: as something that is there, into which nothing but that is still to come. */
export function without(change: Change, isOut: (child: Change) => boolean): Change {
  const { value, members, items } = change;
  const rest = changeOf(isTouchedInside(change) ? value : wholeOf(change), 'here');
  const put = (child: Change, add: (value: JsonValue) => number): Item => {
    if (isOut(child)) return child;
    const inner = without(child, isOut);
    inner.at = add(inner.value);
    return isTouchedInside(inner) ? inner : inner.at;
  };
  if (Array.isArray(value) && items !== undefined) {
    const list: JsonValue[] = [];
    const add = (item: JsonValue): number => list.push(item) - 1;
    rest.items = items.map((item) => (typeof item === 'number' ? add(value[item] ?? null) : put(item, add)));
    rest.value = list;
    if (rest.items.every((item) => typeof item === 'number')) rest.items = undefined;
  } else if (isObject(value) && members !== undefined) {
    const object = copyOf(value);
    for (const [name, child] of members) {
      if (child === null || isOut(child)) delete object[name];
      const add = (member: JsonValue): number => {
        setOwn(object, name, member);
        return -1;
      };
      const after = child && put(child, add);
      if (typeof after !== 'object' || after === null) continue;
      rest.members ??= new Map();
      rest.members.set(name, after);
    }
    rest.value = object;
  }
  return rest;
}

function build<Node extends Tree<Node>>({ value, members, items }: Node): JsonValue {
  if (Array.isArray(value)) {
    if (items === undefined) return value;
    const list = new Array<JsonValue>(items.length);
    for (let at = 0; at < items.length; at++) {
      const item = items[at] ?? at;
      list[at] = typeof item === 'number' ? (value[item] ?? null) : wholeOf(item);
    }
    return list;
  }
  if (!isObject(value) || members === undefined) return value;
  const object = copyOf(value);
  for (const [name, child] of members) {
    if (child === null) delete object[name];
    else setOwn(object, name, wholeOf(child));
  }
  return object;
}

/** A list's items, as they can be inserted, removed and looked into. */
export function itemsOf<Node extends Tree<Node>>(node: Node, list: readonly JsonValue[]): (number | Node)[] {
  if (node.items !== undefined) return node.items;
  const items = new Array<number | Node>(list.length);
  for (let at = 0; at < list.length; at++) items[at] = at;
  node.items = items;
  return items;
}

/** Its touched children that are there now. */
export function childrenOf<Node extends Tree<Node>>({ members, items = [] }: Node): readonly Node[] {
  const children: Node[] = [];
  if (members !== undefined) for (const child of members.values()) if (child !== null) children.push(child);
  for (const child of items) if (typeof child !== 'number') children.push(child);
  return children;
}
