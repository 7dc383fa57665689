import type { StandardSchemaV1 } from '@standard-schema/spec';
import { SchemaValidationError } from 'ky';
import { createClient } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { chunks } from '../../../src/client/lazy.js';
import { Memory } from '../../../src/client/plain/memory.js';
import { responsePromise as responsePromiseOf } from '../../../src/client/plain/plain-verb.js';

type ParseJson = Parameters<typeof responsePromiseOf>[2];
const responsePromise = (promised: Promise<Response>, parse: ParseJson) =>
  responsePromiseOf({ core: { chunks }, memory: new Memory({}) }, promised, parse);

const answer = (text = '{"a":1}', init: ResponseInit = {}) => Promise.resolve(new Response(text, init));

test('is a Response', async () => {
  await expect(responsePromise(answer(), undefined)).resolves.toBeInstanceOf(Response);
});

test.each([
  ['json', { a: 1 }],
  ['text', '{"a":1}'],
] as const)('its body can be had as %s', async (kind, value) => {
  await expect(responsePromise(answer(), undefined)[kind]()).resolves.toEqual(value);
});

test('its body can be had as bytes', async () => {
  await expect(responsePromise(answer('x'), undefined).arrayBuffer()).resolves.toHaveProperty('byteLength', 1);
  await expect(responsePromise(answer('x'), undefined).blob()).resolves.toHaveProperty('size', 1);
});

describe('json', () => {
  const schema: StandardSchemaV1<unknown, { a: number }> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        JSON.stringify(value) === '{"a":1}' ? { value: { a: 2 } } : { issues: [{ message: 'no' }] },
    },
  };

  test('is checked and changed by a schema, as ky does it', async () => {
    await expect(responsePromise(answer(), undefined).json(schema)).resolves.toEqual({ a: 2 });
    await expect(responsePromise(answer('{}'), undefined).json(schema)).rejects.toBeInstanceOf(SchemaValidationError);
  });

  test("is parsed by the caller's own parser", async () => {
    const parse = (text: string, { response }: { response: Response }): unknown => [text, response.status];
    await expect(responsePromise(answer(), parse).json()).resolves.toEqual(['{"a":1}', 200]);
  });

  test('of an empty body is an error, as with ky', async () => {
    await expect(
      responsePromise(Promise.resolve(new Response(null, { status: 204 })), undefined).json(),
    ).rejects.toThrow(SyntaxError);
  });
});

test('a failure is the same failure whatever is asked of it, and asking for the body alone leaves none unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    const error = new Error('down');
    await expect(responsePromise(Promise.reject(error), undefined).json()).rejects.toBe(error);
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});

test('the empty answer to a guarded write is shown to a schema as undefined, as with ky', async () => {
  const fetch = async (input: Parameters<typeof globalThis.fetch>[0]): Promise<Response> =>
    input instanceof Request && input.method === 'PUT'
      ? new Response(null, { status: 204, headers: { etag: '"2"' } })
      : Response.json({ a: 1 }, { headers: { etag: '"1"' } });
  const client = createClient({ prefix: 'https://api.example.com', fetch });
  await client.get('a').json();
  const schema: StandardSchemaV1<unknown, string> = {
    '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: String(value) }) },
  };
  await expect(client.put('a', { json: { a: 2 } }).json(schema)).resolves.toBe('undefined');
});
