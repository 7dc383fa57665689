import { describe, expect, it, test } from 'vitest';
import { InvalidOptionsError } from '../../../src/core/errors.js';
import { collectionOf, jsonRequest, unsupported, withQuery } from '../../../src/presets/parts/request.js';

describe('a request', () => {
  it('carries its guard in a header, in the query or in the body', () => {
    const write = { method: 'PUT', url: 'https://a.test/x?k=1', value: { n: 1 } };
    expect(jsonRequest({ ...write, guard: { in: 'header', name: 'If-Match', value: '"1"' } })).toMatchObject({
      headers: { 'If-Match': '"1"', 'Content-Type': 'application/json' },
      body: '{"n":1}',
    });
    expect(jsonRequest({ ...write, guard: { in: 'query', parameters: [['v', '9007199254740993']] } }).url).toBe(
      'https://a.test/x?k=1&v=9007199254740993',
    );
    expect(
      jsonRequest({ ...write, guard: { in: 'body', places: [{ tokens: ['v'], literal: '9007199254740993' }] } }).body,
    ).toBe('{"n":1,"v":9007199254740993}');
  });

  it('has no body and no media type without a value', () => {
    expect(jsonRequest({ method: 'DELETE', url: 'https://a.test/x' })).toEqual({
      method: 'DELETE',
      url: 'https://a.test/x',
      headers: {},
    });
  });

  it('that cannot be made says why', () => {
    const guard = { in: 'body', places: [{ tokens: ['a', 'v'], literal: '1' }] } as const;
    expect(() => jsonRequest({ method: 'PUT', url: 'https://a.test/x', value: { a: 'text' }, guard })).toThrow(
      InvalidOptionsError,
    );
  });
});

test.each([
  ['https://a.test/x', [['a', '1']], 'https://a.test/x?a=1'],
  ['https://a.test/x?b=2', [['a', '1']], 'https://a.test/x?b=2&a=1'],
  [
    'https://a.test/x?a=0&b=2',
    [
      ['a', '1'],
      ['a', '2'],
    ],
    'https://a.test/x?b=2&a=1&a=2',
  ],
  ['https://a.test/x?sig=a%2Bb', [], 'https://a.test/x?sig=a%2Bb'],
] as const)('%s with %j is %s', (url, parameters, expected) => {
  expect(withQuery(url, parameters)).toBe(expected);
});

test.each([
  ['https://a.test/docs/1', 'https://a.test/docs'],
  ['https://a.test/docs/1/', 'https://a.test/docs'],
  ['https://a.test/docs/a%2Fb?api=1', 'https://a.test/docs?api=1'],
])('%s is made in %s', (url, collection) => {
  expect(collectionOf(url)).toBe(collection);
});

it('names the preset where something cannot be done', () => {
  expect(() => unsupported('ghost', 'cannot delete')).toThrow('ghost() cannot delete.');
});
