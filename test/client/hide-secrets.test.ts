import { inspect } from 'node:util';
import ky from 'ky';
import { expect, test } from 'vitest';
import { hideSecrets } from '../../src/client/http/ask-ky.js';

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
