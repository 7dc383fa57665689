import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Chunk, chunk, there } from '../../src/client/chunks.js';
import { doorOf } from '../../src/client/create-client.js';
import { chunks, preload } from '../../src/client/lazy.js';
import { fetchOf } from '../../src/client/plain/conflict-fetch.js';
import type { ClientOptions } from '../../src/index.js';
import { outboxOf } from '../../src/outbox/door.js';
import { memory, outbox } from '../../src/outbox/index.js';
import * as keepingCode from '../../src/outbox/keeping/outbox.js';
import { createConflictServer } from '../../src/testing/index.js';
import { stubPage } from '../client/stub-page.js';
import { fakeLocks } from '../engine/fake-locks.js';

interface Doc {
  title: string;
  tags: string[];
}

const push = (tag: string) => (doc: Doc) => {
  doc.tags.push(tag);
};

/** A server, and a storage that outlives pages. What each does is in `log`, in its order. */
function world() {
  const server = createConflictServer();
  server.seed('/doc', { title: 'Draft', tags: ['a'] });
  const disk = memory();
  const log: string[] = [];
  const storage: typeof disk = {
    ...disk,
    set: (key, value) => {
      log.push('stored');
      return disk.set(key, value);
    },
  };
  /** A page whose outbox has no code before `arrive` is called, or which could not be fetched so many times. */
  const open = ({
    failures = 0,
    isHeld = true,
    ...own
  }: ClientOptions & { failures?: number; isHeld?: boolean } = {}) => {
    const asked = { times: 0, failures };
    let arrive: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const keeping: Chunk<typeof import('../../src/outbox/keeping/outbox.js')> = chunk(async () => {
      asked.times += 1;
      if (asked.times <= asked.failures) throw new TypeError('Failed to fetch dynamically imported module');
      if (isHeld) await held;
      return import('../../src/outbox/keeping/outbox.js');
    });
    const waiting = outboxOf(
      { storage, owner: 'ada' },
      { keeping, desk: chunk(() => import('../../src/outbox/desk.js')) },
    );
    const connect = () => {
      const { client } = doorOf(
        {
          prefix: server.origin,
          outbox: waiting,
          retry: 0,
          ...own,
          fetch: async (input, init) => {
            const request = new Request(input, init);
            if (request.method !== 'GET') log.push('sent');
            return server.fetch(request);
          },
        },
        chunks,
      );
      return { client, doc: client.resource<Doc>('doc') };
    };
    return { waiting, asked, arrive, connect };
  };
  return { server, storage, log, open, tags: () => server.get<Doc>('/doc')?.value.tags };
}

/** Ends when whatever could happen has happened. */
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

/** Leaves an edit in the storage that was not sent. */
async function leave(all: ReturnType<typeof world>): Promise<void> {
  const { waiting, connect, arrive } = all.open();
  arrive();
  const { client, doc } = connect();
  await doc.get();
  waiting.pause();
  doc.edit(push('left')).catch(() => {});
  await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(1));
  await client.close();
  all.log.length = 0;
}

// What an edit is on another value than its base is told by the code for conflicts.
beforeAll(() => preload());

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('before the code of an outbox is there', () => {
  test('an edit shows at once, and is stored before it is sent when it is; edits keep their order', async () => {
    const all = world();
    const { waiting, connect, arrive } = all.open();
    const { doc } = connect();
    await doc.get();
    const edits = [doc.edit(push('first')), doc.edit(push('second'))];
    expect(doc.value?.tags).toEqual(['a', 'first', 'second']);
    await idle();
    expect([all.log, waiting.entries]).toEqual([[], []]);
    arrive();
    await Promise.all(edits);
    expect(all.tags()).toEqual(['a', 'first', 'second']);
    expect(all.log.slice(0, 2)).toEqual(['stored', 'stored']);
    expect(all.log).toContain('sent');
    await vi.waitFor(async () => expect(await all.storage.keys()).toEqual([]));
  });

  test('nothing that is stored is shown or sent; `ready` waits for it', async () => {
    const all = world();
    await leave(all);
    const { waiting, connect, arrive } = all.open();
    const { doc } = connect();
    let isReady = false;
    const ready = waiting.ready.then(() => {
      isReady = true;
      return doc.value?.tags;
    });
    const edit = doc.edit(push('new'));
    await idle();
    expect([isReady, all.log]).toEqual([false, []]);
    arrive();
    expect(await ready).toEqual(['a', 'left', 'new']);
    await edit;
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.tags()).toEqual(['a', 'left', 'new']);
  });

  test('a plain write of what was read waits for it, too', async () => {
    const all = world();
    const { connect, arrive } = all.open();
    const { client } = connect();
    const read = await client.get<Doc>('doc').json();
    const put = client.put('doc', { json: { ...read, title: 'Put' } });
    await idle();
    expect(all.log).toEqual([]);
    arrive();
    await put;
    expect(all.log[0]).toBe('stored');
    expect(all.server.get<Doc>('/doc')?.value.title).toBe('Put');
  });

  test('a draft is empty: what was typed can be stored when the page goes', async () => {
    const all = world();
    const page = stubPage();
    const { connect, arrive } = all.open();
    const { doc } = connect();
    await doc.get();
    const draft = doc.draft({ autosave: { after: 60_000, atMost: 60_000 } });
    await chunks.draft.load();
    await idle();
    expect(draft.status).toBe('empty');
    expect(() => draft.change(push('typed'))).toThrow();
    arrive();
    await draft.ready;
    draft.change(push('typed'));
    page.leave();
    await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(1));
    expect(all.log).toEqual(['stored']);
  });

  test('a client can be closed: what it has is the next one’s', async () => {
    const all = world();
    const { waiting, connect, arrive } = all.open();
    const { client, doc } = connect();
    await doc.get();
    const edit = doc.edit(push('mine'));
    const closed = client.close();
    await waiting.ready;
    arrive();
    await expect(edit).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await closed;
    expect(all.log).toEqual(['stored']);
    const next = all.open({ isHeld: false });
    next.connect();
    await next.waiting.ready;
    await vi.waitFor(() => expect(next.waiting.entries).toEqual([]));
    expect(all.tags()).toEqual(['a', 'mine']);
  });
});

