import { describe, expect, test } from 'vitest';
import {
  arrived,
  call,
  context,
  crash,
  empty,
  expectOnce,
  FIRST,
  newTab,
  note,
  open,
  openProfile,
  PATH,
  reading,
  server,
  setUpNotes,
  states,
  stored,
  stranger,
  WRITES,
  writes,
} from './harness/notes.js';
import type { Note } from './pages/kept.js';

setUpNotes();

describe('a page that is gone', () => {
  test('reloaded before an edit was sent: it shows at once, and is sent once', async () => {
    const tab = await reading(PATH);
    await call(tab, 'pause');
    await call(tab, 'edit', PATH, { title: 'Mine', tag: 'mine' });
    await stored(tab, 1);
    stranger('theirs');
    await tab.page.reload();
    expect(await open(tab, 'ada', [PATH])).toEqual([{ ...FIRST, title: 'Mine', tags: ['mine'] }]);
    await empty(tab);
    expectOnce(['mine', 'theirs']);
    expect(note()?.title).toBe('Mine');
    expect(tab.problems).toEqual([]);
  });

  test.each([
    ['before it was sent', undefined],
    ['while the server was taking the write', { kind: 'delay', ms: 2_000 }],
    ['when the write had landed, before its answer', { kind: 'delay', ms: 2_000, after: true }],
    ['when the write was lost', { kind: 'lose-request', times: Number.POSITIVE_INFINITY }],
  ] as const)('crashed %s: nothing is lost or made twice', async (_when, kind) => {
    const tab = await reading(PATH);
    const fault = kind && server.fault({ ...kind, on: WRITES });
    if (kind === undefined) await call(tab, 'pause');
    await call(tab, 'edit', PATH, { title: 'Mine', tag: 'mine' });
    await (kind === undefined ? stored(tab, 1) : arrived());
    await crash(tab);
    fault?.cancel();
    stranger('theirs');
    await empty(await newTab());
    // The server may still be at the first one.
    await expect.poll(() => writes().every(({ outcome }) => outcome !== undefined), { timeout: 10_000 }).toBe(true);
    expectOnce(['mine', 'theirs']);
    expect(note()?.title).toBe('Mine');
  });

  test('the whole browser is killed in the middle of a write, with more to be sent', async () => {
    const kill = await openProfile();
    const tab = await reading(PATH);
    server.fault({ kind: 'delay', ms: 2_000, after: true, on: WRITES });
    await call(tab, 'edit', PATH, { tag: 'on its way' });
    await arrived();
    await call(tab, 'edit', PATH, { tag: 'next' });
    await stored(tab, 2);
    await kill();
    await empty(await newTab());
    expectOnce(['next', 'on its way']);
  });

  test.each([
    ['retry', 4],
    ['discard', 3],
  ] as const)('a counter that was on its way waits for a person: %s', async (choice, views) => {
    const tab = await reading(PATH);
    const fault = server.fault({ kind: 'lose-request', times: Number.POSITIVE_INFINITY, on: WRITES });
    await call(tab, 'edit', PATH, { views: 1 });
    await arrived();
    await crash(tab);
    fault.cancel();
    server.edit<Note>(PATH, (doc) => void Object.assign(doc, { views: 3 }));
    const next = await newTab();
    await expect.poll(() => states(next), { timeout: 10_000 }).toEqual(['in-doubt']);
    expect(note()?.views).toBe(3);
    await call(next, choice, 0);
    await empty(next);
    expect(note()?.views).toBe(views);
  });

  test.each(['local', 'remote'] as const)(
    'a title that others changed waits as a conflict, also over a reload: %s',
    async (side) => {
      const tab = await reading(PATH);
      const fault = server.fault({ kind: 'lose-request', times: Number.POSITIVE_INFINITY, on: WRITES });
      await call(tab, 'edit', PATH, { title: 'Mine' });
      await arrived();
      await crash(tab);
      fault.cancel();
      server.edit<Note>(PATH, (doc) => void Object.assign(doc, { title: 'Theirs' }));
      const next = await newTab();
      await expect.poll(() => states(next), { timeout: 10_000 }).toEqual(['conflicted']);
      await next.page.reload();
      expect(await open(next, 'ada', [PATH])).toEqual([{ ...FIRST, title: 'Mine' }]);
      await expect.poll(() => states(next), { timeout: 10_000 }).toEqual(['conflicted']);
      expect(note()?.title).toBe('Theirs');
      await call(next, 'decide', 0, side);
      await empty(next);
      expect(note()?.title).toBe(side === 'local' ? 'Mine' : 'Theirs');
    },
  );
});

