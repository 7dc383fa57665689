import type { JsonValue, Patch } from '../json.js';
import { formatPointer } from '../pointer.js';
import type { Change } from './change.js';
import { changeOf, childrenOf, wholeOf, wholeWithout } from './change.js';
import type { Work } from './work.js';
import { detach, enter, enterAll, isWithin, itemsOf, pathOf, workOf, workOn } from './work.js';

interface Carrying {
  readonly root: Work;
  readonly patch: Patch;
  /** Where everything that is still to be carried comes from. */
  readonly pending: Map<Change, readonly string[]>;
}

/**
 * Carries what leaves its container for another one, and copies what is a copy. Afterwards everything is in the container it belongs to,
 * and the rest of the change is to be made by container. `undefined`: nothing is carried.
 */
export function carryAll(old: JsonValue, change: Change): { readonly root: Work; readonly patch: Patch } | undefined {
  const pending = new Map<Change, readonly string[]>();
  collect(change, pending);
  if (pending.size === 0) return undefined;
  const run: Carrying = { root: workOn(old, undefined, ''), patch: [], pending };
  for (let before = Number.POSITIVE_INFINITY; pending.size > 0; ) {
    // Each stands in the other's way: one is put in as a value.
    const force = pending.size === before ? { isUsed: false } : undefined;
    before = pending.size;
    visit(run, change, run.root, force);
    const [left] = pending.keys();
    if (force !== undefined && pending.size === before && left !== undefined) giveUp(run, left);
  }
  return run;
}

function collect(change: Change, pending: Map<Change, readonly string[]>): void {
  if (change.copied !== undefined) pending.set(change, change.copied);
  else if (typeof change.was !== 'string') pending.set(change, change.was);
  for (const child of childrenOf(change)) collect(child, pending);
}

function holdsPending(run: Carrying, change: Change): boolean {
  if (run.pending.has(change)) return true;
  for (const child of childrenOf(change)) if (holdsPending(run, child)) return true;
  return false;
}

/** Goes through what is to be reached, and carries what can be. */
function visit(run: Carrying, change: Change, work: Work, force: { isUsed: boolean } | undefined): void {
  const go = (child: Change, token: string | number): void => {
    if (!holdsPending(run, child)) return;
    let there = work.known.get(child);
    if (there === undefined && child.was === 'here') there = enter(work, `${child.at >= 0 ? child.at : token}`);
    if (there === undefined) there = bring(run, change, child, work, token, force);
    if (there !== undefined) visit(run, child, there, force);
  };
  for (const [name, child] of change.members ?? []) if (child !== null) go(child, name);
  for (const [at, child] of (change.items ?? []).entries()) if (typeof child !== 'number') go(child, at);
}

