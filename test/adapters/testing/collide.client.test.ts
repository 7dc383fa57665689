import fc from 'fast-check';
import { atomic, type ConflictAnswer, ConflictError, counter, createClient, type MergeRule, set } from 'unconflict';
import { diff } from 'unconflict/core';
import { collide } from 'unconflict/testing';
import { expect, test } from 'vitest';
import { PATH, seeded } from './support.js';

type Article = {
  title: string;
  views: number;
  tags: string[];
  author: { name: string; mail?: string };
};
const BASE: Article = { title: 'Draft', views: 1, tags: ['a', 'b'], author: { name: 'Ada' } };

const word = fc.constantFrom('x', 'y', 'z');
/** A later state of the article, each of its parts changed or not. */
const article: fc.Arbitrary<Article> = fc.record({
  title: fc.oneof(fc.constant(BASE.title), word),
  views: fc.constantFrom(1, 2, 3),
  tags: fc.oneof(fc.constant(BASE.tags), fc.uniqueArray(word, { maxLength: 3 })),
  author: fc.oneof(fc.constant(BASE.author), fc.record({ name: word, mail: word }), fc.record({ name: word })),
});
const rules: fc.Arbitrary<Record<string, MergeRule>> = fc.dictionary(
  fc.constantFrom('/title', '/views', '/tags', '/author', '/author/*'),
  fc.constantFrom<MergeRule>('local', 'remote', 'manual'),
  { maxKeys: 2 },
);
const special: fc.Arbitrary<Record<string, MergeRule>> = fc.constantFrom(
  {},
  { '/views': counter() },
  { '/tags': set(), '/author': atomic() },
);
const answer = fc.constantFrom<ConflictAnswer<Article> | 'none'>(
  'local',
  'remote',
  'discard',
  'abort',
  { value: { ...BASE, title: 'Both' } },
  'none',
);

test('what collide() reports is what the client does on a server', async () => {
  await fc.assert(
    fc.asyncProperty(article, article, rules, special, answer, async (local, remote, plain, own, given) => {
      // A client that changed nothing sends nothing, and meets nobody.
      fc.pre(diff(BASE, local).length > 0);
      const merge = { ...plain, ...own };
      const how = { merge, ...(given !== 'none' && { resolve: () => given }) };
      const report = await collide<Article>({ base: BASE, local: () => local, remote: () => remote, ...how });

      const server = seeded({}, BASE);
      const retry = { minDelay: 0, maxDelay: 0, deadline: 5_000 };
      const client = createClient({ prefix: server.origin, fetch: server.fetch, defaults: { retry } });
      const handle = client.resource<Article>(PATH.slice(1), how);
      await handle.get();
      server.seed(PATH, remote);
      const outcome = await handle
        .edit(() => local)
        .then(
          ({ value }) => ({ value, rejected: false }),
          (error: unknown) => {
            if (!(error instanceof ConflictError)) throw error;
            return { value: error.merged, rejected: true };
          },
        );
      await client.close();
      expect(outcome).toEqual({ value: report.value, rejected: report.outcome === 'rejected' });
      // Nothing is written where it is rejected or discarded.
      if (report.outcome === 'rejected' || report.outcome === 'discarded')
        expect(server.get(PATH)?.value).toEqual(remote);
      else expect(server.get(PATH)?.value).toEqual(report.value);
    }),
    { numRuns: 150 },
  );
});
