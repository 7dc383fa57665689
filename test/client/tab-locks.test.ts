import { createClient } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { tabLocks } from '../../src/client/platform.js';
import { fakeLocks } from '../engine/fake-locks.js';
import { type Article, DRAFT, PATH, scene } from './support.js';

afterEach(() => vi.unstubAllGlobals());

describe('the locks of an origin', () => {
  test('are not used in Node, though Node 24 has some: a server acts for many people', () => {
    vi.stubGlobal('navigator', { locks: fakeLocks() });
    expect(tabLocks(undefined)).toBeUndefined();
  });

  test.each([['document'], ['WorkerGlobalScope']])('are used where there is a %s', (name) => {
    const locks = fakeLocks();
    vi.stubGlobal('navigator', { locks });
    vi.stubGlobal(name, {});
    expect(tabLocks(undefined)).toBe(locks);
    expect(tabLocks(false)).toBeUndefined();
  });

  test('are done without where the page is not secure', () => {
    vi.stubGlobal('document', {});
    vi.stubGlobal('navigator', {});
    expect(tabLocks(undefined)).toBeUndefined();
  });

  test('may be given, and nonsense is refused', () => {
    const locks = fakeLocks();
    expect(tabLocks(locks)).toBe(locks);
    for (const nonsense of [true, {}, null]) {
      expect(() => createClient(JSON.parse(JSON.stringify({ locks: nonsense })))).toThrow(/locks/);
    }
  });
});

test('two clients that share locks write one resource in turn, each resource for itself', async () => {
  const server = createConflictServer({ latency: 5 });
  const paths = [PATH, '/articles/2'];
  for (const path of paths) server.seed(path, DRAFT);
  const flying = new Map<string, number>();
  let most = 0;
  let mostOfOne = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'GET') return server.fetch(request);
    flying.set(request.url, (flying.get(request.url) ?? 0) + 1);
    most = Math.max(
      most,
      [...flying.values()].reduce((sum, count) => sum + count),
    );
    mostOfOne = Math.max(mostOfOne, ...flying.values());
    const answer = await server.fetch(request);
    flying.set(request.url, (flying.get(request.url) ?? 0) - 1);
    return answer;
  };
  const locks = fakeLocks();
  const clients = ['one', 'two', 'three'].map(() => createClient({ prefix: server.origin, fetch, retry: 0, locks }));
  const edits = clients.flatMap((client, index) =>
    paths.map((path) => client.resource<Article>(path).edit((draft) => void draft.tags.push(`by ${index}`))),
  );
  await Promise.all(edits);
  await Promise.all(clients.map((client) => client.close()));
  for (const path of paths) expect(server.get<Article>(path)?.value.tags).toHaveLength(5);
  expect([mostOfOne, most]).toEqual([1, 2]);
  expect(locks.held).toEqual([]);
});

test('the name of a lock shows no secret, and a closed client holds none', async () => {
  const names: string[] = [];
  const locks = fakeLocks();
  const on = scene(
    {},
    {
      locks: {
        request: (name, options, whileHeld) => {
          names.push(name);
          return locks.request(name, options, whileHeld);
        },
      },
    },
  );
  await on.client.resource<Article>(`${PATH}?token=canary`).edit((draft) => void draft.tags.push('c'));
  await on.client.close();
  expect(names).toEqual([`unconflict:${on.server.origin}${PATH}?token=hidden`]);
  expect(locks.held).toEqual([]);
});
