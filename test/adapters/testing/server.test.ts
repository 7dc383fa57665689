import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createConflictServer } from '../../../src/testing/index.js';
import { ARTICLE, PATH, seeded } from './support.js';

const json = (value: unknown, headers: Record<string, string> = {}): RequestInit => ({
  body: JSON.stringify(value),
  headers: { 'Content-Type': 'application/json', ...headers },
});

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

  test('what a test holds is a copy', () => {
    const server = seeded();
    const article = { title: 'x', tags: ['a'] };
    server.seed('/articles/2', article);
    article.tags.push('b');
    server.get<typeof article>('/articles/2')?.value.tags.push('c');
    expect(server.get('/articles/2')?.value).toEqual({ title: 'x', tags: ['a'] });
  });

  test('a recipe may return a new value instead', () => {
    const server = seeded();
    expect(server.edit(PATH, () => ({ title: 'New' }))).toEqual({ value: { title: 'New' }, version: '"2"' });
  });

  test('a recipe that throws changes nothing', () => {
    const server = seeded();
    const bad = (): void => {
      server.edit(PATH, (article) => {
        article.title = 'x';
        throw new Error('no');
      });
    };
    expect(bad).toThrow('no');
    expect(server.get(PATH)).toEqual({ value: ARTICLE, version: '"1"' });
  });

  test('a path is what a request to it would carry', async () => {
    const server = createConflictServer();
    server.seed('/a b/é?x=1', 1);
    server.seed('//double', 2);
    server.seed('http://elsewhere.test/c/../d', 3);
    server.seed('/__proto__', 4);
    const read = async (url: string): Promise<unknown> => (await server.fetch(url)).json();
    expect(await read('/a%20b/%C3%A9')).toBe(1);
    expect(await read('http://any.test//double')).toBe(2);
    expect(await read('/d?query=ignored')).toBe(3);
    expect(await read('/__proto__')).toBe(4);
    expect((await server.fetch('/constructor')).status).toBe(404);
  });

  test.each<[title: string, act: () => unknown, message: string]>([
    [
      'editing what is not there',
      () => seeded().edit('/none', () => {}),
      'There is no document at /none. Put one there with server.seed().',
    ],
    ['removing what is not there', () => seeded().remove('/none'), 'There is no document at /none.'],
    ['a relative path', () => seeded().get('articles/1'), 'starts with "/", such as "/articles/1"; got "articles/1"'],
    ['seeding what is no JSON', () => seeded().seed('/x', undefined), 'A document must be JSON; got undefined for /x.'],
  ])('%s says so', (_, act, message) => {
    expect(act).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message: expect.stringContaining(message) }),
    );
  });

  test('reset forgets everything', async () => {
    const server = seeded();
    server.lock(PATH);
    server.refuse(PATH, () => ({ title: 'no' }));
    server.fault({ kind: 'lose-request' });
    server.reset();
    expect((await server.fetch(PATH, { method: 'PUT', ...json(1) })).status).toBe(201);
    expect([server.requests.length, server.history(PATH).length]).toEqual([1, 1]);
  });

  test('nothing but the port knows Node', () => {
    const files = readdirSync(new URL('../../../src/testing/', import.meta.url), { recursive: true, encoding: 'utf8' });
    expect(files.length).toBeGreaterThan(30);
    const named = files.filter((file) => {
      if (!file.endsWith('.ts')) return false;
      const text = readFileSync(new URL(`../../../src/testing/${file}`, import.meta.url), 'utf8');
      return /['"]node:|\bBuffer\b|\bprocess\b|\brequire\b/.test(text);
    });
    expect(named).toEqual(['wire/port.ts']);
  });

  test('hostile members are data', async () => {
    const server = seeded();
    const text = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    const patch = { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' }, body: text };
    expect(await (await server.fetch(PATH, patch)).text()).toContain('"__proto__":{"polluted":true}');
    expect(Object.keys(server.get<object>(PATH)?.value ?? {})).toContain('__proto__');
    expect('polluted' in {}).toBe(false);
  });
});
