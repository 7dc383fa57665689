import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/core/json.js';
import { arrayIndex, formatPointer, getAt, isAtOrBelow, parsePointer } from '../../src/core/pointer.js';

/** RFC 6901, section 5. */
const document: JsonValue = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};
const resolved: [pointer: string, value: JsonValue][] = [
  ['', document],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
];
test.each(resolved)('%j resolves', (pointer, value) => {
  expect(getAt(document, parsePointer(pointer) ?? ['malformed'])).toEqual({ present: true, value });
});

test.each(['a', '~0', '/~', '/~2', '/a~', '#/a', '/a/~01~'])('%j is malformed', (pointer) => {
  expect(parsePointer(pointer)).toBeUndefined();
});

test('~01 is ~1 and not /', () => {
  expect(parsePointer('/~01')).toEqual(['~1']);
});

test.each([
  '/foo/2',
  '/foo/-',
  '/foo/00',
  '/foo/length',
  '/foo/0/0',
  '/x',
  '/toString',
  '/__proto__',
  '/foo/constructor',
  '/constructor/name',
])('%s is missing', (pointer) => {
  expect(getAt(document, parsePointer(pointer) ?? [])).toEqual({ present: false });
});

test('null is there', () => {
  expect(getAt({ a: null }, ['a'])).toEqual({ present: true, value: null });
  expect(getAt(null, ['a'])).toEqual({ present: false });
});

test('digits name a member of an object, and any spelling of them', () => {
  expect(getAt({ '01': 1, '-': 2 }, ['01'])).toEqual({ present: true, value: 1 });
  expect(getAt({ '01': 1, '-': 2 }, ['-'])).toEqual({ present: true, value: 2 });
});

const indices: [token: string, index: number | undefined][] = [
  ['0', 0],
  ['7', 7],
  ['10', 10],
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', undefined],
  ['00', undefined],
  ['01', undefined],
  ['-1', undefined],
  ['-0', undefined],
  ['+1', undefined],
  ['1.0', undefined],
  ['1e1', undefined],
  ['', undefined],
  [' 1', undefined],
  ['1\n', undefined],
  ['-', undefined],
  ['٣', undefined],
];
test.each(indices)('%j as an array index is %j', (token, index) => {
  expect(arrayIndex(token)).toBe(index);
});

describe('laws', () => {
  test('parse(format(tokens)) = tokens', () => {
    const token = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a') }));
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        expect(parsePointer(formatPointer(tokens))).toEqual(tokens);
      }),
      { numRuns: 10_000 },
    );
  });
  test('format(parse(pointer)) = pointer, unless malformed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a') }), (pointer) => {
        const tokens = parsePointer(pointer);
        return tokens === undefined || formatPointer(tokens) === pointer;
      }),
      { numRuns: 10_000 },
    );
  });
});

test('below is by tokens, not by letters', () => {
  expect(isAtOrBelow(['a', 'b'], ['a'])).toBe(true);
  expect(isAtOrBelow(['a'], ['a'])).toBe(true);
  expect(isAtOrBelow(['ab'], ['a'])).toBe(false);
  expect(isAtOrBelow(['a'], ['a', 'b'])).toBe(false);
  expect(isAtOrBelow(['a'], [])).toBe(true);
});
