import { describe, expect, test, vi } from 'vitest';
import type { ClientOptions, OutboxStorage } from '../../src/index.js';
import { ask, counter, createClient, preload } from '../../src/index.js';
import { memory, outbox } from '../../src/outbox/index.js';
import { fakeLocks } from '../engine/fake-locks.js';
import type { Doc } from './world.js';
import { count, push, retitle, wait, world } from './world.js';

await preload();

test('a listener that throws keeps no edit from being saved and told of', async () => {
  const all = world();
  const { doc, waiting } = all.open();
  await doc.get();
  const calls: string[] = [];
  waiting.subscribe(() => {
    calls.push('bad');
    throw new Error('no');
  });
  waiting.subscribe(() => calls.push('good'));
  await expect(doc.edit(push('mine'))).resolves.toMatchObject({ attempts: 1 });
  expect(waiting.entries).toEqual([]);
  await vi.waitFor(async () => expect(await all.storage.keys()).toEqual([]));
  expect(calls.filter((call) => call === 'good')).toHaveLength(calls.length / 2);
});

test('what somebody else has in the same storage, under keys that are no text, is no affair of an outbox', async () => {
  const all = world();
  const keys = async () => [7, ...(await all.storage.keys())] as string[];
  const { doc, waiting } = all.open({}, { ...all.storage, keys });
  await Promise.all([waiting.ready, doc.get()]);
  await doc.edit(push('mine'));
  expect(all.value()?.tags).toEqual(['a', 'mine']);
});

test.each([
  ['an operation', { edit: { patch: [null] } }],
  ['a place', { edit: { patch: [{ op: 'remove' }] } }],
  ['a URL', { edit: { url: 'mailto:ada@example.com' } }],
  ['a doubt', { doubts: [{ edits: [] }] }],
])(
  'what is no edit for %s is told and stays, and the others go on',
  async (_, bad: { edit?: object; doubts?: object }) => {
    const all = world();
    const before = all.open();
    await before.doc.get();
    before.waiting.pause();
    before.doc.edit(push('mine')).catch(() => {});
    await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(1));
    const [key = ''] = await all.storage.keys();
    const good = JSON.parse((await all.storage.get(key)) ?? '');
    const text = JSON.stringify({ ...good, ...bad, edit: { ...good.edit, ...bad.edit } });
    await all.storage.set('unconflict/ada/bad', text);
    const { waiting } = all.open();
    await waiting.ready;
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(waiting.error).toMatchObject({ reason: 'corrupt', key: 'unconflict/ada/bad' });
    expect(all.value()?.tags).toEqual(['a', 'mine']);
    expect(await all.storage.get('unconflict/ada/bad')).toBe(text);
  },
);

describe('clear()', () => {
  test('gives up nothing that is made after it', async () => {
    const all = world();
    const { doc, waiting } = all.open();
    await doc.get();
    await waiting.ready;
    waiting.pause();
    const before = doc.edit(push('before'));
    const cleared = waiting.clear();
    doc.edit(push('after')).catch(() => {});
    await cleared;
    await expect(before).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
    expect(waiting.entries).toHaveLength(1);
    await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(1));
    waiting.resume();
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.value()?.tags).toEqual(['a', 'after']);
  });

  test('of which another tab hears late erases nothing that was stored since', async () => {
    const all = world();
    const locks = fakeLocks();
    const one = all.open({ locks });
    const late: OutboxStorage = { ...all.storage, keys: () => wait(100).then(() => all.storage.keys()) };
    const two = all.open({ locks }, late);
    await Promise.all([one.doc.get(), one.waiting.ready, two.waiting.ready]);
    one.waiting.pause();
    await one.waiting.clear();
    one.doc.edit(push('after')).catch(() => {});
    await wait(300);
    expect(one.waiting.entries).toHaveLength(1);
    expect(await all.storage.keys()).toHaveLength(1);
  });
});

test('an edit that waits is not put over what its author has typed and saved since, without asking', async () => {
  const all = world();
  const { doc, waiting } = all.open();
  await doc.get();
  await waiting.ready;
  waiting.pause();
  doc.edit(retitle('Older')).catch(() => {});
  await vi.waitFor(() => expect(waiting.entries).toHaveLength(1));
  const draft = doc.draft();
  await draft.ready;
  draft.change(retitle('Newer'));
  await draft.save();
  waiting.resume();
  await vi.waitFor(() => expect(waiting.entries[0]?.session).toBeDefined());
  expect(all.value()?.title).toBe('Newer');
});

