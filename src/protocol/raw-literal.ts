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
