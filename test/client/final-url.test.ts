import type { Options as KyOptions } from 'ky';
import ky from 'ky';
import { describe, expect, test } from 'vitest';
import { doorOf } from '../../src/client/create-client.js';
import { chunks } from '../../src/client/lazy.js';
import { basePath, finalUrl } from '../../src/client/options/final-url.js';
import { mergedByKy } from '../../src/client/options/layered.js';

type Options = Pick<KyOptions, 'prefix' | 'baseUrl' | 'searchParams'>;

/** Where ky itself would send this. */
async function whereKySends(input: string | URL | Request, options: Options): Promise<string> {
  let sent = '';
  const fetch = async (request: string | URL | Request): Promise<Response> => {
    sent = request instanceof Request ? request.url : String(request);
    return new Response('{}');
  };
  await ky(input, { ...options, fetch });
  const url = new URL(sent);
  url.hash = '';
  return url.href;
}

const API = 'https://api.example.com';
const addresses: [title: string, input: string | URL | Request, options: Options][] = [
  ['an absolute URL', `${API}/a`, {}],
  ['a URL object', new URL(`${API}/a?b=1`), {}],
  ['a Request', new Request(`${API}/a?b=1`), {}],
  ['a fragment', `${API}/a#part`, {}],
  ['a prefix', 'a', { prefix: `${API}/v1` }],
  ['a prefix with a slash', 'a', { prefix: `${API}/v1/` }],
  ['a prefix and an input with a slash', '/a', { prefix: `${API}/v1/` }],
  ['a prefix that is a URL object', 'a', { prefix: new URL(`${API}/v1/`) }],
  ['a prefix and a URL object', new URL('https://other.example.com/a'), { prefix: `${API}/v1` }],
  ['a prefix and a Request', new Request('https://other.example.com/a'), { prefix: `${API}/v1` }],
  ['an empty prefix', `${API}/a`, { prefix: '' }],
  ['a prefix and nothing', '', { prefix: `${API}/v1` }],
  ['a prefix with a query in the input', 'a?b=1', { prefix: `${API}/v1` }],
  ['a base URL', 'a', { baseUrl: `${API}/v1/` }],
  ['a base URL without a slash', 'a', { baseUrl: `${API}/v1` }],
  ['a base URL and an absolute path', '/a', { baseUrl: `${API}/v1/` }],
  ['a base URL and an absolute URL', 'https://other.example.com/a', { baseUrl: `${API}/v1/` }],
  ['a base URL and a prefix', 'a', { baseUrl: `${API}/v1/`, prefix: 'deep' }],
  ['a base URL and an absolute prefix', 'a', { baseUrl: `${API}/v1/`, prefix: 'https://other.example.com/v2' }],
  ['a base URL and dots', '../a', { baseUrl: `${API}/v1/v2/` }],
  ['search parameters as an object', `${API}/a`, { searchParams: { b: 1, c: true, d: 'x y' } }],
  ['one that is undefined', `${API}/a`, { searchParams: { b: undefined, c: 1 } }],
  ['one that is undefined and in the address', `${API}/a?b=1&c=1`, { searchParams: { b: undefined } }],
  ['search parameters beside those in the address', `${API}/a?b=1`, { searchParams: { c: 2 } }],
  ['one that is in both', `${API}/a?b=1`, { searchParams: { b: 2 } }],
  [
    'search parameters as pairs',
    `${API}/a`,
    {
      searchParams: [
        ['b', 1],
        ['b', 2],
      ],
    },
  ],
  ['as URLSearchParams', `${API}/a`, { searchParams: new URLSearchParams('b=1&b=2') }],
  ['as text', `${API}/a`, { searchParams: 'b=1&c=2' }],
  ['as text with a question mark', `${API}/a`, { searchParams: '?b=1' }],
  ['as text with an encoded blank', `${API}/a`, { searchParams: 'q=a%20b' }],
  ['as text beside those in the address', `${API}/a?x=a%20b`, { searchParams: 'q=1' }],
  ['as text with nothing in it', `${API}/a?x=a%20b`, { searchParams: '' }],
  ['as an empty object', `${API}/a?x=a%20b`, { searchParams: {} }],
  ['an encoded blank in the address alone', `${API}/a%20b?x=a%20b`, {}],
  ['umlauts', `${API}/ä?ö=ü`, {}],
];
test.each(addresses)('goes where ky goes: %s', async (_title, input, options) => {
  expect(finalUrl(input, options).href).toBe(await whereKySends(input, options));
});

const merged: [title: string, client: KyOptions, call: KyOptions][] = [
  ['search parameters of both', { searchParams: { b: 1 } }, { searchParams: { c: 2 } }],
  ['text of both', { searchParams: 'b=1%202' }, { searchParams: 'c=2%203' }],
  ["one of the client's taken back by the call", { searchParams: { b: 1 } }, { searchParams: { b: undefined } }],
  ['one of the address taken back by the call', { searchParams: { b: 1 } }, { searchParams: { x: undefined } }],
  ['all taken back', { searchParams: { b: 1 } }, { searchParams: undefined }],
  ['another prefix', { prefix: `${API}/v1` }, { prefix: `${API}/v2` }],
  ['no prefix', { prefix: `${API}/v1` }, { prefix: '' }],
];
test.each(merged)("goes where ky goes with a client's options and a call's: %s", async (_title, client, call) => {
  const input = 'prefix' in call && call.prefix !== '' ? 'a?x=1' : `${API}/a?x=1`;
  const options = mergedByKy(client, call);
  expect(doorOf(client, chunks).core.addressOf(input, call).href).toBe(await whereKySends(input, options));
});

test('a relative URL without a base is refused, as fetch does', () => {
  expect(() => finalUrl('a', {})).toThrow(TypeError);
  expect(() => finalUrl('a', {})).toThrow(/prefix/);
});

const bases: [title: string, options: Options, path: string][] = [
  ['none', {}, '/'],
  ['a prefix', { prefix: `${API}/v1` }, '/v1/'],
  ['a prefix with a slash', { prefix: `${API}/v1/` }, '/v1/'],
  ['a base URL', { baseUrl: `${API}/v1/` }, '/v1/'],
  ['a base URL whose last part is a file', { baseUrl: `${API}/v1/index` }, '/v1/'],
  ['an origin alone', { baseUrl: API }, '/'],
  ['a base URL and a prefix', { baseUrl: `${API}/v1/`, prefix: 'deep' }, '/v1/deep/'],
];
describe('the path of the base', () => {
  test.each(bases)('of %s ends with a slash', (_title, options, path) => {
    expect(basePath(options)).toBe(path);
  });
});