test('edits of forms that were opened together go one after the other, and nobody is asked', async () => {
  const all = world();
  const { doc, waiting } = all.open();
  const base = await doc.get();
  await waiting.ready;
  waiting.pause();
  const edits = ['First', 'Second'].map((title) => doc.replace({ ...base.value, title }, { base }));
  await vi.waitFor(() => expect(waiting.entries).toHaveLength(2));
  waiting.resume();
  await Promise.all(edits);
  expect(all.value()?.title).toBe('Second');
});

test('a client leaves to the next one of its page only what is not on its way any more, also without locks', async () => {
  const all = world();
  const options: ClientOptions = { locks: false, defaults: { merge: { '/views': counter() } } };
  const one = all.open(options);
  await one.doc.get();
  let writes = 0;
  all.net.write = async () => {
    writes += 1;
    if (writes === 1) await wait(300);
    return undefined;
  };
  one.doc.edit(count).catch(() => {});
  await vi.waitFor(() => expect(writes).toBe(1));
  const closed = one.client.close();
  const two = all.open(options);
  await two.waiting.ready;
  await closed;
  await wait(300);
  expect(all.value()?.views).toBe(1);
  expect(writes).toBe(1);
  expect(two.waiting.entries).toEqual([]);
});

test('an outbox that looks for other tabs keeps no process from ending', async () => {
  const { open } = world();
  const timers = vi.spyOn(globalThis, 'setTimeout');
  await open({ locks: fakeLocks() }).waiting.ready;
  await wait(0);
  const at = timers.mock.calls.findIndex(([, ms]) => ms === 4_000);
  expect(timers.mock.results[at]?.value.hasRef()).toBe(false);
  timers.mockRestore();
});

test('a client that was closed before it got its lock gives it back, or nobody could take over what it has left', async () => {
  const all = world();
  let grant: () => void = () => {};
  const granted = new Promise<void>((resolve) => {
    grant = resolve;
  });
  const told: string[] = [];
  const { client } = all.open({
    locks: {
      async request(_name, _options, call) {
        told.push('asked');
        await granted;
        await call({});
        told.push('given back');
      },
    },
  });
  await vi.waitFor(() => expect(told).toEqual(['asked']));
  await client.close();
  grant();
  await vi.waitFor(() => expect(told).toEqual(['asked', 'given back']));
});

describe('what a draft has on its shelf', () => {
  test('is not taken over by its own page, where there are no locks and the storage is late', async () => {
    const all = world();
    let isKnown: () => void = () => {};
    const known = new Promise<void>((resolve) => {
      isKnown = resolve;
    });
    const late: OutboxStorage = { ...all.storage, keys: () => known.then(() => all.storage.keys()) };
    const { doc, waiting } = all.open({ locks: false, defaults: { merge: { '/views': counter() } } }, late);
    await doc.get();
    const draft = doc.draft({ autosave: { after: 5, atMost: 5 } });
    await draft.ready;
    all.net.write = async () => new Response('', { status: 422 });
    draft.change(count);
    await vi.waitFor(() => expect(draft.status).toBe('failed'));
    await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(1));
    all.net.write = undefined;
    isKnown();
    await waiting.ready;
    expect(waiting.entries).toEqual([]);
    await wait(50);
    await draft.save();
    expect(all.value()?.views).toBe(1);
    await vi.waitFor(async () => expect(await all.storage.keys()).toEqual([]));
  });

  test('is taken over by nobody while a client that is being closed saves it', async () => {
    const all = world();
    const locks = fakeLocks();
    const options: ClientOptions = { locks, defaults: { merge: { '/views': counter() } } };
    const one = all.open(options);
    const two = all.open(options);
    await Promise.all([one.doc.get(), one.waiting.ready, two.waiting.ready]);
    const draft = one.doc.draft({ autosave: { after: 60_000, atMost: 60_000 } });
    await draft.ready;
    let writes = 0;
    all.net.write = async () => {
      writes += 1;
      if (writes === 1) await wait(5_000);
      return undefined;
    };
    let hasTaken = false;
    two.waiting.subscribe(() => {
      hasTaken ||= two.waiting.entries.length > 0;
    });
    draft.change(count);
    await one.client.close();
    await wait(100);
    expect(hasTaken).toBe(false);
    expect(writes).toBe(1);
    expect(all.value()?.views).toBe(1);
  }, 15_000);
});

