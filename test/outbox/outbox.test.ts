import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ClientEvent, ClientOptions, Outbox, OutboxStorage } from '../../src/index.js';
import { ask, counter, createClient, EditError } from '../../src/index.js';
import { memory, outbox } from '../../src/outbox/index.js';
import { createConflictServer } from '../../src/testing/index.js';
import { fakeLocks } from '../engine/fake-locks.js';

interface Article {
  title: string;
  tags: string[];
  views: number;
}

const URL_OF = '/articles/1';

/** A server, and one storage that outlives clients. `fault` is asked before and after each write. */
function world() {
  const server = createConflictServer();
  server.seed(URL_OF, { title: 'Draft', tags: ['a'], views: 5 });
  const storage = memory();
  const net: { before?: ((method: string) => Response | undefined) | undefined; after?: (() => void) | undefined } = {};
  const writes: string[] = [];
  const open = (own: ClientOptions = {}, kept: OutboxStorage = storage, owner = 'ada') => {
    const waiting = outbox({ storage: kept, owner });
    const client = createClient({
      prefix: server.origin,
      outbox: waiting,
      ...own,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'GET') {
          if (net.before?.('GET') !== undefined) throw new TypeError('fetch failed');
          return server.fetch(request);
        }
        const met = net.before?.(request.method);
        if (met !== undefined) return met;
        writes.push(request.method);
        const response = await server.fetch(request);
        net.after?.();
        return response;
      },
    });
    return { waiting, client, article: client.resource<Article>('articles/1') };
  };
  return { server, storage, net, writes, open };
}

const never = (): Promise<never> => new Promise(() => {});
const keysOf = (storage: OutboxStorage): Promise<readonly string[]> => storage.keys();
const value = ({ server }: ReturnType<typeof world>): unknown => server.get(URL_OF)?.value;
const stateOf = ({ entries }: Outbox): string[] => entries.map(({ state }) => state);

