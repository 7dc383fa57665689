import type { Input } from 'ky';
import { expect, test } from 'vitest';
import type { VerbOptions } from '../../../src/client/options/client-options.js';
import { textOf } from '../../../src/client/plain/plain-body.js';
import { headersOf } from '../../../src/client/plain/plain-verb.js';

const URL_A = 'https://api.example.com/a';

async function requestOf(
  input: Input,
  options: VerbOptions,
): Promise<{ headers: Readonly<Record<string, string | undefined>>; text: string | undefined }> {
  const headers = headersOf(input, options);
  return { headers, text: await textOf(input, options, headers['content-type']) };
}

test('json becomes text with its media type', async () => {
  const { headers, text } = await requestOf(URL_A, { json: { a: 1 } });
  expect(text).toBe('{"a":1}');
  expect(headers['content-type']).toBe('application/json');
});

test('a media type of the caller stays', async () => {
  const { headers } = await requestOf(URL_A, { json: {}, headers: { 'content-type': 'application/merge-patch+json' } });
  expect(headers['content-type']).toBe('application/merge-patch+json');
});

test('his own way of writing JSON is used', async () => {
  const { text } = await requestOf(URL_A, { json: { a: 1 }, stringifyJson: () => '{"a":2}' });
  expect(text).toBe('{"a":2}');
});

test('text is text', async () => {
  await expect(requestOf(URL_A, { body: '{}' })).resolves.toMatchObject({ text: '{}' });
});

test.each([
  ['a form', new FormData()],
  ['bytes', new Uint8Array([1])],
  ['a Blob', new Blob(['{}'])],
  ['parameters', new URLSearchParams('a=1')],
  ['a stream', new ReadableStream()],
])('%s is not read', async (_title, body) => {
  await expect(requestOf(URL_A, { body })).resolves.toMatchObject({ text: undefined });
});

test("a Request's body is read from a copy, and its headers are under the options' own", async () => {
  const request = new Request(URL_A, {
    method: 'PUT',
    body: '{"a":1}',
    headers: { a: '1', b: '1', 'content-type': 'application/json' },
  });
  const { headers, text } = await requestOf(request, { headers: { b: '2' } });
  expect(text).toBe('{"a":1}');
  expect([headers['a'], headers['b']]).toEqual(['1', '2']);
  await expect(request.text()).resolves.toBe('{"a":1}');
});

test("a Request's body that is no JSON is not read: it may never end", async () => {
  const endless = new ReadableStream({ pull: () => new Promise(() => {}) });
  const init = {
    method: 'PUT',
    body: endless,
    headers: { 'content-type': 'application/octet-stream' },
    duplex: 'half',
  } as const;
  const reading = requestOf(new Request(URL_A, init), {}).then(({ text }) => text);
  const outcome = await Promise.race([
    reading,
    new Promise((resolve) => setTimeout(() => resolve('still reading'), 20)),
  ]);
  expect(outcome).toBeUndefined();
});

test('headers with undefined members are taken as ky takes them', async () => {
  const { headers } = await requestOf(URL_A, {
    json: {},
    headers: { A: undefined, b: '1', 'Content-Type': undefined },
  });
  expect(headers).toStrictEqual({ a: undefined, b: '1', 'content-type': 'application/json' });
});
