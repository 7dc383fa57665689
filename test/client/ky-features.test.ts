import { HTTPError } from 'ky';
import type { Client } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon } from './support.js';

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};
const stale = (on: ReturnType<typeof scene>): void =>
  void on.server.edit(PATH, (draft) => {
    draft.body = 'Theirs';
  });

describe('a token refreshed by an afterResponse hook with ky.retry()', () => {
  function guarded() {
    let token = 'old';
    const on = scene(
      {},
      {
        retry: 2,
        hooks: {
          beforeRequest: [({ request }) => void request.headers.set('authorization', `Bearer ${token}`)],
          afterResponse: [
            ({ response }) => {
              if (response.status !== 401) return undefined;
              token = 'new';
              return on.client.retry();
            },
          ],
        },
      },
    );
    const refuse = (method: string): void => void on.server.fault({ kind: 'status', status: 401, on: { method } });
    return { on, refuse };
  }

  test('works for edits, and the conflict after it is still a conflict', async () => {
    const { on, refuse } = guarded();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    stale(on);
    refuse('PATCH');
    const result = await soon(handle.edit(retitle), 5_000);
    expect(result.value).toMatchObject({ title: 'Mine', body: 'Theirs' });
    expect(on.writes().map(({ status }) => status)).toEqual([401, 412, 200]);
  });

  test('works for reads', async () => {
    const { on, refuse } = guarded();
    refuse('GET');
    await expect(soon(on.client.resource<Article>(PATH).get(), 5_000)).resolves.toMatchObject({ value: DRAFT });
  });

  test('works for plain verbs', async () => {
    const { on, refuse } = guarded();
    const value = await on.client.get(PATH).json<Article>();
    stale(on);
    refuse('PUT');
    await soon(on.client.put(PATH, { json: { ...value, title: 'Mine' } }), 5_000);
    expect(on.now()).toMatchObject({ title: 'Mine', body: 'Theirs' });
  });
});

describe('hooks', () => {
  test('see every request of an edit, with its precondition', async () => {
    const seen: string[] = [];
    const on = scene(
      {},
      {
        hooks: {
          beforeRequest: [
            ({ request }) => void seen.push(`${request.method} ${request.headers.get('if-match') ?? '-'}`),
          ],
        },
      },
    );
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    stale(on);
    await handle.edit(retitle);
    expect(seen).toEqual(['GET -', 'PATCH "1"', 'GET -', 'PATCH "2"']);
  });

  test('run once for each request also after extend()', async () => {
    let calls = 0;
    const on = scene(
      {},
      {
        hooks: {
          beforeRequest: [
            () => {
              calls += 1;
            },
          ],
        },
      },
    );
    await on.client
      .extend({})
      .extend({ headers: { a: '1' } })
      .resource(PATH)
      .get();
    expect(calls).toBe(1);
  });

  test('a beforeError hook sees the error of a verb', async () => {
    const on = scene(
      {},
      {
        hooks: {
          beforeError: [
            ({ error }) => {
              error.message = `mine: ${error.message}`;
              return error;
            },
          ],
        },
      },
    );
    await expect(on.client.get('/nothing')).rejects.toThrow(/^mine: /);
  });

  test('a beforeError hook that makes an error of its own does not blind the loop', async () => {
    class ApiError extends Error {}
    const on = scene({}, { hooks: { beforeError: [({ error }) => new ApiError('mine', { cause: error })] } });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    stale(on);
    const result = await soon(handle.edit(retitle));
    expect(result).toMatchObject({ attempts: 2, rebased: true });
    expect(on.told()).toEqual(['attempt', 'stale', 'refetch', 'rebase', 'attempt', 'accepted']);
    on.server.fault({ kind: 'status', status: 403, on: { method: 'PATCH' }, times: 99 });
    await expect(
      soon(
        handle.edit((draft) => {
          draft.title = 'Again';
        }),
      ),
    ).rejects.toMatchObject({ code: 'ERR_REFUSED', cause: expect.any(ApiError) });
    expect(on.writes()).toHaveLength(3);
  });

  test('a hook that throws ends the edit with its error, once', async () => {
    const on = scene(
      {},
      {
        hooks: {
          beforeRequest: [
            ({ request }) => {
              if (request.method === 'PATCH') throw new Error('signed out');
            },
          ],
        },
      },
    );
    const error = await soon(outcomeOf(on.client.resource<Article>(PATH).edit(retitle)));
    expect(error).toMatchObject({ message: 'signed out' });
    expect(on.writes()).toEqual([]);
  });
});

