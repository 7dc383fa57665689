import { createClient, outbox } from 'unconflict/eager';
import { memory } from 'unconflict/outbox';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Note, Recipe } from './note.js';
import { retitle, tag } from './note.js';

const SEED = { title: 'First', body: '', tags: ['a'] };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server, a storage, and pages one after the other. A page learns what is stored only after its own edit was made. */
function world() {
  const server = createConflictServer();
  server.seed('/notes/1', SEED);
  const storage = memory();
  const net = { isAway: false };
  async function open(recipe: Recipe) {
    let found: () => void = () => {};
    const looked = new Promise<void>((resolve) => {
      found = resolve;
    });
    const waiting = outbox({ storage: { ...storage, keys: () => looked.then(() => storage.keys()) } });
    const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      const response = net.isAway && request.method === 'GET' ? undefined : await server.fetch(request);
      if (net.isAway || response === undefined) throw new TypeError('fetch failed');
      return response;
    };
    const client = createClient({ prefix: server.origin, fetch, outbox: waiting });
    const note = client.resource<Note>('notes/1');
    await note.get();
    const saved = note.edit(recipe).then(
      () => 'saved',
      (error: unknown) => error,
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.entries).toHaveLength(1);
    return { client, note, saved, waiting, found };
  }
  /** Makes an edit that is stored and never sent. */
  async function leave(recipe: Recipe): Promise<void> {
    const { client } = await open(recipe);
    await client.close();
    // Ids sort by the clock: the next page knows none of this one's.
    await vi.advanceTimersByTimeAsync(1);
  }
  return { server, net, open, leave, value: () => server.get('/notes/1')?.value };
}

test.each<[string, readonly Recipe[], Recipe, Partial<Note>, Partial<Note>]>([
  ['a field', [retitle('A')], retitle('B'), {}, { title: 'B' }],
  ['a field, twice', [retitle('A'), retitle('A2')], retitle('B'), {}, { title: 'B' }],
  ['a list', [tag('x')], tag('y'), {}, { tags: ['a', 'x', 'y'] }],
  ['a field beside what another changed', [retitle('A')], retitle('B'), { body: 'S' }, { title: 'B', body: 'S' }],
])(
  'made before ready, an edit comes after those that are stored, and nobody is asked: %s',
  async (_, stored, now, others, expected) => {
    const { server, open, leave, value } = world();
    for (const recipe of stored) await leave(recipe);
    server.seed('/notes/1', { ...SEED, ...others });
    const { saved, waiting, found, note } = await open(now);
    found();
    await waiting.ready;
    expect(note.value).toEqual({ ...SEED, ...expected });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(waiting.entries).toEqual([]);
    expect(await saved).toBe('saved');
    expect(value()).toEqual({ ...SEED, ...expected });
  },
);

test('what a stranger wrote to the same field is asked about all the same', async () => {
  const { server, open, leave, value } = world();
  await leave(retitle('A'));
  server.seed('/notes/1', { ...SEED, title: 'S' });
  const { waiting, found } = await open(retitle('B'));
  found();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(waiting.entries.map(({ state }) => state)).toEqual(['conflicted', 'waiting']);
  expect(value()).toMatchObject({ title: 'S' });
});
