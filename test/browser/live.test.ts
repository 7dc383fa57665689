import type { Browser, BrowserContext } from 'playwright-core';
import type { LiveOptions } from 'unconflict';
import { type ConflictServer, createConflictServer } from 'unconflict/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { bundle } from './harness/bundle.js';
import { launchChromium } from './harness/chromium.js';
import type { Listening } from './harness/listen.js';
import { servePages } from './harness/serve-pages.js';
import { openTab, type Tab } from './harness/tab.js';
import type * as Live from './pages/live.js';

const PATH = '/notes/1';
const NOTE = { title: 'Draft', body: 'Text' };

let browser: Browser;
let pages: Listening;
let context: BrowserContext;
let server: ConflictServer;
let api: string;

beforeAll(async () => {
  browser = await launchChromium();
  const script = await bundle('pages/live.ts', { package: 'inside' });
  pages = await servePages({ files: { '/': '<!doctype html><title>Note</title>', '/live.js': script } });
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
});
beforeEach(async () => {
  server = createConflictServer({ cors: true });
  server.seed(PATH, NOTE);
  api = (await server.listen()).url;
  context = await browser.newContext();
});
afterEach(async () => {
  await Promise.all([context.close(), server.close()]);
});

const PREFLIGHT = 'OPTIONS';
const asked = (): string[] => server.requests.map(({ method }) => method).filter((method) => method !== PREFLIGHT);

/** ms. What a tab has learnt of the server itself so short before is looked at again when another tells something else. */
const CLOSE = 5_000;

/** Two tabs that have read the note. */
async function two(live: LiveOptions | false = {}): Promise<{ readonly here: Tab; readonly there: Tab }> {
  const here = await openTab(context, pages.url);
  const there = await openTab(context, pages.url);
  for (const { call } of [here, there])
    expect(await call<typeof Live, 'open'>('/live.js', 'open', api, live)).toEqual(NOTE);
  return { here, there };
}

const shownIn = ({ call }: Tab) => call<typeof Live, 'shown'>('/live.js', 'shown');

test('what one tab writes the other shows, without a request', async () => {
  const { here, there } = await two();
  await new Promise((resolve) => setTimeout(resolve, CLOSE));
  const before = asked().length;
  await here.call<typeof Live, 'write'>('/live.js', 'write', { title: 'Mine' });
  await vi.waitFor(async () => expect(await shownIn(there)).toEqual({ ...NOTE, title: 'Mine' }));
  // And so on, however fast: what one tab tells comes in order.
  for (const title of ['Two', 'Three']) await here.call<typeof Live, 'write'>('/live.js', 'write', { title });
  await vi.waitFor(async () => expect(await shownIn(there)).toEqual({ ...NOTE, title: 'Three' }));
  expect(asked().slice(before)).toEqual(['PATCH', 'PATCH', 'PATCH']);
  // What it was told is what it goes on from: its own write needs no second try.
  await there.call<typeof Live, 'write'>('/live.js', 'write', { body: 'Theirs' });
  await vi.waitFor(async () => expect(await shownIn(here)).toEqual({ title: 'Three', body: 'Theirs' }));
  expect(server.requests.map(({ status }) => status)).not.toContain(412);
  expect([...here.problems, ...there.problems]).toEqual([]);
});

test('what one tab reads of others the other shows, without a request', async () => {
  const { here, there } = await two();
  await new Promise((resolve) => setTimeout(resolve, CLOSE));
  server.edit<Live.Note>(PATH, (note) => {
    note.body = 'Others';
  });
  const before = asked().length;
  await here.call<typeof Live, 'read'>('/live.js', 'read');
  await vi.waitFor(async () => expect(await shownIn(there)).toEqual({ ...NOTE, body: 'Others' }));
  expect(asked().slice(before)).toEqual(['GET']);
});

test('it goes under what is typed in the other tab, and is told as a conflict where both changed the same', async () => {
  const { here, there } = await two();
  await there.call<typeof Live, 'type'>('/live.js', 'type', 'Typed');
  const typed = () => there.call<typeof Live, 'typed'>('/live.js', 'typed');
  await here.call<typeof Live, 'write'>('/live.js', 'write', { body: 'Written' });
  await vi.waitFor(async () =>
    expect(await typed()).toEqual({ value: { title: 'Typed', body: 'Written' }, conflicts: 0 }),
  );
  await here.call<typeof Live, 'write'>('/live.js', 'write', { title: 'Written' });
  await vi.waitFor(async () =>
    expect(await typed()).toEqual({ value: { title: 'Typed', body: 'Written' }, conflicts: 1 }),
  );
});

test('what one tab deletes is gone in the other', async () => {
  const { here, there } = await two();
  await here.call<typeof Live, 'remove'>('/live.js', 'remove');
  await vi.waitFor(async () => expect(await there.call<typeof Live, 'status'>('/live.js', 'status')).toBe('gone'));
});

test.each([
  ['before live() nothing is told', false, false],
  ['with tabs: false neither', { tabs: false }, { tabs: false }],
  ['nor to the tab of somebody else', { tabs: 'ada' }, { tabs: 'grace' }],
] as const)('%s', async (_name, one, other) => {
  const [here, there] = [await openTab(context, pages.url), await openTab(context, pages.url)];
  await here.call<typeof Live, 'open'>('/live.js', 'open', api, one);
  await there.call<typeof Live, 'open'>('/live.js', 'open', api, other);
  await here.call<typeof Live, 'write'>('/live.js', 'write', { title: 'Mine' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await shownIn(there)).toEqual(NOTE);
});
