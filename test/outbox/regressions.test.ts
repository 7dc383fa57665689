import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../src/eager/index.js';
import { counter, createClient } from '../../src/eager/index.js';
import type { Outbox, OutboxStorage } from '../../src/index.js';
import { memory, outbox } from '../../src/outbox/index.js';
import { createConflictServer } from '../../src/testing/index.js';
import { FakeTime } from './simulation/fake-time.js';
import { LockManager } from './simulation/lock-manager.js';

/** What the simulation has found, each as the shortest story that shows it. */

interface Doc {
  log: string[];
  views: number;
  text?: string;
}

let time: FakeTime;
let putBack: () => void;
beforeEach(() => {
  time = new FakeTime();
  putBack = time.install(Math.random);
});
afterEach(() => putBack());

interface Opened {
  readonly client: Client;
  readonly waiting: Outbox;
  die(): void;
  /** It has had an entry. */
  isTaken(): boolean;
}

let worlds = 0;

/** A server, a storage and locks that outlive processes. `answers: false`: writes arrive, and are never answered; `isCut`: their answers break off, and they have keys. The first `lost` do not arrive. `last`: the status that is answered, and the last thing that is heard. */
function world() {
  const server = createConflictServer();
  server.seed('/doc', { log: [], views: 0 });
  const locks = new LockManager();
  // What one test clears is no affair of another.
  worlds += 1;
  const owner = `owner ${worlds}`;
  let processes = 0;
  const open = (
    storage: OutboxStorage,
    { answers = true, isCut = false, isShared = false, lost = 0, last = 0 } = {},
  ): Opened => {
    processes += 1;
    const name = `process ${processes}`;
    let isAlive = true;
    let writes = 0;
    const shared = isShared ? locks.of(name, () => isAlive) : undefined;
    const waiting = outbox({ storage, owner });
    const client = createClient({
      prefix: server.origin,
      outbox: waiting,
      locks: shared ?? false,
      defaults: { merge: { '/views': counter() }, idempotencyKey: isCut },
      async fetch(input, init) {
        const request = new Request(input, init);
        if (!isAlive) return new Promise(() => {});
        if (request.method !== 'GET') writes += 1;
        if (request.method !== 'GET' && writes <= lost) throw new TypeError('fetch failed');
        const response = await server.fetch(new Request(request, { signal: null }));
        if (request.method === 'GET') return response;
        if (isCut) throw new TypeError('fetch failed');
        if (last > 0) isAlive = false;
        if (last > 0) return Response.json({}, { status: last });
        return answers ? response : new Promise(() => {});
      },
    });
    const die = (): void => {
      isAlive = false;
      locks.end(name);
    };
    let hasTaken = false;
    waiting.subscribe(() => {
      hasTaken ||= waiting.entries.length > 0;
    });
    return { client, waiting, die, isTaken: () => hasTaken };
  };
  return { server, open };
}

/** Its `set` and `delete` may be held back or fail. */
function unruly(): OutboxStorage & {
  fault: ((what: string, key: string) => Promise<void>) | undefined;
  readonly inner: OutboxStorage;
} {
  const inner = memory();
  const made = {
    inner,
    fault: undefined as ((what: string, key: string) => Promise<void>) | undefined,
    async keys() {
      await made.fault?.('keys', '');
      return inner.keys();
    },
    async get(key: string) {
      await made.fault?.('get', key);
      return inner.get(key);
    },
    async set(key: string, value: string) {
      await made.fault?.('set', key);
      return inner.set(key, value);
    },
    async delete(key: string) {
      await made.fault?.('delete', key);
      return inner.delete(key);
    },
  };
  return made;
}

const push =
  (token: string) =>
  (doc: Doc): void => {
    doc.log.push(token);
  };
const logOf = ({ server }: ReturnType<typeof world>): unknown => server.get<Doc>('/doc')?.value.log;
const wait = (ms: number): Promise<boolean> => time.run(() => false, ms);

