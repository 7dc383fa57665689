import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { createClient, preload, type Resource } from 'unconflict';
import { queryOptions, syncQuery } from 'unconflict/tanstack-query';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';

interface Article {
  title: string;
  text: string;
}

const PATH = '/articles/1';
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A list beside a form: a query that is kept equal to the handle, and a draft of the same resource. */
async function desk() {
  await preload();
  const server = createConflictServer();
  server.seed(PATH, { title: 'Draft', text: '' });
  const client = createClient({ prefix: server.origin, fetch: server.fetch });
  const article: Resource<Article> = client.resource<Article>('articles/1');
  const queryClient = new QueryClient();
  const observer = new QueryObserver(queryClient, queryOptions(article));
  ends.push(
    observer.subscribe(() => {}),
    syncQuery(queryClient, article),
    () => queryClient.clear(),
  );
  await observer.refetch();
  const draft = article.draft();
  ends.push(draft.subscribe(() => {}));
  await draft.ready;
  const reads = () => server.requests.filter(({ method }) => method === 'GET').length;
  return { server, article, observer, draft, reads, shown: () => observer.getCurrentResult().data };
}

describe('a draft beside a query', () => {
  test('what is only typed does not show in the query; what was saved does, without a read', async () => {
    const { draft, shown, reads } = await desk();
    draft.set('/title', 'Mine');
    expect(shown()).toEqual({ title: 'Draft', text: '' });
    const before = reads();
    await draft.save();
    expect(shown()).toEqual({ title: 'Mine', text: '' });
    expect(reads()).toBe(before);
  });

  test('a save that meets others shows what was merged', async () => {
    const { server, draft, shown } = await desk();
    draft.set('/title', 'Mine');
    server.edit<Article>(PATH, (doc) => {
      doc.text = 'Theirs';
    });
    await draft.save();
    expect(shown()).toEqual({ title: 'Mine', text: 'Theirs' });
  });

  test('a save that fails leaves the query as the server is, and the text in the draft', async () => {
    const { server, draft, shown } = await desk();
    draft.set('/title', 'Mine');
    server.fault({ kind: 'status', status: 422, on: { method: 'PATCH' } });
    await expect(draft.save()).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    expect(shown()).toEqual({ title: 'Draft', text: '' });
    expect(draft.value).toEqual({ title: 'Mine', text: '' });
  });

  test('a query that is read again never takes away what is typed', async () => {
    const { server, observer, draft, shown } = await desk();
    draft.set('/title', 'Mine');
    server.edit<Article>(PATH, (doc) => {
      doc.title = 'Theirs';
      doc.text = 'Theirs';
    });
    await observer.refetch();
    expect(shown()).toEqual({ title: 'Theirs', text: 'Theirs' });
    expect(draft.value).toEqual({ title: 'Mine', text: 'Theirs' });
    expect(draft.conflicts).toMatchObject([{ path: '/title' }]);
  });

  test('a live value shows in both by one read', async () => {
    const { server, article, draft, shown, reads } = await desk();
    server.edit<Article>(PATH, (doc) => {
      doc.text = 'Theirs';
    });
    const before = reads();
    await article.changed();
    expect([shown(), draft.value]).toEqual([
      { title: 'Draft', text: 'Theirs' },
      { title: 'Draft', text: 'Theirs' },
    ]);
    expect(reads()).toBe(before + 1);
  });

  test('what was deleted is an error of the query, and the text stays in the draft', async () => {
    const { server, article, observer, draft } = await desk();
    draft.set('/title', 'Mine');
    server.remove(PATH);
    await article.changed();
    await vi.waitFor(() => expect(observer.getCurrentResult().status).toBe('error'));
    expect([draft.status, draft.value]).toEqual(['gone', { title: 'Mine', text: '' }]);
  });
});
