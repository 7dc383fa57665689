import { assertJson, cloneJson } from './assert-json.js';
import type { JsonValue, Patch } from './json.js';
import { isContainer } from './json.js';
import { formatPointer } from './pointer.js';

/** Fewer operations than this are never made one: each says more about the change than a replaced whole would. */
const FEW = 32;
/** What an operation takes besides its pointers and its value, in characters. */
const FRAME = 30;

/** A patch being written, with the place the writer is at and what the operations so far take. */
export interface PatchWriter {
  readonly operations: Patch;
  /** Where the walk is in the document to be reached. */
  path: (string | number)[];
  /** Characters of JSON, roughly. */
  size: number;
}

/** Starts an empty patch. */
export function openWriter(): PatchWriter {
  return { operations: [], path: [], size: 0 };
}

/** Writes an `add` or `replace` of what is at the current place. The value is copied: later changes of the caller's value must not reach the patch. */
export function writeValue(writer: PatchWriter, op: 'add' | 'replace', value: unknown): void {
  const path = formatPointer(writer.path);
  assertJson(value, 'The value after the edit', path);
  writer.operations.push({ op, path, value: cloneJson(value) });
  writer.size += FRAME + path.length + sizeUpTo(value, Number.POSITIVE_INFINITY);
}

/** Writes a `remove` of what is at the current place. */
export function writeRemove(writer: PatchWriter, value: unknown): void {
  const path = formatPointer(writer.path);
  assertJson(value, 'The value before the edit', path);
  writer.operations.push({ op: 'remove', path });
  writer.size += FRAME + path.length;
}

/** Writes a `move` of an item within the list at the current place. */
export function writeMove(writer: PatchWriter, from: number, at: number): void {
  const list = formatPointer(writer.path);
  writer.operations.push({ op: 'move', from: `${list}/${from}`, path: `${list}/${at}` });
  writer.size += FRAME + 2 * list.length;
}

/** Whether so many more operations, of so many characters, take more than the value itself would. */
export function isWasteful(operations: number, size: number, value: JsonValue): boolean {
  return operations > FEW && sizeUpTo(value, size) < size;
}

/** How many operations announce themselves before they are written: their smallest possible size. */
export function leastSize(operations: number): number {
  return operations * FRAME;
}

/** Takes back the operations from `start` on. */
export function takeBack(writer: PatchWriter, start: number, size: number): void {
  writer.operations.length = start;
  writer.size = size;
}

/** The length of a value as JSON, roughly; what is over `limit` is not counted. */
function sizeUpTo(value: JsonValue, limit: number): number {
  let size = 0;
  const pending: JsonValue[] = [value];
  for (let next = pending.pop(); next !== undefined && size < limit; next = pending.pop()) {
    if (typeof next === 'string') size += next.length + 2;
    else if (!isContainer(next)) size += 4;
    else {
      const children = Object.values(next);
      size += children.length + 1;
      if (!Array.isArray(next)) for (const key of Object.keys(next)) size += key.length + 3;
      if (size < limit) for (const child of children) pending.push(child);
    }
  }
  return size;
}
