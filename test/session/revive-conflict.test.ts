import { ask, InvalidOptionsError, list, reviveConflict } from 'unconflict';
import { conflictOnce } from 'unconflict/testing';
import { describe, expect, test, vi } from 'vitest';
import { collision, DRAFT, PATH, scene } from './support.js';

/** What is left of a session after the page is gone. */
async function stored(choose: boolean, ...given: Parameters<typeof scene>) {
  const at = await collision(...given);
  const session = await at.session();
  if (choose) session.choose('/title', 'local');
  const text = JSON.stringify(session);
  session.abort();
  await at.saved;
  return { ...at, saved: JSON.parse(text) };
}

describe('a revived session', () => {
  test('shows what was saved, without asking the server', async () => {
    const { saved, fresh, server } = await stored(true);
    const requests = server.requests.length;
    const session = reviveConflict(saved, fresh());
    expect(session.getSnapshot()).toMatchObject({
      status: 'open',
      base: DRAFT,
      local: { title: 'Mine', tags: ['a', 'mine'] },
      remote: { title: 'Theirs' },
      preview: { title: 'Mine', body: 'Their text', tags: ['a', 'mine'] },
      ready: true,
    });
    expect(server.requests).toHaveLength(requests);
  });

  test('is submitted through a fresh handle', async () => {
    const { saved, fresh, now } = await stored(true);
    const article = fresh();
    const session = reviveConflict(saved, article);
    const result = await session.submit();
    expect(result.value).toEqual({ title: 'Mine', body: 'Their text', tags: ['a', 'mine'] });
    expect(now()).toEqual(result.value);
    expect(session.getSnapshot().status).toBe('saved');
    expect(article.value).toEqual(result.value);
  });

  test('opens again for what has changed since, with the answers that still hold', async () => {
    const { saved, fresh, elsewhere, now } = await stored(true);
    elsewhere({ title: 'Theirs, later' });
    const session = reviveConflict(saved, fresh());
    const submitted = session.submit();
    await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ status: 'open', open: 1 }));
    expect(session.getSnapshot().remote).toMatchObject({ title: 'Theirs, later' });
    session.chooseAll('local');
    session.submit();
    await submitted;
    expect(now()).toMatchObject({ title: 'Mine', body: 'Their text' });
  });

  test('can be refreshed, saved and revived again', async () => {
    const { saved, fresh, elsewhere, now } = await stored(false);
    elsewhere({ tags: ['b'] });
    const first = reviveConflict(saved, fresh());
    await first.refresh();
    expect(first.getSnapshot().preview).toMatchObject({ tags: ['b', 'mine'] });
    first.chooseAll('remote');
    const second = reviveConflict(JSON.parse(JSON.stringify(first)), fresh());
    await second.submit();
    expect(now()).toEqual({ title: 'Theirs', body: 'Their text', tags: ['b', 'mine'] });
  });

  test('goes by the rules of the handle', async () => {
    const { saved, fresh } = await stored(false);
    const session = reviveConflict(saved, fresh({ merge: { '/title': 'local', '/tags': list({ key: 'id' }) } }));
    expect(session.getSnapshot()).toMatchObject({ open: 0, ready: true, preview: { title: 'Mine' } });
  });

  test('of a resource that is gone since recreates it, if that is chosen', async () => {
    const { saved, fresh, server, now } = await stored(true);
    server.remove(PATH);
    const session = reviveConflict(saved, fresh());
    await session.refresh();
    expect(session.getSnapshot()).toMatchObject({ reason: 'gone', open: 1 });
    session.choose('', 'local');
    await session.submit();
    expect(now()).toEqual({ title: 'Mine', body: 'Text', tags: ['a', 'mine'] });
  });

  test("keeps the caller's own patch", async () => {
    const at = scene();
    await at.article.get();
    at.elsewhere({ title: 'Theirs' });
    const patch = [
      { op: 'test', path: '/body', value: 'Text' },
      { op: 'replace', path: '/title', value: 'Mine' },
    ] as const;
    const edit = at.article.patch(patch).catch(() => {});
    const open = await at.session();
    const saved = JSON.parse(JSON.stringify(open));
    open.abort();
    await edit;
    expect(saved.patch).toEqual(patch);
    const session = reviveConflict(saved, at.fresh());
    session.chooseAll('local');
    expect((await session.submit()).value).toEqual({ ...DRAFT, title: 'Mine' });
  });

  test('of a create creates', async () => {
    const at = scene();
    const edit = at.article.create({ title: 'Mine', body: 'Text', tags: [] }).catch(() => {});
    const open = await at.session();
    const saved = JSON.parse(JSON.stringify(open));
    open.abort();
    await edit;
    const session = reviveConflict(saved, at.fresh());
    session.chooseAll('local');
    expect((await session.submit()).value).toEqual({ title: 'Mine', body: 'Text', tags: [] });
  });

  test('that fails says why, and nothing is lost', async () => {
    const { saved, fresh, server } = await stored(true);
    server.fault({ kind: 'status', status: 403, on: { path: PATH }, times: 5 });
    const session = reviveConflict(saved, fresh());
    await expect(session.submit()).rejects.toThrow();
    expect(session.getSnapshot().status).toBe('failed');
    expect(JSON.parse(JSON.stringify(session))).toEqual(saved);
  });

  test('is dropped without a request by discard() and abort()', async () => {
    const { saved, fresh, server } = await stored(true);
    const requests = server.requests.length;
    const [one, two] = [reviveConflict(saved, fresh()), reviveConflict(saved, fresh())];
    await one.discard();
    two.abort();
    expect([one.getSnapshot().status, two.getSnapshot().status]).toEqual(['discarded', 'aborted']);
    expect(server.requests).toHaveLength(requests);
  });

  test('stands on the desk until it has ended', async () => {
    const { saved, fresh } = await stored(true);
    const desk = ask({ labels: { '/title': 'Headline' } });
    const session = reviveConflict(saved, fresh(), { desk });
    expect(desk.sessions).toEqual([session]);
    expect(session.getSnapshot().conflicts[0]?.label).toBe('Headline');
    await session.submit();
    expect(desk.sessions).toEqual([]);
    const own = reviveConflict(saved, fresh(), { desk, labels: { '/title': 'Own' } });
    expect(own.getSnapshot().conflicts[0]?.label).toBe('Own');
    own.abort();
    const notOne = Object.assign(() => Promise.resolve(undefined), { sessions: [], subscribe: () => () => {} });
    expect(() => reviveConflict(saved, fresh(), { desk: notOne })).toThrow('The desk must be what ask() returned.');
  });

  test('meets one more conflict in the very write like any edit does', async () => {
    const { saved, fresh, server, now } = await stored(true);
    const article = fresh();
    await article.get();
    conflictOnce(server, PATH, (doc) => Object.assign(doc, { body: 'Later' }));
    await reviveConflict(saved, article).submit();
    expect(now()).toMatchObject({ title: 'Mine', body: 'Later' });
  });
});

