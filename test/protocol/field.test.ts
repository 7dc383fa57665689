import { describe, expect, it, test } from 'vitest';
import { InvalidOptionsError } from '../../src/core/errors.js';
import { type FieldOptions, field } from '../../src/protocol/versions/field.js';
import type { Guard } from '../../src/protocol/versions/version-scheme.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { answerOf } from './answers.js';

/** What is read from a body, and what it makes a write conditional with. */
function roundTrip(
  pointer: string | string[],
  options: FieldOptions,
  text: string,
): { version: string | undefined; guard: Guard | undefined } {
  const codec = codecOf(field(pointer, options));
  const version = codec.read(answerOf(text));
  return { version, guard: version === undefined ? undefined : codec.guard(version) };
}

describe('a version in the body goes back', () => {
  test.each<[string, string | string[], FieldOptions, string, string, Guard]>([
    [
      'to the same place',
      '/_rev',
      {},
      '{"_rev":"1-a"}',
      '1-a',
      { in: 'body', places: [{ tokens: ['_rev'], literal: '"1-a"' }] },
    ],
    [
      'with all its digits',
      '/meta/version',
      {},
      '{"meta":{"version":9223372036854775807}}',
      '9223372036854775807',
      { in: 'body', places: [{ tokens: ['meta', 'version'], literal: '9223372036854775807' }] },
    ],
    [
      'to another place',
      '/data/metadata/version',
      { send: { pointer: '/options/cas' } },
      '{"data":{"metadata":{"version":4}}}',
      '4',
      { in: 'body', places: [{ tokens: ['options', 'cas'], literal: '4' }] },
    ],
    [
      'as an own header',
      '/sys/version',
      { send: { header: 'X-Contentful-Version' } },
      '{"sys":{"version":12}}',
      '12',
      { in: 'header', name: 'X-Contentful-Version', value: '12' },
    ],
    [
      'as a tag it is already',
      '/_etag',
      { send: 'if-match' },
      '{"_etag":"\\"0-1\\""}',
      '"\\"0-1\\""',
      { in: 'header', name: 'If-Match', value: '"0-1"' },
    ],
    [
      'as a strong tag',
      '/rev',
      { send: 'if-match', format: 'quoted' },
      '{"rev":7}',
      '7',
      { in: 'header', name: 'If-Match', value: '"7"' },
    ],
    [
      'as a weak tag',
      '/rev',
      { send: 'if-match', format: 'weak' },
      '{"rev":"7"}',
      '"7"',
      { in: 'header', name: 'If-Match', value: 'W/"7"' },
    ],
    [
      'as a function writes it',
      '/rev',
      { send: { header: 'X-Rev' }, format: (token) => `rev=${token}` },
      '{"rev":"a"}',
      'a',
      { in: 'header', name: 'X-Rev', value: 'rev=a' },
    ],
    [
      'as a query parameter',
      '/rev',
      { send: { query: 'rev' } },
      '{"rev":"a b"}',
      'a b',
      { in: 'query', parameters: [['rev', 'a b']] },
    ],
    [
      'as several query parameters',
      ['/_seq_no', '/_primary_term'],
      { send: { query: ['if_seq_no', 'if_primary_term'] } },
      '{"_seq_no":9007199254740993,"_primary_term":1}',
      '[9007199254740993,1]',
      {
        in: 'query',
        parameters: [
          ['if_seq_no', '9007199254740993'],
          ['if_primary_term', '1'],
        ],
      },
    ],
    [
      'as a leading test',
      '/a~1b',
      { send: 'test' },
      '{"a/b":1}',
      '1',
      { in: 'test', places: [{ tokens: ['a/b'], literal: '1' }] },
    ],
  ])('%s', (_, pointer, options, text, version, guard) => {
    expect(roundTrip(pointer, options, text)).toEqual({ version, guard });
  });
});

