import fc from 'fast-check';
import type { Operation } from 'fast-json-patch';
import type { JsonValue, Patch } from '../../../src/core/json.js';
import { apply } from '../../../src/core/patch/apply.js';
import { formatPointer } from '../../../src/core/pointer.js';
import { json } from '../arbitrary.js';

type Choice = readonly [kind: number, first: number, second: number, value: JsonValue];

const choices = (most: number): fc.Arbitrary<Choice[]> =>
  fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat(), fc.nat(), json), { maxLength: most });

/** Every place in a document; with `room`, also those where something could be added. */
function placesIn(document: JsonValue, room: boolean): string[] {
  const places: string[] = [];
  const visit = (value: JsonValue, tokens: (string | number)[]): void => {
    places.push(formatPointer(tokens));
    if (typeof value !== 'object' || value === null) return;
    if (room) places.push(formatPointer([...tokens, Array.isArray(value) ? '-' : 'fresh']));
    if (room && Array.isArray(value)) places.push(formatPointer([...tokens, value.length]));
    for (const [key, child] of Object.entries(value)) visit(child, [...tokens, key]);
  };
  visit(document, []);
  return places;
}

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)];
}

function operationFor(document: JsonValue, [kind, first, second, value]: Choice): Operation {
  const there = pick(placesIn(document, false), first) ?? '';
  const room = pick(placesIn(document, true), second) ?? '';
  if (kind <= 2) return { op: 'add', path: room, value };
  if (kind <= 4) return { op: 'replace', path: there, value };
  if (kind <= 6) return { op: 'remove', path: there };
  if (kind === 7) return { op: 'move', from: there, path: room };
  if (kind === 8) return { op: 'copy', from: there, path: room };
  return { op: 'test', path: '', value: document };
}

/** A patch of any operations that applies to the document. */
export function patchFor(
  document: JsonValue,
  wishes: readonly Choice[],
): { readonly patch: Patch; readonly result: JsonValue } {
  const patch: Patch = [];
  let result = document;
  for (const wish of wishes) {
    const operation = operationFor(result, wish);
    try {
      result = apply(result, [operation]);
    } catch {
      // A move into itself, or the removal of the root: this wish cannot be granted.
      continue;
    }
    patch.push(operation);
  }
  return { patch, result };
}

/** A document and wishes for two patches in a row. */
export const documentAndWishes: fc.Arbitrary<[JsonValue, Choice[], Choice[]]> = fc.tuple(json, choices(6), choices(6));