describe('what is no saved conflict', () => {
  const { fresh } = scene();
  const good = {
    format: 1,
    reason: 'stale',
    url: fresh().url,
    base: { a: 1 },
    local: { a: 2 },
    remote: { a: 3 },
    answers: [],
  };

  test('nor is one of another resource', () => {
    const other = { ...good, url: `${good.url}0` };
    expect(() => reviveConflict(other as never, fresh())).toThrowError(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTIONS',
        option: 'resource',
        message: expect.stringContaining(other.url),
      }),
    );
  });

  test('the good one is one', () => {
    expect(reviveConflict(good as never, fresh()).getSnapshot().open).toBe(1);
  });

  test.each([
    ['null', null],
    ['another format', { ...good, format: 2 }],
    ['an unknown reason', { ...good, reason: 'other' }],
    ['no base', { ...good, base: undefined }],
    ['no local', { format: 1, reason: 'stale', url: '', base: 1, remote: 2, answers: [] }],
    ['a patch that is none', { ...good, patch: 'x' }],
    ['answers that are none', { ...good, answers: [{ conflict: {}, resolution: 'local' }] }],
  ])('%s is refused', (_, saved) => {
    expect(() => reviveConflict(saved as never, fresh())).toThrow(Error);
  });

  test('says so with a code', () => {
    expect(() => reviveConflict({ ...good, format: 2 } as never, fresh())).toThrow(InvalidOptionsError);
  });
});
