import type { StandardSchemaV1 } from '@standard-schema/spec';
import { SchemaValidationError } from 'ky';
import { describe, expect, test } from 'vitest';
import { responsePromise } from '../../../src/client/plain/response-promise.js';

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
