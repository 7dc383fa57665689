import { type Client, ConflictError, createClient, type EditError, type Snapshot } from 'unconflict';
import type { ConflictServer, ConflictServerOptions } from 'unconflict/testing';
import { describe, expect, test, vi } from 'vitest';
import { chunk } from '../../../src/client/chunks.js';
import { doorOf } from '../../../src/client/create-client.js';
import { chunks } from '../../../src/client/lazy.js';
import { outcomeOf, soon } from '../support.js';
import { ARTICLE, type Article, PATH, writing } from './support.js';

interface Habit {
  readonly server: ConflictServerOptions;
  readonly change: (doc: Article) => void;
}

const SERVERS: readonly (readonly [string, Habit])[] = [
  ['trims', { server: { normalise: 'trim' }, change: (doc) => void Object.assign(doc, { title: '  Mine  ' }) }],
  ['sorts', { server: { normalise: 'sort' }, change: (doc) => void doc.tags.push('Z', 'B') }],
  ['rounds', { server: { normalise: 'round' }, change: (doc) => void Object.assign(doc, { views: 1.23456 }) }],
  [
    'names items',
    { server: { normalise: 'ids' }, change: (doc) => void doc.notes.push({ text: `${doc.notes.length}` }) },
  ],
  ['answers 204', { server: { answer: 'nothing' }, change: (doc) => void Object.assign(doc, { title: 'Mine' }) }],
  [
    'answers without a body',
    { server: { answer: 'minimal' }, change: (doc) => void Object.assign(doc, { title: 'Mine' }) },
  ],
];

