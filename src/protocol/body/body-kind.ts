import { parseBody } from './body.js';

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