describe('an edit with an outbox', () => {
  test('is stored before its first byte is sent, and removed when it is saved', async () => {
    const all = world();
    const { article, waiting } = all.open();
    await article.get();
    let stored: readonly string[] = [];
    let text: string | null | undefined;
    all.net.before = () => {
      keysOf(all.storage).then(async (keys) => {
        stored = keys;
        text = await all.storage.get(keys[0] ?? '');
      });
      return undefined;
    };
    const result = await article.edit((doc) => {
      doc.title = 'Mine';
    });
    expect(result.value.title).toBe('Mine');
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatch(/^unconflict\/ada\//);
    expect(JSON.parse(text ?? '')).toMatchObject({ format: 1, doubts: [{ patch: [{ path: '/title' }] }] });
    await vi.waitFor(async () => expect(await keysOf(all.storage)).toEqual([]));
    expect(waiting.entries).toEqual([]);
  });

  test('edits made together still travel together', async () => {
    const all = world();
    const { article } = all.open();
    await article.get();
    const edits = ['x', 'y', 'z'].map((tag) =>
      article.edit((doc) => {
        doc.tags.push(tag);
      }),
    );
    expect(article.value?.tags).toEqual(['a', 'x', 'y', 'z']);
    await Promise.all(edits);
    expect(all.writes.length).toBeLessThan(3);
    expect(value(all)).toMatchObject({ tags: ['a', 'x', 'y', 'z'] });
  });

  test('of another owner is neither shown nor sent', async () => {
    const all = world();
    await keep(all, (doc) => {
      doc.title = 'Mine';
    });
    const { waiting, article } = all.open({}, all.storage, 'grace');
    await waiting.ready;
    expect(waiting.entries).toEqual([]);
    expect(article.value).toBeUndefined();
    expect(all.writes).toEqual([]);
    expect(await keysOf(all.storage)).toHaveLength(1);
  });
});

/** Makes an edit in a process that dies before a byte of it was sent. */
async function keep(all: ReturnType<typeof world>, recipe: (doc: Article) => void): Promise<void> {
  const dying = all.open();
  await dying.article.get();
  dying.waiting.pause();
  dying.article.edit(recipe).catch(() => {});
  await vi.waitFor(async () => expect(await keysOf(all.storage)).not.toEqual([]));
}

describe('after a restart', () => {
  test('an edit shows when the outbox is ready, and is merged into what others saved', async () => {
    const all = world();
    await keep(all, (doc) => {
      doc.title = 'On the train';
    });
    all.server.edit<Article>(URL_OF, (doc) => {
      doc.tags.push('theirs');
    });
    const { waiting, article } = all.open();
    await waiting.ready;
    expect(article.value?.title).toBe('On the train');
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(value(all)).toEqual({ title: 'On the train', tags: ['a', 'theirs'], views: 5 });
    expect(await keysOf(all.storage)).toEqual([]);
  });

  /** A process that dies while its write is on its way. */
  async function dieDuring(
    all: ReturnType<typeof world>,
    arrives: boolean,
    options: ClientOptions,
    ...recipes: readonly ((doc: Article) => unknown)[]
  ): Promise<void> {
    let sent = false;
    const { fetch } = all.server;
    const mute = createClient({
      prefix: all.server.origin,
      outbox: outbox({ storage: all.storage, owner: 'ada' }),
      ...options,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'GET') return fetch(request);
        if (arrives) await fetch(request);
        sent = true;
        return never();
      },
    });
    const article = mute.resource<Article>('articles/1');
    await article.get();
    for (const recipe of recipes) {
      const edit = article.edit((doc) => {
        recipe(doc);
      });
      edit.catch(() => {});
    }
    await vi.waitFor(() => expect(sent).toBe(true));
  }

  test.each([
    ['arrived', true, 0],
    ['did not arrive', false, 1],
  ])('a write that %s is looked for', async (_, arrives, writes) => {
    const all = world();
    await dieDuring(all, arrives, {}, (doc) => {
      doc.tags.push('mine');
    });
    const { waiting } = all.open();
    await waiting.ready;
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(value(all)).toMatchObject({ tags: ['a', 'mine'] });
    expect(all.writes).toHaveLength(writes);
  });

  const COUNTING: ClientOptions = { defaults: { merge: { '/views': counter() } } };

  test.each([
    ['retry', 8],
    ['discard', 7],
  ] as const)('a counter that others counted on waits in doubt for a person: %s', async (choice, views) => {
    const all = world();
    await dieDuring(all, false, COUNTING, (doc) => {
      doc.views += 1;
    });
    all.server.edit<Article>(URL_OF, (doc) => {
      doc.views += 2;
    });
    const { waiting } = all.open(COUNTING);
    await waiting.ready;
    await vi.waitFor(() => expect(stateOf(waiting)).toEqual(['in-doubt']));
    expect(value(all)).toMatchObject({ views: 7 });
    waiting[choice](waiting.entries[0]?.id ?? '');
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(value(all)).toMatchObject({ views });
  });

  test('a place that others changed is a conflict, and both versions are kept', async () => {
    const all = world();
    await dieDuring(all, false, {}, (doc) => {
      doc.title = 'Mine';
    });
    all.server.edit<Article>(URL_OF, (doc) => {
      doc.title = 'Theirs';
    });
    const { waiting, article } = all.open();
    await waiting.ready;
    await vi.waitFor(() => expect(stateOf(waiting)).not.toEqual(['sending']));
    await vi.waitFor(() => expect(stateOf(waiting)).toEqual(['conflicted']));
    expect(value(all)).toMatchObject({ title: 'Theirs' });
    expect(article.value?.title).toBe('Mine');
    const session = waiting.entries[0]?.session;
    session?.chooseAll('local');
    await session?.submit();
    expect(value(all)).toMatchObject({ title: 'Mine' });
    expect(waiting.entries).toEqual([]);
  });

  test.each([true, false])('what was sent together is looked for together: arrived: %s', async (arrives) => {
    const all = world();
    await dieDuring(
      all,
      arrives,
      {},
      (doc) => doc.tags.push('one'),
      (doc) => doc.tags.push('two'),
    );
    const { waiting } = all.open();
    await waiting.ready;
    expect(waiting.entries).toHaveLength(2);
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    const { tags } = all.server.get<Article>(URL_OF)?.value ?? { tags: [] };
    expect(tags).toEqual(['a', 'one', 'two']);
    expect(all.writes).toHaveLength(arrives ? 0 : 1);
  });

  test('of two processes that died one after the other nothing is made twice or lost', async () => {
    for (const arrives of [true, false]) {
      const all = world();
      await dieDuring(all, arrives, {}, (doc) => {
        doc.tags.push('one');
      });
      await keep(all, (doc) => {
        doc.tags.push('two');
      });
      all.net.before = undefined;
      const { waiting } = all.open();
      await waiting.ready;
      await vi.waitFor(() => expect(waiting.entries).toEqual([]));
      const { tags } = all.server.get<Article>(URL_OF)?.value ?? { tags: [] };
      expect([...tags].sort()).toEqual(['a', 'one', 'two']);
    }
  });

  test('what is corrupt or of a later version is told and stays', async () => {
    const all = world();
    await all.storage.set('unconflict/ada/1', '{"format":');
    await all.storage.set('unconflict/ada/2', '{"format":2}');
    const { waiting } = all.open();
    await waiting.ready;
    expect(waiting.error).toMatchObject({ code: 'ERR_STORAGE', reason: 'newer', key: 'unconflict/ada/2' });
    expect(await keysOf(all.storage)).toHaveLength(2);
  });
});