test('close() waits for a delete that waits for the code of an outbox, as for an edit: the next client has it', async () => {
  const all = world();
  const { connect, arrive } = all.open();
  const { client, doc } = connect();
  await doc.get();
  const deleted = doc.delete();
  deleted.catch(() => {});
  const keys = client.close().then(() => all.storage.keys());
  await idle();
  arrive();
  expect(await keys).toHaveLength(1);
  await expect(deleted).rejects.toMatchObject({ code: 'ERR_CLOSED' });
});

describe('code that does not come', () => {
  test('for a while is asked for again', async () => {
    const all = world();
    const { connect, asked, waiting } = all.open({ failures: 3, isHeld: false });
    const { doc } = connect();
    await doc.edit(push('mine'));
    expect(asked.times).toBe(4);
    expect(all.log.slice(0, 2)).toEqual(['stored', 'stored']);
    await waiting.ready;
  });

  test('at all: edits end with an error that has them, nothing is sent, and the next one is saved when it is there', async () => {
    const all = world();
    const { connect, asked } = all.open({
      failures: Number.POSITIVE_INFINITY,
      isHeld: false,
      defaults: { retry: { deadline: 300 } },
    });
    const { client, doc } = connect();
    await doc.get();
    await expect(doc.edit(push('mine'))).rejects.toMatchObject({
      code: 'ERR_CHUNK',
      edit: { local: { title: 'Draft', tags: ['a', 'mine'] } },
    });
    await expect(doc.delete()).rejects.toMatchObject({ code: 'ERR_CHUNK' });
    expect([asked.times > 1, all.log, doc.value?.tags]).toEqual([true, [], ['a']]);
    expect(client.resource('doc').status).not.toBe('saving');
    asked.failures = 0;
    await doc.edit(push('again'));
    expect(all.tags()).toEqual(['a', 'again']);
  });
});

