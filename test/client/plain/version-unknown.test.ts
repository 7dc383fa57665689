import type { Client, ClientEvent } from 'unconflict';
import { conflictFetch, createClient } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasty } from '../real-http.js';
import { DRAFT, outcomeOf, PATH, soon } from '../support.js';

const SORTED = { ...DRAFT, tags: ['b', 'd'] };
const PATCH_TYPE = { 'content-type': 'application/json-patch+json' };

async function listening(options: ConflictServerOptions = {}) {
  const server = createConflictServer({ normalise: 'sort', patches: ['json', 'json-patch', 'any'], ...options });
  server.seed(PATH, SORTED);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const events: ClientEvent[] = [];
  const told = { ...hasty(url), onEvent: (event: ClientEvent) => void events.push(event) };
  return {
    server,
    url: url + PATH,
    client: createClient(told),
    fetch: conflictFetch({ defaults: { retry: { minDelay: 0, maxDelay: 2 } }, onEvent: told.onEvent }),
    tags: () => (server.get(PATH)?.value as typeof SORTED | undefined)?.tags,
    unguarded: () => events.filter(({ type }) => type === 'unguarded'),
    wire: () => server.requests.map(({ method, status }) => `${method} ${status}`),
    meanwhile: () => server.edit<typeof DRAFT>(PATH, (draft) => Object.assign(draft, { body: 'Theirs' })),
  };
}

type On = Awaited<ReturnType<typeof listening>>;
/** One PATCH, by either door: `base`, headers and query are the call's own. */
type Send = (on: On, operations: object[], more?: object, query?: string) => Promise<Response>;

const doors: [string, read: (on: On) => Promise<unknown>, send: Send][] = [
  [
    'client.patch',
    ({ client }) => client.get(PATH).json(),
    async ({ client }, operations, more = {}, query = '') =>
      client.patch(PATH + query, { body: JSON.stringify(operations), headers: PATCH_TYPE, ...more }),
  ],
  [
    'conflictFetch',
    async ({ fetch, url }) => (await fetch(url)).json(),
    ({ fetch, url }, operations, more = {}, query = '') =>
      fetch(url + query, { method: 'PATCH', body: JSON.stringify(operations), headers: PATCH_TYPE, ...more }),
  ],
];
const append = [{ op: 'add', path: '/tags/-', value: 'a' }];
/** Of what was sent: b, d, a. The server keeps a, b, d. */
const removeOwn = [{ op: 'remove', path: '/tags/2' }];

