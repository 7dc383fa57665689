import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue } from '../../core/json.js';
import { getAt } from '../../core/pointer.js';
import { finite, mayLoseDigits, parseBody } from './body.js';
import type { Literals } from './splice.js';

/** A number of a text, as it is written there. */
interface Written {
  readonly tokens: readonly string[];
  readonly literal: string;
}

/** Numbers of one text that could lose digits, by what `JSON.parse` makes of them. */
type Digits = ReadonlyMap<number, readonly Written[]>;

const NONE: Digits = new Map();

/**
 * The digits of a resource's numbers that binary64 does not hold: a number that nobody touched is written as the server
 * wrote it. It is known again by its rounded value; where several numbers are rounded alike, by its place.
 */
export class KnownDigits implements Literals {
  /** Of the latest text that was read. */
  #latest: Digits = NONE;
  #value: JsonValue = null;
  readonly #older = new Map<number, Set<string>>();
  /** What a caller wrote and no text read has. */
  readonly #own = new Map<number, Set<string>>();

  /** Learns them from what a server sent. */
  learn(text: string): void {
    for (const [value, written] of this.#latest) addAll(this.#older, value, written);
    this.#latest = digitsOf(text);
    const parsed = this.#latest.size === 0 ? undefined : parseBody(text);
    this.#value = parsed?.json ? parsed.value : null;
  }

  /** Learns what a caller's own text has that was not read. */
  learnOwn(text: string): void {
    for (const [value, written] of digitsOf(text)) {
      const known = this.#latest.get(value) ?? [];
      addAll(
        this.#own,
        value,
        written.filter(({ literal }) => !known.some((other) => isSameNumber(other.literal, literal))),
      );
    }
  }

  get isEmpty(): boolean {
    return this.#latest.size === 0 && this.#older.size === 0 && this.#own.size === 0;
  }

  /** A caller's text differs from what was read in digits that binary64 does not show. */
  get hasOwn(): boolean {
    return this.#own.size > 0;
  }

  /**
   * How to write a number.
   *
   * @param root What is written, and `tokens` the number's place in it.
   * @throws Error where it cannot be told which of several it is.
   */
  literalOf(value: number, tokens: readonly string[], root: JsonValue): string | undefined {
    const known = this.#latest.get(value);
    const own = this.#own.get(value);
    if (known === undefined && own === undefined) {
      const [only, ...others] = this.#older.get(value) ?? [];
      return only === undefined || others.every((other) => isSameNumber(only, other)) ? only : ambiguous(value);
    }
    const [first = '', ...others] = [...(known ?? []).map(({ literal }) => literal), ...(own ?? [])];
    if (others.every((other) => isSameNumber(first, other))) return first;
    if (own !== undefined || known === undefined) return ambiguous(value);
    return this.#byPlace(known, tokens, root) ?? ambiguous(value);
  }

  /** The same for a JSON Patch: the places of its values are not those of the document. */
  get inPatch(): Literals {
    const literalOf: Literals['literalOf'] = (value, tokens, root) =>
      this.literalOf(value, ['a JSON Patch', ...tokens], { 'a JSON Patch': root });
    return { isEmpty: this.isEmpty, literalOf };
  }

  #byPlace(known: readonly Written[], tokens: readonly string[], root: JsonValue): string | undefined {
    const here = known.find((written) => written.tokens.join('/') === tokens.join('/'));
    if (here !== undefined && hasSameLists(this.#value, root, tokens)) return here.literal;
    // It has moved: then what is around it tells, if it came along as it was.
    const around = getAt(root, tokens.slice(0, -1));
    const alike = known.filter((written) => {
      const before = getAt(this.#value, written.tokens.slice(0, -1));
      return around.present && before.present && deepEqual(before.value, around.value);
    });
    const [first, ...others] = alike.map(({ literal }) => literal);
    return first !== undefined && others.every((other) => isSameNumber(first, other)) ? first : undefined;
  }
}

/** Whether no list on the way to a place has other items than before, but for the one that leads there. */
function hasSameLists(before: JsonValue, after: JsonValue, tokens: readonly string[]): boolean {
  return tokens.every((token, depth) => {
    const [one, other] = [getAt(before, tokens.slice(0, depth)), getAt(after, tokens.slice(0, depth))];
    if (!one.present || !other.present || !Array.isArray(one.value) || !Array.isArray(other.value)) return true;
    const { value: list } = other;
    return (
      one.value.length === list.length &&
      one.value.every((item, index) => String(index) === token || deepEqual(item, list[index]))
    );
  });
}

function ambiguous(value: number): never {
  throw new Error(
    `two numbers are read as ${value}, because JavaScript keeps no more digits, and after this edit it cannot be told which is which`,
  );
}

function addAll(to: Map<number, Set<string>>, value: number, written: readonly Written[]): void {
  if (written.length === 0) return;
  const known = to.get(value) ?? new Set();
  for (const { literal } of written) known.add(literal);
  to.set(value, known);
}

/** Every number that is rounded to the same as a long one, which may lose digits. */
function digitsOf(text: string): Digits {
  if (!mayLoseDigits(text)) return NONE;
  const all = [...numbersOf(text)].map((written) => [finite(Number(written.literal)), written] as const);
  const long = new Set(all.filter(([, { literal }]) => mayLoseDigits(literal)).map(([value]) => value));
  const found = new Map<number, Written[]>();
  for (const [value, written] of all) {
    if (!long.has(value)) continue;
    const known = found.get(value);
    if (known === undefined) found.set(value, [written]);
    else known.push(written);
  }
  return found;
}

function isSameNumber(one: string, other: string): boolean {
  return one === other || decimal(one) === decimal(other);
}

/** Sign, digits without zeros at either end, and the place of the point: equal for equal numbers. */
function decimal(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - digits.replace(/0+$/, '').length);
  return `${sign}${digits.replace(/0+$/, '')}e${power}`;
}

/** Every number of a JSON text with its place. Linear in the text; a text that is no JSON gives what it gives. */
function* numbersOf(text: string): Generator<Written> {
  const tokens: string[] = [];
  /** Of each open container: the index of the next item, or -1 in an object. */
  const open: number[] = [];
  const parts = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]/g;
  let isName = false;
  for (let match = parts.exec(text); match !== null; match = parts.exec(text)) {
    const [part] = match;
    if (part === '{' || part === '[') {
      open.push(part === '[' ? 0 : -1);
      tokens.push('0');
      isName = part === '{';
    } else if (part === '}' || part === ']') {
      open.pop();
      tokens.pop();
      isName = false;
    } else if (part === ',') {
      const index = open.at(-1) ?? 0;
      isName = index < 0;
      if (!isName) {
        open[open.length - 1] = index + 1;
        tokens[tokens.length - 1] = String(index + 1);
      }
    } else if (part.startsWith('"')) {
      if (isName) tokens[tokens.length - 1] = nameOf(part);
      isName = false;
    } else if (part !== ':') {
      yield { tokens: [...tokens], literal: part };
    }
  }
}

function nameOf(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  const parsed = parseBody(quoted);
  return parsed.json ? String(parsed.value) : quoted;
}