describe('a conflict that was there before this client', () => {
  async function revived(all: ReturnType<typeof world>, desk = ask()) {
    const before = all.open();
    await before.doc.get();
    all.server.edit<Doc>('/doc', retitle('Theirs'));
    before.doc.edit(retitle('Mine')).catch(() => {});
    await vi.waitFor(() => expect(before.waiting.entries[0]?.session).toBeDefined());
    await before.client.close();
    return { ...(await on(all, desk)), desk };
  }

  /** A client that asks on this desk, with the conflict on it. */
  async function on(all: ReturnType<typeof world>, desk: ReturnType<typeof ask>) {
    const after = all.open({ defaults: { resolve: desk } });
    await after.waiting.ready;
    await vi.waitFor(() => expect(after.waiting.entries[0]?.session).toBeDefined());
    return { ...after, id: after.waiting.entries[0]?.id ?? '' };
  }

  test.each(['discard', 'clear'] as const)('leaves the desk with its entry: %s', async (way) => {
    const { waiting, desk, id } = await revived(world());
    expect(desk.sessions).toHaveLength(1);
    if (way === 'clear') await waiting.clear();
    else waiting.discard(id);
    expect(waiting.entries).toEqual([]);
    expect(desk.sessions).toEqual([]);
  });

  test('leaves the desk where there is none any more', async () => {
    const all = world();
    const { waiting, desk, id } = await revived(all);
    all.server.edit<Doc>('/doc', retitle('Draft'));
    waiting.retry(id);
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.value()?.title).toBe('Mine');
    expect(desk.sessions).toEqual([]);
  });

  test.each(['discard', 'abort', 'submit', 'entry'] as const)(
    'leaves the desk, asked again after a retry: %s',
    async (way) => {
      const all = world();
      const { waiting, desk, id } = await revived(all);
      const [session] = desk.sessions;
      waiting.retry(id);
      await wait(100);
      expect(desk.sessions).toEqual([session]);
      session?.chooseAll('local');
      if (way === 'entry') waiting.discard(id);
      else await session?.[way]();
      await vi.waitFor(() => expect(desk.sessions).toEqual([]));
      expect(all.value()?.title).toBe(way === 'submit' ? 'Mine' : 'Theirs');
    },
  );

  test('is the next client’s when its own is closed, with what was chosen', async () => {
    const all = world();
    const { client, desk } = await revived(all);
    const [first] = desk.sessions;
    first?.chooseAll('local');
    await client.close();
    expect(desk.sessions).toEqual([]);
    const { waiting } = await on(all, desk);
    expect(desk.sessions).toHaveLength(1);
    await desk.sessions[0]?.submit();
    expect(all.value()?.title).toBe('Mine');
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(desk.sessions).toEqual([]);
  });

  test('asked about when its client is closed, waits with what was chosen', async () => {
    const all = world();
    const desk = ask();
    const before = all.open({ defaults: { resolve: desk } });
    await before.doc.get();
    all.server.edit<Doc>('/doc', retitle('Theirs'));
    before.doc.edit(retitle('Mine')).catch(() => {});
    await vi.waitFor(() => expect(desk.sessions).toHaveLength(1));
    desk.sessions[0]?.chooseAll('local');
    await before.client.close();
    expect(desk.sessions).toEqual([]);
    const { waiting } = await on(all, desk);
    expect(waiting.entries[0]?.session?.getSnapshot().ready).toBe(true);
    await waiting.entries[0]?.session?.submit();
    expect(all.value()?.title).toBe('Mine');
  });
});

test('an edit made with a header of its own is not sent without it after a restart: another document is there', async () => {
  const docs: Record<string, { title: string }> = { t1: { title: 'One' }, none: { title: 'Another' } };
  const storage = memory();
  const writes: string[] = [];
  const open = () => {
    const waiting = outbox({ storage });
    const client = createClient({
      prefix: 'http://tenants.test',
      outbox: waiting,
      async fetch(input, init) {
        const request = new Request(input, init);
        if (request.method !== 'GET') writes.push(request.method);
        return Response.json(docs[request.headers.get('x-tenant') ?? 'none'], { headers: { etag: '"1"' } });
      },
    });
    return { waiting, client };
  };
  const first = open();
  const article = first.client.resource<{ title: string }>('doc', { headers: { 'x-tenant': 't1' } });
  await article.get();
  first.waiting.pause();
  article.edit((doc) => {
    doc.title = 'Mine';
  });
  await vi.waitFor(async () => expect(await storage.keys()).toHaveLength(1));
  const { waiting, client } = open();
  await waiting.ready;
  const other = client.resource<{ title: string }>('doc');
  await other.get();
  const shown = [
    { state: 'refused', error: { code: 'ERR_INVALID_OPTIONS' }, patch: [{ path: '/title', value: 'Mine' }] },
  ];
  expect(waiting.entries).toMatchObject(shown);
  expect(other.value).toEqual({ title: 'Another' });
  waiting.retry(waiting.entries[0]?.id ?? '');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(waiting.entries).toMatchObject(shown);
  expect(writes).toEqual([]);
  waiting.discard(waiting.entries[0]?.id ?? '');
  await vi.waitFor(async () => expect(await storage.keys()).toEqual([]));
});
