import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { rawLiteralAt } from '../../src/protocol/versions/token-text.js';

describe('the raw literal at a place', () => {
  test.each<[string, string[], string | undefined]>([
    ['{"a":9007199254740993}', ['a'], '9007199254740993'],
    ['{"a":1.50}', ['a'], '1.50'],
    [' \n{ "a" : [ 1 , 2 ] , "b" : "x" } ', ['a', '1'], '2'],
    ['{"a":1,"a":2}', ['a'], '2'],
    ['{"a":{"b":1},"a":{"c":2}}', ['a', 'b'], undefined],
    ['{"\\u0061":1}', ['a'], '1'],
    ['{"a\\/b":1}', ['a/b'], '1'],
    ['{"\\\\":1}', ['\\'], '1'],
    ['{"a\\\\":1}', ['a\\\\'], undefined],
    ['{"__proto__":{"x":1}}', ['__proto__', 'x'], '1'],
    ['{"a":"}\\"]"}', ['a'], '"}\\"]"'],
    ['{"a":{"b":"]"},"c":[{}]}', ['c'], '[{}]'],
    ['{"a":null}', ['a'], 'null'],
    ['[]', ['0'], undefined],
    ['[1]', ['01'], undefined],
    ['[1]', ['-'], undefined],
    ['[1]', ['1'], undefined],
    ['"text"', ['a'], undefined],
    ['5', [], '5'],
    ['\ufeff{"a":1}', ['a'], '1'],
    ['', [], undefined],
    ['{}', ['a'], undefined],
    ['{"":7}', [''], '7'],
  ])('of %j at %j is %j', (text, tokens, literal) => {
    expect(rawLiteralAt(text, tokens)).toBe(literal);
  });

  it('means the same as JSON.parse wherever that finds something', () => {
    fc.assert(
      fc.property(fc.json(), fc.boolean(), (text, pretty) => {
        const value: unknown = JSON.parse(text);
        const shown = pretty ? JSON.stringify(value, null, 2) : text;
        for (const tokens of placesIn(value)) {
          const literal = rawLiteralAt(shown, tokens);
          expect(literal === undefined ? undefined : JSON.parse(literal)).toEqual(at(value, tokens));
        }
      }),
    );
  });

  it('never throws over what is no JSON', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]",:\\ a1\u0000') }),
        fc.array(fc.constantFrom('a', '0', '1', '')),
        (text, tokens) => {
          const literal = rawLiteralAt(text, tokens);
          expect(literal === undefined || text.includes(literal)).toBe(true);
        },
      ),
    );
  });

  test.each([
    ['braces', '['.repeat(10_000_000)],
    ['quotes and backslashes', `{"${'\\"'.repeat(5_000_000)}`],
    ['keys with escapes', `{${'"\\u0061\\u0061":1,'.repeat(600_000)}"b":2}`],
    ['blanks', `{"b":${' '.repeat(10_000_000)}`],
    ['items', `[${'1,'.repeat(5_000_000)}1]`],
  ])('10 MB of %s are gone over once', (_, text) => {
    expect(rawLiteralAt(text, ['b', 'c'])).toBeUndefined();
    expect(rawLiteralAt(text, ['0', '0'])).toSatisfy((literal) => literal === undefined || typeof literal === 'string');
  });
});

function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.keys(value).flatMap((key) => placesIn(Reflect.get(value, key)).map((rest) => [key, ...rest]))];
}

function at(value: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>(
    (inner, token) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, token) : undefined),
    value,
  );
}
