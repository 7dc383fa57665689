import { arrayIndex } from '../core/pointer.js';
import { jsonText } from './json-text.js';

/** A place in a body and the raw JSON text that goes there. */
export interface LiteralPlace {
  readonly tokens: readonly string[];
  readonly literal: string;
}

/** The text, or why it cannot be made. */
export type SplicedText = { readonly text: string } | { readonly impossible: string };

/**
 * A value as JSON text with raw literals at some places, so that a 64-bit integer goes out with all its digits. What stands at a place is replaced; missing objects on
 * the way are made. A place below something that is neither object nor array item cannot be reached: then nothing of the caller's is overwritten.
 */
export function stringifyWith(value: unknown, places: readonly LiteralPlace[]): SplicedText {
  try {
    return { text: write(value, places) };
  } catch (error) {
    // TypeError: a cycle or a bigint, made by a caller's envelope. Else a place that cannot be reached, see below.
    return { impossible: error instanceof Error ? error.message : String(error) };
  }
}

function write(value: unknown, places: readonly LiteralPlace[]): string {
  const here = places.find((place) => place.tokens.length === 0);
  if (here !== undefined) return here.literal;
  if (places.length === 0) return jsonText(value);
  if (Array.isArray(value)) return writeArray(value, places);
  if (value !== undefined && (typeof value !== 'object' || value === null)) throw unreachable(places);
  const names = new Set([...Object.keys(value ?? {}), ...places.map((place) => place.tokens[0] ?? '')]);
  const members: string[] = [];
  for (const name of names) {
    const inner = value !== undefined && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    const inside = below(places, name);
    if (inner === undefined && inside.length === 0) continue;
    members.push(`${JSON.stringify(name)}:${write(inner, inside)}`);
  }
  return `{${members.join(',')}}`;
}

function writeArray(value: readonly unknown[], places: readonly LiteralPlace[]): string {
  const outside = places.filter((place) => (arrayIndex(place.tokens[0] ?? '') ?? value.length) >= value.length);
  if (outside.length > 0) throw unreachable(outside);
  return `[${value.map((item, index) => write(item, below(places, String(index)))).join(',')}]`;
}

function below(places: readonly LiteralPlace[], token: string): readonly LiteralPlace[] {
  return places
    .filter((place) => place.tokens[0] === token)
    .map((place) => ({ tokens: place.tokens.slice(1), literal: place.literal }));
}

function unreachable(places: readonly LiteralPlace[]): Error {
  const token = places[0]?.tokens[0] ?? '';
  return new Error(
    `the place of the version cannot be reached: there is neither an object nor an array item for "${token}"`,
  );
}
