import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidOptionsError } from '../../src/core/errors.js';
import type { JsonValue } from '../../src/core/json.js';
import { compilePatterns, empty, matchAt, step, touches, value } from '../../src/core/pattern.js';
import { parsePointer } from '../../src/core/pointer.js';

const tokensOf = (pointer: string): string[] => parsePointer(pointer) ?? [];

const matches: [patterns: string[], place: string, winner: string | undefined][] = [
  [[''], '', ''],
  [[''], '/a', undefined],
  [['/a'], '/a', '/a'],
  [['/a'], '/a/b', undefined],
  [['/a'], '/ab', undefined],
  [['/*'], '/a', '/*'],
  [['/*'], '', undefined],
  [['/*'], '/a/b', undefined],
  [['/**'], '', '/**'],
  [['/**'], '/a/b/c', '/**'],
  [['/a/**'], '/a', '/a/**'],
  [['/**/a'], '/a', '/**/a'],
  [['/**/a'], '/b/c/a', '/**/a'],
  [['/**/a'], '/a/b', undefined],
  [['/**/**'], '/x', '/**/**'],
  [['/a/**/b/**/c'], '/a/b/x/b/c', '/a/**/b/**/c'],
  [['/a/**/b/**/c'], '/a/c/b', undefined],
  [['/items/*/tags'], '/items/3/tags', '/items/*/tags'],
  [['/items/3', '/items/*'], '/items/3', '/items/3'],
  [['/items/3', '/items/*'], '/items/4', '/items/*'],
  [['/**', '/*', '/a'], '/a', '/a'],
  [['/**', '/*'], '/a', '/*'],
  [['/**/price', '/items/*/price', '/items/**'], '/items/0/price', '/items/*/price'],
  [['/**/a/**', '/*/a'], '/x/a', '/*/a'],
  [['/a/*', '/*/b'], '/a/b', '/a/*'],
  [['/*/b', '/a/*'], '/a/b', '/a/*'],
  [['/'], '/', '/'],
  [['/~*'], '/*', '/~*'],
  [['/~*'], '/a', undefined],
  [['/~*~*'], '/**', '/~*~*'],
  [['/a*'], '/a*', '/a*'],
  [['/a*'], '/ab', undefined],
  [['/~0~1'], '/~0~1', '/~0~1'],
  [['/__proto__', '/constructor'], '/constructor', '/constructor'],
  [['/a'], '/__proto__', undefined],
];

test.each(matches)('of %j, %j is matched by %j', (patterns, place, winner) => {
  const table = compilePatterns(Object.fromEntries(patterns.map((pattern) => [pattern, pattern])), 'merge');
  expect(matchAt(table, tokensOf(place))).toBe(winner);
});

test.each(['a', 'a/b', '/~', '/~2', '/a~'])('the pattern %j is refused, by name', (pattern) => {
  expect(() => compilePatterns({ '/ok': 1, [pattern]: 2 }, 'merge')).toThrow(InvalidOptionsError);
  expect(() => compilePatterns({ [pattern]: 2 }, 'merge')).toThrow(
    expect.objectContaining({ option: `merge["${pattern}"]` }),
  );
});

test('a cursor knows when nothing at or below it can match', () => {
  const table = compilePatterns({ '/a/b': 1 }, 'merge');
  expect(empty(table)).toBe(false);
  expect(empty(step(table, 'x'))).toBe(true);
  expect(empty(step(step(table, 'a'), 'b'))).toBe(false);
  expect(value(step(step(table, 'a'), 'b'))).toBe(1);
  expect(empty(step(step(step(table, 'a'), 'b'), 'c'))).toBe(true);
  expect(empty(compilePatterns({}, 'merge'))).toBe(true);
});

const touching: [patterns: string[], place: string, values: JsonValue[], touched: boolean][] = [
  [['/a/b'], '/a/b', [1], true],
  [['/a/b'], '/a', [{ b: 1 }], true],
  [['/a/b'], '/a', [1, { c: 1 }], false],
  [['/a/b'], '/a', [1, { b: 1 }], true],
  [['/a/b'], '', [{ a: { b: 1 } }], true],
  [['/a/b'], '/a/b/c', [1], true],
  [['/a/b'], '/a/c', [{ b: 1 }], false],
  [['/a/b'], '/b', [1], false],
  [['/a/*/c'], '/a/0', [{ c: 1 }], true],
  [['/a/*/c'], '/a', [[{ d: 1 }, { c: 1 }]], true],
  [['/a/*/c'], '/a/0/d', [{ c: 1 }], false],
  [['/**/id'], '/x/y', [[{ deep: { id: 1 } }]], true],
  [['/**/id'], '/x/y', [[{ deep: { name: 1 } }]], false],
  [['/**'], '/x', [1], true],
  [[''], '/x', [1], true],
  [[], '/x', [{ a: 1 }], false],
];
test.each(touching)('%j touched by an edit at %j that moves %j: %j', (patterns, place, values, touched) => {
  expect(
    touches(
      compilePatterns(Object.fromEntries(patterns.map((pattern) => [pattern, true])), 'readonly'),
      tokensOf(place),
      values,
    ),
  ).toBe(touched);
});

describe('against a matcher that tries everything', () => {
  const naive = (pattern: readonly string[], tokens: readonly string[]): boolean => {
    const [first, ...rest] = pattern;
    if (first === undefined) return tokens.length === 0;
    if (first === '**') return naive(rest, tokens) || (tokens.length > 0 && naive(pattern, tokens.slice(1)));
    return tokens.length > 0 && (first === '*' || first === tokens[0]) && naive(rest, tokens.slice(1));
  };
  const token = fc.constantFrom('a', 'b', '*', '**');
  test('the winner matches, and nothing that matches has more literal tokens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(token, { maxLength: 5 }), { maxLength: 5 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }),
        (patterns, tokens) => {
          const texts = patterns.map((pattern) => pattern.map((one) => `/${one}`).join(''));
          const winner = matchAt(
            compilePatterns(Object.fromEntries(texts.map((text) => [text, text])), 'merge'),
            tokens,
          );
          const literals = (pattern: readonly string[]): number => pattern.filter((one) => !one.startsWith('*')).length;
          const matching = patterns.filter((pattern) => naive(pattern, tokens));
          if (winner === undefined) return matching.length === 0;
          const most = Math.max(...matching.map(literals));
          return literals(tokensOf(winner)) === most && naive(tokensOf(winner), tokens);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