describe('a storage', () => {
  test('that could not remove a saved entry is asked again: a later start must not look for it', async () => {
    const all = world();
    const storage = unruly();
    const { client } = all.open(storage);
    let failures = 3;
    storage.fault = async (what) => {
      if (what === 'delete' && failures-- > 0) throw new Error('no');
    };
    client.resource<Doc>('doc').edit(push('mine'));
    await wait(30_000);
    expect(logOf(all)).toEqual(['mine']);
    expect(await storage.keys()).toEqual([]);
  });

  test('that can be read late only gives back what is older than what was saved since: a person is asked', async () => {
    const all = world();
    const storage = unruly();
    const one = all.open(storage);
    const write = (text: string) => (doc: Doc) => {
      doc.text = text;
    };
    const first = one.client.resource<Doc>('doc');
    await first.get();
    one.waiting.pause();
    first.edit(write('older'));
    await wait(100);
    one.die();
    let isReadable = false;
    storage.fault = async (what) => {
      if (what === 'get' && !isReadable) throw new Error('no');
    };
    const two = all.open(storage);
    const second = two.client.resource<Doc>('doc');
    await second.get();
    const newer = second.edit(write('newer'));
    await wait(100);
    await newer;
    isReadable = true;
    await wait(20_000);
    expect(all.server.get<Doc>('/doc')?.value.text).toBe('newer');
    expect(two.waiting.entries).toMatchObject([{ state: 'conflicted' }]);
  });

  test.each([
    // It dies before the storage would be asked again by itself.
    ['fails', 500, async () => Promise.reject(new Error('no'))],
    ['is never answered', 10_000, () => new Promise<void>(() => {})],
  ])(
    'to which it is told once more that an edit is sent, where that %s: after a crash it is not made twice',
    async (_, life, fault) => {
      const all = world();
      const storage = unruly();
      const before = all.open(storage, { answers: false });
      let sets = 0;
      storage.fault = async (what) => {
        if (what === 'set') sets += 1;
        if (sets === 2) await fault();
      };
      before.client.resource<Doc>('doc').edit((doc) => {
        doc.views += 1;
      });
      await wait(life);
      before.die();
      storage.fault = undefined;
      const after = all.open(storage);
      await wait(60_000);
      expect(all.server.get<Doc>('/doc')?.value.views).toBe(1);
      expect(after.waiting.entries).toMatchObject([{ state: 'in-doubt' }]);
    },
  );

  test('in which one edit of a write could be read late only: that the other one is there shows nothing of it', async () => {
    const all = world();
    const storage = unruly();
    const before = all.open(storage, { lost: Number.POSITIVE_INFINITY });
    const doc = before.client.resource<Doc>('doc');
    await Promise.all([doc.get(), wait(100)]);
    const sets = new Map<string, number>();
    storage.fault = async (what, key) => {
      sets.set(key, (sets.get(key) ?? 0) + 1);
      // That the first one is sent is never stored.
      if (what === 'set' && key === [...sets.keys()][0] && sets.get(key) !== 1) await new Promise(() => {});
    };
    doc.edit(push('one'));
    doc.edit((now) => {
      now.text = 'two';
    });
    await wait(1_000);
    before.die();
    let isReadable = false;
    storage.fault = async (what, key) => {
      if (what === 'get' && key !== [...sets.keys()][0] && !isReadable) throw new Error('no');
    };
    const after = all.open(storage);
    await wait(1_000);
    expect(logOf(all)).toEqual(['one']);
    isReadable = true;
    await wait(60_000);
    expect(after.waiting.entries).toEqual([]);
    expect(all.server.get<Doc>('/doc')?.value).toMatchObject({ log: ['one'], text: 'two' });
  });

  test('in which one edit of a write could be read late only: what came after the others of it waits with them', async () => {
    const all = world();
    const storage = unruly();
    const before = all.open(storage);
    const doc = before.client.resource<Doc>('doc');
    await Promise.all([doc.get(), wait(100)]);
    const sets = new Map<string, number>();
    storage.fault = async (what, key) => {
      sets.set(key, (sets.get(key) ?? 0) + 1);
      // Only of the first one it is stored that it is sent, so nothing is sent.
      if (what === 'set' && key !== [...sets.keys()][0] && sets.get(key) !== 1) await new Promise(() => {});
    };
    doc.edit(push('one'));
    doc.edit(push('two'));
    doc.edit((now) => {
      now.text = 'three';
    });
    await wait(1_000);
    before.die();
    let isReadable = false;
    storage.fault = async (what, key) => {
      if (what === 'get' && key === [...sets.keys()][2] && !isReadable) throw new Error('no');
    };
    const after = all.open(storage);
    await wait(1_000);
    isReadable = true;
    await wait(60_000);
    expect(after.waiting.entries).toEqual([]);
    expect(all.server.get<Doc>('/doc')?.value).toMatchObject({ log: ['one', 'two'], text: 'three' });
  });

  test('that cannot be read is waited for when it stores', async () => {
    const all = world();
    const storage = unruly();
    const { client, waiting, die } = all.open(storage, { answers: false });
    storage.fault = async (what) => {
      await (what === 'keys' ? new Promise(() => {}) : time.wait(100));
    };
    await wait(6_000);
    expect(waiting.error).toMatchObject({ reason: 'blocked', key: undefined });
    client.resource<Doc>('doc').edit(push('mine'));
    await wait(1_000);
    die();
    const [text] = await Promise.all((await storage.inner.keys()).map((key) => storage.inner.get(key)));
    expect(logOf(all)).toEqual(['mine']);
    expect(JSON.parse(text ?? '')).toMatchObject({ doubts: [{ patch: [{ value: 'mine' }] }] });
  });

  test('that was full takes an entry as soon as there is room', async () => {
    const all = world();
    const storage = unruly();
    const { client, waiting } = all.open(storage);
    waiting.pause();
    let isFull = true;
    storage.fault = async (what) => {
      if (what === 'set' && isFull) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    };
    client.resource<Doc>('doc').edit(push('mine'));
    await wait(10_000);
    expect(waiting.error).toMatchObject({ reason: 'full' });
    expect(await storage.keys()).toEqual([]);
    isFull = false;
    await wait(60_000);
    expect(await storage.keys()).toHaveLength(1);
  });

  test('that carries a step out late brings nothing back: a later start would send it again', async () => {
    const all = world();
    const storage = unruly();
    const { client, waiting } = all.open(storage);
    let isBlocked = true;
    storage.fault = async (what) => {
      if (what !== 'set' || !isBlocked) return;
      isBlocked = false;
      await time.wait(20_000);
    };
    client.resource<Doc>('doc').edit(push('mine'));
    await wait(10_000);
    expect(waiting.error).toMatchObject({ reason: 'blocked' });
    expect(logOf(all)).toEqual(['mine']);
    await wait(60_000);
    expect(await storage.keys()).toEqual([]);
  });

  test.each(['keys', 'get'])('that could not be read at the start is read later: %s', async (fails) => {
    const all = world();
    const storage = unruly();
    const before = all.open(storage);
    await wait(0);
    before.waiting.pause();
    before.client.resource<Doc>('doc').edit(push('mine'));
    await wait(1_000);
    before.die();
    let failures = 1;
    storage.fault = async (what) => {
      if (what === fails && failures-- > 0) throw new Error('no');
    };
    const after = all.open(storage);
    await wait(60_000);
    expect(after.waiting.entries).toEqual([]);
    expect(logOf(all)).toEqual(['mine']);
  });
});