describe('without a network', () => {
  test('edits wait, also over a reload, and are saved when it is back', async () => {
    const tab = await newTab();
    await tab.page.evaluate(() => navigator.serviceWorker.register('/worker.js'));
    await tab.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await tab.page.reload(); // through the worker, which keeps it
    await open(tab);
    await call(tab, 'read', PATH);
    await context.setOffline(true);
    const asked = server.requests.length;
    await call(tab, 'edit', PATH, { tag: 'one' });
    await call(tab, 'edit', PATH, { title: 'On the train' });
    await stored(tab, 2);
    expect(await states(tab)).toEqual(['waiting', 'waiting']);
    await tab.page.reload();
    expect(await open(tab, 'ada', [PATH])).toEqual([{ ...FIRST, title: 'On the train', tags: ['one'] }]);
    await call(tab, 'edit', PATH, { tag: 'two' });
    expect(await call(tab, 'value', PATH)).toEqual({ ...FIRST, title: 'On the train', tags: ['one', 'two'] });
    await stored(tab, 3);
    stranger('theirs');
    expect(server.requests).toHaveLength(asked);
    await context.setOffline(false);
    await empty(tab);
    expectOnce(['one', 'theirs', 'two']);
    expect(note()?.title).toBe('On the train');
    expect(tab.problems).toEqual([]);
  });
});

test('500 entries over 20 notes, three of them refused, with others writing: each is there once', async () => {
  const paths = Array.from({ length: 20 }, (_, at) => `/notes/${at + 1}`);
  const refusing = ['/notes/3', '/notes/9', '/notes/17'];
  for (const path of paths) server.seed(path, FIRST);
  server.refuse<Note>(/notes/, (next) =>
    next?.tags.includes('bad') ? { status: 422, code: 'bad', detail: 'That is no tag.' } : undefined,
  );
  const tab = await reading(...paths);
  await call(tab, 'pause');
  const tags = (path: string, bad: string): string[] =>
    Array.from({ length: 25 }, (_, at) => (at === 12 && refusing.includes(path) ? bad : `${path}-${at}`));
  for (const path of paths) await call(tab, 'editEach', path, tags(path, 'bad'));
  await stored(tab, 500);
  await tab.page.reload();
  const theirs: string[] = [];
  // Not for ever: on a slow disk, to note 25 entries can take longer than they leave in between.
  const others = setInterval(() => {
    if (theirs.length === 20) return;
    theirs.push(`theirs-${theirs.length}`);
    for (const path of paths) stranger(`theirs-${theirs.length - 1}`, path);
  }, 300);
  const values = await open(tab, 'ada', paths);
  expect(values.map((value) => value?.tags)).toEqual(paths.map((path) => tags(path, 'bad')));
  await expect.poll(() => states(tab), { timeout: 40_000, interval: 500 }).toEqual(['refused', 'refused', 'refused']);
  clearInterval(others);
  for (const path of paths)
    expectOnce(
      [...tags(path, ''), ...theirs].filter((tag) => tag !== ''),
      path,
    );
  expect(theirs.length).toBeGreaterThan(3);
  const { entries } = await call(tab, 'shown');
  expect(entries.map(({ resource, code }) => [resource, code])).toEqual(refusing.map((path) => [path, 'ERR_REFUSED']));
  await stored(tab, 3);
}, 120_000);
