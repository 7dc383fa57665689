import { createClient, outbox } from 'unconflict/eager';
import { memory } from 'unconflict/outbox';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a storage that does not answer is waited for once, not with every step, and used again when it answers', async () => {
  const server = createConflictServer();
  server.seed('/notes/1', { title: 'First' });
  const storage = memory();
  let letGo: () => void = () => {};
  const blocked = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const waiting = outbox({
    storage: {
      get: (key) => blocked.then(() => storage.get(key)),
      set: (key, value) => blocked.then(() => storage.set(key, value)),
      delete: (key) => blocked.then(() => storage.delete(key)),
      keys: () => blocked.then(() => storage.keys()),
    },
  });
  const client = createClient({ prefix: server.origin, fetch: server.fetch, outbox: waiting });
  const note = client.resource<{ title: string }>('notes/1');
  const retitle = (title: string) =>
    note.edit((draft) => {
      draft.title = title;
    });
  await note.get();
  const first = retitle('Second');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(waiting.error).toMatchObject({ code: 'ERR_STORAGE', reason: 'blocked' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.get('/notes/1')?.value).toEqual({ title: 'Second' });
  await first;
  await Promise.all([retitle('Third'), vi.advanceTimersByTimeAsync(1_000)]);
  expect(server.get('/notes/1')?.value).toEqual({ title: 'Third' });
  letGo();
  await vi.advanceTimersByTimeAsync(0);
  expect(await storage.keys()).toEqual([]);
  waiting.pause();
  retitle('Fourth');
  await vi.advanceTimersByTimeAsync(0);
  expect(await storage.keys()).toHaveLength(1);
});
