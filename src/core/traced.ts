import type { Job } from './job.js';
import { runJob } from './job.js';
import type { JsonValue } from './json.js';
import { hasOwn, isObject, setOwn } from './json.js';

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
  moved: boolean;
  /** The operations that set or moved it as a whole. */
  ops: number[];
  /** Touched members; null: removed or moved away. */
  members: Map<string, Traced | null> | undefined;
  /** Touched items of a list that still has its items in place. */
  inner: Map<number, Traced> | undefined;
  /** All items, once one was inserted or removed. */
  items: Entry[] | undefined;
  /** The operations that removed what stood here, by member name or index in `value`. */
  gone: Map<string | number, number[]> | undefined;
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
  };
}

/** Whether its children stand for places of base. */
export function isFromBase(node: Traced): boolean {
  return !node.replaced && node.origin !== undefined;
}

/** The base place of a child, for a node that still is what base has. */
export function originOf(node: Traced, token: string | number, value: JsonValue): Origin | undefined {
  return isFromBase(node) ? { parent: node.origin, token: `${token}`, value } : undefined;
}

/** A list's items, as entries that can be inserted and removed. */
export function entriesOf(node: Traced, list: readonly JsonValue[]): Entry[] {
  if (node.items !== undefined) return node.items;
  const items: Entry[] = [];
  for (let at = 0; at < list.length; at++) items.push(node.inner?.get(at) ?? at);
  node.items = items;
  node.inner = undefined;
  return items;
}

/** It and everything in it that was touched. */
export function nodesOf(node: Traced): Set<Traced> {
  const found = new Set<Traced>([node]);
  // A set is gone through with what is added on the way.
  for (const next of found) {
    for (const child of next.members?.values() ?? []) if (child !== null) found.add(child);
    for (const child of next.inner?.values() ?? []) found.add(child);
    for (const child of next.items ?? []) if (typeof child !== 'number') found.add(child);
  }
  return found;
}

/** All operations that touched it or anything in it. */
export function operationsOf(node: Traced): number[] {
  const found = new Set<number>();
  for (const next of nodesOf(node)) {
    for (const op of next.ops) found.add(op);
    for (const ops of next.gone?.values() ?? []) for (const op of ops) found.add(op);
  }
  return [...found].sort((a, b) => a - b);
}

/** Whether anything inside it was touched. */
export function isEditedInside(node: Traced): boolean {
  return node.members !== undefined || node.inner !== undefined || node.items !== undefined;
}

/** The plain value, as the local document has it. */
export function plainOf(node: Traced): JsonValue {
  return isEditedInside(node) ? runJob(build(node)) : node.value;
}

function* build(node: Traced): Job<JsonValue> {
  const { value } = node;
  if (Array.isArray(value)) {
    if (node.items === undefined) {
      const list = value.slice();
      for (const [at, child] of node.inner ?? []) list[at] = isEditedInside(child) ? yield build(child) : child.value;
      return list;
    }
    const list: JsonValue[] = [];
    for (const entry of node.items) {
      if (typeof entry === 'number') list.push(value[entry] ?? null);
      else list.push(isEditedInside(entry) ? yield build(entry) : entry.value);
    }
    return list;
  }
  if (!isObject(value) || node.members === undefined) return value;
  const object = { ...value };
  for (const [name, child] of node.members) {
    if (child === null) delete object[name];
    else setOwn(object, name, isEditedInside(child) ? yield build(child) : child.value);
  }
  return object;
}

/** What base has at a member, for a node that may be asked for more than it has. */
export function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  return isObject(value) && hasOwn(value, name) ? value[name] : undefined;
}