it('is missing as soon as one of several tokens is', () => {
  expect(roundTrip(['/a', '/b'], {}, '{"a":1}').version).toBeUndefined();
});

it('is found elsewhere in the answer to a write', () => {
  expect(roundTrip('/_rev', { written: '/rev' }, '{"ok":true,"rev":"2-b"}').version).toBe('2-b');
  expect(roundTrip('/_rev', { written: '/rev' }, '{"_rev":"3-c","rev":"own"}').version).toBe('3-c');
});

test.each(['{"v":"a\\r\\nX-Evil: 1"}', '{"v":"snow ☃"}', '{"v":" a"}'])(
  '%s is no version where a header must carry it',
  (text) => {
    expect(roundTrip('/v', { send: { header: 'X-V' } }, text).version).toBeUndefined();
    expect(roundTrip('/v', {}, text).version).toBeDefined();
  },
);

test.each<[FieldOptions['create'], Guard | undefined]>([
  [undefined, { in: 'header', name: 'If-None-Match', value: '*' }],
  ['none', undefined],
  [{ header: { 'X-Create': 'only' } }, { in: 'header', name: 'X-Create', value: 'only' }],
  [{ query: { op_type: 'create' } }, { in: 'query', parameters: [['op_type', 'create']] }],
  [{ body: { '/options/cas': 0 } }, { in: 'body', places: [{ tokens: ['options', 'cas'], literal: '0' }] }],
])('a create under %j is guarded by what the API has for it', (create, guard) => {
  expect(codecOf(field('/v', create === undefined ? {} : { create })).guardCreate()).toEqual(guard);
});

test.each<[string, unknown[]]>([
  ['a pointer without slash', ['v']],
  ['the whole document', ['']],
  ['a stray tilde', ['/a~2']],
  ['no pointer', [[]]],
  ['a number', [5]],
  ['an unknown send', ['/v', { send: 'cookie' }]],
  ['an empty send', ['/v', { send: {} }]],
  ['send: null', ['/v', { send: null }]],
  ['a header that is none', ['/v', { send: { header: 'a b' } }]],
  ['too few query names', [['/a', '/b'], { send: { query: 'one' } }]],
  ['no query name', ['/v', { send: { query: '' } }]],
  ['several tokens for one place', [['/a', '/b'], { send: { pointer: '/c' } }]],
  ['several tokens for one tag', [['/a', '/b'], { send: 'if-match' }]],
  ['several tokens for one header', [['/a', '/b'], { send: { header: 'X' } }]],
  ['an unknown format', ['/v', { format: 'loud' }]],
  ['an unknown create', ['/v', { create: 'maybe' }]],
  ['two create headers', ['/v', { create: { header: { a: '1', b: '2' } } }]],
  ['another number of written places', [['/a', '/b'], { written: '/a' }]],
])('%s is refused when it is given', (_, parameters) => {
  expect(() => Reflect.apply(field, undefined, parameters)).toThrow(InvalidOptionsError);
});

test.each<[string, FieldOptions, Guard]>([
  ['as `delete` says', { delete: 'if-match', format: 'quoted' }, { in: 'header', name: 'If-Match', value: '"5"' }],
  ['in a query', { delete: { query: 'version' } }, { in: 'query', parameters: [['version', '5']] }],
  ['as `send` says', { send: { header: 'X-Version' } }, { in: 'header', name: 'X-Version', value: '5' }],
])('a delete names the version %s', (_title, options, guard) => {
  expect(codecOf(field('/version', options)).guardDelete('5')).toEqual(guard);
});

test.each([['{"v":"*"}'], ['{"v":"\\"a\\", \\"b\\""}'], ['{"v":"a, b"}']])(
  '%s would match more than one version, and is none',
  (text) => {
    expect(codecOf(field('/v', { send: 'if-match' })).read(answerOf(text))).toBeUndefined();
    expect(codecOf(field('/v', { send: { header: 'IF-MATCH' } })).read(answerOf(text))).toBeUndefined();
  },
);
