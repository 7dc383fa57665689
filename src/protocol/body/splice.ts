import type { JsonValue } from '../../core/json.js';
import { arrayIndex } from '../../core/pointer.js';
import { jsonText } from './body.js';

/** A place in a body and the raw JSON text that goes there. */
export interface LiteralPlace {
  readonly tokens: readonly string[];
  readonly literal: string;
}

/** The text, or why it cannot be made. */
export type SplicedText = { readonly text: string } | { readonly impossible: string };

/** How numbers are written, and what is around them: digits that binary64 does not hold. */
export interface Literals {
  readonly isEmpty: boolean;
  /** @throws Error where it cannot be told. */
  literalOf(value: number, tokens: readonly string[], root: JsonValue): string | undefined;
}

/**
 * A value as JSON text with raw literals at some places, so that a 64-bit integer goes out with all its digits. What stands at a place is replaced; missing objects on
 * the way are made. A place below something that is neither object nor array item cannot be reached: then nothing of the caller's is overwritten.
 */
export function stringifyWith(value: unknown, places: readonly LiteralPlace[], literals?: Literals): SplicedText {
  const known = literals === undefined || literals.isEmpty ? undefined : literals;
  const number = (at: number, tokens: readonly string[]): string =>
    known?.literalOf(at, tokens, value as JsonValue) ?? JSON.stringify(at);
  try {
    return { text: write(value, places, known === undefined ? undefined : number, []) };
  } catch (error) {
    // TypeError: a cycle or a bigint, made by a caller's envelope. Else a place that cannot be reached, or digits that cannot be kept.
    return { impossible: error instanceof Error ? error.message : String(error) };
  }
}

type WriteNumber = (value: number, tokens: readonly string[]) => string;

function write(
  value: unknown,
  places: readonly LiteralPlace[],
  number: WriteNumber | undefined,
  tokens: readonly string[],
): string {
  const here = places.find((place) => place.tokens.length === 0);
  if (here !== undefined) return here.literal;
  if (places.length === 0 && number === undefined) return jsonText(value);
  if (typeof value === 'number' && number !== undefined) return number(value, tokens);
  if (Array.isArray(value)) return writeArray(value, places, number, tokens);
  if (value !== undefined && (typeof value !== 'object' || value === null)) {
    if (places.length > 0) throw unreachable(places);
    return jsonText(value);
  }
  const names = new Set([...Object.keys(value ?? {}), ...places.map((place) => place.tokens[0] ?? '')]);
  const members: string[] = [];
  for (const name of names) {
    const inner = value !== undefined && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    const inside = below(places, name);
    if (inner === undefined && inside.length === 0) continue;
    members.push(`${JSON.stringify(name)}:${write(inner, inside, number, [...tokens, name])}`);
  }
  return `{${members.join(',')}}`;
}

function writeArray(
  value: readonly unknown[],
  places: readonly LiteralPlace[],
  number: WriteNumber | undefined,
  tokens: readonly string[],
): string {
  const outside = places.filter((place) => (arrayIndex(place.tokens[0] ?? '') ?? value.length) >= value.length);
  if (outside.length > 0) throw unreachable(outside);
  const items = value.map((item, index) =>
    write(item, below(places, String(index)), number, [...tokens, String(index)]),
  );
  return `[${items.join(',')}]`;
}

function below(places: readonly LiteralPlace[], token: string): readonly LiteralPlace[] {
  if (places.length === 0) return places;
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
