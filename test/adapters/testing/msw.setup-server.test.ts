import { http } from 'msw';
import { setupServer } from 'msw/node';
import { createClient, InDoubtError, type LockPolicy, type Resource } from 'unconflict';
import { conflictOnce, lockedBy, lostAnswer, mswHandlers, mswResolver } from 'unconflict/testing';
import { expect, onTestFinished, test } from 'vitest';
import { ARTICLE, PATH, seeded } from './support.js';

const ORIGIN = 'https://api.example.com';

/** MSW 2 itself, in front of a conflict server: what asks for the network gets the server. */
function mocked(): ReturnType<typeof seeded> {
  const server = seeded();
  const msw = setupServer(...mswHandlers(server, http, `${ORIGIN}/*`));
  msw.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => msw.close());
  return server;
}

const handle = (locked: LockPolicy = 'wait'): Resource => {
  const retry = { minDelay: 0, maxDelay: 1 };
  const client = createClient({ prefix: ORIGIN, retry: 0, defaults: { retry, locked } });
  onTestFinished(() => client.close());
  return client.resource(PATH.slice(1));
};
const retitle = (): typeof ARTICLE => ({ ...ARTICLE, title: 'Mine' });

test('a client over the global fetch meets a conflict and resolves it', async () => {
  const server = mocked();
  const article = handle();
  await article.get();
  const conflict = conflictOnce<typeof ARTICLE>(server, PATH, ({ tags }) => void tags.push('theirs'));
  const saved = await article.edit(retitle);
  expect(saved).toMatchObject({ value: { title: 'Mine', tags: ['a', 'theirs'] }, attempts: 2, rebased: true });
  expect([conflict.hits, server.requests.map(({ method, status }) => `${method} ${status}`)]).toEqual([
    1,
    ['GET 200', 'PATCH 412', 'GET 200', 'PATCH 200'],
  ]);
});

test('a lost answer is a network error, and recognised as landed', async () => {
  const server = mocked();
  const article = handle();
  await article.get();
  lostAnswer(server, PATH);
  expect(await article.edit(retitle)).toMatchObject({ alreadyApplied: true, attempts: 1 });
  expect(server.history(PATH)).toHaveLength(2);
});

test('a server that is down for good leaves the edit in doubt', async () => {
  const server = mocked();
  const article = handle();
  await article.get();
  server.fault({ kind: 'lose-request', times: Number.POSITIVE_INFINITY });
  await expect(article.edit(retitle, { retry: { deadline: 300 } })).rejects.toThrow(InDoubtError);
});

test('a lock is met, and waited for', async () => {
  const server = mocked();
  const release = lockedBy(server, PATH, 'Ada', { for: 60_000 });
  const article = handle({ release });
  await article.get();
  expect(await article.edit(retitle)).toMatchObject({ value: { title: 'Mine' }, rebased: false });
  expect(server.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'GET 200',
    'PATCH 423',
    'PATCH 200',
  ]);
});

test('a resolver serves one route, other handlers the rest', async () => {
  const server = seeded();
  const msw = setupServer(
    http.get(`${ORIGIN}/articles/:id`, mswResolver(server)),
    http.get(`${ORIGIN}/health`, () => new Response('up')),
  );
  msw.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => msw.close());
  expect((await fetch(ORIGIN + PATH)).headers.get('etag')).toBe('"1"');
  expect(await (await fetch(`${ORIGIN}/health`)).text()).toBe('up');
});
