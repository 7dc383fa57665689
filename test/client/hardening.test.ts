import { createClient } from 'unconflict';
import type { FaultOptions } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon } from './support.js';

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};

/** A signal that counts who listens to it. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: object) => {
    listeners.add(listener);
    add(type, listener, options);
  };
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return { controller, signal, listeners };
}

describe('one signal for a whole session', () => {
  test('has no listener left after edits, reads, deletes and conflicts', async () => {
    const on = scene();
    const { signal, listeners } = countedSignal();
    const handle = on.client.resource<Article>(PATH, { resolve: () => 'local' });
    await handle.get({ signal });
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    await Promise.all([
      handle.edit(retitle, { signal }),
      handle.edit((draft) => void draft.tags.push('c'), { signal }),
    ]);
    on.server.lock(PATH, { retryAfter: false, for: 5 });
    await handle.edit((draft) => void draft.tags.push('d'), { signal });
    on.server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
    await handle.edit((draft) => void draft.tags.push('e'), { signal });
    await handle.delete({ signal });
    await outcomeOf(handle.get({ signal }));
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect(listeners.size).toBe(0);
  });
});

describe('hostile data is data', () => {
  const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x","":{"/~":1}}';

  test('keys such as __proto__ are edited, merged and sent like any other', async () => {
    const on = scene();
    on.server.seed('/hostile', JSON.parse(hostile));
    const handle = on.client.resource<Record<string, Record<string, number>>>('/hostile');
    await handle.get();
    on.server.edit<Record<string, unknown>>('/hostile', (draft) => {
      draft.theirs = 1;
    });
    const result = await handle.edit((draft) => {
      const own = Object.getOwnPropertyDescriptor(draft, '__proto__')?.value;
      own.polluted = 2;
      draft.constructor = { prototype: 3 } as never;
      const inner = draft[''];
      if (inner !== undefined) inner['/~'] = 2;
    });
    expect(JSON.parse(JSON.stringify(result.value))).toEqual(
      JSON.parse('{"__proto__":{"polluted":2},"constructor":{"prototype":3},"toString":"x","":{"/~":2},"theirs":1}'),
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(on.server.get('/hostile')?.value).toEqual(result.value);
  });

  test('a resolver may answer for a path called __proto__', async () => {
    const on = scene();
    on.server.seed('/hostile', JSON.parse('{"__proto__":1}'));
    const handle = on.client.resource<Record<string, number>>('/hostile', {
      resolve: () => ({ resolutions: JSON.parse('{"/__proto__":"local"}') }),
    });
    await handle.get();
    on.server.edit('/hostile', () => JSON.parse('{"__proto__":2}'));
    const result = await handle.edit(() => JSON.parse('{"__proto__":3}'));
    expect(JSON.stringify(result.value)).toBe('{"__proto__":3}');
  });

  test('numbers beyond 2^53 in a version keep every digit', async () => {
    const bodies: string[] = [];
    let version = '9007199254740993';
    const { field } = await import('unconflict');
    const client = createClient({
      prefix: 'https://api.example.com',
      retry: 0,
      fetch: async (input) => {
        const request = new Request(input);
        if (request.method === 'GET') return new Response(`{"v":${version},"title":"x"}`);
        const body = await request.text();
        bodies.push(body);
        if (!body.includes(`"v":${version}`)) return new Response('{}', { status: 409 });
        version = '9007199254740995';
        return new Response(`{"v":${version},"title":"y"}`);
      },
    });
    const handle = client.resource<{ title: string }>('/n', { version: field('/v'), write: 'put' });
    const result = await soon(
      handle.edit((draft) => {
        draft.title = 'y';
      }),
    );
    expect(result).toMatchObject({ attempts: 1, version: '9007199254740995' });
    expect(bodies[0]).toContain('"v":9007199254740993');
  });
});

test('the refetch goes past every cache', async () => {
  const server = createConflictServer();
  server.seed(PATH, DRAFT);
  const caches: string[] = [];
  const client = createClient({
    prefix: server.origin,
    retry: 0,
    defaults: { retry: { minDelay: 0, maxDelay: 1 } },
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'GET') caches.push(request.cache);
      return server.fetch(request);
    },
  });
  const handle = client.resource<Article>(PATH);
  await handle.get();
  server.edit(PATH, (draft) => {
    draft.body = 'Theirs';
  });
  await handle.edit(retitle);
  expect(caches).toEqual(['no-store', 'no-store']);
});

describe('rebased', () => {
  test('is not said of an edit because a get() saw our own write before its answer came', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'delay', ms: 30, after: true, on: { method: 'PATCH' } });
    const first = handle.edit(retitle);
    while (on.landed() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const second = handle.edit((draft) => void draft.tags.push('c'));
    await handle.get();
    expect((await first).rebased).toBe(false);
    expect((await second).rebased).toBe(false);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', tags: ['a', 'b', 'c'] });
  });
});

describe('after a deletion', () => {
  test('a handle can create again, and goes on from there', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    await handle.delete();
    await expect(handle.edit(retitle)).rejects.toMatchObject({ name: 'HTTPError', response: { status: 404 } });
    await handle.create(DRAFT);
    expect(handle.status).toBe('idle');
    await handle.edit(retitle);
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });
});

describe('over real sockets', () => {
  const faults: FaultOptions[] = [
    { kind: 'lose-answer' },
    { kind: 'lose-request' },
    { kind: 'truncate' },
    { kind: 'html', commit: true },
    { kind: 'status', status: 503, commit: true },
    { kind: 'duplicate', answer: 'second' },
  ];
  test.each(faults)('a write met by %j lands exactly once', async (fault) => {
    const server = createConflictServer();
    server.seed(PATH, DRAFT);
    const { url } = await server.listen();
    const client = createClient({ prefix: url, retry: 0, defaults: { retry: { minDelay: 0, maxDelay: 2 } } });
    const handle = client.resource<Article>(PATH);
    await handle.get();
    server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    server.fault({ ...fault, on: { method: 'PATCH' }, nth: 2 });
    const result = await soon(
      handle.edit((draft) => void draft.tags.push('c')),
      4_000,
    );
    expect(result.value).toMatchObject({ body: 'Theirs', tags: ['a', 'b', 'c'] });
    expect(server.history(PATH).filter(({ by }) => by !== undefined)).toHaveLength(1);
    await client.close();
    await server.close();
  });

  test('a server that is not there is an error of the network, and nothing waits for ever', async () => {
    const server = createConflictServer();
    const { url } = await server.listen();
    await server.close();
    const client = createClient({ prefix: url, retry: 0, defaults: { retry: { deadline: 200 } } });
    await expect(soon(client.resource(PATH).get())).rejects.toMatchObject({ name: 'NetworkError' });
    const base = { url: url + PATH, value: DRAFT, version: '"1"' };
    const error = await soon(outcomeOf(client.resource<Article>(PATH).edit(retitle, { base })));
    expect(error).toMatchObject({ code: 'ERR_IN_DOUBT', local: { title: 'Mine' } });
  });
});
