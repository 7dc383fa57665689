import { counter } from 'unconflict';
import { type Collisions, collideAll } from 'unconflict/testing';
import { expect, test } from 'vitest';

interface Article {
  title: string;
  views: number;
}

const COLLISIONS: Collisions<Article> = {
  base: { title: 'Draft', views: 1 },
  changes: {
    'ada retitles': (article) => {
      article.title = 'Ada';
    },
    'bob retitles': [{ op: 'replace', path: '/title', value: 'Bob' }],
    view: ({ title, views }) => ({ title, views: views + 1 }),
  },
  merge: { '/views': counter() },
};

const brief = async (collisions: Collisions<Article>): Promise<unknown[]> =>
  (await collideAll(collisions)).map(({ local, remote, outcome, value, sameEitherWay }) =>
    [local, 'on', remote, outcome, value.title, value.views, sameEitherWay].join(' '),
  );

test('every change meets every other, and itself', async () => {
  expect(await brief(COLLISIONS)).toEqual([
    'ada retitles on ada retitles merged Ada 1 true',
    'ada retitles on bob retitles rejected Bob 1 false',
    'ada retitles on view merged Ada 2 true',
    'bob retitles on ada retitles rejected Ada 1 false',
    'bob retitles on bob retitles merged Bob 1 true',
    'bob retitles on view merged Bob 2 true',
    'view on ada retitles merged Ada 2 true',
    'view on bob retitles merged Bob 2 true',
    'view on view merged Draft 3 true',
  ]);
});

test('a rule that takes a side depends on the order, one that does not, does not', async () => {
  const depends = async (collisions: Collisions<Article>): Promise<string[]> =>
    (await collideAll(collisions)).flatMap(({ local, remote, sameEitherWay }) =>
      sameEitherWay ? [] : [`${local} on ${remote}`],
    );
  const merge = { '/title': 'local', '/views': counter() } as const;
  expect(await depends({ ...COLLISIONS, merge })).toEqual([
    'ada retitles on bob retitles',
    'bob retitles on ada retitles',
  ]);
  const longer = () => ({ value: 'Ada and Bob' });
  expect(await depends({ ...COLLISIONS, merge: { ...merge, '/title': longer } })).toEqual([]);
});

test('a resolver is asked once in each pair that needs it', async () => {
  let asked = 0;
  const rows = await collideAll({
    ...COLLISIONS,
    resolve: () => {
      asked += 1;
      return 'remote';
    },
  });
  expect(rows.filter(({ outcome }) => outcome === 'resolved').map(({ local, remote }) => [local, remote])).toEqual([
    ['ada retitles', 'bob retitles'],
    ['bob retitles', 'ada retitles'],
  ]);
  expect(asked).toBe(2);
});
