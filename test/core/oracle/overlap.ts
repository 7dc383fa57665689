import type { Operation } from 'fast-json-patch';
import type { JsonObject, JsonValue, Patch } from '../../../src/core/index.js';
import { apply } from '../../../src/core/index.js';
import { isObject, pointerOf } from '../tools.js';
import type { Random } from './random.js';

/** What the operations of an overlapping edit may be. */
export interface Wish {
  readonly moves: boolean;
}

type Path = readonly (string | number)[];

const NAMES = ['a', 'b', '0', '1', '', '~/', '__proto__', 'toString'] as const;

/** An object of a few names, in which many edits meet; `l` is always a list of items with ids. */
function objectOf(random: Random, depth: number): JsonObject {
  const entries: [string, JsonValue][] = NAMES.filter(() => random.chance(0.4)).map((name) => [
    name,
    anyValue(random, depth - 1),
  ]);
  if (depth > 0 && random.chance(0.6)) entries.push(['l', listOf(random, depth - 1)]);
  return Object.fromEntries(entries);
}

function anyValue(random: Random, depth: number): JsonValue {
  if (depth > 0 && random.chance(0.4)) return objectOf(random, depth);
  return random.pick<JsonValue>([1, 2, 3, 'x', null, true]);
}

function listOf(random: Random, depth: number): JsonValue[] {
  // Keys of its own: an item that stood in one list and stands in its sibling would be the same one.
  const ids = [0, 1, 2, 3, 4, 5, 6].filter(() => random.chance(0.5));
  const mark = random.below(100_000) * 10;
  return ids.map((id) => itemOf(random, mark + id, depth));
}

function itemOf(random: Random, id: number, depth: number): JsonObject {
  return Object.assign(objectOf(random, depth), { id });
}

/** A small document with objects in objects and keyed lists in keyed lists. */
export function overlapDocument(random: Random): JsonObject {
  return Object.assign(objectOf(random, 3), { l: listOf(random, 2) });
}

/** A random edit that may meet another one anywhere. Keys of items stay as they are, and lists stay lists. */
export function overlapEdit(
  base: JsonValue,
  random: Random,
  wishes: number,
  { moves }: Wish,
): { patch: Patch; document: JsonValue } {
  const patch: Patch = [];
  let document = base;
  for (let wish = 0; wish < wishes; wish++) {
    const operation = operationOn(document, random, [], moves);
    if (operation === undefined) continue;
    document = apply(document, [operation]);
    patch.push(operation);
  }
  return { patch, document };
}

function operationOn(here: JsonValue, random: Random, path: Path, moves: boolean): Operation | undefined {
  if (Array.isArray(here)) return onList(here, random, path, moves);
  if (!isObject(here)) return undefined;
  const inner = Object.keys(here).filter((name) => typeof here[name] === 'object' && here[name] !== null);
  const name = inner[random.below(inner.length)];
  if (name !== undefined && random.chance(0.7)) return operationOn(here[name] ?? null, random, [...path, name], moves);
  return onMember(here, random, path);
}

function onMember(here: JsonObject, random: Random, path: Path): Operation | undefined {
  const names = Object.keys(here).filter((name) => name !== 'id' && name !== 'l');
  const name = names[random.below(names.length)];
  if (name === undefined || random.chance(0.3)) {
    const fresh = random.pick(NAMES);
    return { op: 'add', path: pointerOf([...path, fresh]), value: anyValue(random, 2) };
  }
  const pointer = pointerOf([...path, name]);
  return random.chance(0.4)
    ? { op: 'remove', path: pointer }
    : { op: 'replace', path: pointer, value: anyValue(random, 2) };
}

function onList(list: readonly JsonValue[], random: Random, path: Path, moves: boolean): Operation | undefined {
  const at = random.below(list.length);
  const item = list[at];
  const kind = random.below(moves ? 6 : 5);
  if (item === undefined || kind === 0) {
    const taken = new Set(list.map((one) => (isObject(one) ? one.id : undefined)));
    const first = Number([...taken][0] ?? random.below(100_000) * 10);
    const id = first - (first % 10) + random.below(10);
    if (taken.has(id)) return undefined;
    return { op: 'add', path: pointerOf([...path, random.below(list.length + 1)]), value: itemOf(random, id, 1) };
  }
  if (kind === 1) return { op: 'remove', path: pointerOf([...path, at]) };
  if (kind < 5) return operationOn(item, random, [...path, at], moves);
  const place = random.below(list.length);
  return place === at ? undefined : { op: 'move', from: pointerOf([...path, at]), path: pointerOf([...path, place]) };
}
