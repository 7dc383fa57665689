import { describe, expect, test } from 'vitest';
import {
  arrived,
  call,
  crash,
  empty,
  expectOnce,
  newTab,
  note,
  open,
  openPage,
  PATH,
  reading,
  server,
  setUpNotes,
  stored,
  WRITES,
} from './harness/notes.js';

setUpNotes();

describe('two tabs of one person', () => {
  test.each(['closed', 'crashed'])('one is %s in the middle of a write: the other takes over', async (how) => {
    const [one, two] = [await reading(PATH), await reading(PATH)];
    server.fault({ kind: 'delay', ms: 1_500, after: true, on: WRITES });
    await call(one, 'edit', PATH, { tag: 'one-1' });
    await arrived();
    await call(one, 'edit', PATH, { tag: 'one-2' });
    await call(two, 'edit', PATH, { tag: 'two-1' });
    await stored(two, 3);
    if (how === 'closed') await one.page.close();
    else await crash(one);
    await expect.poll(() => note()?.tags.length, { timeout: 5_000 }).toBe(3);
    await empty(two);
    await stored(two, 0);
    expectOnce(['one-1', 'one-2', 'two-1']);
  });
});

describe('signing out', () => {
  test('another person sees nothing of it and sends nothing; what was kept goes out when its owner is back', async () => {
    const ada = await reading(PATH);
    await call(ada, 'pause');
    await call(ada, 'edit', PATH, { tag: 'ada' });
    await stored(ada, 1);
    await ada.page.close();
    const grace = await openPage();
    expect(await open(grace, 'grace', [PATH])).toEqual([undefined]);
    expect(await call(grace, 'shown')).toEqual({ entries: [], storage: null });
    await call(grace, 'read', PATH);
    await call(grace, 'edit', PATH, { tag: 'grace' });
    await empty(grace);
    expectOnce(['grace']);
    await call(grace, 'clear');
    await stored(grace, 1);
    await empty(await newTab('ada'));
    expectOnce(['ada', 'grace']);
  });
});
