import type { Client, ClientEvent } from 'unconflict';
import { conflictFetch, createClient } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { createConflictServer, hiddenTag } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Article, DRAFT, PATH } from '../support.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const defaults = { retry: { minDelay: 0, maxDelay: 2 } };

async function listening(options: ConflictServerOptions = {}) {
  const server = createConflictServer({ patches: ['json', 'json-patch', 'merge-patch'], ...options });
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const events: ClientEvent[] = [];
  const told = { defaults, onEvent: (event: ClientEvent) => void events.push(event) };
  return {
    server,
    url: url + PATH,
    client: createClient({ prefix: url, ...told }),
    fetch: conflictFetch(told),
    now: () => server.get(PATH)?.value,
    unguarded: () => events.filter(({ type }) => type === 'unguarded'),
    meanwhile: () =>
      server.edit(PATH, (draft) => {
        draft.body = 'Theirs';
      }),
  };
}

type On = Awaited<ReturnType<typeof listening>>;

/** Reads, lets somebody else write, and writes: both changes must be there. */
const writes: [string, (on: On, meanwhile: () => void) => Promise<unknown>][] = [
  [
    'client.patch(url, { json })',
    async ({ client }, meanwhile) => {
      await client.get(PATH).json();
      meanwhile();
      await client.patch(PATH, { json: { title: 'Mine' } });
    },
  ],
  [
    'a PATCH of JSON with parameters',
    async ({ client }, meanwhile) => {
      await client.get(PATH).json();
      meanwhile();
      await client.patch(PATH, {
        json: { title: 'Mine' },
        headers: { 'content-type': 'application/json; charset=utf-8' },
      });
    },
  ],
  [
    'a list of operations as application/json-patch+json in capitals',
    async ({ client }, meanwhile) => {
      await client.get(PATH).json();
      meanwhile();
      const json = [{ op: 'replace', path: '/title', value: 'Mine' }];
      await client.patch(PATH, { json, headers: { 'Content-Type': 'Application/JSON-Patch+JSON' } });
    },
  ],
  [
    'PATCH of application/json through fetch',
    async ({ fetch, url }, meanwhile) => {
      await (await fetch(url)).json();
      meanwhile();
      await fetch(url, { method: 'PATCH', headers: JSON_TYPE, body: '{"title":"Mine"}' });
    },
  ],
  [
    'the same with an explicit base',
    async ({ fetch, url }, meanwhile) => {
      const base = await (await fetch(url)).json();
      await fetch(url);
      meanwhile();
      await fetch(url, { method: 'PATCH', headers: JSON_TYPE, body: '{"title":"Mine"}', base });
    },
  ],
  [
    'a string without a type',
    async ({ fetch, url }, meanwhile) => {
      const article = await (await fetch(url)).json();
      meanwhile();
      await fetch(url, { method: 'PUT', body: JSON.stringify({ ...article, title: 'Mine' }) });
    },
  ],
  [
    'a string without a type by client.put()',
    async ({ client }, meanwhile) => {
      const article = await client.get(PATH).json<Article>();
      meanwhile();
      await client.put(PATH, { body: JSON.stringify({ ...article, title: 'Mine' }) });
    },
  ],
  [
    "method: 'patch'",
    async ({ fetch, url }, meanwhile) => {
      await (await fetch(url)).json();
      meanwhile();
      await fetch(url, { method: 'patch', headers: JSON_TYPE, body: '{"title":"Mine"}' });
    },
  ],
  [
    'a PUT to another query than was read',
    async ({ client }, meanwhile) => {
      const article = await client.get(PATH).json<Article>();
      meanwhile();
      await client.put(`${PATH}?notify=true`, { json: { ...article, title: 'Mine' } });
    },
  ],
  [
    'a child of client.extend()',
    async ({ client }, meanwhile) => {
      const article = await client.get(PATH).json<Article>();
      meanwhile();
      await client.extend({ timeout: 5_000 }).put(PATH, { json: { ...article, title: 'Mine' } });
    },
  ],
  [
    'its parent, after the child read',
    async ({ client }, meanwhile) => {
      const article = await client.extend({ timeout: 5_000 }).get(PATH).json<Article>();
      meanwhile();
      await client.put(PATH, { json: { ...article, title: 'Mine' } });
    },
  ],
];

