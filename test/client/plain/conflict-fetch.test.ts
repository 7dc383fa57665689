import ky from 'ky';
import type { ClientOptions } from 'unconflict';
import { conflictFetch } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { createConflictServer, lostAnswer } from 'unconflict/testing';
import { describe, expect, test, vi } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';

function fetching(options: ClientOptions = {}, serverOptions: ConflictServerOptions = {}) {
  const server = createConflictServer(serverOptions);
  server.seed(PATH, DRAFT);
  const fetch = conflictFetch({ fetch: server.fetch, defaults: { retry: { minDelay: 0, maxDelay: 1 } }, ...options });
  const url = server.origin + PATH;
  return {
    server,
    fetch,
    url,
    read: async (): Promise<Article> => (await fetch(url)).json(),
    put: (value: unknown, init: RequestInit = {}) =>
      fetch(url, {
        method: 'PUT',
        body: JSON.stringify(value),
        headers: { 'content-type': 'application/json' },
        ...init,
      }),
    writes: () => server.requests.filter(({ method }) => method !== 'GET'),
    now: () => server.get(PATH)?.value,
  };
}

describe('a write of what was read', () => {
  test('is conditional', async () => {
    const on = fetching();
    const article = await on.read();
    const response = await on.put({ ...article, title: 'Mine' });
    expect(response).toBeInstanceOf(Response);
    expect(response.status).toBe(200);
    expect(on.writes()[0]?.headers).toMatchObject({ 'if-match': '"1"' });
  });

  test('is rebased where it is stale', async () => {
    const on = fetching();
    const article = await on.read();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const response = await on.put({ ...article, title: 'Mine' });
    await expect(response.json()).resolves.toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('right after the read, its body still unread by the library, is too', async () => {
    const on = fetching();
    await on.fetch(on.url);
    await on.put({ ...DRAFT, title: 'Mine' });
    expect(on.writes()[0]?.headers).toMatchObject({ 'if-match': '"1"' });
  });

  test('is too where the read named a fragment', async () => {
    const on = fetching();
    await on.fetch(`${on.url}#part`);
    await on.put({ ...DRAFT, title: 'Mine' });
    expect(on.writes()[0]?.headers).toMatchObject({ 'if-match': '"1"' });
  });

  test('as a merge patch and as a JSON Patch is too', async () => {
    const on = fetching();
    await on.read();
    const merge = {
      method: 'PATCH',
      body: '{"title":"One"}',
      headers: { 'content-type': 'application/merge-patch+json' },
    };
    const patch = {
      method: 'PATCH',
      body: '[{"op":"replace","path":"/title","value":"Two"}]',
      headers: { 'content-type': 'application/json-patch+json' },
    };
    await on.fetch(on.url, merge);
    await on.fetch(new Request(on.url, patch));
    expect(on.writes().map(({ headers }) => headers['if-match'])).toEqual(['"1"', '"2"']);
    expect(on.now()).toMatchObject({ title: 'Two' });
  });

  test('whose answer was lost lands once', async () => {
    const on = fetching();
    const article = await on.read();
    lostAnswer(on.server, PATH);
    const response = await soon(on.put({ ...article, tags: ['c'] }));
    expect(response.ok).toBe(true);
    expect(on.server.history(PATH)).toHaveLength(2);
  });
});

describe('what passes', () => {
  test('answers and bodies are as fetch has them, whatever the status is', async () => {
    const on = fetching();
    const response = await on.fetch(`${on.server.origin}/nothing`);
    expect(response.status).toBe(404);
    await expect(response.json()).resolves.toMatchObject({ title: 'Not Found' });
    expect((await on.put(DRAFT, { method: 'POST' })).status).toBe(405);
  });

  test("the body of a read is the caller's to read, once", async () => {
    const on = fetching();
    const response = await on.fetch(on.url);
    expect(response.bodyUsed).toBe(false);
    expect(response.headers.get('etag')).toBe('"1"');
    await expect(response.json()).resolves.toEqual(DRAFT);
    await expect(response.json()).rejects.toThrow(TypeError);
  });

  test('a write of what was never read', async () => {
    const on = fetching();
    await on.put({ ...DRAFT, title: 'Blind' });
    expect(on.writes()).toHaveLength(1);
    expect(on.writes()[0]?.headers).not.toHaveProperty('if-match');
  });

  test('forms, streams and types of their own, byte for byte', async () => {
    const on = fetching();
    await on.read();
    const bytes = new TextEncoder().encode('{"title":"bytes"}');
    const stream = new ReadableStream({
      start: (controller) => {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    await on.fetch(on.url, {
      method: 'PUT',
      body: stream,
      headers: { 'content-type': 'text/plain' },
      duplex: 'half',
    } as RequestInit);
    expect(on.writes()[0]).toMatchObject({ body: '{"title":"bytes"}', headers: { 'content-type': 'text/plain' } });
  });

  test('a refusal of the server comes back as a Response with its body', async () => {
    const on = fetching();
    const article = await on.read();
    on.server.fault({ kind: 'status', status: 403, body: { detail: 'no' }, on: { method: 'PUT' } });
    const response = await on.put({ ...article, title: 'Mine' });
    expect(response.status).toBe(403);
    await expect(response.json()).resolves.toEqual({ detail: 'no' });
  });

  test('a business rule too', async () => {
    const on = fetching({}, { status: 409 });
    const article = await on.read();
    on.server.refuse(PATH, () => ({ detail: 'Taken.' }));
    const response = await soon(on.put({ ...article, title: 'Mine' }), 4_000);
    expect(response.status).toBe(409);
    await expect(response.json()).resolves.toMatchObject({ detail: 'Taken.' });
  });
});

describe('what rejects', () => {
  test('is a conflict nobody settled', async () => {
    const on = fetching();
    const article = await on.read();
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    await expect(on.put({ ...article, title: 'Mine' })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  });

  test('a broken connection rejects with the very error of the fetch below', async () => {
    const on = fetching();
    on.server.fault({ kind: 'lose-request' });
    await expect(on.fetch(on.url)).rejects.toBeInstanceOf(TypeError);
  });

  test("an abort rejects with the caller's reason", async () => {
    const on = fetching({}, { latency: 50 });
    const controller = new AbortController();
    const reading = outcomeOf(on.fetch(on.url, { signal: controller.signal }));
    const reason = new Error('mine');
    controller.abort(reason);
    await expect(soon(reading)).resolves.toBe(reason);
    const writing = outcomeOf(on.put(DRAFT, { signal: AbortSignal.abort(reason) }));
    await expect(soon(writing)).resolves.toBe(reason);
  });
});

test('stands under ky, hooks and all', async () => {
  const on = fetching();
  const api = ky.create({ prefix: on.server.origin, fetch: on.fetch, headers: { 'x-app': '1' } });
  const article = await api.get(PATH.slice(1)).json<Article>();
  on.server.edit(PATH, (draft) => {
    draft.body = 'Theirs';
  });
  const saved = await api.put(PATH.slice(1), { json: { ...article, title: 'Mine' } }).json<Article>();
  expect(saved).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  expect(on.writes().every(({ headers }) => headers['x-app'] === '1')).toBe(true);
});

test('a guarded write is sent as fetch was asked to send it', async () => {
  const seen: [string, RequestCredentials, boolean, RequestCache, ReferrerPolicy, string][] = [];
  let version = 1;
  const fetch = conflictFetch({
    defaults: { retry: { minDelay: 0, maxDelay: 1 } },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { method, credentials, keepalive, cache, referrerPolicy, integrity } = request;
      seen.push([method, credentials, keepalive, cache, referrerPolicy, integrity]);
      const stale = method === 'PUT' && request.headers.get('if-match') !== `"${version}"`;
      return stale
        ? new Response(null, { status: 412 })
        : Response.json({ a: version }, { headers: { etag: `"${version}"` } });
    },
  });
  const url = 'https://api.example.com/a';
  await (await fetch(url)).json();
  version = 2;
  await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1,"b":1}',
    credentials: 'include',
    keepalive: true,
    cache: 'no-cache',
    referrerPolicy: 'origin',
    integrity: 'sha256-x',
  });
  const asked = ['PUT', 'include', true, 'no-cache', 'origin', 'sha256-x'];
  // The look in between goes past caches, and its answer is not the one whose hash was given.
  expect(seen.slice(1)).toEqual([asked, ['GET', 'include', true, 'no-store', 'origin', ''], asked]);
});

describe('a read whose body never ends', () => {
  const never = async () => {
    const fetch = conflictFetch({
      fetch: async (input, init) => {
        if (new Request(input, init).method !== 'GET') return Response.json({ ok: true });
        const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"a":')) });
        return new Response(body, { headers: { etag: '"1"', 'content-type': 'application/json' } });
      },
    });
    await fetch('https://api.example.com/a');
    return (signal: AbortSignal | null) =>
      fetch('https://api.example.com/a', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"a":1}',
        signal,
      });
  };

  test('holds up no write against its signal', async () => {
    const put = await never();
    const controller = new AbortController();
    const reason = new Error('enough');
    const writing = outcomeOf(put(controller.signal));
    setTimeout(() => controller.abort(reason));
    expect(await soon(writing)).toBe(reason);
  });

  test('holds up no write for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const put = await never();
      const writing = put(null);
      await vi.advanceTimersByTimeAsync(10_000);
      expect((await writing).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });
});
