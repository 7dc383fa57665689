import { ask, ConflictError, InvalidMergeError, InvalidOptionsError } from 'unconflict';
import { describe, expect, test, vi } from 'vitest';
import { collision, DRAFT, PATH, retitle, scene } from './support.js';

const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`expected one, got ${list.length}`);
  return first;
};

describe('a conflict', () => {
  test('becomes a session that shows both sides, what merged, and what is open', async () => {
    const { session } = await collision();
    const shown = (await session()).getSnapshot();
    expect(shown).toMatchObject({
      status: 'open',
      reason: 'stale',
      base: DRAFT,
      local: { title: 'Mine', tags: ['a', 'mine'] },
      remote: { title: 'Theirs' },
      preview: { title: 'Theirs', body: 'Their text', tags: ['a', 'mine'] },
      open: 1,
      ready: false,
      canUndo: false,
    });
    expect(only(shown.conflicts)).toMatchObject({
      basePath: '/title',
      label: 'Title',
      choice: undefined,
      changed: false,
    });
  });

  test('is saved as chosen, and the session leaves the desk', async () => {
    const { session, desk, saved, now } = await collision();
    const open = await session();
    open.choose('/title', { value: 'Both' });
    expect(open.getSnapshot()).toMatchObject({ ready: true, open: 0, preview: { title: 'Both', tags: ['a', 'mine'] } });
    const result = await open.submit();
    expect(result).toMatchObject({ value: { title: 'Both', body: 'Their text', tags: ['a', 'mine'] } });
    expect(await saved).toBe(result);
    expect(open.getSnapshot()).toMatchObject({ status: 'saved', result });
    expect(desk.sessions).toEqual([]);
    expect(now()).toEqual({ title: 'Both', body: 'Their text', tags: ['a', 'mine'] });
  });

  test('that is discarded leaves what the server has', async () => {
    const { session, saved, now, desk } = await collision();
    const open = await session();
    await open.discard();
    expect(open.getSnapshot().status).toBe('discarded');
    expect(await saved).toMatchObject({ value: { title: 'Theirs', tags: ['a'] } });
    expect(now()).toMatchObject({ title: 'Theirs', tags: ['a'] });
    expect(desk.sessions).toEqual([]);
  });

  test('that is aborted rejects the edit with ConflictError', async () => {
    const { session, saved, desk } = await collision();
    const open = await session();
    open.abort();
    expect(await saved).toBeInstanceOf(ConflictError);
    expect(open.getSnapshot()).toMatchObject({ status: 'aborted', error: await saved });
    expect(desk.sessions).toEqual([]);
  });

  test('whose edit is aborted by its caller closes its session, with the same reason', async () => {
    const { article, elsewhere, session, desk } = scene();
    await article.get();
    elsewhere({ title: 'Theirs' });
    const leaving = new AbortController();
    const saved = article.edit(retitle, { signal: leaving.signal }).catch((error) => error);
    const open = await session();
    leaving.abort('navigated away');
    expect(await saved).toBe('navigated away');
    expect(open.getSnapshot()).toMatchObject({ status: 'aborted', error: 'navigated away' });
    expect(desk.sessions).toEqual([]);
    expect(() => open.choose('/title', 'local')).toThrow(InvalidOptionsError);
  });

  test('that the server refuses for good makes a failed session', async () => {
    const { session, server, saved } = await collision();
    server.refuse(PATH, () => ({ title: 'Titles are frozen' }));
    const open = await session();
    open.chooseAll('local');
    await expect(open.submit()).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    expect(open.getSnapshot()).toMatchObject({ status: 'failed', error: await saved });
  });
});

describe('the desk', () => {
  test('keeps the same list until a session comes or goes', async () => {
    const { desk, session } = await collision();
    const told = vi.fn();
    desk.subscribe(told);
    const before = desk.sessions;
    const open = await session();
    open.chooseAll('local');
    expect(desk.sessions).toBe(before);
    expect(told).not.toHaveBeenCalled();
    await open.submit();
    expect(desk.sessions).not.toBe(before);
    expect(told).toHaveBeenCalledTimes(1);
  });

  test('hands each new session to onSession, in one line of wiring', async () => {
    const { saved } = await collision(
      {},
      ask((session) => {
        session.chooseAll('remote');
        session.submit();
      }),
    );
    expect(await saved).toMatchObject({ value: { title: 'Theirs', tags: ['a', 'mine'] } });
  });

  test('gives the edit the error of an onSession that throws', async () => {
    const cause = new Error('no dialog');
    const { article, elsewhere, desk } = scene(
      {},
      ask(() => {
        throw cause;
      }),
    );
    await article.get();
    elsewhere({ title: 'Theirs' });
    await expect(article.edit(retitle)).rejects.toMatchObject({
      code: 'ERR_CONFLICT',
      cause,
    });
    expect(desk.sessions).toEqual([]);
  });

  test('refuses a context that no client made', async () => {
    const context = {
      reason: 'stale',
      url: '',
      base: 1,
      local: 2,
      remote: 3,
      merged: 3,
      conflicts: [],
      patch: [],
    } as const;
    await expect(ask()({ ...context, patch: [], attempt: 1, signal: AbortSignal.abort() })).rejects.toThrow(
      'no `edit`',
    );
  });

  test('calls places by the names it is given', async () => {
    const { session } = await collision({}, ask({ labels: { '/title': 'Headline' } }));
    expect(only((await session()).getSnapshot().conflicts).label).toBe('Headline');
  });
});

describe('the schema', () => {
  const schema = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value: unknown) =>
        (value as { title: string }).title.length > 3
          ? { value: value as never }
          : { issues: [{ message: 'too short', path: ['title'] }] },
    },
  } as const;

  test('is asked about the preview, and a refused submit leaves the session open', async () => {
    const { session, saved } = await collision({ schema });
    const open = await session();
    expect(await open.validate()).toEqual([]);
    open.choose('/title', { value: 'No' });
    expect(open.getSnapshot().issues).toBeUndefined();
    await expect(open.submit()).rejects.toBeInstanceOf(InvalidMergeError);
    expect(open.getSnapshot()).toMatchObject({ status: 'open', issues: [{ message: 'too short' }] });
    open.choose('/title', { value: 'Mine, at length' });
    await open.submit();
    expect(await saved).toMatchObject({ value: { title: 'Mine, at length' } });
  });
});
