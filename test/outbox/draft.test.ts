import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createClient, preload } from '../../src/index.js';
import { memory, outbox } from '../../src/outbox/index.js';
import { createConflictServer } from '../../src/testing/index.js';
import type { Page } from '../client/stub-page.js';
import { stubPage } from '../client/stub-page.js';

interface Article {
  title: string;
  tags: string[];
}

// A draft waits for all of it no longer than an edit may take.
beforeAll(() => Promise.all([preload(), import('../../src/outbox/keeping/outbox.js')]));

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A server, and a storage that outlives pages. */
function world() {
  const server = createConflictServer();
  server.seed('/articles/1', { title: 'Draft', tags: ['a'] });
  const storage = memory();
  const writes: string[] = [];
  /** What becomes of a write. */
  let line: 'good' | 'down' | 'mute' | 'deaf' | 'slow' = 'good';
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const open = (isPage = true) => {
    const page: Page | undefined = isPage ? stubPage() : undefined;
    const waiting = outbox({ storage, owner: 'ada' });
    const client = createClient({
      prefix: server.origin,
      outbox: waiting,
      defaults: { retry: { attempts: 3, deadline: 400 } },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'GET') return server.fetch(request);
        if (line === 'down') throw new TypeError('fetch failed');
        if (line === 'deaf') return new Promise(() => {});
        writes.push(request.method);
        const saved = await server.fetch(request);
        if (line === 'slow') await answered;
        return line === 'mute' ? new Promise(() => {}) : saved;
      },
    });
    return { page, waiting, client, article: client.resource<Article>('articles/1') };
  };
  return {
    server,
    storage,
    writes,
    open,
    set line(next: typeof line) {
      line = next;
    },
    answer: () => answer(),
    value: () => server.get<Article>('/articles/1')?.value,
    stored: () => storage.keys(),
  };
}

/** Types into a draft that saves by itself. */
async function typing(all: ReturnType<typeof world>, after = 60_000) {
  const opened = all.open();
  await opened.article.get();
  const draft = opened.article.draft({ autosave: { after, atMost: after } });
  await draft.ready;
  draft.change((doc) => {
    doc.title = 'Typed';
    doc.tags.push('mine');
  });
  return { ...opened, draft };
}

/** Another page of the same application, later. */
async function later(all: ReturnType<typeof world>) {
  all.line = 'good';
  const opened = all.open(false);
  await opened.waiting.ready;
  return opened;
}

