import { describe, expect, test } from 'vitest';
import { Memory } from '../../../src/client/plain/memory.js';
import { answerOf, jsonOf, withText } from '../../../src/client/plain/synthetic-response.js';
import { etag } from '../../../src/protocol/versions/etag.js';
import { codecOf } from '../../../src/protocol/versions/version-scheme.js';

const codec = codecOf(etag());
const result = { version: '"2"', text: '{"a":1}' };

test('an accepted answer is handed on, its body to be read once more', async () => {
  const response = new Response('{"a":1}', {
    status: 201,
    headers: { etag: '"2"', location: '/a', 'content-length': '99', 'content-encoding': 'gzip' },
  });
  const answer = answerOf({ response, text: '{"a":1}' }, result, codec);
  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe('/a');
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(answer.headers.get('content-length')).toBeNull();
  await expect(answer.json()).resolves.toEqual({ a: 1 });
});

test('where nothing was sent the answer says what the server has, and its version', async () => {
  const answer = answerOf(undefined, result, codec);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('etag')).toBe('"2"');
  expect(answer.headers.get('content-type')).toBe('application/json');
  await expect(answer.json()).resolves.toEqual({ a: 1 });
});

test('without a value it is a 204', () => {
  expect(answerOf(undefined, undefined, codec).status).toBe(204);
});

describe('the JSON in an answer', () => {
  const json = (answer: Response) => jsonOf(new Memory({}), answer, undefined, undefined);

  test('is there once, as of any other', async () => {
    const answer = withText(new Response('{}'), '{"a":1}');
    expect(answer.bodyUsed).toBe(false);
    await expect(json(answer)).resolves.toEqual({ a: 1 });
    expect(answer.bodyUsed).toBe(true);
    await expect(json(answer)).rejects.toThrow(TypeError);
    await expect(answer.text()).rejects.toThrow(TypeError);
  });

  test('is there beside a clone', async () => {
    const answer = withText(new Response('{}'), '{"a":1}');
    const clone = answer.clone();
    await expect(json(answer)).resolves.toEqual({ a: 1 });
    await expect(clone.json()).resolves.toEqual({ a: 1 });
  });

  test('is not to be had while somebody else reads it', async () => {
    const answer = withText(new Response('{}'), '{"a":1}');
    answer.body?.getReader();
    await expect(json(answer)).rejects.toThrow(TypeError);
  });
});

describe('a copy of an answer', () => {
  test.each([204, 205, 304])('with %i has no body', (status) => {
    expect(withText(new Response(null, { status }), '').body).toBeNull();
  });

  test('keeps where it came from', () => {
    const response = new Response('{}');
    Object.defineProperty(response, 'url', { value: 'https://api.example.com/a' });
    expect(withText(response, '{}').url).toBe('https://api.example.com/a');
  });

  test('can be cloned and keeps it then', () => {
    const response = new Response('{}');
    Object.defineProperty(response, 'url', { value: 'https://api.example.com/a' });
    expect(withText(response, '{}').clone().status).toBe(200);
  });
});
