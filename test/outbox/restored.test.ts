import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { ConflictError, createClient, preload } from '../../src/index.js';
import { memory, outbox } from '../../src/outbox/index.js';
import { createConflictServer } from '../../src/testing/index.js';
import { count, type Doc, push, world } from './world.js';

await preload();

test('an edit that is sent after a restart leaves the digits of long numbers as they are, though its base lost them when it was stored', async () => {
  let text = '{"id":12345678901234567890,"title":"Draft"}';
  let version = 1;
  const answer = (): Response =>
    new Response(text, { headers: { etag: `"${version}"`, 'content-type': 'application/json' } });
  const storage = memory();
  const open = () => {
    const waiting = outbox({ storage });
    const client = createClient({
      outbox: waiting,
      defaults: { write: 'put' },
      async fetch(input, init) {
        const request = new Request(input, init);
        if (request.method === 'GET') return answer();
        text = await request.text();
        version += 1;
        return answer();
      },
    });
    return { waiting, client, note: client.resource<{ title: string }>('https://api.example.com/notes/1') };
  };
  const before = open();
  await before.note.get();
  before.waiting.pause();
  before.note
    .edit((draft) => {
      draft.title = 'Mine';
    })
    .catch(() => {});
  await vi.waitFor(async () => expect(await storage.keys()).toHaveLength(1));
  await before.client.close();
  const { waiting } = open();
  await waiting.ready;
  await vi.waitFor(() => expect(waiting.entries).toEqual([]));
  expect(text).toBe('{"id":12345678901234567890,"title":"Mine"}');
});

test('what is sent is noted before its first byte, however long the storage takes', async () => {
  const server = createConflictServer();
  server.seed('/notes/1', { title: 'Draft' });
  const kept = memory();
  const storage = {
    ...kept,
    set: async (key: string, value: string) => setTimeout(50).then(() => kept.set(key, value)),
  };
  const noted: unknown[] = [];
  const client = createClient({
    prefix: server.origin,
    outbox: outbox({ storage }),
    async fetch(input, init) {
      const request = new Request(input, init);
      const keys = request.method === 'PATCH' ? await kept.keys() : [];
      for (const key of keys) noted.push(JSON.parse((await kept.get(key)) ?? '').doubts);
      return server.fetch(request);
    },
  });
  const note = client.resource<{ title: string }>('notes/1');
  await note.get();
  await note.edit((draft) => {
    draft.title = 'Mine';
  });
  expect(noted).toMatchObject([[{ patch: [{ path: '/title', value: 'Mine' }], version: '"1"' }]]);
});

test('a delete in doubt that a person makes again asks about what others have made of the document', async () => {
  const server = createConflictServer();
  server.seed('/notes/1', { title: 'Draft' });
  let isLost = true;
  const waiting = outbox({ storage: memory() });
  const client = createClient({
    prefix: server.origin,
    outbox: waiting,
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.method !== 'DELETE' || !isLost) return server.fetch(request);
      isLost = false;
      server.edit<{ title: string }>('/notes/1', (note) => {
        note.title = 'Theirs';
      });
      throw new TypeError('fetch failed');
    },
  });
  const note = client.resource<{ title: string }>('notes/1');
  await note.get();
  const deleted = note.delete();
  await vi.waitFor(() => expect(waiting.entries).toMatchObject([{ state: 'in-doubt' }]));
  waiting.retry(waiting.entries[0]?.id ?? '');
  await vi.waitFor(() => expect(waiting.entries).toMatchObject([{ state: 'conflicted', session: undefined }]));
  expect(server.get('/notes/1')?.value).toEqual({ title: 'Theirs' });
  const error = waiting.entries[0]?.error;
  if (!(error instanceof ConflictError)) throw new Error('no conflict');
  await error.retry('local');
  await deleted;
  expect(server.get('/notes/1')).toBeUndefined();
  expect(waiting.entries).toEqual([]);
});

test('all that waits shows after a restart before anything is read, also what was made on what others had added in between', async () => {
  const all = world();
  await all.leave(count);
  all.server.edit<Doc>('/doc', ({ tags }) => {
    tags.push('theirs');
  });
  const { waiting, doc, client } = all.open();
  waiting.pause();
  await Promise.all([waiting.ready, doc.get()]);
  for (const tag of ['b', 'c', 'd', 'e']) doc.edit(push(tag)).catch(() => {});
  await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(5), 5_000);
  await client.close();
  const after = all.open();
  after.waiting.pause();
  await after.waiting.ready;
  expect(after.doc.value?.views).toBe(1);
  expect(after.doc.value?.tags).toEqual(expect.arrayContaining(['b', 'c', 'd', 'e']));
});
