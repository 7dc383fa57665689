import type { JsonValue } from '../../core/json.js';

/** A body as JSON, or the word that it is none. */
export type ParsedBody = { readonly json: true; readonly value: JsonValue } | { readonly json: false };

/**
 * Parses a body as JSON whatever its media type says: some servers send JSON as text/plain. A byte order mark is skipped (RFC 8259 8.1); an empty body is no JSON.
 *
 * Numbers beyond 2^53 lose digits here, as everywhere in JavaScript: `KnownDigits` and versions are read from the raw text. One beyond the range
 * of binary64 (`1e400`) becomes the greatest that is in it: JSON has no Infinity.
 */
export function parseBody(text: string): ParsedBody {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  // HTML and XML pages can be large: no need to throw over them.
  if (/^\s*(?:<|$)/.test(json)) return { json: false };
  try {
    const value: JsonValue = HUGE.test(json) ? JSON.parse(json, inRange) : JSON.parse(json);
    return { json: true, value };
  } catch {
    return { json: false }; // Not JSON is an answer here, not a failure.
  }
}

const HUGE = /\d[eE]\+?\d{3}|\d{300}/;

function inRange(_name: string, value: JsonValue): JsonValue {
  return typeof value === 'number' ? finite(value) : value;
}

/** The nearest number that JSON can write. */
export function finite(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** A number with more digits than binary64 keeps, or beyond its range, may be in there. */
const LONG_NUMBER = /\d(?:\.?\d){15}|\d[eE][+-]?\d{2}/;

/** Whether a number of this text may lose digits when it is parsed. */
export function mayLoseDigits(text: string): boolean {
  return LONG_NUMBER.test(text);
}

/**
 * A value as JSON text. Nothing deeper than a thousand levels comes here: it is refused at the door.
 *
 * @throws TypeError for what JSON cannot carry: a cycle, a bigint.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
