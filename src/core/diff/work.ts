import type { JsonValue } from '../json.js';
import { hasOwn, isObject } from '../json.js';
import { childOf } from '../pointer.js';
import type { Change } from './change.js';

/** A value of the document while things are being carried about in it, and where it is now. */
export interface Work {
  /** What it was, or is made of. */
  readonly value: JsonValue;
  parent: Work | undefined;
  /** Its present name; for an item that is still in its list, the index it had there. */
  token: string | number;
  /** What it was put here as; undefined: it is still where it was. */
  change: Change | undefined;
  /** Nothing but what is carried into it is left to be written. */
  isWritten: boolean;
  /** Members by their present names, as far as they were looked at; null: taken away. */
  readonly members: Map<string, Work | null>;
  /** All items in their present order, once one came or went: a number is the index of one that was not looked at. */
  items: (number | Work)[] | undefined;
  /** What was looked at, by its old name or index, and by what it becomes. */
  readonly known: Map<string | number | Change, Work>;
}

export function workOn(value: JsonValue, parent: Work | undefined, token: string | number, change?: Change): Work {
  return { value, parent, token, change, isWritten: false, members: new Map(), items: undefined, known: new Map() };
}

/** What a changed child is in the work, if it was looked at. `name`: for a member. */
export function workOf(work: Work, child: Change, name?: string): Work | undefined {
  return work.known.get(child) ?? (child.was === 'here' ? work.known.get(name ?? child.at) : undefined);
}

/** Whether an object has a member now. */
export function hasMember(old: JsonValue, name: string, work: Work | undefined): boolean {
  const known = work?.members.get(name);
  return known === undefined ? isObject(old) && hasOwn(old, name) : known !== null;
}

/** The child that had this name or index at first. */
export function enter(work: Work, token: string): Work | undefined {
  const name = Array.isArray(work.value) ? Number(token) : token;
  const before = work.known.get(name);
  if (before !== undefined) return before;
  const value = childOf(work.value, token);
  if (value === undefined) return undefined;
  const child = workOn(value, work, name);
  work.known.set(name, child);
  if (typeof name === 'string') work.members.set(name, child);
  else if (work.items !== undefined) work.items[work.items.indexOf(name)] = child;
  return child;
}

export function enterAll(root: Work, tokens: readonly string[]): Work | undefined {
  let work: Work | undefined = root;
  for (const token of tokens) work = work && enter(work, token);
  return work;
}

/** Where it is now. */
export function pathOf(work: Work): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = work; at.parent !== undefined; at = at.parent) {
    const { items } = at.parent;
    path.push(items === undefined ? at.token : items.indexOf(at));
  }
  return path.reverse();
}

export function itemsOf(work: Work): (number | Work)[] {
  if (work.items === undefined) {
    const length = Array.isArray(work.value) ? work.value.length : 0;
    work.items = Array.from({ length }, (_, at) => work.known.get(at) ?? at);
  }
  return work.items;
}

export function detach(work: Work): void {
  const { parent, token } = work;
  if (parent === undefined) return;
  if (Array.isArray(parent.value)) {
    const items = itemsOf(parent);
    items.splice(items.indexOf(work), 1);
  } else parent.members.set(`${token}`, null);
}

export function isWithin(work: Work, outer: Work): boolean {
  for (let at: Work | undefined = work; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}
