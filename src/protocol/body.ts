import type { JsonValue } from '../core/json.js';

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

/** What a body turns out to be, whatever its media type says. Texts are cut to what is worth looking at. */
export type BodyKind =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'xml' | 'html' | 'text'; readonly text: string }
  | { readonly kind: 'empty' };

/** Error pages say what matters at their start; looking no further keeps every search linear. */
const LOOK = 16_384;

/** Longest text that is tried as JSON: error bodies are short, and a hostile one would be parsed again for every question asked of it. */
const LONGEST_JSON = 262_144;

/** Tells JSON (also where it came as text), XML, HTML and plain text apart. */
export function kindOf(body: unknown): BodyKind {
  if (body === undefined || body === null || body === '') return { kind: 'empty' };
  if (typeof body !== 'string') return { kind: 'json', value: body };
  if (body.length > LONGEST_JSON) return textKind(body);
  const parsed = parseBody(body);
  if (!parsed.json) return textKind(body);
  return typeof parsed.value === 'string' ? textKind(parsed.value) : { kind: 'json', value: parsed.value };
}

function textKind(body: string): BodyKind {
  const text = body.slice(0, LOOK).trim();
  if (text === '') return { kind: 'empty' };
  if (!text.startsWith('<')) return { kind: 'text', text };
  return { kind: /<(?:!doctype html|html|head|body|h1)\b/i.test(text) ? 'html' : 'xml', text };
}

/** A member of a parsed JSON object; `undefined` for everything else. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