describe('a draft', () => {
  test('begins clean, on the snapshot, and shows what is typed at once', async () => {
    const { draft, resource } = await writing();
    expect([draft.status, draft.value, draft.base]).toEqual(['clean', ARTICLE, resource.snapshot]);
    draft.change((doc) => void doc.tags.push('b'));
    expect([draft.status, draft.value?.tags]).toEqual(['dirty', ['a', 'b']]);
    expect(resource.value).toEqual(ARTICLE);
  });

  test('is empty until its code is there, which is fetched with the first one, and cannot be changed before', async () => {
    const { draft, resource, now } = await writing({ early: true });
    let told = 0;
    const stop = draft.subscribe(() => {
      told += 1;
    });
    const { value, base, status, error, conflicts, patch, canUndo, canRedo } = draft;
    expect({ value, base, status, error, conflicts, patch, canUndo, canRedo }).toEqual({
      value: undefined,
      base: undefined,
      status: 'empty',
      error: undefined,
      conflicts: [],
      patch: [],
      canUndo: false,
      canRedo: false,
    });
    expect([draft.undo(), draft.redo()]).toEqual([false, false]);
    for (const change of [() => draft.set('/title', 'x'), () => draft.change(() => {})])
      expect(change).toThrow(expect.objectContaining({ code: 'ERR_MISSING_BASE' }));
    await draft.ready;
    expect([draft.status, draft.value, draft.base]).toEqual(['clean', ARTICLE, resource.snapshot]);
    expect(told).toBeGreaterThan(0);
    told = 0;
    draft.set('/title', 'One');
    expect(told).toBeGreaterThan(0);
    stop();
    told = 0;
    await draft.save();
    expect([told, now().title]).toEqual([0, 'One']);
  });

  test('whose code does not come says so, and save() asks for it again', async () => {
    const { server } = await writing();
    let isThere = false;
    const code = chunk(() => (isThere ? chunks.draft.load() : Promise.reject(new Error('offline'))));
    const { client } = doorOf(
      { prefix: server.origin, fetch: server.fetch, defaults: { retry: { deadline: 20 } } },
      { ...chunks, draft: code },
    );
    const draft = client.resource<Article>(PATH.slice(1)).draft();
    await expect(draft.ready).rejects.toThrow('offline');
    expect([draft.status, draft.error?.message]).toEqual(['failed', 'offline']);
    isThere = true;
    await draft.save();
    expect([draft.status, draft.error, draft.value]).toEqual(['clean', undefined, ARTICLE]);
  });

  test('without a first read it is empty, reads, and cannot be changed before', async () => {
    const { client } = await writing();
    const draft = client.extend({}).resource<Article>(PATH.slice(1)).draft();
    expect([draft.status, draft.value]).toEqual(['empty', undefined]);
    expect(() => draft.set('/title', 'x')).toThrow(expect.objectContaining({ code: 'ERR_MISSING_BASE' }));
    await vi.waitFor(() => expect(draft.status).toBe('clean'));
    draft.set('/title', 'x');
    expect((await draft.save()).value.title).toBe('x');
  });

  test('a first read that fails is told, and save() reads again', async () => {
    const { client, server } = await writing();
    server.fault({ kind: 'status', status: 503 });
    const draft = client.extend({}).resource<Article>(PATH.slice(1)).draft();
    await vi.waitFor(() => expect(draft.status).toBe('failed'));
    expect(draft.error).toBeInstanceOf(Error);
    await draft.save();
    expect([draft.status, draft.value, draft.error]).toEqual(['clean', ARTICLE, undefined]);
  });

  test('save() writes once, and on a clean draft not at all', async () => {
    const { draft, writes, now } = await writing();
    expect(await draft.save()).toMatchObject({ alreadyApplied: true, attempts: 0, value: ARTICLE });
    draft.set('/title', 'Mine');
    const result = await draft.save();
    expect(result).toMatchObject({ alreadyApplied: false, value: { title: 'Mine' } });
    expect([draft.status, draft.base?.version, now().title]).toEqual(['clean', result.version, 'Mine']);
    await draft.save();
    expect(writes()).toHaveLength(1);
  });

  test('set() makes a missing parent an error, appends with -, and changes nothing where it cannot', async () => {
    const { draft } = await writing();
    draft.set('/tags/-', 'b');
    draft.set('/items/0/text', 'uno');
    expect(draft.value).toEqual({ ...ARTICLE, tags: ['a', 'b'], items: [{ id: 1, text: 'uno' }] });
    const before = draft.value;
    for (const path of ['/none/deep', '/tags/7', '/tags/x', 'title', '/title/x'])
      expect(() => draft.set(path, 1)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_PATCH' }));
    expect(draft.value).toBe(before);
  });

  test('what comes to nothing is nothing to save', async () => {
    const { draft, writes, type } = await writing();
    type('title', '!');
    draft.set('/title', 'Draft');
    await draft.save();
    expect([draft.status, draft.patch, writes().length]).toEqual(['clean', [], 0]);
  });
});

describe('what others save', () => {
  test('goes under what is typed; a clean draft follows', async () => {
    const { draft, resource, other } = await writing();
    other((doc) => void Object.assign(doc, { body: 'Theirs' }));
    await resource.get();
    expect([draft.status, draft.value?.body, draft.base]).toEqual(['clean', 'Theirs', resource.snapshot]);
    draft.set('/title', 'Mine');
    const pinned = draft.base;
    other((doc) => void doc.tags.unshift('first'));
    expect(draft.base).toBe(pinned);
    await resource.get();
    expect(draft.value).toMatchObject({ title: 'Mine', body: 'Theirs', tags: ['first', 'a'] });
    expect([draft.status, draft.base, draft.conflicts]).toEqual(['dirty', resource.snapshot, []]);
  });

  test('where it collides, mine stays on the screen, theirs is told, and the base stays until it is settled', async () => {
    const { draft, resource, other } = await writing();
    await draft.save();
    draft.set('/title', 'Mine');
    const pinned = draft.base;
    other((doc) => void Object.assign(doc, { title: 'Theirs', body: 'Longer' }));
    await resource.get();
    expect([draft.status, draft.value]).toEqual(['conflicted', { ...ARTICLE, title: 'Mine', body: 'Longer' }]);
    expect(draft.base).toBe(pinned);
    expect(draft.conflicts).toMatchObject([
      { path: '/title', local: { value: 'Mine' }, remote: { value: 'Theirs' }, base: { value: 'Draft' } },
    ]);
    expect(draft.patch).toEqual([{ op: 'replace', path: '/title', value: 'Mine' }]);
    // What only they have can be worked on, and is no conflict.
    draft.set('/body', 'Longer still');
    expect(draft.conflicts).toHaveLength(1);
    draft.set('/title', 'Theirs');
    expect([draft.status, draft.conflicts, draft.base]).toEqual(['dirty', [], resource.snapshot]);
    await draft.save();
    expect(draft.value).toEqual({ ...ARTICLE, title: 'Theirs', body: 'Longer still' });
  });

  test('an edit of another part of the page is one of the others', async () => {
    const { draft, resource, now } = await writing();
    draft.set('/title', 'Mine');
    await resource.edit((doc) => void Object.assign(doc, { body: 'Elsewhere' }));
    expect(draft.value).toMatchObject({ title: 'Mine', body: 'Elsewhere' });
    await draft.save();
    expect(now()).toMatchObject({ title: 'Mine', body: 'Elsewhere' });
  });

  test.each(['an edit', 'another draft'] as const)(
    '%s of the same place is asked about as it is told, though the page wrote both',
    async (which) => {
      const { draft, resource, asked, now } = await writing({ answer: () => undefined });
      draft.set('/title', 'Mine');
      if (which === 'an edit') await resource.edit((doc) => void Object.assign(doc, { title: 'Elsewhere' }));
      else {
        const other = resource.draft();
        other.set('/title', 'Elsewhere');
        await other.save();
      }
      expect(draft.status).toBe('conflicted');
      expect(await outcomeOf(draft.save())).toBeInstanceOf(ConflictError);
      expect([asked.length, now().title, draft.value?.title]).toEqual([1, 'Elsewhere', 'Mine']);
      await draft.save({ resolve: () => 'local' });
      expect(now().title).toBe('Mine');
    },
  );

  test('a draft that nobody subscribes to subscribes to nothing, and wakes nobody for nothing', async () => {
    const { draft, resource, other } = await writing();
    await draft.save();
    const told: string[] = [];
    const stop = draft.subscribe(() => told.push(draft.status));
    await resource.get();
    expect(told).toEqual([]);
    other((doc) => void Object.assign(doc, { body: 'x' }));
    await resource.get();
    stop();
    expect(told).toEqual(['clean']);
  });
});

describe('saving', () => {
  test('one save is in flight; what is typed meanwhile is the next one, and save() waits for what was on the screen', async () => {
    const { draft, writes, type, now } = await writing({ server: { latency: 5 } });
    type('title', ' 1');
    const first = draft.save();
    await vi.waitFor(() => expect(writes()).toHaveLength(1));
    expect(draft.save()).toBeInstanceOf(Promise);
    type('title', ' 2');
    const second = draft.save();
    const third = draft.save();
    expect((await first).value.title).toBe('Draft 1');
    expect([(await second).value.title, (await third).value.title]).toEqual(['Draft 1 2', 'Draft 1 2']);
    expect([writes().length, draft.status, now().title]).toEqual([2, 'clean', 'Draft 1 2']);
  });

  test.each(SERVERS)(
    'on a server that %s an own save is never a conflict, however much is typed during it',
    async (_, { server, change }) => {
      const { draft, asked, type, writes } = await writing({
        server: { ...server, latency: 2 },
        answer: () => 'local',
      });
      for (let round = 0; round < 4; round++) {
        draft.change(change);
        const saving = draft.save();
        type('title', ' x');
        type('body', 'y ');
        await soon(saving);
        expect(draft.conflicts).toEqual([]);
        expect(draft.value?.title).toMatch(/ x$/);
        expect(draft.value?.body).toMatch(/y $/);
        await soon(draft.save());
      }
      expect([draft.status, asked, draft.patch]).toEqual(['clean', [], []]);
      expect(writes().length).toBeLessThanOrEqual(8);
    },
  );

  test.each(['a read', 'somebody else, who saved another field', 'the next save, which meets it'] as const)(
    'what the server made of text that was saved is told only by %s: it is no conflict, and can be taken back',
    async (how) => {
      const { draft, resource, other, asked, type, now } = await writing({
        server: { normalise: 'trim', answer: 'nothing' },
        answer: () => 'local',
      });
      type('title', ' one ');
      await draft.save();
      type('title', 'two ');
      if (how !== 'a read') other((doc) => void Object.assign(doc, { body: 'Theirs' }));
      if (how !== 'the next save, which meets it') await resource.get();
      expect([draft.value?.title, draft.conflicts]).toEqual(['Draft one two ', []]);
      const { title } = draft.value ?? { title: '' };
      draft.set('/tags/-', 'b');
      expect(draft.value?.title).toBe(title);
      await draft.save();
      await resource.get();
      expect([asked, draft.status, now().title]).toEqual([[], 'clean', 'Draft one two']);
      expect([draft.undo(), draft.undo(), draft.value?.title]).toEqual([true, true, 'Draft']);
    },
  );

  test("the server's own form shows only where nobody types, and not before `after` ms without a change", async () => {
    vi.useFakeTimers();
    try {
      const { draft, writes, now, type } = await writing({
        server: { normalise: 'trim' },
        autosave: { after: 100, atMost: 1_000 },
      });
      type('title', ' and ');
      await vi.advanceTimersByTimeAsync(150);
      expect([now().title, draft.value?.title, draft.status]).toEqual(['Draft and', 'Draft and ', 'clean']);
      type('title', 'more ');
      await vi.advanceTimersByTimeAsync(100);
      expect([now().title, draft.value?.title]).toEqual(['Draft and more', 'Draft and more ']);
      await vi.advanceTimersByTimeAsync(110);
      expect([draft.value?.title, draft.status, writes().length]).toEqual(['Draft and more', 'clean', 2]);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(writes()).toHaveLength(2);
      expect([draft.undo(), draft.value?.title]).toEqual([true, 'Draft']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a failure keeps the text and the error; the next save goes on', async () => {
    const { draft, server, now } = await writing();
    draft.set('/title', 'Mine');
    server.fault({ kind: 'status', status: 403, on: { method: ['PATCH', 'PUT'] } });
    const error = await outcomeOf(draft.save());
    expect([draft.status, draft.value?.title, draft.error]).toEqual(['failed', 'Mine', error]);
    draft.set('/body', 'More');
    expect(draft.status).toBe('failed');
    await draft.save();
    expect([draft.status, draft.error, now()]).toEqual([
      'clean',
      undefined,
      { ...ARTICLE, title: 'Mine', body: 'More' },
    ]);
  });

  test('a failure is forgotten when nothing is owed any more', async () => {
    const { draft, server } = await writing();
    draft.set('/title', 'Mine');
    server.fault({ kind: 'status', status: 403, on: { method: ['PATCH', 'PUT'] } });
    await outcomeOf(draft.save());
    draft.undo();
    expect([draft.status, draft.error]).toEqual(['clean', undefined]);
  });

  test('a lost answer is no second write and no question', async () => {
    const { draft, server, now, asked, type } = await writing({ answer: () => 'local' });
    draft.change((doc) => void doc.items.push({ id: 2, text: 'two' }));
    server.fault({ kind: 'lose-answer', on: { method: ['PATCH', 'PUT'] } });
    const saving = draft.save();
    type('title', '!');
    await saving;
    await draft.save();
    expect([asked, now()]).toEqual([
      [],
      { ...ARTICLE, title: 'Draft!', items: [...ARTICLE.items, { id: 2, text: 'two' }] },
    ]);
  });

  test('in doubt, others come under it, and what is typed goes on from there; once it is seen, the doubt is over', async () => {
    const { draft, server, resource, other, now } = await writing();
    other((doc) => void doc.items.unshift({ id: 7, text: 'theirs' }));
    draft.set('/title', 'Mine');
    const fault = server.fault({ kind: 'lose-request', on: { method: ['PATCH', 'PUT'] }, times: 99 });
    expect(await outcomeOf(draft.save({ retry: { attempts: 1 } }))).toMatchObject({ code: 'ERR_IN_DOUBT' });
    fault.cancel();
    draft.change((doc) => void doc.items.push({ id: 9, text: 'nine' }));
    other((doc) => void Object.assign(doc, { title: 'Mine' }));
    await resource.get();
    draft.set('/items/1/text', 'uno');
    await draft.save();
    expect([draft.status, draft.error, now().items.map(({ text }) => text)]).toEqual([
      'clean',
      undefined,
      ['theirs', 'uno', 'nine'],
    ]);
  });

  test('in doubt and then seen on the server, nothing is owed, and the error is gone', async () => {
    const { draft, server, resource } = await writing();
    draft.set('/title', 'Mine');
    server.fault({ kind: 'lose-answer', on: { method: ['PATCH', 'PUT'] } });
    server.fault({ kind: 'status', status: 503, on: { method: 'GET' }, times: 99 }).cancel();
    const lost = server.fault({ kind: 'lose-request', on: { method: 'GET' }, times: 99 });
    expect(await outcomeOf(draft.save({ retry: { attempts: 2, deadline: 50 } }))).toBeInstanceOf(Error);
    expect(draft.status).toBe('failed');
    lost.cancel();
    await resource.get();
    expect([draft.error, draft.status, draft.patch]).toEqual([undefined, 'clean', []]);
  });

  test('the caller can give a save up; the text stays', async () => {
    const { draft, now } = await writing({ server: { latency: 20 } });
    draft.set('/title', 'Mine');
    const controller = new AbortController();
    const saving = draft.save({ signal: controller.signal });
    controller.abort('enough');
    expect(await outcomeOf(saving)).toBe('enough');
    expect([draft.error, draft.value?.title]).toEqual([undefined, 'Mine']);
    await draft.save();
    expect(now().title).toBe('Mine');
  });

  test('given up on its way, it may have landed: the form the server stored is no conflict', async () => {
    const controller = new AbortController();
    const answer = (): 'representation' => {
      controller.abort('enough');
      return 'representation';
    };
    const { draft, now, asked, resource } = await writing({
      server: { normalise: 'trim', answer },
      answer: () => undefined,
    });
    draft.set('/title', ' Mine ');
    expect(await outcomeOf(draft.save({ signal: controller.signal }))).toBe('enough');
    await resource.get();
    expect([draft.conflicts, draft.status]).toEqual([[], 'clean']);
    draft.set('/title', ' Mine, too ');
    await draft.save();
    expect([asked, now().title]).toEqual([[], 'Mine, too']);
  });

  test('discard() goes back to the latest, steps and all, and gives up a save on its way', async () => {
    const { draft } = await writing({ server: { latency: 20 } });
    await draft.save();
    draft.set('/title', 'Mine');
    const saving = draft.save();
    draft.discard();
    expect([draft.status, draft.value, draft.canUndo]).toEqual(['clean', ARTICLE, false]);
    expect(await outcomeOf(saving)).toMatchObject({ name: 'AbortError' });
    expect(draft.undo()).toBe(false);
  });
});

describe('a question', () => {
  test('is about what is on the screen: typing on changes it, and `local` is what is there when it is given', async () => {
    let answer: (given: 'local') => void = () => {};
    const { draft, other, asked, now, type } = await writing({
      answer: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    type('title', ' mine');
    const saving = draft.save();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect([draft.status, asked[0]?.local.title]).toEqual(['conflicted', 'Draft mine']);
    const seen: (string | undefined)[] = [];
    asked[0]?.edit?.watch?.((context) => seen.push(context.local.title));
    type('title', '!!');
    type('body', ' on');
    expect(seen.slice(0, 2)).toEqual(['Draft mine!', 'Draft mine!!']);
    expect((await asked[0]?.edit?.latest())?.local).toMatchObject({ title: 'Draft mine!!', body: 'Text on' });
    expect(draft.conflicts).toMatchObject([{ local: { value: 'Draft mine!!' }, remote: { value: 'Theirs' } }]);
    answer('local');
    await soon(saving);
    expect(now()).toMatchObject({ title: 'Draft mine!!', body: 'Text on' });
    expect([draft.status, asked.length]).toEqual(['clean', 1]);
  });

  test('is open while others have put items above: what is typed into the list is where it was typed', async () => {
    let answer: (given: 'local') => void = () => {};
    const { draft, other, asked, now, type } = await writing({
      answer: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    other((doc) => {
      doc.title = 'Theirs';
      doc.items.unshift({ id: 7, text: 'theirs' });
    });
    type('title', ' mine');
    const saving = draft.save();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    draft.change((doc) => void doc.items.push({ id: 9, text: 'nine' }));
    draft.set('/items/1/text', 'uno');
    answer('local');
    await saving;
    await draft.save();
    expect(now().items).toEqual([
      { id: 7, text: 'theirs' },
      { id: 1, text: 'uno' },
      { id: 9, text: 'nine' },
    ]);
  });

  test('answered with remote, theirs shows at once, and what is typed after it stays on top', async () => {
    let answer: (given: 'remote') => void = () => {};
    const { draft, other, asked, now, type } = await writing({
      server: { latency: 5 },
      answer: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    type('title', ' mine');
    type('body', '!');
    const saving = draft.save();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    answer('remote');
    await vi.waitFor(() => expect(draft.value?.title).toBe('Theirs'));
    type('title', ' and mine');
    await saving;
    expect(now()).toMatchObject({ title: 'Theirs', body: 'Text!' });
    expect([draft.value?.title, draft.status]).toEqual(['Theirs and mine', 'dirty']);
    await draft.save();
    expect([now().title, asked.length]).toEqual(['Theirs and mine', 1]);
  });

  test('answered with a value, that is taken as it is, with what was typed since on top', async () => {
    let answer: (given: { value: Article }) => void = () => {};
    const { draft, other, asked, now, type } = await writing({
      answer: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    type('title', ' mine');
    const saving = draft.save();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    type('body', ' since');
    answer({ value: { ...ARTICLE, title: 'Both' } });
    await saving;
    expect(now()).toMatchObject({ title: 'Both', body: 'Text since' });
  });

  test('dismissed, it is asked again only by save() or after the next change', async () => {
    vi.useFakeTimers();
    try {
      const { draft, other, asked, type, now } = await writing({ answer: () => undefined, autosave: { after: 100 } });
      other((doc) => void Object.assign(doc, { title: 'Theirs' }));
      type('title', '!');
      await vi.advanceTimersByTimeAsync(200);
      expect([asked.length, draft.status]).toEqual([1, 'conflicted']);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(asked).toHaveLength(1);
      type('title', '!');
      await vi.advanceTimersByTimeAsync(200);
      expect(asked).toHaveLength(2);
      await draft.save({ resolve: () => 'local' });
      expect([now().title, draft.status, draft.error]).toEqual(['Draft!!', 'clean', undefined]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('with nobody to ask, save() rejects, and error.retry() goes on from what is on the screen, once', async () => {
    const { draft, other, type, now } = await writing();
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    type('title', '!');
    const error = await outcomeOf(draft.save());
    if (!(error instanceof ConflictError)) throw error;
    expect(draft.status).toBe('conflicted');
    type('title', '!');
    const again = error.retry('local');
    expect(error.retry('remote')).toBe(again);
    await again;
    expect([now().title, draft.status]).toEqual(['Draft!!', 'clean']);
  });

  test('a stranger who saves at every write meets one question for one text', async () => {
    const { draft, server, other, asked, now, type } = await writing({ answer: () => 'local' });
    let count = 0;
    server.fault({
      kind: 'meanwhile',
      on: { method: ['PATCH', 'PUT'] },
      times: 5,
      run: () =>
        other((doc) => void Object.assign(doc, { body: `Theirs ${++count}`, ...(count === 1 && { title: 'Theirs' }) })),
    });
    type('title', ' mine');
    await draft.save();
    expect([asked.length, now()]).toMatchObject([1, { title: 'Draft mine', body: 'Theirs 5' }]);
  });

  test('deleted under it, the text stays; it is asked, and can be made again', async () => {
    const { draft, server, asked, type, now } = await writing({
      answer: (context) => (context.reason === 'gone' ? 'local' : undefined),
    });
    type('title', '!');
    server.remove(PATH);
    await draft.save();
    expect([asked.length, now().title, draft.status, draft.value?.title]).toEqual([1, 'Draft!', 'clean', 'Draft!']);
  });

  test('deleted with nobody to ask is GoneError, and the text stays', async () => {
    const { draft, server, type } = await writing();
    type('title', '!');
    server.remove(PATH);
    const error = await outcomeOf(draft.save());
    expect([(error as EditError).code, draft.status, draft.value?.title]).toEqual(['ERR_GONE', 'gone', 'Draft!']);
  });

  test('deleted, and the question dismissed, it is gone until it is there again', async () => {
    const { draft, server, resource, type } = await writing({ answer: () => undefined });
    type('title', '!');
    server.remove(PATH);
    expect(await outcomeOf(draft.save())).toMatchObject({ code: 'ERR_CONFLICT', remote: undefined });
    expect([draft.status, draft.value?.title]).toEqual(['gone', 'Draft!']);
    server.seed(PATH, { ...ARTICLE, body: 'Again' });
    await resource.get();
    expect([draft.status, draft.value]).toEqual(['failed', { ...ARTICLE, title: 'Draft!', body: 'Again' }]);
    await draft.save();
    expect(draft.status).toBe('clean');
  });

  test('and one that closes then says so, too', async () => {
    const { server, draft, type } = await writing({ autosave: { after: 60_000 } });
    type('title', '!');
    server.remove(PATH);
    expect(await outcomeOf(draft.close())).toMatchObject({ code: 'ERR_GONE', edit: { local: { title: 'Draft!' } } });
  });
});

describe('a draft that goes on from what was kept', () => {
  const kept = async () => {
    const { draft, ...rest } = await writing();
    draft.set('/title', 'Typed');
    const text = JSON.stringify({ base: draft.base, value: draft.value });
    return { ...rest, from: JSON.parse(text) as { base: Snapshot<Article>; value: Article } };
  };

  test('shows it at once, and reads before it saves: what others saved meanwhile is under it', async () => {
    const { server, from, other, now } = await kept();
    other((doc) => void doc.tags.push('theirs'));
    const resource = clientOn(server).resource<Article>(PATH.slice(1));
    const draft = resource.draft({ from });
    expect([draft.status, draft.value?.title]).toEqual(['dirty', 'Typed']);
    await vi.waitFor(() => expect(draft.value?.tags).toEqual(['a', 'theirs']));
    await draft.save();
    expect(now()).toMatchObject({ title: 'Typed', tags: ['a', 'theirs'] });
  });

  test('saves on the version that it was made from, where that still holds', async () => {
    const { server, from, now, writes } = await kept();
    await clientOn(server).resource<Article>(PATH.slice(1)).draft({ from }).save();
    expect([now().title, writes().length]).toEqual(['Typed', 1]);
  });

  test('asks where others changed the same meanwhile, and overwrites nothing', async () => {
    const { server, from, other, now } = await kept();
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    const draft = clientOn(server).resource<Article>(PATH.slice(1)).draft({ from });
    expect(await outcomeOf(draft.save())).toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ basePath: '/title' }] });
    expect([now().title, draft.value?.title, draft.base?.value.title]).toEqual(['Theirs', 'Typed', 'Draft']);
  });

  test('can be taken back to what it was made from', async () => {
    const { server, from } = await kept();
    const draft = clientOn(server).resource<Article>(PATH.slice(1)).draft({ from });
    expect([draft.undo(), draft.value?.title, draft.status]).toEqual([true, 'Draft', 'clean']);
  });

  test('keeps nothing of the caller’s, and takes no base of another resource', async () => {
    const { server, from } = await kept();
    const resource = clientOn(server).resource<Article>(PATH.slice(1));
    const draft = resource.draft({ from });
    from.value.title = 'Changed';
    Object.assign(from.base.value, { title: 'Changed' });
    expect([draft.value?.title, draft.base?.value.title]).toEqual(['Typed', 'Draft']);
    const foreign = { ...from, base: { ...from.base, url: 'https://api.example.com/articles/2' } };
    expect(() => resource.draft({ from: foreign })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', option: 'draft.from.base' }),
    );
  });
});

function clientOn(server: ConflictServer): Client {
  return createClient({ prefix: server.origin, fetch: server.fetch, retry: 0 });
}
