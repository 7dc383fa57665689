import type { JsonValue, PointerPattern } from './json.js';
import { isContainer } from './json.js';
import { readPattern } from './read-pattern.js';

/** Where a walk down a document stands in a table of patterns. */
export interface PatternCursor<V> {
  /** The patterns still going, the most specific first. */
  readonly states: readonly State<V>[];
  /** What follows each token that is literal here, and under `undefined` each other one, once it has been asked for. */
  readonly next: Map<string | undefined, PatternCursor<V>>;
}

/** Patterns ready for matching: the cursor at the root, where a walk begins. */
export type PatternTable<V> = PatternCursor<V>;

interface Row<V> {
  /** `*`, `**`, or a literal token behind a `=`. */
  readonly tokens: readonly string[];
  readonly value: V;
  /** For each token 2 if literal, 1 for `*`, 0 for `**`. */
  readonly weights: string;
}

interface State<V> {
  readonly row: Row<V>;
  readonly at: number;
}

/**
 * Reads a table of patterns. `*` stands for one token, `**` for any number of them, none included; every other token is literal, with
 * `~0` for `~`, `~1` for `/` and `~*` for a `*`, so that a member called `*` is written `~*`. `''` is the root.
 *
 * Where several patterns match, the one with the most literal tokens wins; then the one with fewer `**`; then the one that is literal (or
 * `*` and not `**`) earlier; then the later one. `where` names the option in the InvalidOptionsError for a bad pattern.
 */
export function compilePatterns<V>(table: { readonly [pattern: PointerPattern]: V }, where: string): PatternTable<V> {
  const rows = Object.entries(table).map(([pattern, value]): Row<V> => {
    const tokens = readPattern(pattern, where);
    return { tokens, value, weights: tokens.map((token) => (token[0] === '=' ? 2 : 2 - token.length)).join('') };
  });
  const count = ({ weights }: Row<V>, weight: string): number => weights.split(weight).length;
  rows
    .reverse()
    .sort(
      (a, b) =>
        count(b, '2') - count(a, '2') ||
        count(a, '0') - count(b, '0') ||
        Number(b.weights > a.weights) - Number(a.weights > b.weights),
    );
  return cursorFor(rows.map((row) => ({ row, at: 0 })));
}

function cursorFor<V>(reached: readonly State<V>[]): PatternCursor<V> {
  const states: State<V>[] = [];
  for (let { row, at } of reached) {
    // `**` may stand for nothing: what comes behind it is reached as well.
    do if (!states.some((state) => state.row === row && state.at === at)) states.push({ row, at });
    while (row.tokens[at++] === '**');
  }
  return { states, next: new Map() };
}

/** One token further down. */
export function step<V>(cursor: PatternCursor<V>, token: string): PatternCursor<V> {
  if (empty(cursor)) return cursor;
  const literal = `=${token}`;
  const key = cursor.states.some(({ row, at }) => row.tokens[at] === literal) ? token : undefined;
  let found = cursor.next.get(key);
  if (found === undefined) {
    const reached: State<V>[] = [];
    for (const { row, at } of cursor.states) {
      const wanted = row.tokens[at];
      if (wanted === '**') reached.push({ row, at });
      else if (wanted === '*' || wanted === literal) reached.push({ row, at: at + 1 });
    }
    found = cursorFor(reached);
    cursor.next.set(key, found);
  }
  return found;
}

/** What the most specific pattern that ends here says. */
export function value<V>(cursor: PatternCursor<V>): V | undefined {
  return cursor.states.find(isEnd)?.row.value;
}

/** The pattern, token by token, that says it: `*`, `**`, or a literal token behind a `=`. The same list for the same pattern. */
export function ending<V>(cursor: PatternCursor<V>): readonly string[] | undefined {
  return cursor.states.find(isEnd)?.row.tokens;
}

function isEnd<V>({ row, at }: State<V>): boolean {
  return at === row.tokens.length;
}

/** Whether no pattern can match here or anywhere below. */
export function empty<V>(cursor: PatternCursor<V>): boolean {
  return cursor.states.length === 0;
}

/** What the most specific pattern for a place says. */
export function matchAt<V>(table: PatternTable<V>, tokens: readonly string[]): V | undefined {
  return value(tokens.reduce<PatternCursor<V>>(step, table));
}

/**
 * Whether an edit at `tokens` lies at or below a place the patterns match, or above one: then one of `values`, which come there and leave,
 * has a place that is matched.
 */
export function touches<V>(table: PatternTable<V>, tokens: readonly string[], values: readonly JsonValue[]): boolean {
  let cursor = table;
  for (const token of tokens) {
    if (cursor.states.some(isEnd)) return true;
    cursor = step(cursor, token);
  }
  if (cursor.states.some(isEnd)) return true;
  return values.some((inner) => endsIn(cursor, inner));
}

function endsIn<V>(cursor: PatternCursor<V>, inner: JsonValue): boolean {
  if (cursor.states.some(isEnd)) return true;
  if (empty(cursor) || !isContainer(inner)) return false;
  return Object.entries(inner).some(([key, child]) => endsIn(step(cursor, key), child));
}
