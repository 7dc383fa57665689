import type { Operation } from 'fast-json-patch';
import type { JsonObject, JsonValue, Patch } from '../../../src/core/index.js';
import { apply } from '../../../src/core/index.js';
import { isContainer, pointerOf } from '../tools.js';
import type { Random } from './random.js';

/** Hands out leaves of which there is only one each, so that what is lost or doubled shows. */
export interface Mint {
  readonly random: Random;
  readonly mark: string;
  made: number;
}

function token(mint: Mint): string {
  return `${mint.mark}${mint.made++}`;
}

/** A document of objects, keyed lists and plain lists in one another, every leaf unique. */
export function tokenDocument(mint: Mint, depth = 3): JsonValue {
  const { random } = mint;
  const kind = depth === 0 ? 0 : random.below(4);
  if (kind === 0) return token(mint);
  const size = 1 + random.below(4);
  if (kind === 1) return Array.from({ length: size }, () => tokenDocument(mint, depth - 1));
  if (kind === 2) return Array.from({ length: size }, () => ({ id: token(mint), in: tokenDocument(mint, depth - 1) }));
  const object: JsonObject = {};
  for (let at = 0; at < size; at++) object[`m${at}`] = tokenDocument(mint, depth - 1);
  return object;
}

/** All leaves, sorted. */
export function tokensIn(value: JsonValue): string[] {
  const found: string[] = [];
  const visit = (here: JsonValue): void => {
    if (isContainer(here)) for (const inner of Object.values(here)) visit(inner);
    else found.push(String(here));
  };
  visit(value);
  return found.sort();
}

interface Place {
  readonly path: string;
  readonly value: JsonValue;
}

function placesIn(document: JsonValue): Place[] {
  const found: Place[] = [];
  const visit = (here: JsonValue, tokens: readonly (string | number)[]): void => {
    if (tokens.length > 0 && tokens.at(-1) !== 'id') found.push({ path: pointerOf(tokens), value: here });
    if (Array.isArray(here)) for (const [at, item] of here.entries()) visit(item, [...tokens, at]);
    else if (isContainer(here)) for (const [name, member] of Object.entries(here)) visit(member, [...tokens, name]);
  };
  visit(document, []);
  return found;
}

/** Moves from anywhere to anywhere: within lists, between them, renames, out of and into objects. Never onto something. */
export function movesIn(document: JsonValue, mint: Mint, count: number): Patch {
  const patch: Patch = [];
  let here = document;
  for (let wish = 0; wish < count; wish++) {
    const places = placesIn(here);
    const from = places[mint.random.below(places.length)];
    const into = places.filter(({ value }) => isContainer(value))[mint.random.below(places.length)];
    if (from === undefined || into === undefined || `${into.path}/`.startsWith(`${from.path}/`)) continue;
    const name = Array.isArray(into.value) ? mint.random.below(into.value.length + 1) : `fresh ${mint.mark} ${wish}`;
    const operation: Operation = { op: 'move', from: from.path, path: `${into.path}/${name}` };
    try {
      here = apply(here, [operation]);
    } catch {
      // Taken out of the very list it goes to the end of: one place too far.
      continue;
    }
    patch.push(operation);
  }
  return patch;
}

/** Edits of every other kind, with leaves of their own. */
export function editsIn(document: JsonValue, mint: Mint, count: number): Patch {
  const patch: Patch = [];
  let here = document;
  for (let wish = 0; wish < count; wish++) {
    const places = placesIn(here);
    const place = places[mint.random.below(places.length)];
    if (place === undefined) continue;
    const value = tokenDocument(mint, mint.random.below(2));
    const kind = mint.random.below(4);
    const inList = Array.isArray(place.value)
      ? `${place.path}/${mint.random.below(place.value.length + 1)}`
      : undefined;
    const operation: Operation =
      kind === 0
        ? { op: 'remove', path: place.path }
        : kind === 1 && inList !== undefined
          ? { op: 'add', path: inList, value }
          : kind === 2 && isContainer(place.value) && inList === undefined
            ? { op: 'add', path: `${place.path}/new ${wish}`, value }
            : { op: 'replace', path: place.path, value };
    here = apply(here, [operation]);
    patch.push(operation);
  }
  return patch;
}
