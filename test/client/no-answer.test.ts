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
