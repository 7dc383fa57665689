import type { KyInstance } from 'ky';
import { type Client, type ClientEvent, type ClientOptions, conflictFetch, createClient } from 'unconflict';
import { expectTypeOf, test } from 'vitest';

const client = createClient();

test('a client is a ky instance, and so is what extend() gives', () => {
  expectTypeOf(client).toExtend<KyInstance>();
  expectTypeOf(client.extend({})).toEqualTypeOf<Client>();
  expectTypeOf(client.get('a').json<{ a: number }>()).resolves.toEqualTypeOf<{ a: number }>();
  expectTypeOf(client.put('a', { json: {} })).resolves.toExtend<Response>();
});

test('conflictFetch() is a fetch', () => {
  expectTypeOf(conflictFetch()).toExtend<typeof fetch>();
  conflictFetch()('https://api.example.com/a', { method: 'PUT', base: { a: 1 } });
});

test("ky's options and ours are taken together", () => {
  createClient({
    prefix: 'https://api.example.com',
    timeout: 5,
    retry: 2,
    hooks: {},
    resources: { '/a': { gone: 'discard' } },
  });
  createClient({
    defaults: { retry: { deadline: Number.POSITIVE_INFINITY } },
    memory: { entries: 5 },
    logger: console,
  });
  client.extend((parent) => {
    expectTypeOf(parent).toEqualTypeOf<ClientOptions>();
    return { maxBodyBytes: 5 };
  });
});

test('what does not exist is refused', () => {
  // @ts-expect-error there is no such option
  createClient({ resource: {} });
  // @ts-expect-error ky has renamed it
  createClient({ prefixUrl: 'https://api.example.com' });
  // @ts-expect-error a logger needs its four levels
  createClient({ logger: { info: () => {} } });
  // @ts-expect-error a number
  createClient({ memory: { entries: 'many' } });
});

test('a base is an object', () => {
  client.put('a', { json: {}, base: { a: 1 } });
  client.put('a', { json: {}, base: { url: '', value: 1, version: undefined } });
  // @ts-expect-error a scalar has no identity to trace it by
  client.put('a', { json: {}, base: 5 });
  // @ts-expect-error reads are made from nothing
  client.get('a', { base: {} });
  // @ts-expect-error nor are posts
  client.post('a', { base: {} });
});

test('listeners hear of one type, or of all', () => {
  client.on((event) => expectTypeOf(event).toEqualTypeOf<ClientEvent>());
  client.on('attempt', (event) => {
    expectTypeOf(event.method).toEqualTypeOf<string>();
    expectTypeOf(event.attempt).toEqualTypeOf<number>();
  });
  client.on('wait', (event) => expectTypeOf(event.reason).toEqualTypeOf<'backoff' | 'retry-after' | 'lock'>());
  client.on('rejected', (event) => expectTypeOf(event.error).toEqualTypeOf<Error>());
  client.on('stale', (event) => expectTypeOf(event.status).toEqualTypeOf<number>());
  expectTypeOf(client.on(() => {})).toEqualTypeOf<() => void>();
  // @ts-expect-error no such event
  client.on('conflict', () => {});
  // @ts-expect-error an attempt has no error
  client.on('attempt', (event) => event.error);
  client.on((event) => {
    // @ts-expect-error events cannot be written to
    event.url = '';
  });
});

test('close() takes nothing and gives nothing', () => {
  expectTypeOf(client.close()).resolves.toEqualTypeOf<void>();
});