describe.each(doors)('after %s is answered without a version', (_door, read, send) => {
  test.each(['nothing', 'no-version'] as const)('(%s), the next index is of what is there', async (answer) => {
    const on = await listening({ answer });
    await read(on);
    const told = await send(on, append);
    if (answer === 'no-version') await told.json();
    // Who is told the new value goes by that, and who is told nothing by what was sent.
    await send(on, answer === 'nothing' ? removeOwn : [{ op: 'remove', path: '/tags/0' }]);
    expect(on.tags()).toEqual(['b', 'd']);
    const patched = expect.stringMatching('PATCH 20');
    expect(on.wire()).toEqual(['GET 200', patched, 'GET 200', patched]);
    expect(on.unguarded()).toEqual([]);
  });

  test('and others have changed it, an index means the item that it meant', async () => {
    const on = await listening({ answer: 'nothing' });
    await read(on);
    await send(on, append);
    on.meanwhile();
    await send(on, removeOwn);
    expect(on.server.get(PATH)?.value).toEqual({ ...SORTED, body: 'Theirs' });
  });

  test('others are not written over, however often it is written', async () => {
    const on = await listening({ answer: 'nothing' });
    await read(on);
    for (const title of ['One', 'Two', 'Three']) {
      on.server.edit<{ views?: number }>(PATH, (draft) => Object.assign(draft, { views: (draft.views ?? 0) + 1 }));
      await send(on, [{ op: 'replace', path: '/title', value: title }]);
    }
    expect(on.server.get(PATH)?.value).toEqual({ ...SORTED, title: 'Three', views: 3 });
    expect(on.unguarded()).toEqual([]);
  });

  test('to another query, the next one without it is guarded', async () => {
    const on = await listening({ answer: 'nothing' });
    await read(on);
    await send(on, append, {}, '?notify=true');
    await send(on, removeOwn);
    expect(on.tags()).toEqual(['b', 'd']);
    expect(on.unguarded()).toEqual([]);
  });

  test('with a header of its own, the next one with another is guarded', async () => {
    const on = await listening({ answer: 'nothing' });
    await read(on);
    await send(on, append, { headers: { ...PATCH_TYPE, 'x-reason': 'a', accept: 'application/json' } });
    await send(on, removeOwn, { headers: { ...PATCH_TYPE, 'x-reason': 'b', accept: '*/*' } });
    expect(on.tags()).toEqual(['b', 'd']);
    expect(on.unguarded()).toEqual([]);
  });

  test('a fresh read is what the next one is made from', async () => {
    const on = await listening({ answer: 'nothing' });
    await read(on);
    await send(on, append);
    await read(on);
    await send(on, [{ op: 'remove', path: '/tags/0' }]);
    expect(on.tags()).toEqual(['b', 'd']);
    expect(on.wire()).toEqual(['GET 200', 'PATCH 204', 'GET 200', 'PATCH 204']);
  });

  test('a fresh read that shows more than what was sent may not be what the next one was made from', async () => {
    const on = await listening({ answer: 'nothing' });
    await read(on);
    await send(on, append);
    on.server.edit<typeof DRAFT>(PATH, (draft) => void draft.tags.unshift('0'));
    await read(on);
    expect(await outcomeOf(send(on, removeOwn))).toMatchObject({ code: 'ERR_MISSING_BASE' });
    await read(on);
    await send(on, [{ op: 'remove', path: '/tags/1' }]);
    expect(on.tags()).toEqual(['0', 'b', 'd']);
  });
});

/** What a client may do next, with the version unknown and something of others on the server. */
const next: [string, (client: Client) => Promise<unknown>, expected: unknown][] = [
  [
    'a PUT of the whole',
    async (client) => client.put(PATH, { json: { ...SORTED, title: 'Mine', tags: ['b', 'd', 'a'] } }),
    { ...SORTED, title: 'Mine', body: 'Theirs', tags: ['a', 'b', 'd'] },
  ],
  [
    'a merge patch as JSON',
    async (client) => client.patch(PATH, { json: { title: 'Mine' } }),
    { ...SORTED, title: 'Mine', body: 'Theirs', tags: ['a', 'b', 'd'] },
  ],
  [
    'a HEAD, and then a merge patch',
    async (client) => {
      await client.head(PATH);
      return client.patch(PATH, { json: { title: 'Mine' } });
    },
    { ...SORTED, title: 'Mine', body: 'Theirs', tags: ['a', 'b', 'd'] },
  ],
];

test.each(next)('after a PATCH without a version, %s is rebased', async (_title, write, expected) => {
  const on = await listening({ answer: 'nothing' });
  await on.client.get(PATH).json();
  await on.client.patch(PATH, { body: JSON.stringify(append), headers: PATCH_TYPE });
  on.meanwhile();
  await soon(write(on.client));
  expect(on.server.get(PATH)?.value).toEqual(expected);
  expect(on.unguarded()).toEqual([]);
});

test.each(['minimal', 'nothing'] as const)(
  'after a PATCH that is answered %s, a child client reads before it uses an index',
  async (answer) => {
    const on = await listening({ answer });
    await on.client.get(PATH).json();
    await on.client.patch(PATH, { body: JSON.stringify(append), headers: PATCH_TYPE });
    const child = on.client.extend({ timeout: 5_000 });
    await child.patch(PATH, { body: JSON.stringify(removeOwn), headers: PATCH_TYPE });
    expect(on.tags()).toEqual(['b', 'd']);
  },
);

