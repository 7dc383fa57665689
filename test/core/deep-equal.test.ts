import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import { deepDocument, edited, json } from './arbitrary.js';

const parse = (text: string): JsonValue => JSON.parse(text);

const table: [a: JsonValue, b: JsonValue, equal: boolean][] = [
  [1, 1, true],
  [0, -0, true],
  [1, '1', false],
  [null, {}, false],
  [{}, [], false],
  [[], {}, false],
  [{ a: null }, {}, false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1 }, { b: 1 }, false],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [['a', { b: [null] }], ['a', { b: [null] }], true],
  [{}, parse('{"__proto__":1}'), false],
  [parse('{"__proto__":1}'), parse('{"__proto__":1}'), true],
  [parse('{"__proto__":{"a":1}}'), parse('{"__proto__":{"a":2}}'), false],
  [parse('{"toString":1}'), parse('{"valueOf":1}'), false],
  [Object.assign(Object.create(null), { a: 1 }), { a: 1 }, true],
];
test.each(table)('%j and %j: %j', (a, b, equal) => {
  expect(deepEqual(a, b)).toBe(equal);
  expect(deepEqual(b, a)).toBe(equal);
});

test('what is no JSON equals nothing', () => {
  const values: unknown[] = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    1n,
    Symbol.iterator,
    parse,
    new Date(0),
    new Map(),
    [undefined],
    { a: undefined },
  ];
  for (const value of values) {
    const copy =
      value instanceof Date
        ? new Date(0)
        : value instanceof Map
          ? new Map()
          : Array.isArray(value)
            ? [...value]
            : typeof value === 'object'
              ? { ...value }
              : value;
    expect(deepEqual(value as JsonValue, copy as JsonValue), String(value)).toBe(false);
  }
});

test('the very same object is not looked into', () => {
  const trap: JsonValue = new Proxy<{ [key: string]: JsonValue }>(
    {},
    {
      ownKeys: () => {
        throw new Error('looked');
      },
    },
  );
  expect(deepEqual(trap, trap)).toBe(true);
  expect(deepEqual([trap], [trap])).toBe(true);
});

describe.each([
  ['objects', ['object'] as const],
  ['lists', ['array'] as const],
  ['both', ['object', 'array'] as const],
])('1,000 levels of %s', (_title, kinds) => {
  test('are compared to the end', () => {
    expect(deepEqual(deepDocument(1_000, 1, kinds), deepDocument(1_000, 1, kinds))).toBe(true);
    expect(deepEqual(deepDocument(1_000, 1, kinds), deepDocument(1_000, 2, kinds))).toBe(false);
  });
});

test('it agrees with node on JSON', () => {
  const plain = (value: JsonValue): unknown => JSON.parse(JSON.stringify(value));
  fc.assert(
    fc.property(
      fc.oneof(edited, fc.tuple(json, json)),
      ([a, b]) => deepEqual(a, b) === isDeepStrictEqual(plain(a), plain(b)),
    ),
    { numRuns: 10_000 },
  );
});
