import axios from 'axios';
import ky from 'ky';
import createOpenApiClient from 'openapi-fetch';
import type { ClientEvent } from 'unconflict';
import { conflictFetch, createClient, MissingBaseError } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { up } from 'up-fetch';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A server on a real socket with one article on it. */
async function listening() {
  const server = createConflictServer({ patches: ['json', 'merge-patch', 'json-patch'] });
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  return {
    server,
    url: url + PATH,
    origin: url,
    now: () => server.get(PATH)?.value,
    /** If-Match of each write that arrived. */
    guards: () => server.requests.filter(({ method }) => method !== 'GET').map(({ headers }) => headers['if-match']),
    meanwhile: (change: (draft: Article) => void) => server.edit<Article>(PATH, change),
  };
}

const quick = { defaults: { retry: { minDelay: 0, maxDelay: 2 } } };

/** Puts it in the place of the global fetch for this test. */
function install(fetch: typeof globalThis.fetch): void {
  const before = globalThis.fetch;
  globalThis.fetch = fetch;
  onTestFinished(() => {
    globalThis.fetch = before;
  });
}

async function save(fetch: typeof globalThis.fetch, url: string, on: Awaited<ReturnType<typeof listening>>) {
  const article: Article = await (await fetch(url)).json();
  on.meanwhile((draft) => {
    draft.body = 'Theirs';
  });
  return fetch(url, { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify({ ...article, title: 'Mine' }) });
}

