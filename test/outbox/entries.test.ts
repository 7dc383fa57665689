import { expect, test, vi } from 'vitest';
import type { Outbox, OutboxEntry } from '../../src/index.js';
import { push, retitle, world } from './world.js';

/** Every list that shows, and what was told of it. */
function watch(waiting: Outbox): readonly (readonly OutboxEntry[])[] {
  const lists = [waiting.entries];
  waiting.subscribe(() => {
    if (waiting.entries !== lists.at(-1)) lists.push(waiting.entries);
  });
  return lists;
}

test('`entries` is the same list as long as it is empty, before its code is there and after', async () => {
  const { waiting } = world().open();
  const lists = watch(waiting);
  await waiting.ready;
  expect(waiting.entries).toBe(lists[0]);
  expect(lists).toEqual([[]]);
  waiting.pause();
  waiting.resume();
  expect(waiting.entries).toBe(lists[0]);
});

test('`entries` is the same list until an entry changes, and so is every entry that has not', async () => {
  const all = world();
  const { waiting, doc } = all.open();
  await Promise.all([waiting.ready, doc.get()]);
  const empty = waiting.entries;
  waiting.pause();
  const edits = [doc.edit(retitle('Mine')), doc.edit(push('b'))];
  const [first, second] = waiting.entries;
  expect(waiting.entries).toBe(waiting.entries);
  waiting.pause();
  await vi.waitFor(async () => expect(await all.storage.keys()).toHaveLength(2));
  expect(waiting.entries[0]).toBe(first);
  waiting.discard(second?.id ?? '');
  await expect(edits[1]).rejects.toMatchObject({ code: 'ERR_DISCARDED' });
  expect(waiting.entries).toHaveLength(1);
  expect(waiting.entries[0]).toBe(first);
  waiting.resume();
  expect(waiting.entries[0]).not.toBe(first);
  await edits[0];
  expect(waiting.entries).toBe(empty);
});