test('after a PUT without a version, the next PUT is rebased', async () => {
  const on = await listening({ answer: 'nothing' });
  await on.client.get(PATH).json();
  await on.client.put(PATH, { json: { ...SORTED, title: 'Mine' } });
  on.meanwhile();
  await on.client.put(PATH, { json: { ...SORTED, title: 'Mine again' } });
  expect(on.server.get(PATH)?.value).toEqual({ ...SORTED, title: 'Mine again', body: 'Theirs' });
  expect(on.unguarded()).toEqual([]);
});

describe('a DELETE after a write without a version', () => {
  test('deletes what that write made, in whatever form it is kept', async () => {
    const on = await listening({ answer: 'nothing' });
    await on.client.get(PATH).json();
    await on.client.patch(PATH, { body: JSON.stringify(append), headers: PATCH_TYPE });
    await on.client.delete(PATH);
    expect(on.server.get(PATH)?.value).toBeUndefined();
    expect(on.unguarded()).toEqual([]);
  });

  test('does not delete what others made of it', async () => {
    const on = await listening({ answer: 'nothing' });
    await on.client.get(PATH).json();
    await on.client.patch(PATH, { body: JSON.stringify(append), headers: PATCH_TYPE });
    on.meanwhile();
    expect(await outcomeOf(Promise.resolve(on.client.delete(PATH)))).toMatchObject({ code: 'ERR_CONFLICT' });
    expect(on.tags()).toEqual(['a', 'b', 'd']);
  });
});

describe('after a write that cannot be read', () => {
  const form = { headers: { 'content-type': 'text/x-form' }, body: '{"title":"Mine"}' };
  const typed = (client: Client) => client.patch(PATH, form);

  test('the next one is conditional on the version that its answer named', async () => {
    const on = await listening({ answer: 'minimal' });
    await on.client.get(PATH).json();
    await typed(on.client);
    await typed(on.client);
    on.meanwhile();
    expect(await outcomeOf(Promise.resolve(typed(on.client)))).toMatchObject({ response: { status: 412 } });
    expect(on.unguarded()).toEqual([]);
  });

  test.each([
    ['like it', (client: Client) => typed(client)],
    ['that can be read', (client: Client) => client.patch(PATH, { json: { title: 'Mine' } })],
  ])('the next one %s is refused where no version was named, until it is read again', async (_title, write) => {
    const on = await listening({ answer: 'nothing' });
    await on.client.get(PATH).json();
    await typed(on.client);
    on.meanwhile();
    const refused = { code: 'ERR_MISSING_BASE', message: expect.stringContaining('Read it again') };
    for (const _ of [1, 2]) expect(await outcomeOf(Promise.resolve(write(on.client)))).toMatchObject(refused);
    await on.client.get(PATH).json();
    await write(on.client);
    expect(on.server.get(PATH)?.value).toEqual({ ...SORTED, title: 'Mine', body: 'Theirs' });
    expect(on.unguarded()).toEqual([]);
  });

  test('a DELETE is conditional on the version that its answer named', async () => {
    const on = await listening({ answer: 'minimal' });
    await on.client.get(PATH).json();
    await typed(on.client);
    on.meanwhile();
    expect(await outcomeOf(Promise.resolve(on.client.delete(PATH)))).toMatchObject({ code: 'ERR_CONFLICT' });
    await on.client.get(PATH).json();
    await on.client.delete(PATH);
    expect(on.server.get(PATH)?.value).toBeUndefined();
  });
});

test('what was read without a query stays known when a part of it is read and written', async () => {
  const on = await listening({ select: 'fields' });
  const article = await on.client.get(PATH).json<typeof DRAFT>();
  await on.client.get(`${PATH}?fields=title`).json();
  await on.client.patch(`${PATH}?fields=title`, { json: { title: 'Mine' } });
  on.meanwhile();
  await on.client.put(PATH, { json: { ...article, views: 1 } });
  expect(on.server.get(PATH)?.value).toEqual({ ...SORTED, title: 'Mine', body: 'Theirs', views: 1 });
  expect(on.unguarded()).toEqual([]);
});
