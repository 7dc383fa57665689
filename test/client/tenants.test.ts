import type { Client, Snapshot } from 'unconflict';
import { conflictFetch, createClient } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Article, DRAFT, PATH, soon } from './support.js';

interface Asking {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}
/** Reads, and hands out what saves the article with a tag more. */
type Way = (client: Client, asking: Asking) => Promise<(tag: string) => Promise<unknown>>;

const JSON_TYPE = { 'content-type': 'application/json' };
const tagged = (article: Article, tag: string): Article => ({ ...article, tags: [...article.tags, tag] });

const ways: [title: string, way: Way][] = [
  [
    'a PUT of what was read',
    async (client, { url, headers }) => {
      const read = await client.get(url, { headers }).json<Article>();
      return async (tag) => client.put(url, { json: tagged(read, tag), headers });
    },
  ],
  [
    'a PUT with a header that its read had not',
    async (client, { url, headers }) => {
      const base = await client.get(url, { headers }).json<Article>();
      return async (tag) =>
        client.put(url, { json: tagged(base, tag), base, headers: { ...headers, 'x-reason': 'test' } });
    },
  ],
  [
    'a PUT of the snapshot of a handle',
    async (client, { url, headers }) => {
      const base = (await client.resource<Article>(url, { headers }).get()) as Snapshot<Article>;
      return async (tag) => client.put(url, { json: tagged(base.value as Article, tag), base, headers });
    },
  ],
  [
    'an edit',
    async (client, { url, headers }) => {
      const article = client.resource<Article>(url, { headers });
      await article.get();
      return (tag) => article.edit((draft) => void draft.tags.push(tag));
    },
  ],
  [
    'a child with headers of its own',
    async (client, { url, headers }) => {
      const child = client.extend({ headers });
      const read = await child.get(url).json<Article>();
      return async (tag) => child.put(url, { json: tagged(read, tag) });
    },
  ],
  [
    'a guarded fetch',
    async (_client, { url, headers }) => {
      const read: Article = await (await guarded(url, { headers })).json();
      return (tag) =>
        guarded(url, {
          method: 'PUT',
          headers: { ...headers, ...JSON_TYPE },
          body: JSON.stringify(tagged(read, tag)),
        });
    },
  ],
];
const guarded = conflictFetch();

describe.each(['authorization', 'cookie', 'x-user', 'x-api-key'])('people who are told apart by %s', (header) => {
  test.each(ways)('get nothing of each other by %s', async (_title, way) => {
    const server = createConflictServer({ tenants: header });
    const { url: origin } = await server.listen();
    onTestFinished(() => server.close());
    const client = createClient();
    const person = (name: string) => {
      const documents = server.tenant(`session=${name}`);
      documents.seed(PATH, { ...DRAFT, title: name });
      const open = () => way(client, { url: origin + PATH, headers: { [header]: `session=${name}` } });
      return { documents, save: async () => soon((await open())(name)), kept: () => documents.get(PATH)?.value };
    };
    const [ada, ben] = [person('ada'), person('ben')];
    // Both articles have been changed once: their versions look alike.
    ada.documents.edit<Article>(PATH, (draft) => Object.assign(draft, { body: 'moved on' }));
    await ben.save();
    await ada.save();
    expect(ben.kept()).toEqual({ ...DRAFT, title: 'ben', tags: [...DRAFT.tags, 'ben'] });
    expect(ada.kept()).toEqual({ ...DRAFT, title: 'ada', body: 'moved on', tags: [...DRAFT.tags, 'ada'] });
  });
});
