import { rawLiteralAt } from './raw-literal.js';
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
  if (!/\s/.test(literal)) return literal;
  let out = '';
  let inString = false;
  for (let at = 0; at < literal.length; at += 1) {
    const char = literal.charAt(at);
    if (inString && char === '\\') out += char + literal.charAt(++at);
    else {
      if (char === '"') inString = !inString;
      if (inString || !/\s/.test(char)) out += char;
    }
  }
  return out;
}
