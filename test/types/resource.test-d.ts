import type { StandardSchemaV1 } from '@standard-schema/spec';
import type {
  ConflictAnswer,
  DeepReadonly,
  EditResult,
  JsonValue,
  Patch,
  Resource,
  ResourceOptions,
  Snapshot,
} from 'unconflict';
import { createClient, etag, field, unversioned } from 'unconflict';
import { expectTypeOf, test } from 'vitest';

interface Article {
  title: string;
  tags: string[];
  author?: { name: string };
}
const client = createClient();
const article = client.resource<Article>('articles/1');

test('a handle knows its document', () => {
  expectTypeOf(article).toEqualTypeOf<Resource<Article>>();
  expectTypeOf(client.resource('a')).toEqualTypeOf<Resource<JsonValue>>();
  expectTypeOf(article.value).toEqualTypeOf<DeepReadonly<Article> | undefined>();
  expectTypeOf(article.snapshot).toEqualTypeOf<Snapshot<Article> | undefined>();
  expectTypeOf(article.get()).resolves.toEqualTypeOf<Snapshot<Article>>();
  expectTypeOf(article.edit(() => {})).resolves.toEqualTypeOf<EditResult<Article>>();
  expectTypeOf(article.delete()).resolves.toEqualTypeOf<void>();
  expectTypeOf(article.status).toEqualTypeOf<
    'empty' | 'idle' | 'saving' | 'waiting' | 'conflicted' | 'failed' | 'gone'
  >();
});

test('a snapshot is not written to', async () => {
  const snapshot = await article.get();
  // @ts-expect-error frozen
  snapshot.version = '"2"';
  // @ts-expect-error frozen
  article.url = '';
  const result = await article.edit(() => {});
  expectTypeOf(result.patch).toEqualTypeOf<Patch>();
  // @ts-expect-error frozen
  result.attempts = 2;
});

test('a recipe changes the draft or returns the document, and is synchronous', () => {
  article.edit((draft) => {
    draft.title = 'Better';
  });
  article.edit((draft) => ({ ...draft, title: 'Better' }));
  // @ts-expect-error a promise
  article.edit(async (draft) => {
    draft.title = 'Better';
  });
  // @ts-expect-error the new length, not the document
  article.edit((draft) => draft.tags.push('x'));
  // @ts-expect-error a part, not the document
  article.edit((draft) => draft.tags.splice(0, 1));
  article.edit((draft) => {
    // @ts-expect-error no such member
    draft.titel = 'Better';
    // @ts-expect-error of another type
    draft.title = 5;
  });
});

test('values are documents', () => {
  article.replace({ title: 'x', tags: [] });
  article.create({ title: 'x', tags: [] });
  // @ts-expect-error tags are missing
  article.replace({ title: 'x' });
  // @ts-expect-error tags are missing
  article.create({ title: 'x' });
});

test('a patch is made of operations', () => {
  article.patch([{ op: 'replace', path: '/title', value: 'x' }]);
  const fixed = [{ op: 'remove', path: '/author' }] as const;
  article.patch(fixed);
  // @ts-expect-error no such operation
  article.patch([{ op: 'set', path: '/title', value: 'x' }]);
  // @ts-expect-error a list
  article.patch({ op: 'remove', path: '/title' });
});

test('an explicit base is a snapshot of this kind of document', async () => {
  article.edit(() => {}, { base: await article.get() });
  // @ts-expect-error a value alone proves nothing
  article.edit(() => {}, { base: { title: '', tags: [] } });
  // @ts-expect-error of another document
  article.edit(() => {}, { base: await client.resource<{ other: number }>('b').get() });
});

test('options of one call', () => {
  const signal = AbortSignal.abort();
  article.get({ signal, headers: { a: '1' }, retry: { deadline: 5 } });
  article.edit(() => {}, { strategy: 'replay', merge: { '/title': 'local' } });
  article.delete({ onStale: 'keep' });
  // @ts-expect-error no such strategy
  article.edit(() => {}, { strategy: 'force' });
  // @ts-expect-error nothing is overwritten blindly
  article.delete({ onStale: 'force' });
  // @ts-expect-error a read merges nothing
  article.get({ merge: {} });
  // @ts-expect-error a create has no base
  article.create({ title: '', tags: [] }, { base: undefined });
});

