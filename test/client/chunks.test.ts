import { ChunkError, type ClientOptions, type EditError } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { expect, test, vi } from 'vitest';
import { type Chunk, type Chunks, chunk } from '../../src/client/chunks.js';
import { doorOf } from '../../src/client/create-client.js';
import { chunks } from '../../src/client/lazy.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from './support.js';

/** A client whose write chunk fails to load so many times, and how often it was asked for. */
function behind(failures: number, options: ClientOptions = {}) {
  const server = createConflictServer();
  server.seed(PATH, DRAFT);
  const asked = { times: 0 };
  const write: Chunk<Awaited<ReturnType<Chunks['write']['load']>>> = chunk(async () => {
    asked.times += 1;
    if (asked.times <= failures) throw new TypeError('Failed to fetch dynamically imported module');
    return chunks.write.load();
  });
  const { client } = doorOf({ prefix: server.origin, fetch: server.fetch, retry: 0, ...options }, { ...chunks, write });
  const handle = client.resource<Article>(PATH);
  const writes = () => server.requests.filter(({ method }) => method !== 'GET').length;
  return { server, client, handle, asked, writes };
}

const retitle = (title: string) => (draft: Article) => {
  draft.title = title;
};

test('an edit shows at once, though nothing that can send it is there yet', async () => {
  const { handle, server } = behind(0);
  await handle.get();
  const editing = handle.edit(retitle('Mine'));
  expect(handle.value?.title).toBe('Mine');
  await soon(editing);
  expect(server.get(PATH)?.value).toMatchObject({ title: 'Mine' });
});

test('a chunk that did not load is asked for again, and the edit lands', async () => {
  const { handle, asked, server } = behind(2);
  await soon(handle.edit(retitle('Mine')));
  expect(asked.times).toBe(3);
  expect(server.get(PATH)?.value).toMatchObject({ title: 'Mine' });
});

test('an edit that waits for a chunk goes on as soon as it is there, whoever has fetched it', async () => {
  const { handle, server, asked } = behind(2);
  await handle.get();
  // What was fetched with it has failed by then.
  await new Promise((resolve) => setTimeout(resolve));
  vi.useFakeTimers();
  try {
    const editing = handle.edit(retitle('Mine'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.times).toBe(2);
    await handle.get();
    await editing;
  } finally {
    vi.useRealTimers();
  }
  expect(server.get(PATH)?.value).toMatchObject({ title: 'Mine' });
});

test('a chunk that never loads ends in an error that holds the edit; nothing was sent, and nothing shows', async () => {
  const { handle, asked, writes } = behind(Number.POSITIVE_INFINITY, { defaults: { retry: { deadline: 300 } } });
  await handle.get();
  const error = (await soon(outcomeOf(handle.edit(retitle('Mine'))))) as EditError;
  expect(error).toBeInstanceOf(ChunkError);
  expect(error).toMatchObject({
    code: 'ERR_CHUNK',
    edit: { base: DRAFT, local: { ...DRAFT, title: 'Mine' } },
    cause: { message: 'Failed to fetch dynamically imported module' },
  });
  expect(asked.times).toBeGreaterThan(1);
  expect([writes(), handle.value]).toEqual([0, DRAFT]);
});

test('a plain write whose base is known is not sent unguarded meanwhile', async () => {
  const { client, writes } = behind(Number.POSITIVE_INFINITY, { defaults: { retry: { deadline: 100 } } });
  const article = await client.get<Article>(PATH).json();
  const writing = client.put(PATH, { json: { ...article, title: 'Mine' } });
  expect(await soon(outcomeOf(writing))).toBeInstanceOf(ChunkError);
  expect(writes()).toBe(0);
});

test('who aborts meanwhile hears his own reason', async () => {
  const { handle, writes } = behind(Number.POSITIVE_INFINITY);
  await handle.get();
  const giveUp = new AbortController();
  const editing = outcomeOf(handle.edit(retitle('Mine'), { signal: giveUp.signal }));
  giveUp.abort('changed my mind');
  expect(await soon(editing)).toBe('changed my mind');
  expect([writes(), handle.value]).toEqual([0, DRAFT]);
});

test('edits made while it loads are sent in the order in which they were made', async () => {
  const { handle, server } = behind(1);
  await handle.get();
  const edits = ['One', 'Two', 'Three'].map((title) =>
    handle.edit((draft) => {
      draft.title = title;
      draft.tags.push(title);
    }),
  );
  expect(handle.value?.tags).toEqual(['a', 'b', 'One', 'Two', 'Three']);
  await soon(Promise.all(edits));
  expect(server.get(PATH)?.value).toMatchObject({ title: 'Three', tags: ['a', 'b', 'One', 'Two', 'Three'] });
});

test.each([
  [412, 'ERR_CHUNK'],
  [409, 'ERR_CHUNK'],
  [422, 'ERR_CHUNK'],
  [408, 'ERR_IN_DOUBT'],
  [503, 'ERR_IN_DOUBT'],
])('a %i that cannot be read, because its code does not load, ends in %s and holds the edit', async (status, code) => {
  const server = createConflictServer();
  server.seed(PATH, DRAFT);
  const fetch = async (request: RequestInfo | URL) =>
    new Request(request).method === 'PATCH' ? new Response(null, { status }) : server.fetch(request);
  const conflict: Chunks['conflict'] = chunk(async () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  const options = { prefix: server.origin, fetch, retry: 0, defaults: { retry: { deadline: 300, maxDelay: 20 } } };
  const handle = doorOf(options, { ...chunks, conflict }).client.resource<Article>(PATH);
  await handle.get();
  const error = await soon(outcomeOf(handle.edit(retitle('Mine'))), 5_000);
  expect(error).toMatchObject({ code, edit: { base: DRAFT, local: { ...DRAFT, title: 'Mine' } } });
  expect(handle.value).toEqual(DRAFT);
});