describe('in a page', () => {
  afterEach(() => vi.unstubAllGlobals());

  test.each([
    ['that may not lock', { request: () => Promise.reject(new DOMException('opaque', 'SecurityError')) }],
    ['of happy-dom, which has null for locks', null],
  ])('%s what was stored is taken over all the same', async (_, locks) => {
    const all = world();
    await keep(all, (doc) => {
      doc.title = 'Mine';
    });
    vi.stubGlobal('document', new EventTarget());
    vi.stubGlobal('navigator', { locks });
    const { waiting } = all.open();
    await waiting.ready;
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(value(all)).toMatchObject({ title: 'Mine' });
  });
});

describe('what the server says', () => {
  const refusing =
    (status: number, body: (method: string) => boolean = () => true) =>
    (method: string): Response | undefined =>
      method !== 'GET' && body(method) ? Response.json({ title: 'No' }, { status }) : undefined;

  test('a refusal rejects and keeps the entry; what touches nothing of it goes on, what does waits', async () => {
    const all = world();
    const { article, waiting } = all.open();
    await article.get();
    all.net.before = refusing(422);
    const first = article.edit((doc) => {
      doc.title = 'Bad';
    });
    await expect(first).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    expect(stateOf(waiting)).toEqual(['refused']);
    expect(article.value?.title).toBe('Bad');
    all.net.before = undefined;
    const onTop = article.edit((doc) => {
      doc.title += '!';
    });
    await article.edit((doc) => {
      doc.views = 6;
    });
    expect(value(all)).toMatchObject({ title: 'Draft', views: 6 });
    expect(stateOf(waiting)).toEqual(['refused', 'waiting']);
    const error: unknown = await first.catch((met: unknown) => met);
    if (!(error instanceof EditError)) throw error;
    await error.retry();
    await onTop;
    expect(value(all)).toMatchObject({ title: 'Bad!', views: 6 });
    expect(waiting.entries).toEqual([]);
  });

  test('discard rejects with ERR_DISCARDED and takes it out of value', async () => {
    const all = world();
    const { article, waiting } = all.open();
    await article.get();
    waiting.pause();
    const edit = article.edit((doc) => {
      doc.title = 'Mine';
    });
    expect(article.value?.title).toBe('Mine');
    expect(stateOf(waiting)).toEqual(['paused']);
    waiting.discard(waiting.entries[0]?.id ?? '');
    await expect(edit).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
    expect(article.value?.title).toBe('Draft');
    await vi.waitFor(async () => expect(await keysOf(all.storage)).toEqual([]));
    waiting.resume();
    expect(all.writes).toEqual([]);
  });

  test('a 401 pauses everything until resume(), and no promise rejects', async () => {
    const all = world();
    const { article, client, waiting } = all.open();
    all.server.seed('/articles/2', { title: 'Two', tags: [], views: 0 });
    const other = client.resource<Article>('articles/2');
    await Promise.all([article.get(), other.get()]);
    all.net.before = refusing(401);
    const first = article.edit((doc) => {
      doc.title = 'Mine';
    });
    await vi.waitFor(() => expect(stateOf(waiting)).toEqual(['paused']));
    const second = other.edit((doc) => {
      doc.title = 'Too';
    });
    expect(stateOf(waiting)).toEqual(['paused', 'paused']);
    all.net.before = undefined;
    waiting.resume();
    await Promise.all([first, second]);
    expect(value(all)).toMatchObject({ title: 'Mine' });
  });

  test('a server that fails is asked again later, with the error in the entry', async () => {
    const all = world();
    const { article, waiting } = all.open({ defaults: { retry: { attempts: 1 } } });
    await article.get();
    all.net.before = refusing(503);
    const edit = article.edit((doc) => {
      doc.title = 'Mine';
    });
    await vi.waitFor(() => expect(waiting.entries[0]).toMatchObject({ state: 'waiting', error: { status: 503 } }));
    all.net.before = undefined;
    expect((await edit).value.title).toBe('Mine');
  });

  test('clear() gives everything up and erases what is stored of this owner only', async () => {
    const all = world();
    await all.storage.set('unconflict/grace/1', 'hers');
    await all.storage.set('mine', 'else');
    const { article, waiting } = all.open();
    await article.get();
    waiting.pause();
    const edit = article.edit((doc) => {
      doc.title = 'Mine';
    });
    await waiting.clear();
    await expect(edit).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
    expect(await keysOf(all.storage)).toEqual(['unconflict/grace/1', 'mine']);
  });

  test('close() gives up nothing that waits', async () => {
    const all = world();
    const { article, client, waiting } = all.open();
    await article.get();
    waiting.pause();
    const edit = article.edit((doc) => {
      doc.title = 'Mine';
    });
    const told = expect(edit).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await client.close();
    await told;
    expect(await keysOf(all.storage)).toHaveLength(1);
  });

  test.each([
    ['slowly stored', true, 20],
    ['that waits for code', false, 0],
  ])('close() ends an edit %s when it is stored', async (_, isLoaded, ms) => {
    const all = world();
    const slow: OutboxStorage = {
      ...all.storage,
      set: async (key, text) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return all.storage.set(key, text);
      },
    };
    const { article, client } = all.open({}, slow);
    if (isLoaded) await article.get();
    const edit = isLoaded
      ? article.edit((doc) => {
          doc.title = 'Mine';
        })
      : article.create({ title: 'Mine', tags: [], views: 0 });
    const told = expect(edit).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await client.close();
    expect(await keysOf(all.storage)).toHaveLength(1);
    await told;
  });

  test('creates, deletes and plain verbs are kept, too', async () => {
    const all = world();
    const { client, waiting } = all.open();
    const made = client.resource<{ n: number }>('made');
    const create = made.create({ n: 1 });
    const edit = made.edit((doc) => {
      doc.n = 2;
    });
    await Promise.all([create, edit]);
    expect(all.server.get('/made')?.value).toEqual({ n: 2 });
    await made.delete();
    expect(all.server.get('/made')).toBeUndefined();
    const doc = await client.get<Article>('articles/1').json();
    all.server.edit<Article>(URL_OF, (now) => {
      now.tags.push('theirs');
    });
    let kept = 0;
    waiting.subscribe(() => {
      kept = Math.max(kept, waiting.entries.length);
    });
    await client.put('articles/1', { json: { ...doc, title: 'Put' } });
    expect(kept).toBe(1);
    expect(value(all)).toEqual({ title: 'Put', tags: ['a', 'theirs'], views: 5 });
  });
});

