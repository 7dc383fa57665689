import { InvalidOptionsError } from '../../core/errors.js';
import { parsePointer } from '../../core/pointer.js';
import type { VersionedAnswer } from './version-scheme.js';

/**
 * Versions found in a body are kept as text, one to one with the JSON literal they were, so that no digit is lost: the number 5 is `5`, the string `1-abc` is
 * `1-abc`, and a string that could be taken for another literal keeps its quotes (the string 5 is `"5"`).
 */
export function versionOfLiteral(literal: string): string {
  if (!literal.startsWith('"')) return compact(literal);
  const content: unknown = JSON.parse(literal);
  if (typeof content !== 'string') return literal;
  return isJson(content) ? JSON.stringify(content) : content;
}

/**
 * The JSON literal of a version that came from a body: the other way of {@link versionOfLiteral}.
 *
 * @example
 * ```ts
 * literalOf('5'); // '5', a number
 * literalOf('1-abc'); // '"1-abc"', a string
 * ```
 */
export function literalOf(version: string): string {
  return isJson(version) ? version : JSON.stringify(version);
}

/** The version as text for headers and queries: strings without their JSON quotes, everything else as the literal it was. */
export function wireTextOf(version: string): string {
  if (!version.startsWith('"') || !isJson(version)) return version;
  const content: unknown = JSON.parse(version);
  return typeof content === 'string' ? content : version;
}

/** The version at a place of a body. Missing, `null` and `""` are no versions. */
export function tokenAt(answer: VersionedAnswer, tokens: readonly string[]): string | undefined {
  const literal = answer.text === undefined ? stringAt(answer.body, tokens) : rawLiteralAt(answer.text, tokens);
  if (literal === undefined || literal === 'null' || literal === '""' || !isJson(literal)) return undefined;
  return versionOfLiteral(literal);
}

/** The literals in a version made of several tokens (a JSON array text). */
export function literalsOf(version: string, count: number): readonly string[] {
  if (count === 1) return [literalOf(version)];
  return Array.from({ length: count }, (_, index) => rawLiteralAt(version, [String(index)]) ?? 'null');
}

/** Without the raw text (a body that was handed on parsed) the parsed value must do. */
function stringAt(body: unknown, tokens: readonly string[]): string | undefined {
  let value = body;
  for (const token of tokens) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = Reflect.get(value, token);
  }
  return value === undefined ? undefined : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // The question was whether it parses.
  }
}

/** Without insignificant blanks, so that the text may travel in a header. */
function compact(literal: string): string {
  return literal.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));
}

/** The tokens of a JSON Pointer given as an option (RFC 6901), or an error that names the option. The whole document (`''`) is no place for a version. */
export function optionTokens(pointer: unknown, option: string): readonly string[] {
  const tokens = typeof pointer === 'string' ? parsePointer(pointer) : undefined;
  if (tokens !== undefined && tokens.length > 0) return tokens;
  throw new InvalidOptionsError(
    `${option} must be a JSON Pointer that starts with "/", for example "/meta/version", with "~" written as "~0" and "/" inside a name as "~1" (RFC 6901). It is ${typeof pointer === 'string' ? JSON.stringify(pointer) : typeof pointer}.`,
    { option },
  );
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The raw JSON text at a place of a JSON text, digits and all; `undefined` where there is nothing. Of duplicate keys the last counts, as in
 * `JSON.parse`. Linear in the text, whatever it holds: it goes over each level once and never recurses. A text that is not JSON gives
 * `undefined` or some piece of it, never an exception.
 */
export function rawLiteralAt(text: string, tokens: readonly string[]): string | undefined {
  let at = skipBlank(text, 0);
  for (const token of tokens) {
    const open = text[at];
    const found = open === '{' ? memberAt(text, at, token) : open === '[' ? elementAt(text, at, token) : undefined;
    if (found === undefined) return undefined;
    at = found;
  }
  const literal = text.slice(at, endOfValue(text, at));
  return literal === '' ? undefined : literal;
}

/** Where the value of the last member with this name starts. */
function memberAt(text: string, open: number, name: string): number | undefined {
  let found: number | undefined;
  let at = skipBlank(text, open + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const end = endOfString(text, at);
    const colon = skipBlank(text, end);
    if (text[colon] !== ':') return undefined;
    const value = skipBlank(text, colon + 1);
    if (isName(text, at, end, name)) found = value;
    at = skipBlank(text, endOfValue(text, value));
    if (text[at] !== ',') break;
    at = skipBlank(text, at + 1);
  }
  return found;
}

/** Where this element starts. */
function elementAt(text: string, open: number, token: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,14})$/.test(token)) return undefined;
  let at = skipBlank(text, open + 1);
  if (text[at] === ']') return undefined;
  for (let left = Number(token); left > 0; left -= 1) {
    at = skipBlank(text, endOfValue(text, at));
    if (text[at] !== ',') return undefined;
    at = skipBlank(text, at + 1);
  }
  return at;
}

/** Only a key with escapes has to be decoded, and only one that may be long enough. */
function isName(text: string, start: number, end: number, name: string): boolean {
  const raw = end - start - 2;
  if (raw === name.length && text.startsWith(name, start + 1) && !name.includes('\\')) return true;
  if (raw <= name.length || raw > name.length * 6) return false;
  try {
    return JSON.parse(text.slice(start, end)) === name;
  } catch {
    return false; // Not JSON: nothing has this name.
  }
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== '{' && first !== '[') return endOfWord(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === '{' || char === '[') depth += 1;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

/** The place behind the closing quote. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) return at + 1;
    if (char === BACKSLASH) at += 1;
  }
  return text.length;
}

/** Numbers and `true`, `false`, `null`. */
function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',]}: \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\r\n\ufeff'.includes(text.charAt(at))) at += 1;
  return at;
}
