import { createClient } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { expect, onTestFinished, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH } from './support.js';

async function listening(patches: ('merge-patch' | 'json-patch')[], write?: 'put') {
  const server = createConflictServer({ patches, select: 'fields' });
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const defaults = { retry: { minDelay: 0, maxDelay: 2 }, ...(write && { write }) };
  const client = createClient({ prefix: url, defaults });
  return {
    server,
    client,
    now: () => server.get(PATH)?.value,
    methods: () => server.requests.map(({ method }) => method),
  };
}

const title = (draft: Article): void => {
  draft.title = 'Mine';
};

test('what a URL with a query gave is never PUT unasked', async () => {
  const on = await listening([]);
  const failed = await outcomeOf(on.client.resource<Article>(`${PATH}?fields=title`).edit(title));
  expect(failed).toBeInstanceOf(Error);
  expect(on.now()).toEqual(DRAFT);
  expect(on.methods()).not.toContain('PUT');
});

test.each<['merge-patch' | 'json-patch']>([['merge-patch'], ['json-patch']])('it is patched by %s', async (form) => {
  const on = await listening([form]);
  await on.client.resource<Article>(`${PATH}?fields=title`).edit(title);
  expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
});

test.each([['api-version=2'], ['access_token=x']])('?%s chooses no part', async (query) => {
  const on = await listening([]);
  await on.client.resource<Article>(`${PATH}?${query}`).edit(title);
  expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
});

test('who asks for a PUT gets one', async () => {
  const on = await listening([], 'put');
  await on.client.resource<Article>(`${PATH}?expand=author`).edit(title);
  expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
});
