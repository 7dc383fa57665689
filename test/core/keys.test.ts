import { expect, test } from 'vitest';
import { alignLists } from '../../src/core/align-lists.js';
import type { JsonValue } from '../../src/core/json.js';
import { keyIndex } from '../../src/core/keys.js';

const inferred: [title: string, lists: JsonValue[][], key: string | undefined][] = [
  ['id is taken first', [[{ id: 1, _id: 2, key: 3, uuid: 4 }]], 'id'],
  ['_id next', [[{ _id: 2, key: 3, uuid: 4 }]], '_id'],
  ['key next', [[{ key: 3, uuid: 4 }]], 'key'],
  ['uuid last', [[{ uuid: 'x' }]], 'uuid'],
  ['nothing else', [[{ name: 'x' }]], undefined],
  ['the next name where one item lacks the first', [[{ id: 1, key: 'a' }, { key: 'b' }]], 'key'],
  ['not when one list lacks it', [[{ id: 1 }], [{ id: 1 }, { name: 'x' }]], undefined],
  ['not when two items share it', [[{ id: 1 }, { id: 1 }]], undefined],
  ['the same key in two lists is what it is for', [[{ id: 1 }], [{ id: 1 }]], 'id'],
  ['1 and "1" are two keys', [[{ id: 1 }, { id: '1' }]], 'id'],
  ['"#1" and 1 are two keys', [[{ id: 1 }, { id: '#1' }, { id: '##1' }]], 'id'],
  ['null is no key', [[{ id: null }]], undefined],
  ['true is no key', [[{ id: true }]], undefined],
  ['an object is no key', [[{ id: {} }]], undefined],
  ['an empty list proves nothing', [[]], undefined],
  ['an empty list does not speak against the others', [[], [{ id: 1 }]], 'id'],
  ['scalars have none', [[1, 2]], undefined],
  ['lists have none', [[[1]]], undefined],
];
test.each(inferred)('%s', (_title, lists, key) => {
  const [first = [], second = first.slice()] = lists;
  expect(alignLists(first, second, undefined, true).key).toBe(key);
});

test('a key index finds each item, or says there is none', () => {
  expect(keyIndex([{ sku: 'a' }, { sku: 'b' }], 'sku')?.size).toBe(2);
  expect(keyIndex([{ sku: 'a' }, { sku: 'a' }], 'sku')).toBeUndefined();
  expect(keyIndex([{ sku: 'a' }, {}], 'sku')).toBeUndefined();
  expect(keyIndex([], 'sku')?.size).toBe(0);
});

test('keys of several members cannot be confused', () => {
  const key = ['a', 'b'];
  const list = [
    { a: 'x', b: '1:y' },
    { a: 'x1:', b: 'y' },
    { a: 'x', b: 'y' },
    { a: '', b: 'xy' },
    { a: 1, b: 'y' },
    { a: '1', b: 'y' },
  ];
  expect(keyIndex(list, key)?.size).toBe(list.length);
  expect(
    keyIndex(
      [
        { a: 'x', b: 1 },
        { a: 'x', b: 1 },
      ],
      key,
    ),
  ).toBeUndefined();
  expect(keyIndex([{ a: 'x' }], key)).toBeUndefined();
});

test('inherited names are no keys', () => {
  expect(keyIndex([{}, {}], 'toString')).toBeUndefined();
  const hostile = (): JsonValue[] => [JSON.parse('{"__proto__":{"id":1}}')];
  expect(alignLists(hostile(), hostile(), undefined, true).key).toBeUndefined();
});