test('a resolver is told of its document and answers with it', () => {
  client.resource<Article>('a', {
    resolve: ({ base, local, remote, merged, reason, signal }) => {
      expectTypeOf(base).toEqualTypeOf<DeepReadonly<Article> | undefined>();
      expectTypeOf(local).toEqualTypeOf<DeepReadonly<Article>>();
      expectTypeOf(remote).toEqualTypeOf<DeepReadonly<Article> | undefined>();
      expectTypeOf(merged).toEqualTypeOf<DeepReadonly<Article> | undefined>();
      expectTypeOf(reason).toEqualTypeOf<'stale' | 'gone' | 'exists'>();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      return { value: local };
    },
  });
  client.resource<Article>('a', { resolve: async () => 'local' });
  client.resource<Article>('a', { resolve: async ({ local }) => ({ value: local }) });
  client.resource<Article>('a', { resolve: async () => ({ resolutions: { '/title': 'local' } }) });
  client.resource<Article>('a', { resolve: async ({ conflicts }) => (conflicts.length > 1 ? 'local' : undefined) });
  createClient({ defaults: { resolve: async () => 'discard' } });
  article.edit(() => {}, { resolve: async () => 'remote' });
  const asked = async (): Promise<ConflictAnswer<Article>> => 'local';
  client.resource<Article>('a', { resolve: asked });
  client.resource<Article>('a', { resolve: () => undefined });
  client.resource<Article>('a', { resolve: () => ({ resolutions: { '/title': { value: 'x' }, '/tags': 'remove' } }) });
  // @ts-expect-error no such answer
  client.resource<Article>('a', { resolve: () => 'mine' });
  // @ts-expect-error no such answer, promised
  client.resource<Article>('a', { resolve: async () => 'mine' });
  // @ts-expect-error not a whole document
  client.resource<Article>('a', { resolve: () => ({ value: { title: 'x' } }) });
  // @ts-expect-error not a whole document, promised
  client.resource<Article>('a', { resolve: async () => ({ value: { title: 'x' } }) });
  // @ts-expect-error no such resolution
  client.resource<Article>('a', { resolve: () => ({ resolutions: { '/title': 'ours' } }) });
});

test('options of a resource', () => {
  const schema = {} as StandardSchemaV1<unknown, Article>;
  const options: ResourceOptions<Article>[] = [
    { schema, version: etag({ weak: 'refuse' }) },
    { version: field('/version', { send: { query: 'v' } }) },
    { version: unversioned(), requireVersion: false },
    { locked: { maxWait: 5, release: async () => {} }, gone: 'recreate', exists: 'merge', idempotencyKey: 'X-Key' },
    {
      write: ({ kind, local }) =>
        kind === 'delete' ? { method: 'DELETE' } : { method: 'PUT', body: JSON.stringify(local) },
    },
    { body: { read: () => ({ title: '', tags: [] }), write: (value) => ({ data: value.title }) } },
    { classify: ({ status }) => (status === 418 ? 'locked' : undefined) },
  ];
  expectTypeOf(options).toEqualTypeOf<ResourceOptions<Article>[]>();
  // @ts-expect-error a scheme, not its name
  client.resource('a', { version: 'etag' });
  // @ts-expect-error no such form
  client.resource('a', { write: 'patch' });
  // @ts-expect-error no such verdict
  client.resource('a', { classify: () => 'conflict' });
  // @ts-expect-error no such answer
  client.resource('a', { gone: 'ignore' });
  // @ts-expect-error a schema of another document
  client.resource<{ other: number }>('a', { schema });
  // @ts-expect-error ky's word, not ours
  client.resource('a', { retry: { limit: 3 } });
  // @ts-expect-error a list
  client.resource('a', { readonly: '/id' });
  // @ts-expect-error a form of sending
  field('/version', { send: 'header' });
  // @ts-expect-error a choice
  etag({ weak: 'ignore' });
});

test('options of documents of every type fit into one table', () => {
  const forArticles: ResourceOptions<Article> = { resolve: ({ local }) => ({ value: local }) };
  const forUsers: ResourceOptions<{ name: string }> = { resolve: ({ local }) => ({ value: local }) };
  createClient({ resources: { '/articles/:id': forArticles, '/users/:id': forUsers } });
});