describe('after a client that was closed while it looked for a write whose answer was lost', () => {
  test('that write is still in doubt, although it could not be asked for by its key', async () => {
    const all = world();
    const storage = memory();
    const before = all.open(storage, { isCut: true, isShared: true });
    const doc = before.client.resource<Doc>('doc');
    await Promise.all([doc.get(), wait(100)]);
    const edit = doc.edit((now) => {
      now.views += 1;
    });
    const ended = expect(edit).rejects.toMatchObject({ code: 'ERR_IN_DOUBT' });
    await wait(5);
    const closed = before.client.close();
    await wait(60_000);
    await closed;
    await ended;
    const after = all.open(storage);
    await wait(60_000);
    expect(all.server.get<Doc>('/doc')?.value.views).toBe(1);
    expect(after.waiting.entries).toMatchObject([{ state: 'in-doubt' }]);
  });
});

describe('after a crash', () => {
  test('a create that has arrived is found, a counter in it or not', async () => {
    const all = world();
    const storage = memory();
    const before = all.open(storage, { answers: false });
    before.client.resource<Doc>('made').create({ log: ['mine'], views: 0 });
    await wait(1_000);
    before.die();
    const after = all.open(storage);
    await wait(60_000);
    expect(after.waiting.entries).toEqual([]);
    expect(all.server.history('/made')).toHaveLength(1);
  });

  test.each([500, 503, 408])('with a %i in hand, what was carried out all the same is not made twice', async (last) => {
    const all = world();
    const storage = memory();
    const before = all.open(storage, { last });
    const doc = before.client.resource<Doc>('doc');
    await Promise.all([doc.get(), wait(100)]);
    doc.edit((now) => {
      now.views += 1;
    });
    await wait(1_000);
    const after = all.open(storage);
    await wait(60_000);
    expect(all.server.get<Doc>('/doc')?.value.views).toBe(1);
    expect(after.waiting.entries).toMatchObject([{ state: 'in-doubt' }]);
  });
});

