import { createClient, outbox } from 'unconflict/eager';
import { memory } from 'unconflict/outbox';
import { createConflictServer } from 'unconflict/testing';
import { expect, test, vi } from 'vitest';
import type { Note, Recipe } from './note.js';
import { retitle, tag } from './note.js';

const write: Recipe = (note) => {
  note.body = 'Mine';
};

/** The first write waits until all are queued. What holds `bad` is refused as long as that is so. */
async function queued(...recipes: readonly [Recipe, ...Recipe[]]) {
  const server = createConflictServer();
  server.seed('/notes/1', { title: 'First', body: '', tags: [] });
  const storage = memory();
  const waiting = outbox({ storage });
  const net = { isRefusing: true };
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let writes = 0;
  const client = createClient({
    prefix: server.origin,
    outbox: waiting,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'GET') return server.fetch(request);
      writes += 1;
      const body = await request.clone().text();
      await gate;
      return net.isRefusing && body.includes('bad') ? Response.json({}, { status: 422 }) : server.fetch(request);
    },
  });
  const note = client.resource<Note>('notes/1');
  await Promise.all([waiting.ready, note.get()]);
  const [first, ...others] = recipes;
  const edits = [note.edit(first)];
  await vi.waitFor(() => expect(writes).toBe(1));
  for (const recipe of others) edits.push(note.edit(recipe));
  for (const edit of edits) edit.catch(() => {});
  await vi.waitFor(async () => expect(await storage.keys()).toHaveLength(recipes.length));
  open();
  const states = () => waiting.entries.map(({ state }) => state);
  return { server, note, waiting, net, edits, states, value: () => server.get('/notes/1')?.value };
}

test('queued behind a refused edit, what was made in its place waits with it, and the rest goes on', async () => {
  const { waiting, net, edits, states, value } = await queued(retitle('bad'), retitle('Two'), write);
  await edits[2];
  await vi.waitFor(() => expect(states()).toEqual(['refused', 'waiting']));
  expect(value()).toEqual({ title: 'First', body: 'Mine', tags: [] });
  net.isRefusing = false;
  waiting.retry(waiting.entries[0]?.id ?? '');
  await edits[1];
  expect(value()).toEqual({ title: 'Two', body: 'Mine', tags: [] });
  expect(states()).toEqual([]);
});

test('what was put into the same list goes on without what was refused', async () => {
  const { edits, states, value } = await queued(tag('a'), tag('b'), tag('bad'), tag('c'), tag('d'));
  await Promise.all([edits[0], edits[1], edits[3], edits[4]]);
  expect(value()).toMatchObject({ tags: ['a', 'b', 'c', 'd'] });
  await vi.waitFor(() => expect(states()).toEqual(['refused']));
});

test('what is added to a list later goes on without what was refused there, which comes last; what is changed in it waits', async () => {
  const { note, waiting, net, edits, states, value } = await queued(tag('bad'), tag('b'));
  await edits[1];
  await vi.waitFor(() => expect(states()).toEqual(['refused']));
  const change = note.edit(({ tags }) => {
    tags[tags.indexOf('bad')] = 'good';
  });
  await note.edit(tag('c'));
  expect(value()).toMatchObject({ tags: ['b', 'c'] });
  expect(states()).toEqual(['refused', 'waiting']);
  net.isRefusing = false;
  waiting.retry(waiting.entries[0]?.id ?? '');
  await change;
  expect(value()).toMatchObject({ tags: ['b', 'c', 'good'] });
});

/** Left behind by a page: edits made one on the other, of which the first is then given up. Others write before the rest is sent. */
async function discarded(restarts: boolean, ...recipes: readonly [Recipe, ...Recipe[]]) {
  const server = createConflictServer();
  server.seed('/notes/1', { title: 'First', body: '', tags: ['x'] });
  const storage = memory();
  const open = () => {
    const waiting = outbox({ storage });
    const client = createClient({ prefix: server.origin, fetch: server.fetch, outbox: waiting });
    return { waiting, client, note: client.resource<Note>('notes/1') };
  };
  const first = open();
  await Promise.all([first.waiting.ready, first.note.get()]);
  first.waiting.pause();
  for (const recipe of recipes) first.note.edit(recipe).catch(() => {});
  first.waiting.discard(first.waiting.entries[0]?.id ?? '');
  await vi.waitFor(async () => expect(await storage.keys()).toHaveLength(recipes.length - 1));
  const shown = first.note.value;
  server.edit<Note>('/notes/1', ({ tags }) => {
    tags.push('theirs', 'too');
  });
  if (restarts) await first.client.close();
  const { waiting, note } = restarts ? open() : first;
  await waiting.ready;
  waiting.resume();
  const states = () => waiting.entries.map(({ state }) => state);
  return { shown, note, states, value: () => server.get('/notes/1')?.value };
}

test.each([false, true])(
  'what was made on top of what is given up goes on as if that had not been there; after a restart: %s',
  async (restarts) => {
    const { shown, states, value } = await discarded(restarts, tag('wrong'), tag('b'), retitle('Two'), tag('c'));
    expect(shown).toEqual({ title: 'Two', body: '', tags: ['x', 'b', 'c'] });
    await vi.waitFor(() => expect(states()).toEqual([]));
    expect(value()).toEqual({ title: 'Two', body: '', tags: ['x', 'theirs', 'too', 'b', 'c'] });
  },
);

test('what changes the very thing that is given up is asked about', async () => {
  const { states, value } = await discarded(false, retitle('Wrong'), retitle('Wrong too'), write);
  await vi.waitFor(() => expect(states()).toEqual(['conflicted']));
  expect(value()).toMatchObject({ title: 'First', body: 'Mine' });
});

test('what goes on without what was refused meets what others have added meanwhile, and nobody is asked', async () => {
  const { server, note, edits, states, value } = await queued(tag('bad'), tag('b'));
  await edits[1];
  await vi.waitFor(() => expect(states()).toEqual(['refused']));
  const added = note.edit(tag('c'));
  server.edit<Note>('/notes/1', ({ tags }) => {
    tags.push('theirs', 'too');
  });
  await added;
  expect(value()).toMatchObject({ tags: ['b', 'theirs', 'too', 'c'] });
  expect(states()).toEqual(['refused']);
});
