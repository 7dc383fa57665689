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

/*
 * What can be read from XML and HTML error pages without a parser. Give it short texts only.
 */

/** The text of the first element with one of these local names (lower case), tags inside taken out. */
export function elementText(text: string, names: readonly string[]): string | undefined {
  for (const name of names) {
    const open = new RegExp(`<(?:[\\w.-]{1,40}:)?${name}(?:\\s[^<>]{0,500})?>`, 'i').exec(text);
    if (open === null) continue;
    const start = open.index + open[0].length;
    const close = new RegExp(`</(?:[\\w.-]{1,40}:)?${name}\\s{0,9}>`, 'i').exec(text.slice(start));
    const inside = plainText(text.slice(start, close === null ? undefined : start + close.index));
    if (inside !== '') return inside;
  }
  return undefined;
}

/** The local names of all elements. */
export function elementNames(text: string): readonly string[] {
  return Array.from(text.matchAll(/<(?:[\w.-]{1,40}:)?([\w.-]{1,60})[\s/>]/g), (match) => match[1] ?? '');
}

/** Without tags, with the common entities decoded and blanks made one. */
function plainText(markup: string): string {
  return markup
    .replace(/<!\[CDATA\[|\]\]>/g, '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      },
    )
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
