import { describe, expect, test } from 'vitest';
import { type Collision, collide } from '../../../src/testing/index.js';

interface Article {
  title: string;
  views: number;
  tags: string[];
}
const BASE: Article = { title: 'Draft', views: 1, tags: ['a'] };
const OVERLAP: Collision<Article> = {
  base: BASE,
  local: (article) => {
    article.title = 'Mine';
    article.tags = ['a', 'mine'];
  },
  remote: (article) => {
    article.title = 'Theirs';
    article.views += 1;
  },
};

describe('a collision', () => {
  test('of different places merges, and nobody is asked', async () => {
    let asked = 0;
    const report = await collide<Article>({
      base: BASE,
      local: [{ op: 'replace', path: '/title', value: 'Mine' }],
      remote: (article) => ({ ...article, views: 5 }),
      resolve: () => {
        asked += 1;
        return 'local';
      },
    });
    expect(report).toEqual({
      outcome: 'merged',
      value: { title: 'Mine', views: 5, tags: ['a'] },
      patch: [{ op: 'replace', path: '/title', value: 'Mine' }],
      conflicts: [],
      resolved: [],
      asked: [],
      cause: undefined,
    });
    expect([asked, BASE]).toEqual([0, { title: 'Draft', views: 1, tags: ['a'] }]);
  });

  test('of the same place is rejected where there is neither rule nor resolver', async () => {
    const report = await collide(OVERLAP);
    expect([report.outcome, report.value, report.conflicts.map(({ path }) => path), report.asked]).toEqual([
      'rejected',
      { title: 'Theirs', views: 2, tags: ['a', 'mine'] },
      ['/title'],
      [],
    ]);
  });

  test.each([
    ['local', 'Mine'],
    ['remote', 'Theirs'],
  ] as const)('is settled by a rule: %s', async (rule, title) => {
    const report = await collide({ ...OVERLAP, merge: { '/title': rule } });
    expect([report.outcome, report.value.title, report.resolved.map(({ path, by }) => [path, by])]).toEqual([
      'merged',
      title,
      [['/title', 'rule']],
    ]);
  });

  type Answer = Awaited<ReturnType<NonNullable<Collision<Article>['resolve']>>>;
  const WHOLE: Article = { title: 'Both', views: 2, tags: [] };
  test.each<[answer: Answer, outcome: string, value: Article, resolutions: unknown[]]>([
    ['local', 'resolved', { title: 'Mine', views: 2, tags: ['a', 'mine'] }, ['local']],
    ['remote', 'resolved', { title: 'Theirs', views: 2, tags: ['a', 'mine'] }, ['remote']],
    ['discard', 'discarded', { title: 'Theirs', views: 2, tags: ['a'] }, ['remote']],
    [{ value: WHOLE }, 'resolved', WHOLE, [{ value: 'Both' }]],
    [{ resolutions: { '/title': 'base' } }, 'resolved', { title: 'Draft', views: 2, tags: ['a', 'mine'] }, ['base']],
    ['abort', 'rejected', { title: 'Theirs', views: 2, tags: ['a', 'mine'] }, []],
    [undefined, 'rejected', { title: 'Theirs', views: 2, tags: ['a', 'mine'] }, []],
    [{ resolutions: {} }, 'rejected', { title: 'Theirs', views: 2, tags: ['a', 'mine'] }, []],
  ])('a resolver that answers %j: %s', async (answer, outcome, value, resolutions) => {
    const report = await collide({ ...OVERLAP, resolve: async () => answer });
    expect([report.outcome, report.value, report.resolved.map(({ resolution }) => resolution)]).toEqual([
      outcome,
      value,
      resolutions,
    ]);
    expect([report.asked.map(({ path }) => path), report.cause]).toEqual([['/title'], undefined]);
    expect(report.conflicts).toHaveLength(outcome === 'rejected' ? 1 : 0);
  });

  test('a resolver sees what the client would show it', async () => {
    const seen: unknown[] = [];
    await collide({
      ...OVERLAP,
      resolve: (context) => {
        const { base, local, remote, merged, reason, attempt, signal } = context;
        seen.push({
          base,
          local,
          remote,
          merged,
          reason,
          attempt,
          aborted: signal.aborted,
          frozen: Object.isFrozen(context),
        });
        return 'local';
      },
    });
    expect(seen).toEqual([
      {
        base: BASE,
        local: { title: 'Mine', views: 1, tags: ['a', 'mine'] },
        remote: { title: 'Theirs', views: 2, tags: ['a'] },
        merged: { title: 'Theirs', views: 2, tags: ['a', 'mine'] },
        reason: 'stale',
        attempt: 1,
        aborted: false,
        frozen: true,
      },
    ]);
  });

  const failing: readonly (readonly [title: string, resolve: () => Answer, message: string])[] = [
    ['throws', () => JSON.parse('{'), 'JSON'],
    ['answers nonsense', () => JSON.parse('"mine"'), 'The resolver answered "mine". It may answer'],
    ['answers what is no JSON', () => ({ value: { ...WHOLE, views: Number.NaN } }), 'NaN'],
    ['answers null', () => JSON.parse('null'), 'The resolver answered null. It may answer'],
    ['answers for nothing', () => JSON.parse('{"resolutions":null}'), 'The resolver answered {"resolutions":null}.'],
    [
      'answers for another place',
      () => ({ resolutions: { '/views': 'local' } }),
      'for "/views", where there is no conflict; there is one at "/title".',
    ],
  ];
  test.each(failing)('a resolver that %s is rejected, and the report says why', async (_, resolve, message) => {
    const report = await collide({ ...OVERLAP, resolve });
    expect(report.outcome).toBe('rejected');
    expect(report.cause).toMatchObject({ message: expect.stringContaining(message) });
  });

  test('a patch that does not apply to the base is the test’s own mistake', async () => {
    const collision = collide({ ...OVERLAP, remote: [{ op: 'remove', path: '/none' }] });
    await expect(collision).rejects.toMatchObject({ code: 'ERR_INVALID_PATCH' });
  });
});