describe('called before the code of an outbox is there', () => {
  test.each(['before its client is made', 'after that'])('pause() pauses, %s', async (when) => {
    const all = world();
    await leave(all);
    const { waiting, connect, arrive } = all.open();
    if (when.startsWith('before')) waiting.pause();
    const { doc } = connect();
    if (when.startsWith('after')) waiting.pause();
    arrive();
    doc.edit(push('new')).catch(() => {});
    await vi.waitFor(() => expect(waiting.entries.map(({ state }) => state)).toEqual(['paused', 'paused']));
    await idle();
    expect(all.log).not.toContain('sent');
    waiting.resume();
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.tags()).toEqual(['a', 'left', 'new']);
  });

  test('resume() takes a pause() back', async () => {
    const all = world();
    await leave(all);
    const { waiting, connect, arrive } = all.open();
    connect();
    waiting.pause();
    waiting.resume();
    arrive();
    await waiting.ready;
    await vi.waitFor(() => expect(waiting.entries).toEqual([]));
    expect(all.tags()).toEqual(['a', 'left']);
  });

  test('discard() and retry() do it when the entries are known', async () => {
    const all = world();
    await leave(all);
    const [key = ''] = await all.storage.keys();
    const { waiting, connect, arrive } = all.open();
    connect();
    waiting.pause();
    waiting.retry('nobody');
    waiting.discard(key.slice('unconflict/ada/'.length));
    arrive();
    await waiting.ready;
    await vi.waitFor(async () => expect(await all.storage.keys()).toEqual([]));
    expect([waiting.entries, all.log]).toEqual([[], []]);
  });

  test('discard() does that also where only the code that writes is missing', async () => {
    const all = world();
    await leave(all);
    const [key = ''] = await all.storage.keys();
    const parts = { keeping: there(keepingCode), desk: chunk(() => import('../../src/outbox/desk.js')) };
    const waiting = outboxOf({ storage: all.storage, owner: 'ada' }, parts);
    const write = chunk(() => chunks.write.load());
    doorOf({ prefix: all.server.origin, outbox: waiting, fetch: all.server.fetch }, { ...chunks, write });
    waiting.pause();
    waiting.discard(key.slice('unconflict/ada/'.length));
    await waiting.ready;
    await vi.waitFor(async () => expect(await all.storage.keys()).toEqual([]));
  });

  test.each(['without a client', 'with one', 'with one that is closed'])('clear() erases: %s', async (how) => {
    const all = world();
    await leave(all);
    const { waiting, connect, arrive } = all.open();
    if (how !== 'without a client') {
      const { client } = connect();
      if (how !== 'with one') await client.close();
    }
    let isCleared = false;
    const cleared = waiting.clear().then(() => {
      isCleared = true;
    });
    await idle();
    expect(isCleared).toBe(false);
    arrive();
    await cleared;
    expect([await all.storage.keys(), waiting.entries, all.log]).toEqual([[], [], []]);
  });

  test('clear() ends although the code did not come at first and the client is closed by then', async () => {
    const all = world();
    await leave(all);
    const { waiting, connect } = all.open({ failures: 1, isHeld: false });
    const { client } = connect();
    const cleared = waiting.clear();
    await client.close();
    await cleared;
    expect(await all.storage.keys()).toEqual([]);
  });

  test.each(['with a client', 'without one', 'with one that is closed'])(
    'clear() tells the other tabs: %s',
    async (how) => {
      const all = world();
      const locks = fakeLocks();
      const other = all.open({ isHeld: false, locks });
      const { doc } = other.connect();
      await doc.get();
      await other.waiting.ready;
      other.waiting.pause();
      const theirs = doc.edit(push('theirs'));
      await vi.waitFor(() => expect(other.waiting.entries).toHaveLength(1));
      const { waiting, connect, arrive } = all.open({ locks });
      if (how !== 'without one') {
        const { client } = connect();
        if (how !== 'with a client') await client.close();
      }
      const cleared = waiting.clear();
      arrive();
      await cleared;
      await expect(theirs).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
    },
  );

  test('what another tab erases is heard before the code is there: what was edited until then is not sent', async () => {
    const all = world();
    const locks = fakeLocks();
    const late = all.open({ locks });
    const { doc } = late.connect();
    await doc.get();
    const before = doc.edit(push('before'));
    const other = all.open({ isHeld: false, locks });
    other.connect();
    await other.waiting.clear();
    await expect(before).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
    const after = doc.edit(push('after'));
    late.arrive();
    await after;
    expect(all.tags()).toEqual(['a', 'after']);
  });

  test('clear() gives up what was edited before it, and nothing that is edited after it', async () => {
    const all = world();
    const { waiting, connect, arrive } = all.open();
    const { client, doc } = connect();
    await doc.get();
    const before = [doc.edit(push('before')), client.resource<Doc>('doc').delete()];
    const cleared = waiting.clear();
    const after = doc.edit(push('after'));
    for (const edit of before) await expect(edit).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
    arrive();
    await cleared;
    await after;
    expect(all.tags()).toEqual(['a', 'after']);
  });
});

test('clear() gives up an edit whose document is still being read, too: it would go out as somebody else’s', async () => {
  const server = createConflictServer();
  server.seed('/doc', { title: 'Draft', tags: ['a'] });
  let answer: () => void = () => {};
  const isRead = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const waiting = outbox({ storage: memory() });
  const { client } = doorOf(
    {
      prefix: server.origin,
      outbox: waiting,
      fetch: async (input, init) => {
        await isRead;
        return server.fetch(input, init);
      },
    },
    chunks,
  );
  await waiting.ready;
  const edit = client.resource<Doc>('doc').edit(push('mine'));
  edit.catch(() => {});
  await waiting.clear();
  answer();
  await expect(edit).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
  expect(server.get<Doc>('/doc')?.value.tags).toEqual(['a']);
});

test('clear() gives up a plain write that waits until what it was made from has come', async () => {
  const server = createConflictServer();
  server.seed('/doc', { title: 'Draft' });
  let arrive: () => void = () => {};
  const hasCome = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const slowly = async (answer: Response): Promise<Response> => {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const body = new ReadableStream({
      async pull(controller) {
        await hasCome;
        controller.enqueue(bytes);
        controller.close();
      },
    });
    return new Response(body, answer);
  };
  const waiting = outbox({ storage: memory() });
  const guarded = fetchOf(
    {
      outbox: waiting,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const answer = await server.fetch(request);
        return request.method === 'GET' ? slowly(answer) : answer;
      },
    },
    chunks,
  );
  await waiting.ready;
  await guarded(`${server.origin}/doc`);
  const headers = { 'content-type': 'application/json' };
  const put = guarded(`${server.origin}/doc`, { method: 'PUT', headers, body: JSON.stringify({ title: 'Mine' }) });
  put.catch(() => {});
  await idle();
  await waiting.clear();
  arrive();
  await expect(put).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
  expect(server.get('/doc')?.value).toEqual({ title: 'Draft' });
});
