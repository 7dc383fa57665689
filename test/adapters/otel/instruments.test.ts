import { ConflictError } from 'unconflict';
import { conflictOnce } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { PATH } from '../testing/support.js';
import { type Article, type ObservedScene, observedScene, PATTERN, type Point } from './support.js';

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};
const theirs = (draft: Article): void => {
  draft.title = 'Theirs';
};
const LABELS = { 'unconflict.edit.kind': 'update', 'url.template': PATTERN, 'server.address': 'conflict.test' };
const settled = (points: readonly Point[]): unknown[] =>
  points.map(({ labels, value }) => [
    labels['unconflict.conflict.kind'],
    labels['unconflict.conflict.settled_by'],
    value,
  ]);

test('every edit is measured, by outcome', async () => {
  const on = observedScene();
  await on.article.edit(retitle);
  await on.article.edit(retitle);
  conflictOnce<Article>(on.server, PATH, ({ tags }) => void tags.push('theirs'));
  await on.article.edit((draft) => void draft.tags.unshift('mine'));
  const outcomes = async (name: string): Promise<unknown[]> =>
    (await on.points(name)).map(({ labels, value }) => [labels['unconflict.edit.outcome'], value]);
  expect(await outcomes('unconflict.edit.attempts')).toEqual([
    ['saved', { sum: 1, count: 1 }],
    ['already-applied', { sum: 0, count: 1 }],
    ['rebased', { sum: 2, count: 1 }],
  ]);
  expect(await outcomes('unconflict.edit.duration')).toMatchObject([
    ['saved', { count: 1 }],
    ['already-applied', { count: 1 }],
    ['rebased', { count: 1 }],
  ]);
  expect(await on.points('unconflict.rebase.duration')).toMatchObject([{ labels: LABELS, value: { count: 1 } }]);
});

test('a failure has the code of its error', async () => {
  const on = observedScene();
  on.server.fault({ kind: 'status', status: 422, body: { code: 'ReferenceExists' }, on: { method: 'PATCH' } });
  await expect(on.article.edit(retitle)).rejects.toThrow();
  expect((await on.points('unconflict.edit.attempts')).map(({ labels }) => labels)).toEqual([
    { ...LABELS, 'unconflict.edit.outcome': 'rejected', 'error.type': 'ERR_REFUSED' },
  ]);
});

test('writes that did not simply land are counted, by verdict and status', async () => {
  const on = observedScene();
  await on.article.get();
  conflictOnce<Article>(on.server, PATH, ({ tags }) => void tags.push('theirs'));
  await on.article.edit(retitle);
  on.server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
  await on.article.edit((draft) => void draft.tags.push('mine'));
  expect(await on.points('unconflict.setbacks')).toEqual([
    { labels: { ...LABELS, 'unconflict.verdict': 'stale', 'http.response.status_code': 412 }, value: 1 },
    { labels: { ...LABELS, 'unconflict.verdict': 'in-doubt' }, value: 1 },
  ]);
});

describe('a merge conflict is counted once for its edit', () => {
  const ways: [string, Parameters<typeof observedScene>[0], unknown[]][] = [
    ['settled by a rule', { resources: { [PATTERN]: { merge: { '/title': 'local' } } } }, [['value', 'rule', 1]]],
    ['settled by a resolver', { resources: { [PATTERN]: { resolve: () => 'local' } } }, [['value', 'resolver', 1]]],
    [
      "settled by a resolver's own value",
      { resources: { [PATTERN]: { resolve: () => ({ value: { title: 'Both', tags: [] } }) } } },
      [['value', 'resolver', 1]],
    ],
    ['given up by a resolver', { resources: { [PATTERN]: { resolve: () => 'discard' } } }, [['value', 'resolver', 1]]],
    ['left open by a resolver', { resources: { [PATTERN]: { resolve: () => 'abort' } } }, [['value', 'nobody', 1]]],
    ['that nobody settles', {}, [['value', 'nobody', 1]]],
  ];
  test.each(ways)('%s', async (_title, options, expected) => {
    const on = observedScene(options);
    await on.article.get();
    conflictOnce<Article>(on.server, PATH, theirs);
    await on.article.edit(retitle).catch((error: unknown) => {
      if (!(error instanceof ConflictError)) throw error;
    });
    expect(settled(await on.points('unconflict.merge_conflicts'))).toEqual(expected);
  });

  test('though it is refused twice', async () => {
    const on = observedScene({ resources: { [PATTERN]: { resolve: () => 'local' } } });
    await on.article.get();
    conflictOnce<Article>(on.server, PATH, theirs);
    conflictOnce<Article>(on.server, PATH, ({ tags }) => void tags.push('theirs'));
    expect((await on.article.edit(retitle)).attempts).toBe(3);
    expect(settled(await on.points('unconflict.merge_conflicts'))).toEqual([['value', 'resolver', 1]]);
  });
});

test('two documents of one pattern are one series, and no attribute names a document or an edit', async () => {
  const on: ObservedScene = observedScene({}, { details: true });
  on.server.seed('/articles/2', { title: 'Second', tags: [] });
  for (const path of ['articles/1', 'articles/2']) await on.client.resource<Article>(path).edit(retitle);
  const names = await on.metricNames();
  expect(names).toEqual(['unconflict.edit.attempts', 'unconflict.edit.duration']);
  for (const name of names) {
    const points = await on.points(name);
    expect(points).toMatchObject([{ labels: { ...LABELS, 'unconflict.edit.outcome': 'saved' }, value: { count: 2 } }]);
    expect(Object.keys(points[0]?.labels ?? {}).sort()).toEqual([
      'server.address',
      'unconflict.edit.kind',
      'unconflict.edit.outcome',
      'url.template',
    ]);
  }
});