describe('where the clock is put back', () => {
  test.each([false, true])(
    'edits are sent in the order in which they were made; restart in between: %s',
    async (restarts) => {
      const all = world();
      const storage = unruly();
      const before = all.open(storage);
      const edit = (client: Client, token: string): void => {
        client
          .resource<Doc>('doc')
          .edit(push(token))
          .catch(() => {});
      };
      before.waiting.pause();
      edit(before.client, 'first');
      await wait(1_000);
      time.skew -= 3_600_000;
      edit(before.client, 'second');
      await wait(1_000);
      if (restarts) before.die();
      storage.fault = async (what) => {
        if (what === 'keys') await time.wait(500);
      };
      const after = restarts ? all.open(storage) : before;
      // Made before the outbox knows what is stored.
      edit(after.client, 'third');
      after.waiting.resume();
      await wait(60_000);
      expect(logOf(all)).toEqual(['first', 'second', 'third']);
    },
  );
});

test('what is taken over from another tab takes its place by its age', async () => {
  const all = world();
  const storage = memory();
  const one = all.open(storage, { isShared: true });
  const two = all.open(storage, { isShared: true });
  await wait(100);
  const made = async ({ client, waiting }: Opened, token: string): Promise<void> => {
    waiting.pause();
    client.resource<Doc>('doc').edit(push(token));
    await wait(1_000);
  };
  await made(one, 'first');
  await made(two, 'second');
  await made(one, 'third');
  two.die();
  await wait(6_000);
  await made(one, 'fourth');
  expect(one.waiting.entries.map(({ patch }) => Object(patch[0]).value)).toEqual([
    'first',
    'second',
    'third',
    'fourth',
  ]);
  one.waiting.resume();
  await wait(60_000);
  expect(logOf(all)).toEqual(['first', 'second', 'third', 'fourth']);
});

