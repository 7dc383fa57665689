import { inspect } from 'node:util';
import ky from 'ky';
import { expect, test } from 'vitest';
import { hideSecrets, shownUrl } from '../../src/client/hide-secrets.js';

const thrownBy = async (fetch: () => Promise<Response>): Promise<Error> => {
  const request = ky('https://api.example.com/a', {
    fetch,
    retry: 0,
    headers: { authorization: 'Bearer s3cret', cookie: 'session=s3cret' },
  });
  return request.then(
    () => new Error('no error'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
};

const failing: [title: string, fetch: () => Promise<Response>][] = [
  ['an HTTPError', async () => new Response('no', { status: 403, headers: { 'x-session': 's3cret' } })],
  ['a NetworkError', () => Promise.reject(new TypeError('fetch failed'))],
];
test.each(failing)('printing or serialising %s of ky shows no secret', async (_title, fetch) => {
  const error = hideSecrets(await thrownBy(fetch));
  expect(inspect(error, { depth: 10 })).not.toContain('s3cret');
  expect(JSON.stringify(error)).not.toContain('s3cret');
  expect(inspect(new Error('outer', { cause: error }), { depth: 10 })).not.toContain('s3cret');
});

test('what is hidden can still be read by name', async () => {
  const error = hideSecrets(await thrownBy(async () => new Response('no', { status: 403 })));
  expect(Reflect.get(error, 'request')).toBeInstanceOf(Request);
  expect(Reflect.get(error, 'response')).toBeInstanceOf(Response);
});

test('a frozen error is left as it is, and does no harm', () => {
  const error = Object.freeze(Object.assign(new Error('x'), { request: 1 }));
  expect(hideSecrets(error)).toBe(error);
});

const shown: [url: string, shown: string][] = [
  ['https://user:s3cret@api.example.com/a', 'https://api.example.com/a'],
  ['https://api.example.com/a?page=2', 'https://api.example.com/a?page=2'],
  ['https://api.example.com/a?token=s3cret', 'https://api.example.com/a?token=hidden'],
  ['https://api.example.com/a?access_token=s3cret&b=1', 'https://api.example.com/a?access_token=hidden&b=1'],
  ['https://api.example.com/a?api-key=s3cret', 'https://api.example.com/a?api-key=hidden'],
  ['https://api.example.com/a?apikey=s3cret', 'https://api.example.com/a?apikey=hidden'],
  ['https://api.example.com/a?apiKey=s3cret', 'https://api.example.com/a?apiKey=hidden'],
  ['https://api.example.com/a?sv=1&sig=s3cret', 'https://api.example.com/a?sv=1&sig=hidden'],
  ['https://api.example.com/a?X-Amz-Signature=s3cret', 'https://api.example.com/a?X-Amz-Signature=hidden'],
  ['https://api.example.com/a?X-Amz-Credential=s3cret', 'https://api.example.com/a?X-Amz-Credential=hidden'],
  ['https://api.example.com/a?X-Goog-Signature=s3cret', 'https://api.example.com/a?X-Goog-Signature=hidden'],
  ['https://api.example.com/a?client_secret=s3cret', 'https://api.example.com/a?client_secret=hidden'],
  ['https://api.example.com/a?pwd=s3cret', 'https://api.example.com/a?pwd=hidden'],
  ['https://api.example.com/a?jwt=s3cret', 'https://api.example.com/a?jwt=hidden'],
  ['https://api.example.com/a?token=s3cret&token=s3cret2', 'https://api.example.com/a?token=hidden'],
  ['https://api.example.com/a?next_page=2&sort=key', 'https://api.example.com/a?next_page=2&sort=key'],
];
test.each(shown)('%s is shown as %s', (url, expected) => {
  expect(shownUrl(new URL(url))).toBe(expected);
});

test('the URL itself stays as it is', () => {
  const url = new URL('https://user:s3cret@api.example.com/a?token=s3cret');
  shownUrl(url);
  expect(url.href).toBe('https://user:s3cret@api.example.com/a?token=s3cret');
});
