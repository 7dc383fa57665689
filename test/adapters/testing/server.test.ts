import { afterEach, describe, expect, test } from 'vitest';
import { type ConflictServer, createConflictServer } from '../../../src/testing/index.js';

const PATH = '/articles/1';
const ARTICLE = { title: 'Draft', tags: ['a'] };
const json = (value: unknown, headers: Record<string, string> = {}): RequestInit => ({
  body: JSON.stringify(value),
  headers: { 'Content-Type': 'application/json', ...headers },
});

let open: ConflictServer[] = [];
afterEach(async () => {
  await Promise.all(open.map((server) => server.close()));
  open = [];
});
function seeded(options: Parameters<typeof createConflictServer>[0] = {}): ConflictServer {
  const server = createConflictServer(options);
  open.push(server);
  server.seed(PATH, ARTICLE);
  return server;
}

describe('a conflict server', () => {
  test('a read gives the document with its ETag', async () => {
    const server = seeded();
    const answer = await server.fetch(PATH);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('accept-patch')).toBe('application/json-patch+json, application/merge-patch+json');
    expect(answer.url).toBe('http://conflict.test/articles/1');
    expect(await answer.json()).toEqual(ARTICLE);
  });

  test('a write with the current version lands, and the history says who did it', async () => {
    const server = seeded();
    const answer = await server.fetch(PATH, { method: 'PUT', ...json({ title: 'New' }, { 'If-Match': '"1"' }) });
    expect([answer.status, answer.headers.get('etag'), await answer.json()]).toEqual([200, '"2"', { title: 'New' }]);
    expect(server.get(PATH)).toEqual({ value: { title: 'New' }, version: '"2"' });
    const history = server.history(PATH);
    expect(history.map(({ version, value }) => [version, value])).toEqual([
      ['"1"', ARTICLE],
      ['"2"', { title: 'New' }],
    ]);
    expect(history.map(({ by }) => by?.index)).toEqual([undefined, 0]);
    expect(server.requests).toMatchObject([
      { index: 0, method: 'PUT', path: PATH, status: 200, outcome: 'updated', version: '"2"' },
    ]);
  });

  test('a write from before an edit behind its back is stale', async () => {
    const server = seeded();
    server.edit(PATH, (article) => {
      article.title = 'Faster';
    });
    const answer = await server.fetch(PATH, { method: 'PUT', ...json({ title: 'Mine' }, { 'If-Match': '"1"' }) });
    expect(answer.status).toBe(412);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ title: 'Precondition Failed', status: 412 });
    expect(server.get(PATH)?.value).toEqual({ title: 'Faster', tags: ['a'] });
    expect(server.requests[0]?.outcome).toBe('stale');
  });

  test('it serves the same documents on a port', async () => {
    const server = seeded();
    const { url, close } = await server.listen();
    const answer = await fetch(url + PATH, {
      method: 'PATCH',
      body: JSON.stringify([{ op: 'add', path: '/tags/-', value: 'b' }]),
      headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': '"1"' },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ title: 'Draft', tags: ['a', 'b'] });
    expect(server.get(PATH)?.version).toBe('"2"');
    await close();
    await expect(fetch(url + PATH)).rejects.toThrow(TypeError);
  });

  test('a lost answer breaks the connection after the commit', async () => {
    const server = seeded();
    const { url } = await server.listen();
    for (const [send, version] of [
      [server.fetch, '"1"'],
      [fetch, '"2"'],
    ] as const) {
      server.fault({ kind: 'lose-answer', on: { method: 'PUT' } });
      const target = send === fetch ? url + PATH : PATH;
      await expect(send(target, { method: 'PUT', ...json({ title: 'x' }, { 'If-Match': version }) })).rejects.toThrow(
        TypeError,
      );
    }
    expect(server.history(PATH)).toHaveLength(3);
  });
});
