import type { JsonValue } from '../json.js';
import { hasOwn, isObject, setOwn } from '../json.js';

/** A place of the base document: how a value is known again wherever an edit has put it. */
export interface Origin {
  readonly parent: Origin | undefined;
  /** Its name or index in the parent, in base. */
  readonly token: string;
  readonly value: JsonValue;
}

/** A list's item: a number is the item of that index in the list's own `value`, untouched. */
export type Entry = number | Traced;

/** A value of the local document that an edit has touched, and where it came from. Only touched places have one. */
export interface Traced {
  /** What it is made of: the base value, or what took its place. */
  value: JsonValue;
  /** The place of base it stands for; undefined for what base lacks. */
  origin: Origin | undefined;
  /** `value` is not what base has at `origin`. */
  replaced: boolean;
  /** An operation has moved it. */
  moved: boolean;
  /** The operations that set, moved or removed it as a whole. */
  ops: number[];
  /** Touched members; null: none there any more. */
  members: Map<string, Traced | null> | undefined;
  /** Touched items of a list that still has its items in place. */
  inner: Map<number, Traced> | undefined;
  /** All items, once one was inserted or removed. */
  items: Entry[] | undefined;
  /** What base has in here and local took out or away, by its name or index in base. */
  gone: Map<string | number, Traced> | undefined;
  /** The place of base that it was copied from. */
  copied: Origin | undefined;
}

/** A fresh node. */
export function traced(value: JsonValue, origin: Origin | undefined, replaced: boolean, ops: number[]): Traced {
  return {
    value,
    origin,
    replaced,
    moved: false,
    ops,
    members: undefined,
    inner: undefined,
    items: undefined,
    gone: undefined,
    copied: undefined,
  };
}

/** Whether its children stand for places of base. */
export function isFromBase(node: Traced): boolean {
  return !node.replaced && node.origin !== undefined;
}

/** Whether a child stands in the container where base has it. */
export function isAtHome(parent: Traced, child: Traced): boolean {
  return (
    child.origin !== undefined &&
    child.origin.parent !== undefined &&
    child.origin.parent === parent.origin &&
    !parent.replaced
  );
}

/** Whether it was moved to where it is. */
export function isArrival(node: Traced): boolean {
  return node.moved && node.origin !== undefined;
}

/** The base place of a child, for a node that still is what base has. */
export function originOf(node: Traced, token: string | number, value: JsonValue): Origin | undefined {
  return isFromBase(node) ? { parent: node.origin, token: `${token}`, value } : undefined;
}

/** A list's items, as entries that can be inserted and removed. */
export function entriesOf(node: Traced, list: readonly JsonValue[]): Entry[] {
  if (node.items !== undefined) return node.items;
  const items: Entry[] = [];
  for (let at = 0; at < list.length; at++) items.push(at);
  for (const [at, child] of node.inner ?? []) items[at] = child;
  node.items = items;
  node.inner = undefined;
  return items;
}

/** Its touched children that are there now. */
export function* childrenOf(node: Traced): Generator<Traced> {
  for (const child of node.members?.values() ?? []) if (child !== null) yield child;
  for (const child of node.inner?.values() ?? []) yield child;
  for (const child of node.items ?? []) if (typeof child !== 'number') yield child;
}

/** It and everything in it that was touched. */
export function nodesOf(node: Traced, found: Set<Traced> = new Set()): Set<Traced> {
  found.add(node);
  for (const child of childrenOf(node)) nodesOf(child, found);
  return found;
}

/** All operations that touched it or anything in it. */
export function operationsOf(node: Traced): number[] {
  const found = new Set<number>();
  for (const next of nodesOf(node)) {
    for (const op of next.ops) found.add(op);
    for (const left of next.gone?.values() ?? []) for (const op of left.ops) found.add(op);
  }
  return [...found].sort((a, b) => a - b);
}

/** Whether anything inside it was touched. */
export function isEditedInside(node: Traced): boolean {
  return node.members !== undefined || node.inner !== undefined || node.items !== undefined;
}

/** Whether it is not what base has, or something inside it is not. */
export function isEdited(node: Traced): boolean {
  return node.replaced || isEditedInside(node);
}

/** The plain value, as the local document has it. */
export function plainOf(node: Traced): JsonValue {
  const { value } = node;
  if (Array.isArray(value)) {
    if (node.items !== undefined)
      return node.items.map((entry) => (typeof entry === 'number' ? (value[entry] ?? null) : plainOf(entry)));
    if (node.inner === undefined) return value;
    const list = value.slice();
    for (const [at, child] of node.inner) list[at] = plainOf(child);
    return list;
  }
  if (!isObject(value) || node.members === undefined) return value;
  const object = { ...value };
  for (const [name, child] of node.members) {
    if (child === null) delete object[name];
    else setOwn(object, name, plainOf(child));
  }
  return object;
}

/** What an object has under a name, for a value that may be asked for more than it has. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && hasOwn(value, name) ? value[name] : undefined;
}