describe('a storage that fails', () => {
  test('is told, and the edit goes on in memory', async () => {
    const all = world();
    const full: OutboxStorage = {
      ...memory(),
      set: () => Promise.reject(Object.assign(new Error('full'), { name: 'QuotaExceededError' })),
    };
    const told: ClientEvent[] = [];
    const { article, client, waiting } = all.open({}, full);
    client.on('storage', (event) => {
      told.push(event);
    });
    await article.get();
    await article.edit((doc) => {
      doc.title = 'Mine';
    });
    expect(value(all)).toMatchObject({ title: 'Mine' });
    expect(waiting.error).toMatchObject({ code: 'ERR_STORAGE', reason: 'full' });
    const event = { type: 'storage', url: `${all.server.origin}${URL_OF}`, error: { reason: 'full' } };
    expect(told[0]).toMatchObject(event);
  });
});

describe('a conflict', () => {
  /** An edit whose place somebody else has changed. */
  async function conflicted(all: ReturnType<typeof world>, own: ClientOptions = {}) {
    const opened = all.open(own);
    await opened.article.get();
    all.server.edit<Article>(URL_OF, (doc) => {
      doc.title = 'Theirs';
      doc.views = 9;
    });
    let ended: unknown = 'pending';
    const edit = opened.article.edit((doc) => {
      doc.title = 'Mine';
      doc.views = 7;
    });
    edit.then(
      (result) => {
        ended = result.value;
      },
      (error: unknown) => {
        ended = error;
      },
    );
    await vi.waitFor(() => expect(opened.waiting.entries[0]?.session).toBeDefined());
    return { ...opened, edit, ended: () => ended };
  }

  const sessionOf = ({ entries }: Outbox) => {
    const session = entries[0]?.session;
    if (session === undefined) throw new Error('There is no session.');
    return session;
  };

  test('waits as a session while the promise is pending, and other edits go on', async () => {
    const all = world();
    const { waiting, article, edit, ended } = await conflicted(all);
    expect(stateOf(waiting)).toEqual(['conflicted']);
    await article.edit((doc) => {
      doc.tags.push('more');
    });
    expect(ended()).toBe('pending');
    expect(article.value).toEqual({ title: 'Mine', tags: ['a', 'more'], views: 7 });
    const session = sessionOf(waiting);
    session.choose('/title', 'local');
    session.choose('/views', 'remote');
    expect((await session.submit()).value).toMatchObject({ title: 'Mine', views: 9 });
    expect((await edit).value).toEqual({ title: 'Mine', tags: ['a', 'more'], views: 9 });
    expect(value(all)).toEqual({ title: 'Mine', tags: ['a', 'more'], views: 9 });
    expect(waiting.entries).toEqual([]);
    await vi.waitFor(async () => expect(await keysOf(all.storage)).toEqual([]));
  });

  test('survives a restart with what was chosen, before anything is asked of the server', async () => {
    const all = world();
    const first = await conflicted(all);
    sessionOf(first.waiting).choose('/title', 'local');
    await vi.waitFor(async () => {
      const [key] = await keysOf(all.storage);
      expect(await all.storage.get(key ?? '')).toContain('"resolution":"local"');
    });
    all.net.before = () => new Response(null, { status: 503 });
    const { waiting, article } = all.open();
    await waiting.ready;
    expect(stateOf(waiting)).toEqual(['conflicted']);
    expect(article.value).toMatchObject({ title: 'Mine', views: 7 });
    const session = sessionOf(waiting);
    const choices = session.getSnapshot().conflicts.map(({ path, choice }) => [path, choice]);
    expect(choices).toEqual([
      ['/title', 'local'],
      ['/views', undefined],
    ]);
    all.net.before = undefined;
    session.choose('/views', 'remote');
    await session.submit();
    expect(value(all)).toEqual({ title: 'Mine', tags: ['a'], views: 9 });
    expect(waiting.entries).toEqual([]);
  });

  test('opens again where others have changed more before it was answered', async () => {
    const all = world();
    const { waiting } = await conflicted(all);
    all.server.edit<Article>(URL_OF, (doc) => {
      doc.title = 'Theirs again';
    });
    const session = sessionOf(waiting);
    session.chooseAll('local');
    session.submit();
    await vi.waitFor(() => expect(session.getSnapshot()).toMatchObject({ status: 'open', open: 1 }));
    expect(value(all)).toMatchObject({ title: 'Theirs again', views: 9 });
    session.chooseAll('local');
    await session.submit();
    expect(value(all)).toMatchObject({ title: 'Mine', views: 7 });
  });

  test('that is discarded ends the entry', async () => {
    const all = world();
    const { waiting, article, ended } = await conflicted(all);
    await sessionOf(waiting).discard();
    expect(waiting.entries).toEqual([]);
    await vi.waitFor(() => expect(ended()).toMatchObject({ code: 'ERR_DISCARDED' }));
    expect(article.value).toMatchObject({ title: 'Theirs', views: 9 });
    expect(await keysOf(all.storage)).toEqual([]);
  });

  test.each([1, 2])('is on the desk of ask(), which shows the same session: start %s', async (starts) => {
    const all = world();
    const desks = [ask(), ask()];
    const defaults = (desk: (typeof desks)[number] | undefined) => ({ defaults: { resolve: desk } }) as ClientOptions;
    const first = await conflicted(all, defaults(desks[0]));
    const waiting = starts === 1 ? first.waiting : all.open(defaults(desks[1])).waiting;
    await waiting.ready;
    const desk = desks[starts - 1];
    expect(desk?.sessions).toHaveLength(1);
    expect(desk?.sessions[0]).toBe(sessionOf(waiting));
    expect(stateOf(waiting)).toEqual(['conflicted']);
    sessionOf(waiting).chooseAll('local');
    await sessionOf(waiting).submit();
    expect(value(all)).toMatchObject({ title: 'Mine', views: 7 });
    expect(desk?.sessions).toEqual([]);
    expect(waiting.entries).toEqual([]);
  });

  test('is answered by a resolver as without an outbox', async () => {
    const all = world();
    const { article, waiting } = all.open({ defaults: { resolve: () => 'local' } });
    await article.get();
    all.server.edit<Article>(URL_OF, (doc) => {
      doc.title = 'Theirs';
    });
    const result = await article.edit((doc) => {
      doc.title = 'Mine';
    });
    expect(result.value.title).toBe('Mine');
    expect(waiting.entries).toEqual([]);
  });
});

