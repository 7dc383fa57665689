import { createClient } from 'unconflict';
import type { ConflictServer } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { DRAFT, PATH, soon } from './support.js';

const servers: ConflictServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function serve(latency = 0): ConflictServer {
  const server = createConflictServer({ latency });
  servers.push(server);
  return server;
}

type Board = Record<string, string>;

test('20 clients making 5 edits each on fields of their own, over real HTTP, lose nothing', async () => {
  const server = serve();
  server.seed('/board', {});
  const { url } = await server.listen();
  const clients = Array.from({ length: 20 }, () => createClient({ prefix: url }));
  const work = clients.map(async (client, n) => {
    const board = client.resource<Board>('/board');
    for (let edit = 0; edit < 5; edit += 1)
      await board.edit((draft) => {
        draft[`f${n}-${edit}`] = `v${n}-${edit}`;
      });
    await client.close();
  });
  await soon(Promise.all(work), 25_000);
  const expected = Object.fromEntries(
    clients.flatMap((_, n) => Array.from({ length: 5 }, (__, edit) => [`f${n}-${edit}`, `v${n}-${edit}`])),
  );
  expect(server.get('/board')?.value).toEqual(expected);
  expect(server.history('/board').filter(({ by }) => by !== undefined)).toHaveLength(100);
});

test('20 clients appending to one list lose nothing and double nothing, though answers get lost', async () => {
  const server = serve();
  server.seed('/list', { items: [] });
  server.fault({ kind: 'lose-answer', on: { method: 'PATCH' }, nth: 5, times: 3 });
  const clients = Array.from({ length: 20 }, () =>
    createClient({
      prefix: server.origin,
      fetch: server.fetch,
      retry: 0,
      defaults: { retry: { minDelay: 0, maxDelay: 5, attempts: 200 } },
    }),
  );
  await soon(
    Promise.all(
      clients.map((client, n) =>
        client.resource<{ items: { id: string }[] }>('/list').edit((draft) => void draft.items.push({ id: `i${n}` })),
      ),
    ),
    20_000,
  );
  const ids = server.get<{ items: { id: string }[] }>('/list')?.value.items.map(({ id }) => id) ?? [];
  expect(ids.length).toBe(20);
  expect(new Set(ids).size).toBe(20);
});

describe('64 edits at once through one client', () => {
  test('cost at most 4 requests, and each is told what landed', async () => {
    const server = serve(2);
    server.seed('/board', {});
    const client = createClient({ prefix: server.origin, fetch: server.fetch });
    const board = client.resource<Board>('/board');
    const results = await soon(
      Promise.all(
        Array.from({ length: 64 }, (_, n) =>
          board.edit((draft) => {
            draft[`f${n}`] = 'x';
          }),
        ),
      ),
      10_000,
    );
    expect(server.requests.length).toBeLessThanOrEqual(4);
    expect(Object.keys(server.get<Board>('/board')?.value ?? {})).toHaveLength(64);
    const all = Array.from({ length: 64 }, (_, n) => `/f${n}`);
    for (const { patch } of results) expect(patch.map(({ path }) => path)).toEqual(all);
  });

  test('cost at most 4 requests where the snapshot is known too, with somebody else writing', async () => {
    const server = serve(2);
    server.seed('/board', {});
    const client = createClient({
      prefix: server.origin,
      fetch: server.fetch,
      defaults: { retry: { minDelay: 0, maxDelay: 1 } },
    });
    const board = client.resource<Board>('/board');
    await board.get();
    server.edit<Board>('/board', (draft) => {
      draft.theirs = 'y';
    });
    const before = server.requests.length;
    await soon(
      Promise.all(
        Array.from({ length: 64 }, (_, n) =>
          board.edit((draft) => {
            draft[`f${n}`] = 'x';
          }),
        ),
      ),
      10_000,
    );
    expect(server.requests.length - before).toBeLessThanOrEqual(4);
    expect(Object.keys(server.get<Board>('/board')?.value ?? {})).toHaveLength(65);
  });

  test('through 64 handles of one URL share the lane', async () => {
    const server = serve(2);
    server.seed('/board', {});
    const client = createClient({ prefix: server.origin, fetch: server.fetch });
    await soon(
      Promise.all(
        Array.from({ length: 64 }, (_, n) =>
          client.resource<Board>('/board').edit((draft) => {
            draft[`f${n}`] = 'x';
          }),
        ),
      ),
      10_000,
    );
    expect(Object.keys(server.get<Board>('/board')?.value ?? {})).toHaveLength(64);
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  test('on 64 resources go side by side', async () => {
    const server = serve(20);
    const client = createClient({ prefix: server.origin, fetch: server.fetch });
    const edits = Array.from({ length: 64 }, (_, n) => {
      server.seed(`/r${n}`, {});
      return client.resource<Board>(`/r${n}`).edit((draft) => {
        draft.a = 'x';
      });
    });
    await soon(Promise.all(edits), 1_000);
    expect(server.requests).toHaveLength(128);
  });
});

test('an edit made while another is in flight stays visible, and is not undone by its answer', async () => {
  const server = serve(10);
  server.seed(PATH, DRAFT);
  const client = createClient({ prefix: server.origin, fetch: server.fetch });
  const article = client.resource<typeof DRAFT>(PATH);
  await article.get();
  const shown: string[] = [];
  article.subscribe(() => shown.push(`${article.value?.title}/${article.value?.body}`));
  const first = article.edit((draft) => {
    draft.title = 'One';
  });
  await new Promise((resolve) => setTimeout(resolve, 3));
  const second = article.edit((draft) => {
    draft.body = 'Two';
  });
  expect(article.value).toMatchObject({ title: 'One', body: 'Two' });
  await Promise.all([first, second]);
  expect(new Set(shown.slice(shown.indexOf('One/Two')))).toEqual(new Set(['One/Two']));
  expect(article.value).toMatchObject({ title: 'One', body: 'Two' });
  expect(article.snapshot?.value).toMatchObject({ title: 'One', body: 'Two' });
});