describe('options of ky', () => {
  test('prefix and searchParams lead plain verbs and handles to one place', async () => {
    const on = scene({}, { searchParams: { tenant: '7' } });
    const handle = on.client.resource<Article>(PATH);
    expect(handle.url).toBe(`${on.server.origin}${PATH}?tenant=7`);
    const value = await on.client.get(PATH).json<Article>();
    await on.client.put(PATH, { json: { ...value, title: 'Mine' } });
    await handle.edit((draft) => {
      draft.body = 'Mine too';
    });
    expect(new Set(on.server.requests.map(({ search }) => search))).toEqual(new Set(['?tenant=7']));
    expect(on.writes()[0]?.headers).toHaveProperty('if-match');
  });

  test('searchParams of one call come beside those of the client', async () => {
    const on = scene({}, { searchParams: { tenant: '7' } });
    const value = await on.client.get(PATH, { searchParams: { view: 'a b' } }).json<Article>();
    await on.client.put(PATH, { json: { ...value, title: 'Mine' }, searchParams: { view: 'a b' } });
    expect(on.writes()).toMatchObject([{ search: '?tenant=7&view=a+b', headers: { 'if-match': '"1"' } }]);
  });

  test('a timeout of a write is a doubt, and is looked into', async () => {
    const on = scene({}, { timeout: 40 });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'delay', ms: 120, after: true, on: { method: 'PATCH' } });
    const result = await soon(handle.edit((draft) => void draft.tags.push('c')));
    expect(result).toMatchObject({ alreadyApplied: true, value: { tags: ['a', 'b', 'c'] } });
    expect(on.landed()).toBe(1);
    await on.server.close();
  });

  test('retry stays for reads: a 503 is passed over', async () => {
    const on = scene({}, { retry: { limit: 2, delay: () => 0 } });
    on.server.fault({ kind: 'status', status: 503 });
    await expect(on.client.resource<Article>(PATH).get()).resolves.toMatchObject({ version: '"1"' });
  });

  test("errors of reads are ky's own", async () => {
    const on = scene();
    on.server.fault({ kind: 'status', status: 403 });
    await expect(on.client.resource(PATH).get()).rejects.toBeInstanceOf(HTTPError);
    on.server.fault({ kind: 'lose-request' });
    await expect(on.client.resource(PATH).get()).rejects.toMatchObject({ name: 'NetworkError' });
  });

  test("a parseJson of one's own is used for what a verb hands out", async () => {
    const on = scene({}, { parseJson: (text) => ({ parsed: JSON.parse(text) }) });
    await expect(on.client.get(PATH).json()).resolves.toEqual({ parsed: DRAFT });
  });

  test("stop and retry are ky's, create makes a client of its own", async () => {
    const on = scene();
    expect(typeof on.client.stop).toBe('symbol');
    const other: Client = on.client.create({ prefix: on.server.origin, fetch: on.server.fetch }) as Client;
    await expect(other.resource(PATH).get()).resolves.toMatchObject({ version: '"1"' });
  });
});

describe('extend', () => {
  test('gives a client with more resources, and leaves the parent as it is', async () => {
    const on = scene();
    const child = on.client.extend({ resources: { '/articles/:id': { merge: { '/title': 'local' } } } });
    const overlap = async (client: Client): Promise<unknown> => {
      const handle = client.resource<Article>(PATH);
      await handle.get();
      on.server.edit(PATH, (draft) => {
        draft.title = `Theirs ${on.server.requests.length}`;
      });
      return outcomeOf(handle.edit(retitle));
    };
    await expect(overlap(on.client)).resolves.toMatchObject({ code: 'ERR_CONFLICT' });
    await expect(overlap(child)).resolves.toMatchObject({ value: { title: 'Mine' } });
  });
});