describe('a draft and an outbox', () => {
  test('what was typed is stored when the page goes, and nothing is sent then; the next page shows and saves it', async () => {
    const all = world();
    const { page } = await typing(all);
    page?.leave();
    await vi.waitFor(async () => expect(await all.stored()).toHaveLength(1));
    expect(all.writes).toEqual([]);
    vi.unstubAllGlobals();
    all.server.edit<Article>('/articles/1', (doc) => {
      doc.tags.unshift('theirs');
    });
    const { waiting, article } = await later(all);
    expect(article.value).toMatchObject({ title: 'Typed' });
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.value()).toEqual({ title: 'Typed', tags: ['theirs', 'a', 'mine'] });
    expect(await all.stored()).toEqual([]);
  });

  test('a page that is hidden saves as usual, and what is on its way is looked for after a crash', async () => {
    for (const line of ['mute', 'deaf'] as const) {
      const all = world();
      const { page } = await typing(all);
      all.line = line;
      page?.hide();
      await vi.waitFor(async () => {
        const [key] = await all.stored();
        expect(await all.storage.get(key ?? '')).toContain('"doubts":[{');
      });
      vi.unstubAllGlobals();
      const sent = all.writes.length;
      const { waiting } = await later(all);
      await vi.waitFor(() => expect(waiting.entries).toEqual([]));
      expect(all.value()).toEqual({ title: 'Typed', tags: ['a', 'mine'] });
      expect(all.writes.length - sent).toBe(line === 'mute' ? 0 : 1);
    }
  });

  test('what is typed while a save is on its way is kept beside it', async () => {
    const all = world();
    const { draft, page } = await typing(all);
    all.line = 'mute';
    draft.save().catch(() => {});
    await vi.waitFor(() => expect(all.writes).toHaveLength(1));
    draft.change((doc) => {
      doc.tags.push('more');
    });
    page?.leave();
    await vi.waitFor(async () => expect(await all.stored()).toHaveLength(2));
    vi.unstubAllGlobals();
    const { waiting } = await later(all);
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.value()).toEqual({ title: 'Typed', tags: ['a', 'mine', 'more'] });
  });

  test('what was typed while a save was on its way stays stored until it is stored anew', async () => {
    const all = world();
    const { draft, page } = await typing(all);
    all.line = 'slow';
    const save = draft.save();
    await vi.waitFor(() => expect(all.writes).toHaveLength(1));
    draft.change((doc) => {
      doc.tags.push('more');
    });
    page?.leave();
    await vi.waitFor(async () => expect(await all.stored()).toHaveLength(2));
    const broken = vi.spyOn(all.storage, 'set').mockImplementation(() => new Promise(() => {}));
    all.answer();
    await save;
    await new Promise((resolve) => setTimeout(resolve, 20));
    broken.mockRestore();
    vi.unstubAllGlobals();
    const { waiting } = await later(all);
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.value()).toEqual({ title: 'Typed', tags: ['a', 'mine', 'more'] });
  });

  test('a save without a network leaves it stored, and one that lands takes it out', async () => {
    const all = world();
    const { draft, waiting } = await typing(all, 10);
    all.line = 'down';
    await vi.waitFor(() => expect(draft.status).toBe('failed'));
    expect(await all.stored()).toHaveLength(1);
    // It is the draft's affair as long as the page lives.
    expect(waiting.entries).toEqual([]);
    all.line = 'good';
    await draft.save();
    expect(all.value()).toEqual({ title: 'Typed', tags: ['a', 'mine'] });
    await vi.waitFor(async () => expect(await all.stored()).toEqual([]));
  });

  test('that is closed before its text could be saved leaves it as an entry of the same page, which shows and sends it', async () => {
    const all = world();
    const { draft, waiting, article } = await typing(all, 10);
    all.line = 'down';
    await vi.waitFor(() => expect(draft.status).toBe('failed'));
    draft.change((doc) => {
      doc.tags.push('more');
    });
    await expect(draft.close()).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_/) });
    expect(waiting.entries).toMatchObject([{ state: 'waiting', error: draft.error }]);
    expect(article.value).toEqual({ title: 'Typed', tags: ['a', 'mine', 'more'] });
    expect(await all.stored()).toHaveLength(1);
    all.line = 'good';
    waiting.retry(waiting.entries[0]?.id ?? '');
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.value()).toEqual({ title: 'Typed', tags: ['a', 'mine', 'more'] });
    await vi.waitFor(async () => expect(await all.stored()).toEqual([]));
  });

  test('that is closed after a save that may have arrived leaves an entry that is looked for', async () => {
    const all = world();
    const { draft, waiting } = await typing(all);
    all.line = 'mute';
    await expect(draft.close()).rejects.toMatchObject({ code: 'ERR_IN_DOUBT' });
    expect(waiting.entries).toHaveLength(1);
    all.line = 'good';
    const sent = all.writes.length;
    await vi.waitFor(() => expect(waiting.entries).toEqual([]), 5_000);
    expect(all.value()).toEqual({ title: 'Typed', tags: ['a', 'mine'] });
    expect(all.writes).toHaveLength(sent);
  });

  test('that is closed and has nothing left to save leaves no entry', async () => {
    const all = world();
    const { draft, waiting } = await typing(all);
    await draft.close();
    expect(waiting.entries).toEqual([]);
    expect(await all.stored()).toEqual([]);
  });

  test('clear() takes it out, and what was typed before a sign-out is not stored again', async () => {
    const all = world();
    const { page, waiting } = await typing(all);
    page?.leave();
    await vi.waitFor(async () => expect(await all.stored()).toHaveLength(1));
    await waiting.clear();
    expect(await all.stored()).toEqual([]);
    page?.leave();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await all.stored()).toEqual([]);
  });

  test('what was typed before a sign-out, and never stored, is not stored after it', async () => {
    const all = world();
    const { page, waiting } = await typing(all);
    await waiting.clear();
    page?.leave();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await all.stored()).toEqual([]);
  });

  test('discard() takes it out, and without autosave nothing is kept that nobody asked to save', async () => {
    const all = world();
    const { draft, page } = await typing(all);
    page?.leave();
    await vi.waitFor(async () => expect(await all.stored()).toHaveLength(1));
    draft.discard();
    await vi.waitFor(async () => expect(await all.stored()).toEqual([]));
    const { article } = all.open(false);
    await article.get();
    const byHand = article.draft();
    await byHand.ready;
    byHand.change((doc) => {
      doc.title = 'Not yet';
    });
    page?.leave();
    await Promise.resolve();
    expect(await all.stored()).toEqual([]);
  });
});
