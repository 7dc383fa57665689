import type { ClientOptions } from 'unconflict';
import { counter, field } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { deletedUnderneath, lockedBy, lostAnswer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon } from '../support.js';

const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
const MERGE = { 'content-type': 'application/merge-patch+json' };
const readArticle = (on: ReturnType<typeof scene>) => on.client.get(PATH).json<Article>();

const writes: [title: string, write: (on: ReturnType<typeof scene>, read: Article) => Promise<Response>][] = [
  ['a PUT', (on, read) => on.client.put(PATH, { json: { ...read, title: 'Mine' } })],
  [
    'a PUT of text',
    (on, read) =>
      on.client.put(PATH, {
        body: JSON.stringify({ ...read, title: 'Mine' }),
        headers: { 'content-type': 'application/json' },
      }),
  ],
  [
    'a PUT of a Request',
    (on, read) =>
      on.client(
        new Request(on.server.origin + PATH, {
          method: 'PUT',
          body: JSON.stringify({ ...read, title: 'Mine' }),
          headers: { 'content-type': 'application/json' },
        }),
      ),
  ],
  [
    'a PUT by client(url, { method })',
    (on, read) => on.client(PATH, { method: 'put', json: { ...read, title: 'Mine' } }),
  ],
  [
    'a JSON Patch',
    (on) => on.client.patch(PATH, { json: [{ op: 'replace', path: '/title', value: 'Mine' }], headers: JSON_PATCH }),
  ],
  ['a merge patch', (on) => on.client.patch(PATH, { json: { title: 'Mine' }, headers: MERGE })],
];
describe.each(writes)('%s', (title, write) => {
  test('is conditional on what was read', async () => {
    const on = scene();
    const response = await write(on, await readArticle(on));
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({ ...DRAFT, title: 'Mine' });
    expect(on.writes()).toMatchObject([{ headers: { 'if-match': '"1"' } }]);
  });

  test('that is stale is rebased and lands in its own form', async () => {
    const on = scene();
    const read = await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const response = await write(on, read);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
    expect(response.headers.get('etag')).toBe('"3"');
    const [first, second] = on.writes();
    expect(second).toMatchObject({
      method: first?.method,
      headers: { 'content-type': first?.headers['content-type'], 'if-match': '"2"' },
    });
    expect(on.told()).toEqual(['attempt', 'stale', 'refetch', 'rebase', 'attempt', 'accepted']);
  });

  test('whose answer was lost is recognised, and answered with what the server has', async () => {
    const on = scene();
    const read = await readArticle(on);
    lostAnswer(on.server, PATH);
    const response = await soon(write(on, read));
    expect(response.ok).toBe(true);
    expect(response.headers.get('etag')).toBe('"2"');
    await expect(response.json()).resolves.toEqual({ ...DRAFT, title: 'Mine' });
    expect(on.landed()).toBe(1);
  });

  test('of what was never read passes as it is', async () => {
    const on = scene();
    const response = await write(on, DRAFT);
    expect(response.ok).toBe(true);
    expect(on.writes()).toHaveLength(1);
    expect(on.writes()[0]?.headers).not.toHaveProperty('if-match');
    expect(on.told()).toEqual(['unguarded']);
  });

  test('that overlaps is a conflict', async () => {
    const on = scene();
    const read = await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    await expect(write(on, read)).rejects.toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ path: '/title' }] });
    expect(on.now()).toMatchObject({ title: 'Theirs' });
    expect(title).not.toBe('');
  });
});

describe('a DELETE', () => {
  test('is conditional on what was read', async () => {
    const on = scene();
    await readArticle(on);
    const response = await on.client.delete(PATH);
    expect(response.status).toBe(204);
    expect(on.writes()).toMatchObject([{ method: 'DELETE', headers: { 'if-match': '"1"' } }]);
  });

  test('of a newer state is a conflict', async () => {
    const on = scene();
    await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    await expect(on.client.delete(PATH)).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(on.now()).toBeDefined();
  });

  test('after a write that others were merged into deletes nothing unseen', async () => {
    const on = scene();
    const read = await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    await on.client.put(PATH, { json: { ...read, title: 'Mine' } });
    await expect(on.client.delete(PATH)).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(on.now()).toMatchObject({ title: 'Mine', body: 'Theirs' });
  });

  test('with a body keeps it', async () => {
    const on = scene();
    await readArticle(on);
    await on.client.delete(PATH, { json: { reason: 'spam' } });
    expect(on.writes()[0]?.body).toBe('{"reason":"spam"}');
  });
});

