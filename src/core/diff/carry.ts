import type { JsonValue, Patch } from '../json.js';
import { hasOwn, isObject } from '../json.js';
import { childOf, formatPointer } from '../pointer.js';
import type { Change } from './change.js';
import { changeOf, childrenOf, wholeOf, without } from './change.js';

/** A value of the document while things are being carried about in it, and where it is now. */
export interface Work {
  /** What it was, or is made of. */
  readonly value: JsonValue;
  parent: Work | undefined;
  /** Its present name; for an item that is still in its list, the index it had there. */
  token: string | number;
  /** What it was put here as; undefined: it is still where it was. */
  change: Change | undefined;
  /** Members by their present names, as far as they were looked at; null: taken away. */
  readonly members: Map<string, Work | null>;
  /** All items in their present order, once one came or went: a number is the index of one that was not looked at. */
  items: (number | Work)[] | undefined;
  /** What was looked at, by its old name or index, and by what it becomes. */
  readonly known: Map<string | number | Change, Work>;
}

interface Carrying {
  readonly patch: Patch;
  /** What is still to be carried or copied, and where it comes from. */
  readonly pending: Map<Change, Work>;
  /** Each stands in the other's way: one may be put in as a value. */
  mayForce: boolean;
}

/**
 * Carries what leaves its container for another one, and copies what is a copy. Afterwards everything is in the container it belongs to,
 * and the rest of the change is to be made by container. `undefined`: nothing is carried.
 */
export function carryAll(old: JsonValue, change: Change): { readonly root: Work; readonly patch: Patch } | undefined {
  const root = workOn(old, undefined, '');
  const run: Carrying = { patch: [], pending: new Map(), mayForce: false };
  collect(run, change, root);
  if (run.pending.size === 0) return undefined;
  for (let before = -1; run.pending.size > 0; ) {
    run.mayForce = run.pending.size === before;
    before = run.pending.size;
    visit(run, change, root);
    const [left] = run.pending.keys();
    if (run.mayForce && run.pending.size === before && left !== undefined) giveUp(run, left);
  }
  return { root, patch: run.patch };
}

function collect(run: Carrying, change: Change, root: Work): void {
  const tokens = change.copied ?? (typeof change.was === 'string' ? undefined : change.was);
  const source = tokens?.reduce<Work | undefined>((work, token) => work && enter(work, token), root);
  if (source !== undefined) run.pending.set(change, source);
  for (const child of childrenOf(change)) collect(run, child, root);
}

function holdsPending(run: Carrying, change: Change): boolean {
  if (run.pending.has(change)) return true;
  for (const child of childrenOf(change)) if (holdsPending(run, child)) return true;
  return false;
}

/** Goes through what is to be reached, and carries what can be. */
function visit(run: Carrying, change: Change, work: Work): void {
  const go = (child: Change, token: string | number): void => {
    if (!holdsPending(run, child)) return;
    const isHere = child.was === 'here';
    const there = work.known.get(child) ?? (isHere ? enter(work, `${child.at >= 0 ? child.at : token}`) : undefined);
    const next = there ?? bring(run, change, child, work, token);
    if (next !== undefined) visit(run, child, next);
  };
  for (const [name, child] of change.members ?? []) if (child !== null) go(child, name);
  for (const [at, child] of (change.items ?? []).entries()) if (typeof child !== 'number') go(child, at);
}

/** Puts a child into its container: moved or copied there, or added where it is new or cannot be moved. `undefined`: not yet. */
function bring(run: Carrying, into: Change, child: Change, work: Work, token: string | number): Work | undefined {
  const { pending, patch } = run;
  const source = pending.get(child);
  const isCopy = child.copied !== undefined;
  const place = (): string => formatPointer([...pathOf(work), tokenFor(work, into, child, token)]);
  // What is overwritten cannot be carried any more.
  const taken = occupant(work, child, token);
  const lost = taken === undefined ? [] : [...pending].filter(([other, it]) => other !== child && isWithin(it, taken));
  const isInside = source !== undefined && !isCopy && isWithin(work, source);
  if (isInside || lost.length > 0) {
    if (!run.mayForce) return undefined;
    run.mayForce = false;
    for (const [other] of lost) giveUp(run, other);
    if (!isCopy && source !== undefined) giveUp(run, child);
  } else if (source !== undefined && !isCopy) {
    pending.delete(child);
    const from = formatPointer(pathOf(source));
    detach(source);
    const path = place();
    if (!path.startsWith(`${from}/`)) {
      attach(work, into, child, token, source);
      patch.push({ op: 'move', from, path });
      return source;
    }
    // It stands between itself and its target: RFC 6902 calls that a move into itself.
    for (const [other, it] of pending) if (isWithin(it, source)) giveUp(run, other);
    giveUp(run, child);
    patch.push({ op: 'remove', path: from });
  }
  const path = place();
  if (isCopy) pending.delete(child);
  const rest = without(child, (inner) => pending.has(inner));
  if (isCopy && source !== undefined && source.items === undefined && source.members.size === 0)
    patch.push({ op: 'copy', from: formatPointer(pathOf(source)), path });
  else patch.push({ op: Array.isArray(work.value) && child.at >= 0 ? 'replace' : 'add', path, value: rest.value });
  // From now on it is there, and only what is to be carried into it is missing.
  Object.assign(child, rest, { at: child.at, copied: undefined });
  const added = workOn(child.value, work, token);
  attach(work, into, child, token, added);
  return added;
}

