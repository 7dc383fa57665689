import { InvalidPatchError } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';

const push =
  (tag: string) =>
  (draft: Article): void =>
    void draft.tags.push(tag);

describe('edits that others let fight, overwrite or block each other', () => {
  test('wagtail#14189: two autosaves in flight do not conflict with each other', async () => {
    const on = await realScene({ latency: 30 });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    const first = handle.edit((draft) => {
      draft.body = 'Text, and m';
    });
    while (on.server.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    const later = ['Text, and mo', 'Text, and mor', 'Text, and more'].map((text) =>
      handle.edit((draft) => {
        draft.body = text;
      }),
    );
    await soon(Promise.all([first, ...later]));
    expect(on.wire()).toEqual(['GET 200', 'PATCH 200', 'PATCH 200']);
    expect(on.events.some(({ type }) => type === 'stale')).toBe(false);
    expect(on.now()).toMatchObject({ body: 'Text, and more' });
  });

  test('azure-mobile-apps#817: what is edited while a save is under way is not overwritten by its answer', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'delay', ms: 30, after: true, on: { method: 'PATCH' } });
    const seen: (string | undefined)[] = [];
    handle.subscribe(() => seen.push(handle.value?.title));
    const first = handle.edit((draft) => {
      draft.title = 'text A';
    });
    while (on.landed() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const second = handle.edit((draft) => {
      draft.title = 'text B';
    });
    expect(handle.value?.title).toBe('text B');
    await soon(first);
    expect(handle.value?.title).toBe('text B');
    await soon(second);
    expect(seen.slice(seen.indexOf('text B'))).not.toContain('text A');
    expect(on.now()).toMatchObject({ title: 'text B' });
  });

  test('sanity#14418: one index out of bounds fails alone, and the edits around it are saved', async () => {
    const on = await realScene({ latency: 10 });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    const before = handle.edit(push('before'));
    const bad = outcomeOf(handle.patch([{ op: 'replace', path: '/tags/99', value: 'x' }]));
    const after = handle.edit(push('after'));
    expect(await soon(bad)).toBeInstanceOf(InvalidPatchError);
    await soon(Promise.all([before, after]));
    expect(on.now()).toMatchObject({ tags: ['a', 'b', 'before', 'after'] });
    expect(handle.status).toBe('idle');
  });

  test('sanity#14418: an index that others made too large loses no unsaved work', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.tags = [];
    });
    const patched = outcomeOf(handle.patch([{ op: 'replace', path: '/tags/1', value: 'mine' }]));
    const edited = handle.edit((draft) => {
      draft.body = 'Unsaved work';
    });
    const error = await soon(patched);
    expect(error).toMatchObject({ code: 'ERR_CONFLICT', local: { tags: ['a', 'mine'] } });
    expect(await soon(edited)).toMatchObject({ value: { body: 'Unsaved work', tags: [] } });
    expect(handle.value).toEqual({ ...DRAFT, body: 'Unsaved work', tags: [] });
    expect(on.now()).toEqual(handle.value);
  });

  test('offline queues: one conflict blocks no other resource, and what waits behind it is asked about and sent with it', async () => {
    const on = await realScene();
    const paths = ['/articles/2', '/articles/3', '/articles/4'];
    for (const path of paths) on.server.seed(path, DRAFT);
    let answer: (value: 'local') => void = () => {};
    const handle = on.client.resource<Article>(PATH, {
      resolve: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const contested = handle.edit((draft) => {
      draft.title = 'Mine';
    });
    const behind = handle.edit(push('behind'));
    const others = paths.map((path) => on.client.resource<Article>(path).edit(push('c')));
    await soon(Promise.all(others));
    while (handle.status !== 'conflicted') await new Promise((resolve) => setTimeout(resolve, 1));
    expect(on.now()).toMatchObject({ title: 'Theirs', tags: ['a', 'b'] });
    answer('local');
    await soon(Promise.all([contested, behind]));
    expect(on.now()).toMatchObject({ title: 'Mine', tags: ['a', 'b', 'behind'] });
  });

  test('kubernetes#140402: an edit cancelled before or between attempts rejects with the reason, and never resolves', async () => {
    const reason = new Error('cancelled');
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    await expect(handle.edit(push('c'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'PATCH' },
      times: Number.POSITIVE_INFINITY,
      run: () =>
        void on.server.edit<Article>(PATH, (draft) => {
          draft.body += '.';
        }),
    });
    on.client.on('stale', ({ attempt }) => {
      if (attempt === 2) controller.abort(reason);
    });
    await expect(soon(handle.edit(push('c'), { signal: controller.signal }))).rejects.toBe(reason);
    expect(on.landed()).toBe(0);
    expect(on.writes()).toHaveLength(2);
    const context = new AbortController();
    const resolving = on.client.resource<Article>(PATH, {
      resolve: () => {
        context.abort(reason);
        return 'local';
      },
    });
    const contested = resolving.edit(
      (draft) => {
        draft.body = 'Mine';
      },
      { signal: context.signal },
    );
    await expect(soon(contested)).rejects.toBe(reason);
    expect(on.landed()).toBe(0);
  });
});
