import { ask, createClient, InvalidOptionsError, type SessionSnapshot } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, test, vi } from 'vitest';
import { type Article, DRAFT, PATH, retitle, scene } from './support.js';

const choices = ({ conflicts }: SessionSnapshot): unknown =>
  Object.fromEntries(conflicts.map(({ basePath, choice }) => [basePath, choice]));

/** Title and body changed by both. */
async function two() {
  const at = scene();
  await at.article.get();
  at.elsewhere({ title: 'Theirs', body: 'Their text' });
  const saved = at.article.replace({ ...DRAFT, title: 'Mine', body: 'My text' }).catch((error: unknown) => error);
  return { ...at, saved, open: await at.session() };
}

describe('choosing', () => {
  test('shows in the preview at once', async () => {
    const { open } = await two();
    open.choose('/title', 'local');
    expect(open.getSnapshot()).toMatchObject({ open: 1, preview: { title: 'Mine', body: 'Their text' } });
    open.choose('/title', 'base');
    expect(open.getSnapshot()).toMatchObject({ open: 1, preview: { title: 'Draft' } });
    open.chooseAll('local');
    expect(open.getSnapshot()).toMatchObject({ open: 0, ready: true, preview: { title: 'Mine', body: 'My text' } });
  });

  test('can be taken back, step by step or for one place', async () => {
    const { open } = await two();
    open.choose('/title', 'local');
    open.chooseAll('remote');
    open.undo();
    expect(choices(open.getSnapshot())).toEqual({ '/title': 'local', '/body': undefined });
    open.choose('/body', { value: 'x' });
    open.undo('/title');
    expect(choices(open.getSnapshot())).toEqual({ '/title': undefined, '/body': { value: 'x' } });
    open.undo();
    open.undo();
    open.undo();
    expect(choices(open.getSnapshot())).toEqual({ '/title': undefined, '/body': undefined });
    expect(open.getSnapshot().canUndo).toBe(false);
    open.undo();
  });

  test.each([
    ['a place without a conflict', '/tags', 'local'],
    ['no resolution', '/title', 'mine'],
    ['a value that JSON cannot carry', '/title', { value: new Date() }],
  ])('refuses %s', async (_, path, resolution) => {
    const { open } = await two();
    expect(() => open.choose(path, resolution as 'local')).toThrow();
    expect(open.getSnapshot().open).toBe(2);
  });

  test('must be complete before it is submitted', async () => {
    const { open } = await two();
    open.choose('/title', 'local');
    await expect(open.submit()).rejects.toThrow('1 conflict is still open');
    await expect(open.submit()).rejects.toBeInstanceOf(InvalidOptionsError);
    expect(open.getSnapshot().status).toBe('open');
  });
});

