import { describe, expect, test } from 'vitest';
import {
  arrived,
  call,
  crash,
  empty,
  expectOnce,
  FIRST,
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
  writes,
} from './harness/notes.js';

setUpNotes();

describe('two tabs of one person', () => {
  test('never have writes on their way at once, and each edit lands once', async () => {
    const paths = ['/notes/1', '/notes/2', '/notes/3'];
    for (const path of paths) server.seed(path, FIRST);
    const [one, two] = [await reading(...paths), await reading(...paths)];
    const together: string[] = [];
    server.fault({
      kind: 'meanwhile',
      times: Number.POSITIVE_INFINITY,
      on: WRITES,
      run: () => {
        const open = writes().filter(({ status }) => status === undefined);
        const tabs = new Set(open.map(({ body }) => /"(one|two)-/.exec(body ?? '')?.[1]));
        if (tabs.size > 1) together.push([...tabs].join(' and '));
      },
    });
    for (const at of [1, 2, 3, 4, 5]) {
      for (const path of paths) {
        await call(one, 'edit', path, { tag: `one-${at}` });
        await call(two, 'edit', path, { tag: `two-${at}` });
      }
    }
    await Promise.all([empty(one), empty(two)]);
    const names = [1, 2, 3, 4, 5].flatMap((at) => [`one-${at}`, `two-${at}`]);
    for (const path of paths) expectOnce(names, path);
    expect(together).toEqual([]);
  });

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
    await expect.poll(() => note()?.tags.length, { timeout: 10_000 }).toBe(3);
    await empty(two);
    await stored(two, 0);
    expectOnce(['one-1', 'one-2', 'two-1']);
  });
});

describe('signing out', () => {
  test('erases everything in every tab, and nothing more is sent', async () => {
    const [one, two] = [await reading(PATH), await reading(PATH)];
    server.fault({ kind: 'status', status: 503, times: Number.POSITIVE_INFINITY, on: WRITES });
    await call(one, 'edit', PATH, { tag: 'one' });
    await call(two, 'edit', PATH, { tag: 'two' });
    await stored(one, 2);
    await arrived();
    await call(one, 'clear');
    await Promise.all([empty(one), empty(two)]);
    await stored(one, 0);
    expect([await call(one, 'told'), await call(two, 'told')]).toEqual([
      ['one: ERR_DISCARDED'],
      ['two: ERR_DISCARDED'],
    ]);
    expect(await call(two, 'value', PATH)).toEqual(FIRST);
    await one.page.reload();
    const sent = writes().length;
    expect(await open(one, 'ada', [PATH])).toEqual([undefined]);
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // longer than they waited for the server
    expect(writes()).toHaveLength(sent);
    expect(note()).toEqual(FIRST);
  });

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