test('what a tab has left is taken over once, though it is looked for again while it is being read', async () => {
  const all = world();
  const storage = unruly();
  const one = all.open(storage, { isShared: true });
  const dying = all.open(storage, { isShared: true });
  await wait(100);
  dying.waiting.pause();
  dying.client
    .resource<Doc>('doc')
    .edit((doc) => {
      doc.views += 1;
    })
    .catch(() => {});
  // It is seen after 4 s, found dead after 7 s and read until 10 s. At 8 s it is looked again.
  await wait(6_900);
  storage.get = async (key) => {
    const text = await storage.inner.get(key);
    await time.wait(3_000);
    return text;
  };
  dying.die();
  await wait(60_000);
  expect(all.server.get<Doc>('/doc')?.value.views).toBe(1);
  expect(one.waiting.entries).toEqual([]);
});

describe('edits that were sent together', () => {
  test('are looked for together where a crash let only one of them be noted: the other, sent by itself, would look like both', async () => {
    const all = world();
    const storage = unruly();
    const before = all.open(storage);
    const doc = before.client.resource<Doc>('doc');
    await Promise.all([doc.get(), wait(100)]);
    let notes = 0;
    storage.fault = async (what) => {
      // The first note is not stored, the second is.
      if (what === 'set') notes += 1;
      if (notes === 3) return new Promise(() => {});
    };
    doc.edit(push('mine'));
    doc.edit((now) => {
      now.views += 1;
    });
    await wait(500);
    before.die();
    storage.fault = undefined;
    const after = all.open(storage);
    await wait(60_000);
    expect(after.waiting.entries).toEqual([]);
    expect(all.server.get('/doc')?.value).toEqual({ log: ['mine'], views: 1 });
  });

  test('and came apart over a conflict: what shows that one has landed says nothing of the other, which waits as a session', async () => {
    const all = world();
    const storage = memory();
    const before = all.open(storage, { answers: false, lost: 1 });
    const doc = before.client.resource<Doc>('doc');
    await Promise.all([doc.get(), wait(100)]);
    all.server.edit<Doc>('/doc', (now) => {
      now.text = 'theirs';
    });
    doc.edit((now) => {
      now.text = 'mine';
    });
    doc.edit(push('mine'));
    await wait(3_000);
    expect(logOf(all)).toEqual(['mine']);
    expect(before.waiting.entries[0]).toMatchObject({ state: 'conflicted', session: expect.anything() });
    before.die();
    const after = all.open(storage);
    await wait(60_000);
    expect(logOf(all)).toEqual(['mine']);
    expect(after.waiting.entries).toMatchObject([{ patch: [{ value: 'mine' }], state: 'conflicted' }]);
    after.waiting.entries[0]?.session?.chooseAll('local');
    after.waiting.entries[0]?.session?.submit();
    await wait(60_000);
    expect(all.server.get('/doc')?.value).toEqual({ log: ['mine'], views: 0, text: 'mine' });
    expect(after.waiting.entries).toEqual([]);
  });

  test('that were locked out each time are in no doubt after a crash', async () => {
    const all = world();
    const storage = memory();
    const before = all.open(storage);
    all.server.lock('/doc');
    before.client.resource<Doc>('doc').edit((now) => {
      now.views += 1;
    });
    await wait(3_000);
    before.die();
    expect(all.server.requests.filter(({ status }) => status === 423).length).toBeGreaterThan(1);
    all.server.unlock('/doc');
    all.server.edit<Doc>('/doc', (now) => {
      now.views += 2;
    });
    const after = all.open(storage);
    await wait(60_000);
    expect(after.waiting.entries).toEqual([]);
    expect(all.server.get('/doc')?.value).toEqual({ log: [], views: 3 });
  });
});