test.each(writes)('%s is guarded by what was read, and rebased', async (_title, write) => {
  const on = await listening();
  await write(on, on.meanwhile);
  expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  expect(on.unguarded()).toEqual([]);
});

describe('a write without a precondition is told', () => {
  const put = (client: Client, url: string, options = {}) => client.put(url, { json: DRAFT, ...options });
  type Row = [string, (on: On) => Promise<unknown>, method: string, reason: string];
  const rows: Row[] = [
    ['of what was never read', ({ client }) => put(client, PATH), 'PUT', 'not-read'],
    [
      'of what somebody else read',
      async ({ client }) => {
        await client.get(PATH, { headers: { authorization: 'Bearer a' } }).json();
        await put(client, PATH, { headers: { authorization: 'Bearer b' } });
      },
      'PUT',
      'not-read',
    ],
    [
      'through fetch',
      ({ fetch, url }) => fetch(url, { method: 'patch', headers: JSON_TYPE, body: '{}' }),
      'PATCH',
      'not-read',
    ],
    ['of a delete', ({ client }) => client.delete(PATH), 'DELETE', 'not-read'],
    [
      'of what was read in part only',
      async ({ client }) => {
        await client.get(`${PATH}?fields=title`).json();
        await put(client, PATH);
      },
      'PUT',
      'part-read',
    ],
    [
      'of what was read in part only, through fetch',
      async ({ fetch, url }) => {
        await (await fetch(`${url}?fields=title`)).json();
        await fetch(url, { method: 'PATCH', headers: JSON_TYPE, body: '{"title":"Mine"}' });
      },
      'PATCH',
      'part-read',
    ],
    [
      'of what was read without being told a version',
      async ({ server, client }) => {
        hiddenTag(server, PATH);
        await client.get(PATH).json();
        await put(client, PATH);
      },
      'PUT',
      'no-version',
    ],
  ];
  test.each(rows)('%s', async (_title, write, method, reason) => {
    const on = await listening({ select: 'fields' });
    await write(on);
    expect(on.unguarded()).toEqual([expect.objectContaining({ type: 'unguarded', method, reason, url: on.url })]);
  });

  test('but not one that its caller made conditional', async () => {
    const on = await listening();
    await put(on.client, PATH, { headers: { 'if-match': '"1"' } });
    await put(on.client, '/articles/2', { headers: { 'If-None-Match': '*' } });
    await on.client.post('/articles', { json: DRAFT });
    expect(on.unguarded()).toEqual([]);
  });
});

test('what one user read is not what another one writes over', async () => {
  const on = await listening({ tenants: 'authorization' });
  for (const user of ['a', 'b']) on.server.tenant(`Bearer ${user}`).seed(PATH, { ...DRAFT, body: `Of ${user}` });
  const as = (user: string) => ({ headers: { authorization: `Bearer ${user}` } });
  const ofA = await on.client.get(PATH, as('a')).json<Article>();
  const ofB = await on.client.get(PATH, as('b')).json<Article>();
  on.server.tenant('Bearer b').edit(PATH, (draft) => {
    draft.tags = ['b'];
  });
  await on.client.put(PATH, { json: { ...ofB, title: 'Mine' }, ...as('b') });
  await on.client.put(PATH, { json: { ...ofA, title: 'Also mine' }, ...as('a') });
  const ends = ['a', 'b'].map((user) => on.server.tenant(`Bearer ${user}`).get(PATH)?.value);
  expect(ends).toEqual([
    { ...DRAFT, body: 'Of a', title: 'Also mine' },
    { ...DRAFT, body: 'Of b', title: 'Mine', tags: ['b'] },
  ]);
});
