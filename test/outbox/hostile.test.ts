import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ClientOptions, OutboxStorage } from '../../src/index.js';
import { counter, preload } from '../../src/index.js';
import { fakeLocks } from '../engine/fake-locks.js';
import type { Doc } from './world.js';
import { push, wait, world } from './world.js';

await preload();

test('a storage that names a key twice has one edit of it, which is sent once', async () => {
  const all = world();
  await all.leave((doc) => {
    doc.views += 1;
  });
  const keys = async () => (await all.storage.keys()).flatMap((key) => [key, key]);
  const { waiting } = all.open({ defaults: { merge: { '/views': counter() } } }, { ...all.storage, keys });
  await waiting.ready;
  expect(waiting.entries).toHaveLength(1);
  await vi.waitFor(() => expect(waiting.entries).toEqual([]));
  expect(all.value()?.views).toBe(1);
});

test('what is corrupt is told of once, however often others are looked for', async () => {
  const all = world();
  await all.storage.set('unconflict/ada/bad', '{"format":');
  const errors: unknown[] = [];
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { waiting } = all.open({ locks: fakeLocks() }, all.storage, { onError: (error) => errors.push(error) });
  await waiting.ready;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(errors).toMatchObject([{ reason: 'corrupt' }]);
});

test('what many tabs have left is read once', async () => {
  const all = world();
  await all.leave(push('0'));
  const [key = ''] = await all.storage.keys();
  const stored = JSON.parse((await all.storage.get(key)) ?? '');
  for (let tab = 1; tab < 20; tab += 1) {
    const edit = { ...stored.edit, editId: `edit-${tab}`, patch: [{ op: 'add', path: '/tags/-', value: `${tab}` }] };
    await all.storage.set(
      `${key}-${String(tab).padStart(2, '0')}`,
      JSON.stringify({ ...stored, tab: `tab ${tab}`, edit }),
    );
  }
  let gets = 0;
  const get = (at: string) => {
    gets += 1;
    return all.storage.get(at);
  };
  const { waiting } = all.open({ locks: fakeLocks() }, { ...all.storage, get });
  waiting.pause();
  await waiting.ready;
  expect(waiting.entries).toHaveLength(20);
  expect(gets).toBeLessThanOrEqual(40);
});

test('what a storage still shows after it was removed is not sent again and again', async () => {
  const all = world();
  const options: ClientOptions = { locks: fakeLocks(), defaults: { merge: { '/views': counter() } } };
  await all.leave((doc) => {
    doc.views += 1;
  }, options);
  const ghosts = new Map<string, string>();
  for (const key of await all.storage.keys()) ghosts.set(key, (await all.storage.get(key)) ?? '');
  const lying: OutboxStorage = {
    ...all.storage,
    keys: async () => [...ghosts.keys()],
    get: async (key) => (await all.storage.get(key)) ?? ghosts.get(key),
  };
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { waiting } = all.open(options, lying);
  await waiting.ready;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(all.value()?.views).toBe(1);
  expect(waiting.entries).toEqual([]);
});

test('clear() of a client that is closed erases, and the other tabs hear of it', async () => {
  const all = world();
  const locks = fakeLocks();
  const [one, two] = [all.open({ locks }), all.open({ locks })];
  await Promise.all([one.doc.get(), two.doc.get(), one.waiting.ready, two.waiting.ready]);
  for (const { waiting, doc } of [one, two]) {
    waiting.pause();
    doc.edit(push('mine')).catch(() => {});
  }
  await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(2));
  await one.client.close();
  await one.waiting.clear();
  await vi.waitFor(() => expect(two.waiting.entries).toEqual([]));
  expect(await all.storage.keys()).toEqual([]);
});

test('clear() ends when all is erased, however long the storage takes', async () => {
  const all = world();
  const { doc, waiting } = all.open(
    {},
    { ...all.storage, delete: (key) => wait(100).then(() => all.storage.delete(key)) },
  );
  await doc.get();
  waiting.pause();
  doc.edit(push('mine')).catch(() => {});
  await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(1));
  await waiting.clear();
  expect(await all.storage.keys()).toEqual([]);
});

