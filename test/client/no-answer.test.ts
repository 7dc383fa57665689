import type { ClientOptions } from 'unconflict';
import { conflictFetch, createClient } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH } from './support.js';

async function listening(options: ConflictServerOptions = {}, own: ClientOptions['defaults'] = {}) {
  const server = createConflictServer(options);
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const defaults = { retry: { minDelay: 0, maxDelay: 2, deadline: 3_000 }, ...own };
  return {
    server,
    url: url + PATH,
    article: createClient({ prefix: url, retry: 0, defaults }).resource<Article>(PATH),
    fetch: conflictFetch({ defaults }),
    now: () => server.get(PATH)?.value,
    writes: () => server.requests.filter(({ method }) => method !== 'GET'),
  };
}

const title = (draft: Article): void => {
  draft.title = 'Mine';
};
const html = { 'content-type': 'text/html', etag: '"9"' };

describe('what does not say that a write was made is no success', () => {
  type Row = [string, { status?: number; headers?: Record<string, string>; body?: string }];
  const rows: Row[] = [
    ['202', { status: 202 }],
    ['207', { status: 207 }],
    ['a page with a tag', { status: 200, headers: html, body: '<!doctype html><title>Sign in</title>' }],
    ['a page that says it is JSON', { status: 200, headers: { etag: '"9"' }, body: '<html>' }],
  ];
  test.each(rows)('%s of a server that made it is found out by a look', async (_title, answer) => {
    const on = await listening({ answer: ({ method }) => (method === 'GET' ? 'representation' : answer) });
    const result = await on.article.edit(title);
    expect(result).toMatchObject({ alreadyApplied: true, value: { ...DRAFT, title: 'Mine' }, version: '"2"' });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
  });

  test('an error in a 200 is one where `classify` says so', async () => {
    let refusals = 1;
    const on = await listening(
      {
        answer: ({ method }) =>
          method !== 'GET' && refusals-- > 0 ? { status: 200, body: { error: 'busy' } } : 'representation',
      },
      { classify: ({ body }) => (Object.hasOwn(Object(body), 'error') ? 'retry-unchanged' : undefined) },
    );
    await outcomeOf(on.article.edit(title));
    expect(on.writes().length).toBeGreaterThan(1);
  });
});

describe('a server that never says that a write was made, and has not made it,', () => {
  const PAGE = '<!doctype html><title>Sign in</title>';
  type Row = [string, { status: number; headers?: Record<string, string>; body?: string }];
  const rows: Row[] = [
    ['200 (text/html)', { status: 200, headers: html, body: PAGE }],
    ['202', { status: 202 }],
    ['207', { status: 207 }],
    ['200 (application/json)', { status: 200, headers: { 'content-type': 'application/json' }, body: PAGE }],
    ['500', { status: 500 }],
  ];
  const never = async ([, { status, body, headers }]: Row) => {
    const on = await listening();
    const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      if (request.method === 'GET') return fetch(request);
      sent.push(request.method);
      return new Response(body ?? null, { status, ...(headers && { headers }) });
    };
    const sent: string[] = [];
    const defaults = { retry: { minDelay: 0, maxDelay: 2 } };
    return { ...on, sent, client: createClient({ fetch: answer, retry: 0, defaults }), answer };
  };

  test.each(rows)('%s: every door fails after four times, and nothing is in doubt', async (...row) => {
    const [edit, create, remove, plain] = await Promise.all(rows.slice(1).map(() => never(row)));
    if (!(edit && create && remove && plain)) throw new Error('there are four doors');
    const read = await plain.client.get(plain.url).json<Article>();
    const errors = await Promise.all([
      outcomeOf(edit.client.resource<Article>(edit.url).edit(title)),
      outcomeOf(create.client.resource<Article>(`${create.url}-new`).create(DRAFT)),
      outcomeOf(remove.client.resource<Article>(remove.url).delete()),
      outcomeOf(plain.client.put(plain.url, { json: { ...read, title: 'Mine' } })),
    ]);
    const failed = { code: 'ERR_FAILED', status: row[1].status, attempts: 4 };
    const message = expect.stringContaining(row[0].split(' ').at(-1) ?? '');
    expect(errors).toEqual(errors.map(() => expect.objectContaining({ ...failed, message })));
    expect([edit, create, remove, plain].map(({ sent }) => sent.length)).toEqual([4, 4, 4, 4]);
  });

  test('an answer that was lost before keeps the edit in doubt', async () => {
    const on = await never(['202', { status: 202 }]);
    let times = 0;
    const lossy = async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      if (request.method !== 'GET' && ++times === 1) throw new TypeError('fetch failed');
      return on.answer(request);
    };
    const client = createClient({ fetch: lossy, retry: 0, defaults: { retry: { minDelay: 0, maxDelay: 2 } } });
    const error = await outcomeOf(client.resource<Article>(on.url).edit(title));
    expect(error).toMatchObject({ code: 'ERR_IN_DOUBT', status: 202, cause: { code: 'ERR_FAILED' } });
  });
});

test.each([202, 206, 207, 226])('a read answered %d is not the whole', async (status) => {
  const on = await listening();
  on.server.fault({ kind: 'status', status, on: { method: 'GET' } });
  await expect(on.article.get()).rejects.toMatchObject({
    code: 'ERR_UNREADABLE',
    message: expect.stringContaining(String(status)),
  });
});

test('a server that spreads a JSON Patch over the document gets it made good at once', async () => {
  const on = await listening({ patches: ['any', 'merge-patch'] });
  await on.article.edit(title);
  expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
  await on.article.edit((draft) => {
    draft.body = 'Mine';
  });
  expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Mine' });
});

test.each([202, 206, 207, 226])('what fetch read with %d cannot be written from', async (status) => {
  const on = await listening();
  const send = conflictFetch({
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const { body, headers } = answer;
      return new Request(input, init).method === 'GET' ? new Response(body, { status, headers }) : answer;
    },
  });
  const part: object = await (await send(on.url)).json();
  const put = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(part) };
  await expect(send(on.url, put)).rejects.toMatchObject({ code: 'ERR_MISSING_BASE' });
  expect(on.writes()).toEqual([]);
});
