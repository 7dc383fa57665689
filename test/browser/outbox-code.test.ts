import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  call,
  context,
  empty,
  expectOnce,
  FIRST,
  open,
  openPage,
  PATH,
  reading,
  setUpNotes,
  start,
  stored,
  writes,
} from './harness/notes.js';

setUpNotes();

/** What the bundler called the code of an outbox that is fetched later. */
const CODE = /\/outbox-[^/]*\.js$/;

const LATE = 1_500;

test('code of an outbox that comes late: what was stored waits for it, and is sent once, with what was edited meanwhile', async () => {
  const before = await reading(PATH);
  await call(before, 'pause');
  await call(before, 'edit', PATH, { tag: 'left' });
  await stored(before, 1);
  await before.page.close();

  let isThere = false;
  await context.route(CODE, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, LATE));
    isThere = true;
    await route.continue();
  });
  const tab = await openPage();
  await start(tab);
  await call(tab, 'read', PATH);
  await call(tab, 'edit', PATH, { tag: 'new' });
  expect(await call(tab, 'value', PATH)).toEqual({ ...FIRST, tags: ['new'] });
  expect([isThere, writes(), (await call(tab, 'stored')).length]).toEqual([false, [], 1]);
  await expect.poll(() => call(tab, 'told'), { timeout: 15_000 }).toEqual(['new: saved']);
  await empty(tab);
  expectOnce(['left', 'new']);
  await stored(tab, 0);
  expect(tab.problems).toEqual([]);
});

test.each([
  ['offline', (route: Route) => route.abort('internetdisconnected')],
  ['404', (route: Route) => route.fulfill({ status: 404, body: 'Not found' })],
])(
  'code of an outbox that does not come (%s): the edit ends with an error, nothing was sent or stored, and the next visit goes on',
  async (_how, answer) => {
    await context.route(CODE, answer);
    const tab = await openPage();
    await start(tab, 1_500);
    await call(tab, 'read', PATH);
    await call(tab, 'edit', PATH, { tag: 'mine' });
    await expect.poll(() => call(tab, 'told'), { timeout: 15_000 }).toEqual(['mine: ERR_CHUNK']);
    expect(await call(tab, 'value', PATH)).toEqual(FIRST);
    expect([writes(), await call(tab, 'stored')]).toEqual([[], []]);

    await context.unroute(CODE);
    await tab.page.reload();
    await open(tab);
    await call(tab, 'read', PATH);
    await call(tab, 'edit', PATH, { tag: 'again' });
    await empty(tab);
    expectOnce(['again']);
  },
);
