import { assertJson, cloneJson } from '../assert-json.js';
import type { JsonValue, Patch } from '../json.js';
import { hasOwn, isContainer, isObject } from '../json.js';
import { formatPointer } from '../pointer.js';
import type { Work } from './carry.js';
import { carryAll, hasMember, workOf } from './carry.js';
import type { Change } from './change.js';
import { isTouchedInside, wholeOf } from './change.js';
import { listScript } from './script.js';

/** Fewer operations than this are never made one: each says more about the change than a replaced whole would. */
const FEW = 32;
/** What an operation takes besides its pointers and its value, in characters. */
const FRAME = 30;

interface Writer {
  readonly patch: Patch;
  /** Where the walk is, in the document to be reached. */
  readonly path: (string | number)[];
  /** What the operations so far take, in characters of JSON, roughly. */
  size: number;
  /** Whether many operations may become the replacement of what they are in. */
  readonly mayReplace: boolean;
  /** The operations that were last found to be worth their room. */
  frugal: { from: number; to: number };
}

/**
 * The patch that makes a change of a document: first what is carried from one container to another, then container by container, parents
 * first, removals, moves, additions and what changes inside. So every path but those of the carrying is one of the document to be reached.
 * Without `mayCarry` it is known that nothing is carried.
 */
export function writeChange(old: JsonValue, change: Change, mayCarry = true): Patch {
  // Into a whole that is new nothing need be carried.
  const carried = mayCarry && change.was !== 'new' ? carryAll(old, change) : undefined;
  const writer: Writer = {
    patch: carried?.patch ?? [],
    path: [],
    size: 0,
    mayReplace: carried === undefined,
    frugal: { from: 0, to: 0 },
  };
  writeInside(writer, change, carried?.root);
  return writer.patch;
}

function writeInside(writer: Writer, change: Change, work: Work | undefined): void {
  if (change.was === 'new') return put(writer, 'replace', wholeOf(change));
  if (!isTouchedInside(change)) return;
  const from = writer.patch.length;
  const { size } = writer;
  if (Array.isArray(change.value)) writeItems(writer, change, work);
  else writeMembers(writer, change, work);
  const to = writer.patch.length;
  const { frugal, mayReplace } = writer;
  // All of them stand in one child: what was frugal there is so here.
  if (!mayReplace || (frugal.from === from && frugal.to === to)) return;
  if (isWasteful(to - from, writer.size - size, change)) {
    writer.patch.length = from;
    writer.size = size;
    put(writer, 'replace', wholeOf(change));
  } else writer.frugal = { from, to };
}

function writeMembers(writer: Writer, change: Change, work: Work | undefined): void {
  const { path } = writer;
  const old = isObject(change.value) ? change.value : {};
  for (const [name, child] of change.members ?? []) {
    if (child !== null || !hasMember(old, name, work)) continue;
    path.push(name);
    writer.size += FRAME + remove(writer);
    path.pop();
  }
  for (const [name, child] of change.members ?? []) {
    if (child === null) continue;
    const known = work && workOf(work, child, name);
    path.push(name);
    if (child.was !== 'new' || known !== undefined) writeInside(writer, child, known);
    else put(writer, hasMember(old, name, work) ? 'replace' : 'add', wholeOf(child));
    path.pop();
  }
}

function writeItems(writer: Writer, change: Change, work: Work | undefined): void {
  const { path } = writer;
  const { items = [], value } = change;
  const length = work?.items?.length ?? (Array.isArray(value) ? value.length : 0);
  const toB = new Int32Array(length).fill(-1);
  const placeOf = work?.items === undefined ? undefined : currentPlaces(work.items);
  const changed: number[] = [];
  let isSame = items.length === length;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] ?? -1;
    const at = typeof item === 'number' ? item : item.at;
    const from = placeOf === undefined ? at : (placeOf.get(item) ?? (at >= 0 ? placeOf.get(at) : undefined) ?? -1);
    if (from !== index) isSame = false;
    if (from >= 0) toB[from] = index;
    if (typeof item !== 'number') changed.push(index);
  }
  const steps = isSame ? [] : listScript(toB, items.length);
  if (writer.mayReplace && isWasteful(steps.length, steps.length * FRAME, change))
    return put(writer, 'replace', wholeOf(change));
  // Written only for the list that has steps: a pointer is as long as it is deep.
  const list = steps.length === 0 ? '' : formatPointer(path);
  for (const step of steps) {
    if (step.kind === 'move') {
      writer.patch.push({ op: 'move', from: `${list}/${step.from}`, path: `${list}/${step.at}` });
      writer.size += FRAME + 2 * list.length;
      continue;
    }
    const item = items[step.index];
    path.push(step.at);
    if (step.kind === 'remove') writer.size += FRAME + remove(writer);
    else if (item !== undefined && typeof item !== 'number') put(writer, 'add', wholeOf(item));
    path.pop();
  }
  for (const index of changed) {
    const item = items[index];
    // What was not there before is whole since it was added.
    if (item === undefined || typeof item === 'number' || (item.at < 0 && placeOf?.has(item) !== true)) continue;
    path.push(index);
    writeInside(writer, item, work && workOf(work, item));
    path.pop();
  }
}

/** Where each item stands now: old ones by their old index, others by their change. */
function currentPlaces(items: readonly (number | Work)[]): Map<number | Change, number> {
  const places = new Map<number | Change, number>();
  items.forEach((item, at) => {
    if (typeof item === 'number') places.set(item, at);
    else places.set(item.change ?? Number(item.token), at);
  });
  return places;
}

/** Writes an `add` or `replace` of what is at the current place. The value is copied: later changes of the caller's value must not reach the patch. */
function put(writer: Writer, op: 'add' | 'replace', value: JsonValue): void {
  const pointer = formatPointer(writer.path);
  assertJson(value, 'The value after the edit', pointer);
  writer.patch.push({ op, path: pointer, value: cloneJson(value) });
  writer.size += FRAME + pointer.length + sizeUpTo(value, Number.POSITIVE_INFINITY);
}

function remove({ patch, path }: Writer): number {
  const pointer = formatPointer(path);
  patch.push({ op: 'remove', path: pointer });
  return pointer.length;
}

/** Whether so many more operations, of so many characters, take more than the value itself would. */
function isWasteful(operations: number, size: number, change: Change): boolean {
  return operations > FEW && sizeUpTo(wholeOf(change), size) < size;
}

/** Whether a list's changes, told one by one, take more than the list that comes of them. */
export function isTooMany(changes: number, after: JsonValue): boolean {
  return changes > FEW && sizeUpTo(after, changes * FRAME) < changes * FRAME;
}

/** The length of a value as JSON, roughly; what is over `limit` is not counted. */
function sizeUpTo(value: JsonValue, limit: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (!isContainer(value)) return 4;
  let size = 1;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && size < limit; at++) size += 1 + sizeUpTo(value[at] ?? null, limit - size);
    return size;
  }
  for (const name in value) {
    if (size >= limit) return size;
    if (hasOwn(value, name)) size += name.length + 4 + sizeUpTo(value[name] ?? null, limit - size);
  }
  return size;
}