describe('the base', () => {
  test('is the value the client handed out, named by itself', async () => {
    const on = scene();
    const first = await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    await readArticle(on);
    await expect(on.client.put(PATH, { json: { ...first, title: 'Mine' } })).rejects.toMatchObject({
      code: 'ERR_MISSING_BASE',
      message: expect.stringContaining('{ base }'),
    });
    expect(on.writes()).toEqual([]);
    await on.client.put(PATH, { json: { ...first, title: 'Mine' }, base: first });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('may be changed in place: what was handed out is what counts', async () => {
    const on = scene();
    const value = await readArticle(on);
    value.title = 'Mine';
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    await on.client.put(PATH, { json: value, base: value });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test("is what the caller's own If-Match names", async () => {
    const on = scene();
    const first = await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    await readArticle(on);
    await on.client.put(PATH, { json: { ...first, title: 'Mine' }, headers: { 'if-match': '"1"' } });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test("that an If-Match names and nobody read leaves the write as it is: its 412 is the caller's", async () => {
    const on = scene();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const write = on.client.put(PATH, { json: DRAFT, headers: { 'if-match': '"1"' } });
    await expect(write).rejects.toMatchObject({ name: 'HTTPError', response: { status: 412 } });
    expect(on.writes()).toHaveLength(1);
    expect(on.reads()).toEqual([]);
  });

  test('may be a snapshot of a handle', async () => {
    const on = scene();
    const base = await on.client.resource<Article>(PATH).get();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    await on.client.put(PATH, { json: { ...base.value, title: 'Mine' }, base });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('that is neither what was read nor a copy of it is refused before anything is sent', async () => {
    const on = scene();
    const value = await readArticle(on);
    await expect(on.client.put(PATH, { json: value, base: { ...value, title: 'Other' } })).rejects.toMatchObject({
      code: 'ERR_MISSING_BASE',
    });
    expect(on.writes()).toEqual([]);
  });

  test('is required where told so', async () => {
    const on = scene({}, { defaults: { requireVersion: true } });
    await expect(on.client.put(PATH, { json: DRAFT })).rejects.toMatchObject({ code: 'ERR_MISSING_BASE' });
    await expect(on.client.put(PATH, { body: new FormData() })).rejects.toMatchObject({ code: 'ERR_MISSING_BASE' });
    expect(on.writes()).toEqual([]);
  });
});

describe('one write after the other', () => {
  test('each is made from the answer to the last', async () => {
    const on = scene();
    const value = await readArticle(on);
    const second = await on.client.put(PATH, { json: { ...value, title: 'One' } }).json<Article>();
    await on.client.put(PATH, { json: { ...second, title: 'Two' } });
    expect(on.writes().map(({ headers }) => headers['if-match'])).toEqual(['"1"', '"2"']);
  });

  test('without a look at the answer takes nothing of others back that was merged in meanwhile', async () => {
    const on = scene();
    const mine = await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    mine.title = 'One';
    await on.client.put(PATH, { json: mine });
    expect(on.now()).toEqual({ ...DRAFT, title: 'One', body: 'Theirs' });
    mine.title = 'Two';
    await outcomeOf(on.client.put(PATH, { json: mine }));
    expect(on.now()).toMatchObject({ body: 'Theirs' });
  });

  test('is never unguarded, though the answers named no version', async () => {
    const on = scene({ answer: 'nothing' });
    const value = await readArticle(on);
    await on.client.put(PATH, { json: { ...value, title: 'One' }, base: value });
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    await outcomeOf(on.client.put(PATH, { json: { ...value, title: 'One', tags: ['x'] }, base: value }));
    expect(on.now()).toMatchObject({ body: 'Theirs' });
    for (const { headers } of on.writes()) expect(headers).toHaveProperty('if-match');
  });
});

describe('what is not understood is conditional, and never rebased', () => {
  const form = new FormData();
  form.set('a', '1');
  test.each([
    ['a form', { body: form }],
    ['bytes', { body: new Uint8Array([1, 2]), headers: { 'content-type': 'application/octet-stream' } }],
    ['text', { body: 'hello', headers: { 'content-type': 'text/plain' } }],
    ['a stream', { body: new Blob(['{}']).stream() }],
    ['JSON that is none', { body: '{', headers: { 'content-type': 'application/json' } }],
    ['a patch of its own kind', { json: {}, headers: { 'content-type': 'application/strategic-merge-patch+json' } }],
  ])('%s', async (_title, options) => {
    const on = scene();
    await readArticle(on);
    await outcomeOf(on.client.patch(PATH, options));
    expect(on.writes()).toHaveLength(1);
    expect(on.writes()[0]?.headers).toHaveProperty('if-match', '"1"');
    expect(on.events).toEqual([]);
  });

  test.each<[string, boolean]>([
    ['an error', true],
    ['an answer where it is asked for', false],
  ])('its refusal is %s, and nothing passes until it is read again', async (_title, throwHttpErrors) => {
    // What an envelope makes of a handle's value says nothing of a body the caller made.
    const on = scene({}, { defaults: { body: { read: (body) => body, write: (value) => value } } });
    await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const send = () => on.client.put(PATH, { json: { title: 'Mine' }, throwHttpErrors });
    const first = await outcomeOf(send());
    expect(first).toMatchObject(throwHttpErrors ? { response: { status: 412 } } : { status: 412 });
    expect(await outcomeOf(send())).toMatchObject({ code: 'ERR_MISSING_BASE' });
    await readArticle(on);
    await outcomeOf(send());
    expect(on.writes().map(({ headers }) => headers['if-match'])).toEqual(['"1"', '"2"']);
  });

  test('GET, HEAD and POST', async () => {
    const on = scene();
    await readArticle(on);
    await on.client.head(PATH);
    await on.client.post('/articles', { json: { title: 'New' } });
    expect(on.events).toEqual([]);
  });
});

describe("a resource's options", () => {
  const given: [title: string, options: ClientOptions, server: ConflictServerOptions][] = [
    ['by pattern', { resources: { '/articles/:id': { merge: { '/title': 'local' } } } }, {}],
    ['by default', { defaults: { merge: { '/title': 'local' } } }, {}],
    [
      'with a version in the body',
      { defaults: { merge: { '/title': 'local' }, version: field('/version') } },
      { version: { field: '/version' } },
    ],
  ];
  test.each(given)('hold for plain verbs: %s', async (_title, options, serverOptions) => {
    const on = scene(serverOptions, options);
    const read = await readArticle(on);
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    await on.client.put(PATH, { json: { ...read, title: 'Mine' } });
    expect(on.now()).toMatchObject({ title: 'Mine' });
    expect(on.writes()).toHaveLength(2);
  });

  test('headers go with the GET as well', async () => {
    const on = scene({}, { defaults: { headers: { 'x-api-version': '2' } } });
    await readArticle(on);
    expect(on.reads()[0]?.headers).toMatchObject({ 'x-api-version': '2' });
  });

  test('readonly refuses before anything is sent', async () => {
    const on = scene({}, { defaults: { readonly: ['/title'] } });
    const read = await readArticle(on);
    await expect(on.client.put(PATH, { json: { ...read, title: 'Mine' } })).rejects.toMatchObject({
      code: 'ERR_READONLY_PATH',
    });
    expect(on.writes()).toEqual([]);
  });

  test('counters count', async () => {
    const on = scene({}, { defaults: { merge: { '/views': counter() } } });
    on.server.seed(PATH, { ...DRAFT, views: 5 });
    const read = await readArticle(on);
    on.server.edit<Article>(PATH, (draft) => {
      draft.views = 7;
    });
    await on.client.patch(PATH, { json: { views: (read.views ?? 0) + 1 }, headers: MERGE });
    expect(on.now()).toMatchObject({ views: 8 });
  });
});

describe('answers and errors', () => {
  test('an answer that is no JSON is handed on as it is', async () => {
    const on = scene();
    const client = on.client.extend({
      hooks: {
        afterResponse: [
          ({ request, response }) =>
            request.method === 'PUT'
              ? new Response('saved', { status: 200, headers: { etag: response.headers.get('etag') ?? '' } })
              : undefined,
        ],
      },
    });
    const value = await client.get(PATH).json<Article>();
    await expect(client.put(PATH, { json: { ...value, title: 'Mine' } }).text()).resolves.toBe('saved');
  });

  test('the media type of the caller stays', async () => {
    const on = scene();
    const value = await readArticle(on);
    await on.client.put(PATH, {
      json: { ...value, title: 'Mine' },
      headers: { 'content-type': 'application/vnd.api+json' },
    });
    expect(on.writes()[0]?.headers['content-type']).toBe('application/vnd.api+json');
  });

  test("a 403 is ky's own error, as without a base", async () => {
    const on = scene();
    const value = await readArticle(on);
    on.server.fault({ kind: 'status', status: 403, body: { detail: 'no' }, on: { method: 'PUT' } });
    await expect(on.client.put(PATH, { json: { ...value, title: 'Mine' } })).rejects.toMatchObject({
      name: 'HTTPError',
      response: { status: 403 },
      data: { detail: 'no' },
    });
  });

  test('throwHttpErrors: false gives the answer, as without a base', async () => {
    const on = scene();
    const value = await readArticle(on);
    on.server.fault({ kind: 'status', status: 403, body: { detail: 'no' }, on: { method: 'PUT' } });
    const response = await on.client.put(PATH, { json: { ...value, title: 'Mine' }, throwHttpErrors: false });
    expect(response.status).toBe(403);
    await expect(response.json()).resolves.toEqual({ detail: 'no' });
  });

  test('a deletion under it is an error', async () => {
    const on = scene();
    const value = await readArticle(on);
    deletedUnderneath(on.server, PATH);
    await expect(on.client.put(PATH, { json: { ...value, title: 'Mine' } })).rejects.toMatchObject({
      code: 'ERR_GONE',
    });
  });

  test('a lock is waited out', async () => {
    const on = scene();
    const value = await readArticle(on);
    lockedBy(on.server, PATH, 'Ada', { for: 10, retryAfter: false });
    await soon(on.client.put(PATH, { json: { ...value, title: 'Mine' } }));
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });

  test("ky's retry given with one write does not send it blindly again", async () => {
    const on = scene();
    const value = await readArticle(on);
    lostAnswer(on.server, PATH);
    await soon(
      on.client.patch(PATH, {
        json: [{ op: 'add', path: '/tags/-', value: 'c' }],
        headers: JSON_PATCH,
        base: value,
        retry: { limit: 3, methods: ['patch'], delay: () => 0 },
      }),
    );
    expect(on.now()).toMatchObject({ tags: ['a', 'b', 'c'] });
    expect(on.writes()).toHaveLength(1);
    expect(on.told()).toContain('in-doubt');
  });
});

test('handles and plain verbs of one URL share one lane', async () => {
  const on = scene();
  const value = await readArticle(on);
  const handle = on.client.resource<Article>(PATH);
  await handle.get();
  await Promise.all([
    on.client.put(PATH, { json: { ...value, title: 'Plain' }, base: value }),
    handle.edit((draft) => void draft.tags.push('handle')),
  ]);
  expect(on.now()).toEqual({ ...DRAFT, title: 'Plain', tags: ['a', 'b', 'handle'] });
  expect(on.told()).not.toContain('stale');
});

test("a write with the caller's own If-None-Match passes as it is", async () => {
  const on = scene();
  const read = await readArticle(on);
  on.server.remove(PATH);
  const headers = { 'if-none-match': '*' };
  await on.client.put(PATH, { json: { ...read, title: 'New' }, headers });
  expect(on.now()).toMatchObject({ title: 'New' });
  expect(on.writes()).toHaveLength(1);
  expect(on.writes()[0]?.headers).toMatchObject(headers);
  expect(on.writes()[0]?.headers).not.toHaveProperty('if-match');
});

test("the caller's own Idempotency-Key goes with what he wrote, and a rebased body has another", async () => {
  const on = scene();
  const read = await readArticle(on);
  on.server.fault({ kind: 'lose-request', on: { method: 'PUT' } });
  on.server.fault({
    kind: 'meanwhile',
    on: { method: 'PUT' },
    run: () =>
      void on.server.edit(PATH, (draft) => {
        draft.body = 'Theirs';
      }),
  });
  await on.client.put(PATH, { json: { ...read, title: 'Mine' }, headers: { 'idempotency-key': 'abc' } });
  expect(on.now()).toMatchObject({ title: 'Mine', body: 'Theirs' });
  const keys = on.writes().map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual(['abc', 'abc', expect.any(String)]);
  expect(keys[2]).not.toBe('abc');
});
