import type { Resource } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH } from '../support.js';

const OTHER = '/articles/2';
const foreign = { code: 'ERR_MISSING_BASE', message: expect.stringContaining('another resource') };
const untold = { code: 'ERR_MISSING_BASE', message: expect.stringContaining('Pass { base }') };

async function scene() {
  const on = await realScene();
  on.server.seed(OTHER, { ...DRAFT, title: 'Other' });
  const article = on.client.resource<Article>(PATH);
  const theirs = (change: Partial<Article>) =>
    on.server.edit<Article>(PATH, (draft) => void Object.assign(draft, change));
  return { ...on, article, theirs };
}

describe('a base of another resource', () => {
  type Write = (article: Resource<Article>, base: Awaited<ReturnType<Resource<Article>['get']>>) => Promise<unknown>;
  const writes: [string, Write][] = [
    ['edit', (article, base) => article.edit((draft) => Object.assign(draft, { title: 'Mine' }), { base })],
    ['replace', (article, base) => article.replace({ ...DRAFT, title: 'Mine' }, { base })],
    ['patch', (article, base) => article.patch([{ op: 'replace', path: '/title', value: 'Mine' }], { base })],
    ['delete', (article, base) => article.delete({ base })],
  ];
  test.each(writes)('is refused by %s, and nothing is sent', async (_name, write) => {
    const on = await scene();
    const base = await on.client.resource<Article>(OTHER).get();
    expect(await outcomeOf(write(on.article, base))).toMatchObject(foreign);
    expect(on.writes()).toEqual([]);
  });

  test('is refused where it is a part of this one', async () => {
    const on = await scene();
    const base = await on.client.resource<Article>(`${PATH}?fields=title`).get();
    const edit = on.article.edit((draft) => Object.assign(draft, { title: 'Mine' }), { base });
    expect(await outcomeOf(edit)).toMatchObject(foreign);
  });

  test.each([
    ['a snapshot, by a URL with a query of its own', '?notify=true', ''],
    ['a result, whose URL hides a token', '?token=abc', '?token=abc'],
  ])('is not %s', async (_what, own, read) => {
    const on = await scene();
    const handle = on.client.resource<Article>(PATH + own);
    const reader = on.client.resource<Article>(PATH + read);
    await reader.get();
    const base = read === '' ? await reader.get() : await reader.edit((draft) => Object.assign(draft, { views: 1 }));
    await handle.edit((draft) => Object.assign(draft, { title: 'Mine' }), { base });
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });
});

describe('replace() without a base', () => {
  test('from a form that was opened before others changed it is refused, until it is read again', async () => {
    const on = await scene();
    const { value: form } = await on.article.get();
    on.theirs({ body: 'Theirs' });
    await on.client.resource<Article>(PATH).get();
    const save = () => on.article.replace({ ...form, title: 'Mine' });
    for (const _ of [1, 2]) expect(await outcomeOf(save())).toMatchObject(untold);
    expect(on.writes()).toEqual([]);
    const { value: fresh } = await on.article.get();
    await on.article.replace({ ...fresh, title: 'Mine' });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('with the snapshot that the form was opened with is merged', async () => {
    const on = await scene();
    const base = await on.article.get();
    on.theirs({ body: 'Theirs' });
    await on.article.get();
    await on.article.replace({ ...base.value, title: 'Mine' }, { base });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
  });

  test('that has what others did is made from that', async () => {
    const on = await scene();
    await on.article.get();
    on.theirs({ body: 'Theirs', views: 7 });
    const { value } = await on.article.get();
    await on.article.replace({ ...value, body: 'Mine on theirs' });
    expect(on.now()).toEqual({ ...DRAFT, body: 'Mine on theirs', views: 7 });
  });

  test('from a form that was opened before others and then this client changed it is refused', async () => {
    const on = await scene();
    const { value: form } = await on.article.get();
    on.theirs({ body: 'Theirs' });
    await on.article.edit((draft) => Object.assign(draft, { views: 1 }));
    expect(await outcomeOf(on.article.replace({ ...form, title: 'Mine' }))).toMatchObject(untold);
  });

  test('takes its own earlier saves back without a question', async () => {
    const on = await scene();
    const { value } = await on.article.get();
    await on.article.replace({ ...value, title: 'One' });
    await on.article.replace({ ...value, title: 'Two', views: 1 });
    await on.article.replace(value);
    expect(on.now()).toEqual(DRAFT);
  });
});

describe('patch() without a base', () => {
  const remove = [{ op: 'remove', path: '/tags/1' }] as const;

  test('that was made before others moved its items is refused', async () => {
    const on = await scene();
    await on.article.get();
    on.theirs({ tags: ['new', 'a', 'b'] });
    await on.article.get();
    for (const patch of [remove, [{ op: 'move', from: '/tags/1', path: '/title' }] as const])
      expect(await outcomeOf(on.article.patch(patch))).toMatchObject(untold);
    await on.article.get();
    await on.article.patch(remove);
    expect(on.now()).toMatchObject({ tags: ['new', 'b'] });
  });

  test('whose lists are as they were, or that uses none, is of the latest state', async () => {
    const on = await scene();
    await on.article.get();
    on.theirs({ title: 'Theirs' });
    await on.article.get();
    await on.article.patch(remove);
    await on.article.patch([{ op: 'replace', path: '/title', value: 'Mine' }]);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', tags: ['a'] });
  });
});