/** Puts a child into its container: moved or copied there, or added where it is new or cannot be moved. */
function bring(
  run: Carrying,
  into: Change,
  child: Change,
  work: Work,
  token: string | number,
  force: { isUsed: boolean } | undefined,
): Work | undefined {
  const tokens = run.pending.get(child);
  const source = tokens === undefined ? undefined : enterAll(run.root, tokens);
  const isCopy = child.copied !== undefined;
  const target = [...pathOf(work)];
  if (tokens === undefined || source === undefined || isCopy) {
    if (isBlocked(run, work, token, child)) {
      if (force === undefined || force.isUsed) return undefined;
      force.isUsed = true;
      loseBelow(run, work, token, child);
    }
    const isInPlace = Array.isArray(work.value) && child.at >= 0;
    const isUntouched = source !== undefined && source.items === undefined && source.members.size === 0;
    const path = formatPointer([...target, tokenFor(work, into, child, token)]);
    if (isCopy) {
      run.pending.delete(child);
      if (source !== undefined && isUntouched)
        run.patch.push({ op: 'copy', from: formatPointer(pathOf(source)), path });
      else run.patch.push({ op: 'add', path, value: wholeOf(child) });
    } else
      run.patch.push({
        op: isInPlace ? 'replace' : 'add',
        path,
        value: wholeWithout(child, (inner) => run.pending.has(inner)),
      });
    const added = workOn(child.value, work, token, child);
    attach(work, into, child, token, added);
    fill(run, child, added);
    return added;
  }
  const isInside = isWithin(work, source);
  if (isInside || isBlocked(run, work, token, child)) {
    if (force === undefined || force.isUsed) return undefined;
    force.isUsed = true;
    giveUp(run, child);
    loseBelow(run, work, token, child);
    const path = formatPointer([...target, tokenFor(work, into, child, token)]);
    run.patch.push({ op: 'add', path, value: wholeOf(child) });
    const added = workOn(child.value, work, token, child);
    added.isWritten = true;
    attach(work, into, child, token, added);
    return undefined;
  }
  run.pending.delete(child);
  const from = formatPointer(pathOf(source));
  detach(source);
  const path = formatPointer([...pathOf(work), tokenFor(work, into, child, token)]);
  if (path.startsWith(`${from}/`)) {
    // It stands between itself and its target: RFC 6902 calls that a move into itself.
    for (const [other, was] of run.pending) if (isWithin(enterAll(run.root, was) ?? work, source)) giveUp(run, other);
    giveUp(run, child);
    run.patch.push({ op: 'remove', path: from }, { op: 'add', path, value: wholeOf(child) });
    const added = workOn(child.value, work, token, child);
    added.isWritten = true;
    attach(work, into, child, token, added);
    return undefined;
  }
  attach(work, into, child, token, source);
  run.patch.push({ op: 'move', from, path });
  return source;
}

/** It becomes a value like any other, with all that was to be carried into it. */
function giveUp(run: Carrying, child: Change): void {
  run.pending.delete(child);
  for (const inner of childrenOf(child)) giveUp(run, inner);
  const whole = wholeOf(child);
  Object.assign(child, changeOf(whole, 'new', child.at));
}

/** The item that is replaced where it stands. */
function replacedBy(work: Work, child: Change | undefined): number {
  if (child === undefined || child.at < 0) return -1;
  return itemsOf(work).findIndex(
    (item) => item === child.at || (typeof item !== 'number' && item.change === undefined && item.token === child.at),
  );
}

/** What is overwritten cannot be carried any more. */
function loseBelow(run: Carrying, work: Work, token: string | number, child: Change): void {
  for (const [other, tokens] of run.pending)
    if (other !== child && isOverwritten(run, tokens, work, token, child)) giveUp(run, other);
}

/** Whether a place is taken by something that is still to be carried, or holds such a thing. */
function isBlocked(run: Carrying, work: Work, token: string | number, child: Change): boolean {
  for (const [other, tokens] of run.pending)
    if (other !== child && isOverwritten(run, tokens, work, token, child)) return true;
  return false;
}

function isOverwritten(
  run: Carrying,
  tokens: readonly string[],
  work: Work,
  token: string | number,
  child: Change,
): boolean {
  const isList = Array.isArray(work.value);
  if (isList && child.at < 0) return false;
  for (let at: Work | undefined = enterAll(run.root, tokens); at?.parent !== undefined; at = at.parent)
    if (at.parent === work && at.change === undefined && at.token === (isList ? child.at : `${token}`)) return true;
  return false;
}

/** What of a new value is there since it was added. */
function fill(run: Carrying, change: Change, work: Work): void {
  work.isWritten = true;
  for (const [name, child] of change.members ?? []) {
    if (child === null || run.pending.has(child)) work.members.set(name, null);
    else known(run, child, work, name);
  }
  if (change.items === undefined) return;
  work.items = [];
  for (const [at, item] of change.items.entries()) {
    if (typeof item === 'number') work.items.push(item);
    else if (!run.pending.has(item)) work.items.push(known(run, item, work, at));
  }
}

function known(run: Carrying, child: Change, parent: Work, token: string | number): Work {
  const work = workOn(child.value, parent, token, child);
  parent.known.set(child, work);
  if (typeof token === 'string') parent.members.set(token, work);
  fill(run, child, work);
  return work;
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