describe('in the place of the global fetch', () => {
  test('it sends through the one that was there', async () => {
    const on = await listening();
    install(conflictFetch(quick));
    expect((await soon(save(globalThis.fetch, on.url, on))).status).toBe(200);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test.each<[string, (inner: typeof fetch) => typeof fetch]>([
    ['hands its arguments on', (inner) => (input, init) => inner(input, init)],
    ['waits first', (inner) => async (input, init) => Promise.resolve().then(() => inner(input, init))],
    [
      'hands on a request alone',
      (inner) => (input, init) => inner(input instanceof Request ? input : new Request(input, init)),
    ],
  ])('it does so, too, below a wrapper that %s', async (_title, wrap) => {
    const on = await listening();
    install(wrap(conflictFetch(quick)));
    expect((await soon(save(globalThis.fetch, on.url, on))).status).toBe(200);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('a fetch that is put in its place later is used', async () => {
    const fetch = conflictFetch(quick);
    install(async () => Response.json({ from: 'the later one' }));
    await expect((await fetch('https://api.example.com/a')).json()).resolves.toEqual({ from: 'the later one' });
  });

  test("a handle's own writes pass through it, and are rebased by the rules of the handle alone", async () => {
    const on = await listening();
    install(conflictFetch(quick));
    const client = createClient({
      prefix: on.origin,
      ...quick,
      defaults: { ...quick.defaults, resolve: () => 'local' },
    });
    const article = client.resource<Article>(PATH);
    await article.get();
    on.meanwhile((draft) => {
      draft.title = 'Theirs';
    });
    await article.edit((draft) => {
      draft.title = 'Mine';
    });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
  });
});

describe('read twice and then saved', () => {
  async function twice(change: (draft: Article) => void) {
    const on = await listening();
    const fetch = conflictFetch(quick);
    const read = async (): Promise<Article> => (await fetch(on.url)).json();
    const older = await read();
    on.meanwhile(change);
    const newer = await read();
    const put = (value: unknown, init: { base?: object } = {}) =>
      fetch(on.url, { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify(value), ...init });
    return { ...on, fetch, older, newer, read, put };
  }

  test.each<[string, (draft: Article) => void]>([
    ['a member', (draft) => void Object.assign(draft, { body: 'Theirs' })],
    ['an item of a list', (draft) => void draft.tags.splice(1, 1, 'c')],
    ['the end of a list', (draft) => void draft.tags.push('c')],
    ['a member that came', (draft) => void Object.assign(draft, { views: 1 })],
    ['nothing but the version', () => {}],
  ])('what is newer in %s tells that the newer read was meant', async (_title, change) => {
    const on = await twice(change);
    expect((await on.put({ ...on.newer, title: 'Mine' })).status).toBe(200);
    expect(on.now()).toEqual({ ...on.newer, title: 'Mine' });
    expect(on.guards()).toEqual(['"2"']);
  });

  test.each<[string, (older: Article, newer: Article) => unknown]>([
    ['a form opened on the older one, or a revert', (older) => ({ ...older, title: 'Mine' })],
    ['something else where they differ', (older) => ({ ...older, body: 'Mine' })],
  ])('%s is an error, and a fresh read ends it', async (_title, made) => {
    const on = await twice((draft) => {
      draft.body = 'Theirs';
    });
    const value = made(on.older, on.newer);
    expect(await outcomeOf(on.put(value))).toBeInstanceOf(MissingBaseError);
    // The same again, as a blind retry would, is no fresh read.
    expect(await outcomeOf(on.put(value))).toBeInstanceOf(MissingBaseError);
    expect(on.now()).toEqual(on.newer);
    const fresh = await on.read();
    expect((await on.put({ ...fresh, title: 'Fresh' })).status).toBe(200);
    expect(on.guards()).toEqual(['"2"']);
  });

  test.each(['the value itself', 'a copy', 'a snapshot'])('`base` as %s says which', async (how) => {
    const on = await twice((draft) => {
      draft.body = 'Theirs';
    });
    const base = { 'the value itself': on.older, 'a copy': { ...on.older } }[how];
    const snapshot = { url: on.url, value: on.older, version: '"1"' };
    const response = await on.put({ ...on.older, title: 'Mine' }, { base: base ?? snapshot });
    expect(response.status).toBe(200);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('a patch of what is the same in both means either', async () => {
    const on = await twice((draft) => {
      draft.body = 'Theirs';
    });
    const patch = (type: string, body: unknown) =>
      on.fetch(on.url, { method: 'PATCH', headers: { 'content-type': type }, body: JSON.stringify(body) });
    expect((await patch('application/merge-patch+json', { title: 'Mine' })).status).toBe(200);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('a patch of what differs is an error', async () => {
    const on = await twice((draft) => {
      draft.tags = ['c'];
    });
    const patch = (type: string, body: unknown) =>
      on.fetch(on.url, { method: 'PATCH', headers: { 'content-type': type }, body: JSON.stringify(body) });
    const operations = [{ op: 'replace', path: '/tags/0', value: 'x' }];
    expect(await outcomeOf(patch('application/json-patch+json', operations))).toBeInstanceOf(MissingBaseError);
    expect(await outcomeOf(patch('application/merge-patch+json', { tags: [] }))).toBeInstanceOf(MissingBaseError);
  });
});

test('members of init that a Request does not tell reach the fetch below', async () => {
  const seen: Record<string, unknown>[] = [];
  const fetch = conflictFetch({
    ...quick,
    fetch: async (_input, init) => {
      seen.push({ ...init });
      return Response.json({ a: 1 }, { headers: { etag: '"1"' } });
    },
  });
  const more = { next: { revalidate: 60 }, cf: { cacheTtl: 5 }, timeout: 5, hooks: 'not of ky', json: { b: 1 } };
  await fetch('https://api.example.com/a', more as RequestInit);
  await fetch('https://api.example.com/a', {
    method: 'PUT',
    headers: JSON_TYPE,
    body: '{"a":2}',
    ...more,
  } as RequestInit);
  const told = { next: { revalidate: 60 }, cf: { cacheTtl: 5 } };
  expect(seen).toEqual([expect.objectContaining(told), expect.objectContaining(told)]);
  expect(seen.map((init) => 'json' in init)).toEqual([false, false]);
});

test('a Response without a body stream has a body all the same', async () => {
  const on = await listening();
  // As on React Native, and in polyfills.
  const streamless: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    Object.defineProperty(response, 'body', { value: undefined });
    return response;
  };
  const guarded = conflictFetch({ ...quick, fetch: streamless });
  expect((await save(guarded, on.url, on)).status).toBe(200);
  const article = createClient({ prefix: on.origin, fetch: streamless, ...quick }).resource<Article>(PATH);
  await article.edit((draft) => {
    draft.tags.push('mine');
  });
  expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs', tags: ['a', 'b', 'mine'] });
});

describe('under other clients', () => {
  interface Paths {
    '/articles/{id}': {
      get: { parameters: { path: { id: number } }; responses: { 200: { content: { 'application/json': Article } } } };
      put: {
        parameters: { path: { id: number } };
        requestBody: { content: { 'application/json': Article } };
        responses: { 200: { content: { 'application/json': Article } } };
      };
      patch: {
        parameters: { path: { id: number } };
        requestBody: { content: { 'application/json': Partial<Article> } };
        responses: { 200: { content: { 'application/json': Article } } };
      };
    };
  }

  type Saver = (fetch: typeof globalThis.fetch, origin: string, meanwhile: () => void) => Promise<unknown>;

  const savers: [string, Saver][] = [
    [
      'ky',
      async (fetch, prefix, meanwhile) => {
        const api = ky.create({ prefix, fetch });
        const article = await api.get('articles/1').json<Article>();
        meanwhile();
        return api.put('articles/1', { json: { ...article, title: 'Mine' } }).json();
      },
    ],
    [
      'openapi-fetch, PUT',
      async (fetch, baseUrl, meanwhile) => {
        const api = createOpenApiClient<Paths>({ baseUrl, fetch });
        const params = { path: { id: 1 } };
        const { data = DRAFT } = await api.GET('/articles/{id}', { params });
        meanwhile();
        return (await api.PUT('/articles/{id}', { params, body: { ...data, title: 'Mine' } })).data;
      },
    ],
    [
      'openapi-fetch, PATCH',
      async (fetch, baseUrl, meanwhile) => {
        const api = createOpenApiClient<Paths>({ baseUrl, fetch });
        const params = { path: { id: 1 } };
        await api.GET('/articles/{id}', { params });
        meanwhile();
        return (await api.PATCH('/articles/{id}', { params, body: { title: 'Mine' } })).data;
      },
    ],
    [
      'axios, PUT',
      async (fetch, baseURL, meanwhile) => {
        const api = axios.create({ baseURL, adapter: 'fetch', env: { fetch } });
        const { data } = await api.get<Article>('/articles/1');
        meanwhile();
        return (await api.put('/articles/1', { ...data, title: 'Mine' })).data;
      },
    ],
    [
      'axios, PATCH',
      async (fetch, baseURL, meanwhile) => {
        const api = axios.create({ baseURL, adapter: 'fetch', env: { fetch } });
        await api.get<Article>('/articles/1');
        meanwhile();
        return (await api.patch('/articles/1', { title: 'Mine' })).data;
      },
    ],
    [
      'up-fetch, PUT',
      async (fetch, baseUrl, meanwhile) => {
        const api = up(fetch, () => ({ baseUrl }));
        const article = (await api('/articles/1')) as Article; // Nobody else has told its type.
        meanwhile();
        return api('/articles/1', { method: 'PUT', body: { ...article, title: 'Mine' } });
      },
    ],
    [
      'up-fetch, PATCH',
      async (fetch, baseUrl, meanwhile) => {
        const api = up(fetch, () => ({ baseUrl }));
        await api('/articles/1');
        meanwhile();
        return api('/articles/1', { method: 'PATCH', body: { title: 'Mine' } });
      },
    ],
    [
      'a generated SDK that calls fetch(url, init)',
      async (fetch, origin, meanwhile) => {
        const call = async (method: string, body?: object): Promise<Article> => {
          const headers = new Headers({
            Accept: 'application/json',
            ...(body && { 'Content-Type': 'application/json' }),
          });
          const init = {
            method,
            headers,
            ...(body && { body: JSON.stringify(body) }),
            credentials: 'include',
          } as const;
          return (await fetch(`${origin}/articles/1`, init)).json();
        };
        const article = await call('GET');
        meanwhile();
        return call('PUT', { ...article, title: 'Mine' });
      },
    ],
    [
      'a generated SDK that calls fetch(request)',
      async (fetch, origin, meanwhile) => {
        const call = async (init: RequestInit): Promise<Article> =>
          (await fetch(new Request(`${origin}/articles/1`, { redirect: 'follow', ...init }))).json();
        await call({ method: 'GET' });
        meanwhile();
        return call({ method: 'PATCH', headers: JSON_TYPE, body: '{"title":"Mine"}' });
      },
    ],
  ];

  test.each(savers)('%s', async (_name, saving) => {
    const on = await listening();
    const events: ClientEvent[] = [];
    const fetch = conflictFetch({ ...quick, onEvent: (event) => events.push(event) });
    const meanwhile = (): void =>
      void on.meanwhile((draft) => {
        draft.body = 'Theirs';
      });
    const answer = await saving(fetch, on.origin, meanwhile);
    expect(answer).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
    expect(events.map(({ type }) => type)).toContain('rebase');
  });
});

test('knows the headers of a Request of another platform than the global Headers, as under jsdom', async () => {
  const server = createConflictServer();
  server.seed('/articles/1', { title: 'Draft', tags: [] });
  const guarded = conflictFetch({ fetch: server.fetch });
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('Headers', class extends Headers {});
  const url = `${server.origin}/articles/1`;
  await (await guarded(url)).json();
  server.edit<{ title: string }>('/articles/1', (article) => {
    article.title = 'Ada';
  });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await guarded(url, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ title: 'Draft', tags: ['fetch'] }),
  });
  expect([answer.status, await answer.json()]).toEqual([200, { title: 'Ada', tags: ['fetch'] }]);
});
