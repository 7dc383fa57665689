import { MutationObserver, QueryClient, QueryObserver } from '@tanstack/query-core';
import type { Resource } from 'unconflict';
import { createClient } from 'unconflict';
import { mutationOptions, queryOptions, syncQuery } from 'unconflict/tanstack-query';
import type { ConflictServer } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

interface Article {
  title: string;
  tags: string[];
}
const PATH = '/articles/1';

let server: ConflictServer;
let article: Resource<Article>;
let queries: QueryClient;
let cached: () => Article | undefined;

beforeEach(() => {
  server = createConflictServer();
  server.seed(PATH, { title: 'Draft', tags: [] });
  const client = createClient({
    prefix: server.origin,
    fetch: server.fetch,
    retry: 0,
    defaults: { retry: { minDelay: 0, maxDelay: 1 } },
  });
  article = client.resource<Article>(PATH.slice(1));
  queries = new QueryClient({
    defaultOptions: { queries: { retry: 3, retryDelay: 1 }, mutations: { retry: 3, retryDelay: 1 } },
  });
  cached = () => queries.getQueryData(queryOptions(article).queryKey);
});
afterEach(() => queries.clear());

const elsewhere = (change: Partial<Article>): void => void server.edit(PATH, (doc) => Object.assign(doc, change));
const requests = (method: string): number => server.requests.filter((request) => request.method === method).length;
const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};

describe('a query', () => {
  test('caches the document and nothing of its version', async () => {
    await queries.fetchQuery(queryOptions(article));
    expect(cached()).toEqual({ title: 'Draft', tags: [] });
    expect(article.snapshot?.version).toBe('"1"');
  });

  test('can have a key of its own', async () => {
    const options = queryOptions(article, { queryKey: ['article', 1] });
    await queries.fetchQuery(options);
    expect(queries.getQueryData(['article', 1])).toEqual({ title: 'Draft', tags: [] });
  });

  test('passes its signal on', async () => {
    server.fault({ kind: 'delay', ms: 5_000, on: { path: PATH } });
    const observer = new QueryObserver(queries, queryOptions(article));
    const leave = observer.subscribe(() => {});
    await vi.waitFor(() => expect(requests('GET')).toBe(1));
    leave();
    await queries.cancelQueries({ queryKey: queryOptions(article).queryKey });
    expect(queries.getQueryState(queryOptions(article).queryKey)).toMatchObject({
      fetchStatus: 'idle',
      data: undefined,
    });
  });

  test('is not retried by the cache on top of the client', async () => {
    server.remove(PATH);
    await expect(queries.fetchQuery(queryOptions(article))).rejects.toMatchObject({ response: { status: 404 } });
    expect(requests('GET')).toBe(1);
  });

  test('that reads while an edit is on its way shows the edit', async () => {
    await queries.fetchQuery(queryOptions(article));
    server.fault({ kind: 'delay', ms: 50, on: { method: 'PATCH', path: PATH } });
    const saving = article.edit(retitle);
    expect((await queries.fetchQuery(queryOptions(article))).title).toBe('Mine');
    await saving;
  });
});

describe('a mutation', () => {
  test('shows at once, and what was merged shows when it is saved', async () => {
    await queries.fetchQuery(queryOptions(article));
    elsewhere({ tags: ['theirs'] });
    server.fault({ kind: 'delay', ms: 100, on: { method: 'PATCH', path: PATH } });
    const saving = new MutationObserver(queries, mutationOptions(article)).mutate(retitle);
    await vi.waitFor(() => expect(cached()).toEqual({ title: 'Mine', tags: [] }));
    const result = await saving;
    expect(result).toMatchObject({ value: { title: 'Mine', tags: ['theirs'] }, attempts: 2, rebased: true });
    expect(cached()).toEqual({ title: 'Mine', tags: ['theirs'] });
  });

  test('that fails takes its own patch out and leaves its neighbours in', async () => {
    await queries.fetchQuery(queryOptions(article));
    elsewhere({ title: 'Theirs' });
    server.fault({ kind: 'delay', ms: 20, on: { path: PATH }, times: 9 });
    // It shows for some 20 ms.
    const shown: unknown[] = [];
    queries.getQueryCache().subscribe(() => shown.push(cached()));
    const options = mutationOptions(article);
    const failing = new MutationObserver(queries, options).mutate(retitle).catch((error: unknown) => error);
    const neighbour = new MutationObserver(queries, options).mutate((draft) => {
      draft.tags.push('mine');
    });
    expect(await failing).toMatchObject({ code: 'ERR_CONFLICT' });
    await neighbour;
    expect(shown).toContainEqual({ title: 'Mine', tags: ['mine'] });
    expect(cached()).toEqual({ title: 'Theirs', tags: ['mine'] });
    expect(server.get(PATH)?.value).toEqual({ title: 'Theirs', tags: ['mine'] });
  });

  test('that met a conflict is not tried again by the cache', async () => {
    await article.get();
    elsewhere({ title: 'Theirs' });
    await expect(new MutationObserver(queries, mutationOptions(article)).mutate(retitle)).rejects.toMatchObject({
      code: 'ERR_CONFLICT',
    });
    expect(requests('PATCH')).toBe(1);
  });

  test('takes a patch, a whole document, or variables of its own', async () => {
    await article.get();
    const options = mutationOptions(article);
    await new MutationObserver(queries, options).mutate([{ op: 'add', path: '/tags/-', value: 'a' }]);
    await new MutationObserver(queries, options).mutate({ replace: { title: 'Whole', tags: ['a'] } });
    const rename = mutationOptions(article, {
      edit: (title: string) => (draft) => {
        draft.title = title;
      },
    });
    await new MutationObserver(queries, rename).mutate('By name');
    expect(server.get(PATH)?.value).toEqual({ title: 'By name', tags: ['a'] });
    expect(cached()).toEqual({ title: 'By name', tags: ['a'] });
  });

  test('can bring options for its edits', async () => {
    await article.get();
    elsewhere({ title: 'Theirs' });
    const options = mutationOptions(article, { editOptions: { merge: { '/title': 'local' } } });
    await new MutationObserver(queries, options).mutate(retitle);
    expect(cached()?.title).toBe('Mine');
  });

  test('of what was deleted leaves a query that asks again', async () => {
    await queries.fetchQuery(queryOptions(article));
    const observer = new QueryObserver(queries, queryOptions(article));
    const leave = observer.subscribe(() => {});
    server.remove(PATH);
    await expect(new MutationObserver(queries, mutationOptions(article)).mutate(retitle)).rejects.toMatchObject({
      code: 'ERR_GONE',
    });
    await vi.waitFor(() => expect(observer.getCurrentResult().error).toMatchObject({ response: { status: 404 } }));
    leave();
  });

  test('works before anything was read', async () => {
    await new MutationObserver(queries, mutationOptions(article)).mutate(retitle);
    expect(cached()?.title).toBe('Mine');
  });
});

describe('syncQuery()', () => {
  test('puts every change of the handle into the cache until it is stopped', async () => {
    const stop = syncQuery(queries, article);
    await article.get();
    expect(cached()?.title).toBe('Draft');
    await article.edit(retitle);
    expect(cached()?.title).toBe('Mine');
    stop();
    elsewhere({ title: 'Theirs' });
    await article.get();
    expect(cached()?.title).toBe('Mine');
  });
});