describe('tabs', () => {
  test('of one owner have one write in flight among them, and one that is closed is followed by another', async () => {
    const all = world();
    const locks = fakeLocks();
    const tabs = [1, 2].map(() => all.open({ locks }));
    all.server.seed('/articles/2', { title: 'Two', tags: [], views: 0 });
    let inFlight = 0;
    let most = 0;
    all.net.before = (method) => {
      if (method === 'GET') return undefined;
      inFlight += 1;
      most = Math.max(most, inFlight);
      return undefined;
    };
    all.net.after = () => {
      inFlight -= 1;
    };
    const [one, two] = tabs.map(({ client }, index) => client.resource<Article>(`articles/${index + 1}`));
    await Promise.all([one?.get(), two?.get()]);
    const edits = [1, 2, 3].flatMap((count) =>
      [one, two].map((article) =>
        article?.edit((doc) => {
          doc.views += count;
        }),
      ),
    );
    await Promise.all(edits);
    expect(most).toBe(1);
    tabs[0]?.waiting.pause();
    const left = one?.edit((doc) => {
      doc.title = 'Left behind';
    });
    left?.catch(() => {});
    await vi.waitFor(async () => expect(await keysOf(all.storage)).toHaveLength(1));
    expect(tabs[1]?.waiting.entries).toEqual([]);
    await tabs[0]?.client.close();
    await vi.waitFor(() => expect(value(all)).toMatchObject({ title: 'Left behind' }), { timeout: 6_000 });
    await Promise.all(tabs.map(({ client }) => client.close()));
  });

  test('try again where nobody told that the network is back', async () => {
    const all = world();
    const { article, client, waiting } = all.open({ locks: fakeLocks() });
    await article.get();
    vi.stubGlobal('navigator', { onLine: false });
    const edit = article.edit((doc) => {
      doc.title = 'On the train';
    });
    await vi.waitFor(async () => expect(await keysOf(all.storage)).toHaveLength(1));
    vi.unstubAllGlobals();
    await edit;
    expect(waiting.entries).toEqual([]);
    await client.close();
  });

  test('clear() in one of them gives up what waits in all of them', async () => {
    const all = world();
    const locks = fakeLocks();
    const [here, there] = [all.open({ locks }), all.open({ locks })];
    await there.article.get();
    there.waiting.pause();
    const edit = there.article.edit((doc) => {
      doc.title = 'Mine';
    });
    const told = expect(edit).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
    await vi.waitFor(async () => expect(await keysOf(all.storage)).toHaveLength(1));
    await here.waiting.clear();
    await told;
    expect(there.waiting.entries).toEqual([]);
    expect(await keysOf(all.storage)).toEqual([]);
    await Promise.all([here, there].map(({ client }) => client.close()));
  });
});