test('clear() erases also what is being stored, before it ends', async () => {
  const all = world();
  let isCleared = false;
  const late: string[] = [];
  const { doc, waiting } = all.open(
    {},
    {
      ...all.storage,
      async set(key, value) {
        await wait(100);
        if (isCleared) late.push(key);
        return all.storage.set(key, value);
      },
    },
  );
  await doc.get();
  waiting.pause();
  doc.edit(push('mine')).catch(() => {});
  await vi.waitFor(() => expect(waiting.entries).toHaveLength(1));
  await waiting.clear();
  isCleared = true;
  await wait(150);
  expect(late).toEqual([]);
  expect(await all.storage.keys()).toEqual([]);
});

test.each(['keys', 'delete'] as const)('clear() rejects where the storage fails: %s', async (step) => {
  const all = world();
  await all.leave(push('mine'));
  const { waiting } = all.open({}, { ...all.storage, [step]: () => Promise.reject(new Error('no')) });
  waiting.pause();
  await waiting.ready;
  await expect(waiting.clear()).rejects.toMatchObject({ code: 'ERR_STORAGE' });
});

test.each([
  ['origin', { origin: 5 }],
  ['version', { version: 5 }],
  ['onStale', { kind: 'delete', onStale: 'never' }],
  ['editId', { editId: '' }],
  ['base', { base: 5 }],
  ['user', { url: 'http://ada:secret@conflict.test/doc' }],
])('what is stored and odd stops nothing else: %s', async (_, odd) => {
  const all = world();
  await all.leave(push('mine'));
  const [key = ''] = await all.storage.keys();
  const good = JSON.parse((await all.storage.get(key)) ?? '');
  await all.storage.set(
    'unconflict/ada/0',
    JSON.stringify({ ...good, edit: { ...good.edit, editId: 'odd', url: `${good.edit.url}/odd`, ...odd } }),
  );
  const { waiting } = all.open();
  await waiting.ready;
  await vi.waitFor(() => expect(all.value()?.tags).toContain('mine'));
});

describe('what is queued behind an edit that is to be tried again goes after it, and nobody is asked about his own', () => {
  const retitle = (title: string) => (doc: Doc) => {
    doc.title = title;
  };

  test.each([
    ['401', 401, 1],
    ['503', 503, 4],
  ])('%s', async (_, status, times) => {
    const all = world();
    const { doc, waiting } = all.open({ defaults: { retry: { minDelay: 1, maxDelay: 1 } } });
    await Promise.all([doc.get(), waiting.ready]);
    let writes = 0;
    let isSecondMade: () => void = () => {};
    const second = new Promise<void>((resolve) => {
      isSecondMade = resolve;
    });
    all.net.write = async () => {
      writes += 1;
      await second;
      return writes <= times ? Response.json({}, { status }) : undefined;
    };
    const states: string[][] = [];
    waiting.subscribe(() => states.push(waiting.entries.map(({ state }) => state)));
    doc
      .edit((draft) => {
        retitle('first')(draft);
        push('first')(draft);
      })
      .catch(() => {});
    await vi.waitFor(() => expect(writes).toBe(1));
    const edit = doc.edit((draft) => {
      retitle('second')(draft);
      push('second')(draft);
    });
    await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(2));
    isSecondMade();
    await vi.waitFor(() => expect(waiting.entries[0]?.error).toBeDefined(), { timeout: 10_000 });
    expect(waiting.entries).toHaveLength(2);
    waiting.resume();
    await edit;
    expect(all.value()).toMatchObject({ title: 'second', tags: ['a', 'first', 'second'] });
    expect(states.flat()).not.toContain('conflicted');
  });

  test('by a client that is closed meanwhile: the next one sends both', async () => {
    const all = world();
    const { doc, client, waiting } = all.open({ locks: false });
    await Promise.all([doc.get(), waiting.ready]);
    let answer: () => void = () => {};
    let writes = 0;
    all.net.write = async () => {
      writes += 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return Response.json({}, { status: 401 });
    };
    const edits = [doc.edit(push('first'))];
    await vi.waitFor(() => expect(writes).toBe(1));
    edits.push(doc.edit(push('second')));
    await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(2));
    const ends = Promise.allSettled(edits);
    const closed = client.close();
    answer();
    await closed;
    expect(await ends).toMatchObject([{ reason: { code: 'ERR_REFUSED' } }, { reason: { code: 'ERR_CLOSED' } }]);
    all.net.write = undefined;
    const next = all.open({ locks: false });
    await next.waiting.ready;
    await vi.waitFor(() => expect(all.value()?.tags).toEqual(['a', 'first', 'second']));
  });
});
