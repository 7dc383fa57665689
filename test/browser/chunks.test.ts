import type { Browser, BrowserContext, Route } from 'playwright-core';
import { type ConflictServer, createConflictServer } from 'unconflict/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleInChunks } from './harness/bundle.js';
import { launchChromium } from './harness/chromium.js';
import type { Listening } from './harness/listen.js';
import { servePages } from './harness/serve-pages.js';
import { openTab, type Tab } from './harness/tab.js';
import type * as Page from './pages/late.js';

const PATH = '/articles/1';
const DRAFT = { title: 'Draft', views: 1 };
const MINE = { title: 'Mine', views: 1 };

/** What the bundler called the parts that are fetched later. */
const WRITE = /\/write-chunk-/;
const CONFLICT = /\/conflict-/;

const call = <Name extends keyof typeof Page>(tab: Tab, name: Name, ...args: Parameters<(typeof Page)[Name]>) =>
  tab.call<typeof Page, Name>('/late.js', name, ...(args as never));

let browser: Browser;
let pages: Listening;
let context: BrowserContext;
let server: ConflictServer;
let url: string;
let tab: Tab;

beforeAll(async () => {
  browser = await launchChromium();
  pages = await servePages({
    files: { '/': '<!doctype html><title>Article</title>', ...(await bundleInChunks('pages/late.ts')) },
  });
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

beforeEach(async () => {
  server = createConflictServer({ cors: true });
  server.seed(PATH, DRAFT);
  url = (await server.listen()).url + PATH;
  context = await browser.newContext();
  tab = await openTab(context, pages.url);
});
afterEach(async () => {
  await context.close();
  await server.close();
});

/** How a file does not come, and how often it was asked for. */
async function missing(
  file: RegExp,
  times: number,
  answer: (route: Route) => Promise<void>,
): Promise<{ asked: number }> {
  const count = { asked: 0 };
  await context.route(file, (route) => {
    count.asked += 1;
    return count.asked > times ? route.continue() : answer(route);
  });
  return count;
}

const offline = (route: Route): Promise<void> => route.abort('internetdisconnected');
/** Another deployment has taken the place of the one that this page is of. */
const notThere = (route: Route): Promise<void> => route.fulfill({ status: 404, body: 'Not found' });
const writes = (): string[] => server.requests.map(({ method }) => method).filter((method) => method === 'PATCH');

describe.each([
  ['offline', offline],
  ['404', notThere],
])('code that does not come (%s)', (_how, answer) => {
  test('for a while: the edit shows at once, and lands when it is there', async () => {
    const file = await missing(WRITE, 3, answer);
    await call(tab, 'read', url);
    const outcome = await call(tab, 'retitle', url, 'Mine', 20_000);
    expect(outcome).toEqual({ shownAtOnce: MINE, shownAfter: MINE, code: undefined, wanted: undefined });
    expect(file.asked).toBe(4);
    expect(server.get(PATH)?.value).toEqual(MINE);
  });

  test('at all: the error holds the edit, nothing was sent, and the next edit works once it is there', async () => {
    const file = await missing(WRITE, Number.POSITIVE_INFINITY, answer);
    await call(tab, 'read', url);
    const outcome = await call(tab, 'retitle', url, 'Mine', 1_500);
    expect(outcome).toEqual({ shownAtOnce: MINE, shownAfter: DRAFT, code: 'ERR_CHUNK', wanted: MINE });
    expect(file.asked).toBeGreaterThan(1);
    expect([writes(), server.get(PATH)?.value]).toEqual([[], DRAFT]);

    await context.unroute(WRITE);
    expect(await call(tab, 'retitle', url, 'Again', 20_000)).toMatchObject({ code: undefined });
    expect(server.get(PATH)?.value).toEqual({ ...DRAFT, title: 'Again' });
  });

  test('in the middle of a conflict: theirs stays, the error holds the edit, and the next edit works once it is there', async () => {
    const file = await missing(CONFLICT, Number.POSITIVE_INFINITY, answer);
    await call(tab, 'read', url);
    server.edit<typeof DRAFT>(PATH, (draft) => {
      draft.views = 2;
    });
    const outcome = await call(tab, 'retitle', url, 'Mine', 1_500);
    expect(outcome).toEqual({ shownAtOnce: MINE, shownAfter: DRAFT, code: 'ERR_CHUNK', wanted: MINE });
    expect(file.asked).toBeGreaterThan(1);
    expect(server.get(PATH)?.value).toEqual({ ...DRAFT, views: 2 });

    await context.unroute(CONFLICT);
    expect(await call(tab, 'retitle', url, 'Again', 20_000)).toMatchObject({ code: undefined });
    expect(server.get(PATH)?.value).toEqual({ title: 'Again', views: 2 });
  });
});