describe('a snapshot', () => {
  test('is frozen, and the same until something changes; listeners hear of every change', async () => {
    const { open } = await two();
    const heard = vi.fn();
    const leave = open.subscribe(heard);
    const before = open.getSnapshot();
    expect(open.getSnapshot()).toBe(before);
    expect(Object.isFrozen(before) && Object.isFrozen(before.conflicts) && Object.isFrozen(before.preview)).toBe(true);
    open.choose('/title', 'local');
    expect(heard).toHaveBeenCalledTimes(1);
    expect(open.getSnapshot()).not.toBe(before);
    expect(choices(before)).toEqual({ '/title': undefined, '/body': undefined });
    leave();
    open.undo();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test('survives a listener that throws, and the error is told', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { open } = await two();
    open.subscribe(() => {
      throw new Error('broken view');
    });
    const heard = vi.fn();
    open.subscribe(heard);
    open.choose('/title', 'local');
    expect(heard).toHaveBeenCalledTimes(1);
    await Promise.resolve();
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken view' }));
    told.mockRestore();
  });
});

describe('while the person thinks', () => {
  test('refresh() shows what has changed and keeps the answers to what has not', async () => {
    const { open, elsewhere, saved, server } = await two();
    open.chooseAll('local');
    elsewhere({ body: 'Their second text' });
    await open.refresh();
    const shown = open.getSnapshot();
    expect(choices(shown)).toEqual({ '/title': 'local', '/body': undefined });
    expect(shown.conflicts.map(({ changed }) => changed)).toEqual([false, true]);
    expect(shown.remote).toMatchObject({ body: 'Their second text' });
    open.choose('/body', 'remote');
    expect(open.getSnapshot().conflicts.some(({ changed }) => changed)).toBe(false);
    const before = server.requests.length;
    await open.submit();
    expect(await saved).toMatchObject({ value: { title: 'Mine', body: 'Their second text' }, attempts: 2 });
    expect(server.requests.slice(before).map(({ method }) => method)).toEqual(['PATCH']);
  });

  test('refresh() changes nothing where nothing moved', async () => {
    const { open } = await two();
    const before = open.getSnapshot();
    await open.refresh();
    expect(open.getSnapshot()).toBe(before);
  });

  test('a conflict that came up meanwhile has to be answered, and one that vanished need not', async () => {
    const { open, elsewhere, saved } = await two();
    open.choose('/body', 'local');
    elsewhere({ title: 'Draft' });
    await open.refresh();
    expect(choices(open.getSnapshot())).toEqual({ '/body': 'local' });
    await open.submit();
    expect(await saved).toMatchObject({ value: { title: 'Mine', body: 'My text' } });
  });

  test('without refresh() the session opens again for what is new, and submit() waits', async () => {
    const { open, elsewhere, saved, session, desk } = await two();
    open.chooseAll('local');
    elsewhere({ body: 'Their second text' });
    const submitted = open.submit();
    await vi.waitFor(() => expect(open.getSnapshot()).toMatchObject({ status: 'open', open: 1 }));
    expect(await session()).toBe(open);
    expect(desk.sessions).toHaveLength(1);
    expect(choices(open.getSnapshot())).toEqual({ '/body': undefined });
    expect(open.getSnapshot().preview).toMatchObject({ title: 'Mine', body: 'Their second text' });
    open.choose('/body', 'local');
    open.submit();
    expect(await submitted).toMatchObject({ value: { title: 'Mine', body: 'My text' } });
    expect(await saved).toBe(await submitted);
  });

  test('a refresh() that fails leaves the session as it is', async () => {
    const { open, server } = await two();
    server.fault({ kind: 'status', status: 500, on: { method: 'GET', path: PATH } });
    const before = open.getSnapshot();
    await expect(open.refresh()).rejects.toThrow();
    expect(open.getSnapshot()).toBe(before);
  });

  test('a resource that is deleted meanwhile is one question of its own', async () => {
    const { open, server, saved, now } = await two();
    open.chooseAll('local');
    server.remove(PATH);
    await open.refresh();
    expect(open.getSnapshot()).toMatchObject({ reason: 'gone', remote: undefined, preview: undefined, open: 1 });
    open.choose('', 'local');
    expect(open.getSnapshot().preview).toMatchObject({ title: 'Mine' });
    await open.submit();
    expect(await saved).toMatchObject({ value: { title: 'Mine', body: 'My text' } });
    expect(now()).toMatchObject({ title: 'Mine' });
  });

  test('a deletion met by discard() is accepted', async () => {
    const { open, server, saved } = await two();
    server.remove(PATH);
    await open.refresh();
    await open.discard();
    expect(open.getSnapshot().status).toBe('discarded');
    expect(await saved).toMatchObject({ version: undefined });
    expect(server.get(PATH)).toBeUndefined();
  });

  test('what is deleted and there again is as it is there', async () => {
    const { open, server, saved } = await two();
    server.remove(PATH);
    await open.refresh();
    server.seed(PATH, { ...DRAFT, title: 'Again' });
    await open.refresh();
    expect(open.getSnapshot()).toMatchObject({ reason: 'stale', open: 1, remote: { title: 'Again' } });
    open.chooseAll('local');
    await open.submit();
    expect(await saved).toMatchObject({ value: { title: 'Mine', body: 'My text' } });
  });
});

describe('a create that met something', () => {
  test('is asked about like any other conflict', async () => {
    const { article, session, now } = scene();
    const saved = article.create({ title: 'Mine', body: 'Text', tags: [] });
    const open = await session();
    expect(open.getSnapshot()).toMatchObject({ reason: 'exists', base: undefined });
    open.chooseAll('local');
    await open.submit();
    expect(await saved).toMatchObject({ value: { title: 'Mine' } });
    expect(now()).toMatchObject({ title: 'Mine', tags: [] });
  });
});

test('closing the client aborts its sessions', async () => {
  const server = createConflictServer();
  server.seed(PATH, DRAFT);
  const desk = ask();
  const client = createClient({ prefix: server.origin, fetch: server.fetch, defaults: { resolve: desk } });
  const article = client.resource<Article>(PATH.slice(1));
  await article.get();
  server.edit(PATH, (doc) => Object.assign(doc, { title: 'Theirs' }));
  const saved = article.edit(retitle).catch((error: unknown) => error);
  await vi.waitFor(() => expect(desk.sessions).toHaveLength(1));
  const [open] = desk.sessions;
  await client.close();
  expect(await saved).toMatchObject({ code: 'ERR_CONFLICT' });
  expect(open?.getSnapshot().status).toBe('aborted');
  expect(desk.sessions).toEqual([]);
});