/** It becomes a value like any other, with all that was to be carried into it. */
function giveUp(run: Carrying, child: Change): void {
  run.pending.delete(child);
  for (const inner of childrenOf(child)) giveUp(run, inner);
  Object.assign(child, changeOf(wholeOf(child), 'new', child.at));
}

/** What is still where it was, and is overwritten when something is put in its place. */
function occupant(work: Work, child: Change, token: string | number): Work | undefined {
  const there = Array.isArray(work.value) ? work.known.get(child.at) : work.members.get(`${token}`);
  return there?.parent === work && there.change === undefined ? there : undefined;
}

/** The item that is replaced where it stands. */
function replacedBy(work: Work, child: Change): number {
  return child.at < 0 ? -1 : itemsOf(work).indexOf(work.known.get(child.at) ?? child.at);
}

/** The index it goes to: behind the next item in front of it that is there already. */
function tokenFor(work: Work, into: Change, child: Change, token: string | number): string | number {
  if (!Array.isArray(work.value)) return token;
  const items = itemsOf(work);
  const place = replacedBy(work, child);
  if (place >= 0) return place;
  const wanted = into.items ?? [];
  for (let at = wanted.indexOf(child) - 1; at >= 0; at--) {
    const item = wanted[at] ?? -1;
    const there = typeof item === 'number' ? (work.known.get(item) ?? item) : (workOf(work, item) ?? item.at);
    const before = there === -1 ? -1 : items.indexOf(there);
    if (before >= 0) return before + 1;
  }
  return 0;
}

function attach(work: Work, into: Change, child: Change, token: string | number, added: Work): void {
  if (Array.isArray(work.value))
    itemsOf(work).splice(Number(tokenFor(work, into, child, token)), replacedBy(work, child) >= 0 ? 1 : 0, added);
  else work.members.set(`${token}`, added);
  added.parent = work;
  added.token = token;
  added.change = child;
  work.known.set(child, added);
}

function detach(work: Work): void {
  const { parent, token } = work;
  if (parent === undefined) return;
  if (Array.isArray(parent.value)) itemsOf(parent).splice(itemsOf(parent).indexOf(work), 1);
  else parent.members.set(`${token}`, null);
}

function workOn(value: JsonValue, parent: Work | undefined, token: string | number): Work {
  return { value, parent, token, change: undefined, members: new Map(), items: undefined, known: new Map() };
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
function enter(work: Work, token: string): Work | undefined {
  const name = Array.isArray(work.value) ? Number(token) : token;
  const before = work.known.get(name);
  const value = childOf(work.value, token);
  if (before !== undefined || value === undefined) return before;
  const child = workOn(value, work, name);
  work.known.set(name, child);
  if (typeof name === 'string') work.members.set(name, child);
  else if (work.items !== undefined) work.items[work.items.indexOf(name)] = child;
  return child;
}

/** Where it is now. */
function pathOf(work: Work): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = work; at.parent !== undefined; at = at.parent)
    path.push(at.parent.items === undefined ? at.token : at.parent.items.indexOf(at));
  return path.reverse();
}

function itemsOf(work: Work): (number | Work)[] {
  if (work.items === undefined) {
    const length = Array.isArray(work.value) ? work.value.length : 0;
    work.items = Array.from({ length }, (_, at) => work.known.get(at) ?? at);
  }
  return work.items;
}

function isWithin(work: Work, outer: Work): boolean {
  for (let at: Work | undefined = work; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}