describe('clear()', () => {
  test.each([
    ['in this tab', 6_500],
    ['in this tab', 8_000],
    ['in another', 6_500],
    ['in another', 8_000],
  ])('%s while it is read what a dead tab has left, after %i ms: nothing of that is sent', async (where, at) => {
    const all = world();
    const storage = unruly();
    const [dying, one, other] = [0, 1, 2].map(() => all.open(storage, { isShared: true }));
    await wait(100);
    dying?.waiting.pause();
    dying?.client
      .resource<Doc>('doc')
      .edit(push('mine'))
      .catch(() => {});
    await wait(100);
    dying?.die();
    // Both look after 4 s. What is dead is found after 7 s, and read until 10 s.
    storage.get = async (key) => {
      const text = await storage.inner.get(key);
      await time.wait(3_000);
      return text;
    };
    await wait(at - 200);
    storage.fault = (what) => (what === 'keys' ? time.wait(2_000) : Promise.resolve());
    (where === 'in this tab' ? one : other)?.waiting.clear();
    await wait(100);
    storage.fault = undefined;
    await wait(60_000);
    expect(logOf(all)).toEqual([]);
    expect([one, other].flatMap((each) => each?.waiting.entries)).toEqual([]);
    expect(await storage.inner.keys()).toEqual([]);
  });

  test.each(['in this tab', 'in another'])(
    '%s goes on while a tab dies: what that has left is not sent',
    async (where) => {
      const all = world();
      const storage = unruly();
      const [one, other] = [0, 1].map(() => all.open(storage, { isShared: true }));
      // It is frozen: what it hears, it does not do any more.
      const dying = all.open({ ...storage.inner, delete: () => new Promise(() => {}) }, { isShared: true });
      await wait(100);
      dying.waiting.pause();
      dying.client
        .resource<Doc>('doc')
        .edit(push('mine'))
        .catch(() => {});
      // By then it has been seen, and is waited for.
      await wait(5_000);
      storage.fault = (what) => (what === 'keys' ? time.wait(2_000) : Promise.resolve());
      const cleared = (where === 'in this tab' ? one : other)?.waiting.clear();
      await wait(100);
      storage.fault = undefined;
      dying.die();
      await wait(60_000);
      await cleared;
      expect(logOf(all)).toEqual([]);
      expect([one, other].flatMap((each) => each?.waiting.entries)).toEqual([]);
      expect(await storage.inner.keys()).toEqual([]);
    },
  );
});

test('where the browser says that it is offline it is looked again by and by, also without locks and events', async () => {
  const navigator = { onLine: false };
  vi.stubGlobal('navigator', navigator);
  const all = world();
  const { client, waiting } = all.open(memory());
  await client.resource('doc').get();
  client.resource<Doc>('doc').edit(push('mine'));
  await wait(100_000);
  expect(waiting.entries).toMatchObject([{ state: 'waiting', error: undefined }]);
  navigator.onLine = true;
  await wait(5_000);
  expect(logOf(all)).toEqual(['mine']);
  vi.unstubAllGlobals();
});

describe('a client that is closed', () => {
  test('leaves to the next one of its page also what that could not read at first', async () => {
    const all = world();
    const storage = unruly();
    const before = all.open(storage, { answers: false });
    before.client
      .resource<Doc>('doc')
      .edit(push('mine'))
      .catch(() => {});
    await wait(1_000);
    before.client.close();
    // From here on its network is silent.
    before.die();
    const after = all.open(storage);
    let failures = 1;
    await wait(2_000);
    storage.fault = async (what) => {
      if (what === 'get' && failures-- > 0) throw new Error('no');
    };
    await wait(120_000);
    expect(failures).toBeLessThan(1);
    expect(after.waiting.entries).toEqual([]);
    expect(await storage.keys()).toEqual([]);
    expect(logOf(all)).toEqual(['mine']);
  });

  test('keeps its entries until what is on its way has ended: nobody else sends them meanwhile', async () => {
    const all = world();
    const storage = memory();
    const before = all.open(storage, { answers: false, isShared: true });
    before.client.resource<Doc>('doc').edit(push('mine'));
    await wait(1_000);
    before.client.close();
    const after = all.open(storage, { isShared: true });
    await wait(5_000);
    expect(after.isTaken()).toBe(false);
    await wait(120_000);
    expect(logOf(all)).toEqual(['mine']);
    expect(await storage.keys()).toEqual([]);
  });
});
