import { InvalidOptionsError } from './errors.js';
import type { PointerPattern } from './json.js';

/** Where a walk down a document stands in a table of patterns. */
export interface PatternCursor<V> {
  readonly table: PatternTable<V>;
  /** The most specific pattern that ends here. */
  readonly match: { readonly value: V } | undefined;
  /** The patterns still going, as places in the table. */
  readonly states: readonly number[];
  /** What follows each token that is literal here, once it has been asked for. */
  readonly literals: Map<string, PatternCursor<V> | undefined>;
  other: PatternCursor<V> | undefined;
}

/** Patterns ready for matching. There is one cursor for each set of states, so walking a large document builds few. */
export interface PatternTable<V> {
  readonly steps: readonly Step<V>[];
  readonly starts: readonly number[];
  readonly cursors: Map<string, PatternCursor<V>>;
}

/** One token of one pattern; a pattern's steps stand in a row and close with its `end`. The rows are in order of rank. */
type Step<V> = { readonly literal: string } | { readonly any: 'one' | 'many' } | { readonly end: { readonly value: V } };

/**
 * Reads a table of patterns. `*` stands for one token, `**` for any number of them, none included; every other token is literal, with
 * `~0` for `~`, `~1` for `/` and `~*` for a `*`, so that a member called `*` is written `~*`. `''` is the root.
 *
 * Where several patterns match, the one with the most literal tokens wins; then the one with fewer `**`; then the one that is literal (or
 * `*` and not `**`) earlier; then the later one. `where` names the option in the InvalidOptionsError for a bad pattern.
 */
export function compilePatterns<V>(table: { readonly [pattern: PointerPattern]: V }, where: string): PatternTable<V> {
  const rows = Object.entries(table).map(([pattern, value]) => ({ tokens: readPattern(pattern, where), value }));
  const ranked = rows.reverse().sort((a, b) => compareRank(a.tokens, b.tokens));
  const starts: number[] = [];
  const steps: Step<V>[] = [];
  for (const { tokens, value } of ranked) {
    starts.push(steps.length);
    steps.push(...tokens, { end: { value } });
  }
  return { steps, starts, cursors: new Map() };
}

type Token = { readonly literal: string } | { readonly any: 'one' | 'many' };

function readPattern(pattern: string, where: string): Token[] {
  if (pattern === '') return [];
  if (pattern[0] !== '/' || /~(?![01*])/.test(pattern)) {
    throw new InvalidOptionsError(
      `${where}["${pattern}"] is not a pointer pattern: it must be empty or start with "/", with "~" written "~0", "/" written "~1" and "*" written "~*".`,
      { option: `${where}["${pattern}"]` },
    );
  }
  return pattern.slice(1).split('/').map((token) => {
    if (token === '*') return { any: 'one' };
    if (token === '**') return { any: 'many' };
    return { literal: token.replaceAll('~*', '*').replaceAll('~1', '/').replaceAll('~0', '~') };
  });
}

function compareRank(a: readonly Token[], b: readonly Token[]): number {
  const count = (tokens: readonly Token[], weight: number): number => tokens.filter((token) => weigh(token) === weight).length;
  const difference = count(b, 2) - count(a, 2) || count(a, 0) - count(b, 0);
  if (difference !== 0) return difference;
  const at = a.findIndex((token, index) => weigh(token) !== weigh(b[index]));
  return at < 0 ? 0 : weigh(b[at]) - weigh(a[at]);
}

function weigh(token: Token | undefined): number {
  if (token === undefined) return -1;
  return 'literal' in token ? 2 : token.any === 'one' ? 1 : 0;
}

/** Where a walk begins. */
export function root<V>(table: PatternTable<V>): PatternCursor<V> {
  return cursorFor(table, table.starts);
}

/** One token further down. */
export function step<V>(cursor: PatternCursor<V>, token: string): PatternCursor<V> {
  const named = cursor.literals.has(token);
  const known = named ? cursor.literals.get(token) : cursor.other;
  if (known !== undefined) return known;
  const next: number[] = [];
  for (const place of cursor.states) {
    const at = cursor.table.steps[place];
    if (at === undefined || 'end' in at) continue;
    if ('any' in at) next.push(at.any === 'many' ? place : place + 1);
    else if (at.literal === token) next.push(place + 1);
  }
  const found = cursorFor(cursor.table, next);
  if (named) cursor.literals.set(token, found);
  else cursor.other = found;
  return found;
}

function cursorFor<V>(table: PatternTable<V>, places: readonly number[]): PatternCursor<V> {
  const all = new Set<number>();
  for (let place of places) {
    all.add(place);
    // `**` may stand for nothing: what comes behind it is reached as well.
    for (let at = table.steps[place]; at !== undefined && 'any' in at && at.any === 'many'; at = table.steps[place]) all.add(++place);
  }
  const states = [...all].sort((a, b) => a - b);
  const name = states.join();
  const known = table.cursors.get(name);
  if (known !== undefined) return known;
  const cursor: PatternCursor<V> = { table, match: undefined, states, literals: new Map(), other: undefined };
  const steps = states.map((place) => table.steps[place]);
  for (const at of steps) if (at !== undefined && 'literal' in at) cursor.literals.set(at.literal, undefined);
  // The rows are in order of rank, so the first end is the most specific.
  const end = steps.find((at) => at !== undefined && 'end' in at);
  const found = end !== undefined && 'end' in end ? { ...cursor, match: end.end } : cursor;
  table.cursors.set(name, found);
  return found;
}

/** What the most specific pattern that ends here says. */
export function value<V>(cursor: PatternCursor<V>): V | undefined {
  return cursor.match?.value;
}

/** Whether no pattern can match here or anywhere below. */
export function empty<V>(cursor: PatternCursor<V>): boolean {
  return cursor.states.length === 0;
}

/** What the most specific pattern for a place says. */
export function matchAt<V>(table: PatternTable<V>, tokens: readonly string[]): V | undefined {
  let cursor = root(table);
  for (const token of tokens) cursor = step(cursor, token);
  return value(cursor);
}

/** Whether an edit at `tokens` lies at, below or above a place the patterns match. */
export function touches<V>(table: PatternTable<V>, tokens: readonly string[]): boolean {
  let cursor = root(table);
  for (const token of tokens) {
    if (cursor.match !== undefined) return true;
    cursor = step(cursor, token);
  }
  return !empty(cursor);
}
