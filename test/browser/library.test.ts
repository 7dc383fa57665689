import type { Browser } from 'playwright-core';
import { type ConflictServer, createConflictServer, lostAnswer } from 'unconflict/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundle } from './harness/bundle.js';
import { launchChromium } from './harness/chromium.js';
import { startGateway } from './harness/gateway.js';
import { importMap } from './harness/import-map.js';
import type { Listening } from './harness/listen.js';
import { servePages } from './harness/serve-pages.js';
import { openTab, type Tab } from './harness/tab.js';
import type * as Page from './pages/article.js';

const PATH = '/articles/1';
const DRAFT = { title: 'Draft', body: 'One two three.', tags: ['new'], views: 1 };

const call = <Name extends keyof typeof Page>(tab: Tab, name: Name, ...args: Parameters<(typeof Page)[Name]>) =>
  tab.call<typeof Page, Name>('/article.js', name, ...(args as never));

let browser: Browser;
let pages: Listening;
let server: ConflictServer;
let api: string;
let closers: (() => Promise<unknown>)[];

beforeAll(async () => {
  browser = await launchChromium();
  const html = `<!doctype html><title>Article</title><script type="importmap">${importMap()}</script>`;
  pages = await servePages({ files: { '/': html, '/article.js': await bundle('pages/article.ts') } });
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

beforeEach(async () => {
  server = createConflictServer({ cors: true });
  server.seed(PATH, DRAFT);
  api = (await server.listen()).url;
  closers = [() => server.close()];
});
afterEach(() => Promise.all(closers.map((close) => close())));

async function newTabs(count: number): Promise<Tab[]> {
  const context = await browser.newContext();
  closers.push(() => context.close());
  const tabs: Tab[] = [];
  while (tabs.length < count) tabs.push(await openTab(context, pages.url));
  return tabs;
}

async function newTab(): Promise<Tab> {
  const [tab] = await newTabs(1);
  if (tab === undefined) throw new Error('No tab was opened.');
  return tab;
}

const gateway = async (options: Parameters<typeof startGateway>[1]): Promise<string> => {
  const { url, close } = await startGateway(api, options);
  closers.push(close);
  return `${url}${PATH}`;
};

describe('the built package, by an import map, in Chromium, talking to another origin', () => {
  test('a stale write is rebased and saved', async () => {
    const tab = await newTab();
    await call(tab, 'read', `${api}${PATH}`);
    server.edit<typeof DRAFT>(PATH, (doc) => {
      doc.title = 'Ada was faster';
      doc.views += 1;
      doc.body = 'Zero. One two three.';
    });
    const saved = await call(tab, 'save', `${api}${PATH}`, { body: 'One two four.', views: 2, tags: ['new', 'http'] });
    const value = { title: 'Ada was faster', body: 'Zero. One two four.', tags: ['new', 'http'], views: 3 };
    expect(saved).toMatchObject({ value, version: '"3"', attempts: 2, rebased: true });
    expect(saved.events).toEqual(['queued', 'attempt', 'stale', 'wait', 'refetch', 'rebase', 'attempt', 'accepted']);
    expect(server.get(PATH)?.value).toEqual(value);
    expect(server.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'PATCH 412',
      'GET 200',
      'PATCH 200',
    ]);
    expect(tab.problems).toEqual([]);
  });

  test('an overlap is settled by the resolver', async () => {
    const tab = await newTab();
    await call(tab, 'read', `${api}${PATH}`);
    server.edit(PATH, (doc) => {
      doc.title = 'Theirs';
    });
    const saved = await call(
      tab,
      'save',
      `${api}${PATH}`,
      { title: 'Mine', views: 5 },
      { resolutions: { '/title': 'local' } },
    );
    expect(saved).toMatchObject({ value: { title: 'Mine', views: 5 }, attempts: 2 });
    expect(saved.events).toContain('resolve');
    expect(server.get(PATH)?.value).toMatchObject({ title: 'Mine' });
  });

  test('an ETag that CORS hides ends in an error that names the header to expose, and nothing is written', async () => {
    const tab = await newTab();
    const { code, message } = await call(tab, 'failure', await gateway({}), { title: 'Mine' });
    expect(code).toBe('ERR_MISSING_VERSION');
    expect(message).toContain('Access-Control-Expose-Headers: ETag');
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('the same server with that header exposed works', async () => {
    const tab = await newTab();
    const saved = await call(tab, 'save', await gateway({ expose: 'ETag' }), { title: 'Mine' });
    expect(saved).toMatchObject({ value: { title: 'Mine' }, version: '"2"', attempts: 1 });
  });

  test('through a gateway that compresses and weakens tags, a stale write is rebased and saved', async () => {
    const tab = await newTab();
    const url = await gateway({ expose: 'ETag', gzip: true });
    await call(tab, 'read', url);
    server.edit(PATH, (doc) => {
      doc.title = 'Ada was faster';
    });
    const saved = await call(tab, 'save', url, { tags: ['new', 'http'] });
    expect(saved.value).toMatchObject({ title: 'Ada was faster', tags: ['new', 'http'] });
    expect(server.get(PATH)?.value).toEqual(saved.value);
    // Chromium sends its own Accept-Encoding whatever a page asks for: every tag the page saw was a weak one.
    expect(server.requests.every(({ headers }) => headers['accept-encoding']?.includes('gzip'))).toBe(true);
  });

  test('two tabs of one origin add to one list and one counter, and nothing is lost', async () => {
    const [one, two] = await newTabs(2);
    if (one === undefined || two === undefined) throw new Error('Two tabs were asked for.');
    const names = (tab: string): string[] => Array.from({ length: 8 }, (_, i) => `${tab}${i}`);
    const url = `${api}${PATH}`;
    await Promise.all([call(one, 'addEach', url, names('a')), call(two, 'addEach', url, names('b'))]);
    const { value } = server.get<typeof DRAFT>(PATH) ?? {};
    expect(value?.views).toBe(17);
    expect(value?.tags.toSorted()).toEqual(['new', ...names('a'), ...names('b')].toSorted());
    expect([...one.problems, ...two.problems]).toEqual([]);
  });

  test('two tabs that save at once write one resource in turn, by the locks of their origin', async () => {
    const [one, two] = await newTabs(2);
    if (one === undefined || two === undefined) throw new Error('Two tabs were asked for.');
    const url = `${api}${PATH}`;
    await Promise.all([call(one, 'read', url), call(two, 'read', url)]);
    server.fault({ kind: 'delay', ms: 3_000, on: { method: 'PATCH' } }); // The first write takes its time.
    const saving = [call(one, 'save', url, { title: 'By one' }), call(two, 'save', url, { tags: ['by two'] })];
    const writes = () => server.requests.filter(({ method }) => method === 'PATCH');
    while (writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // The other tab may still be fetching the code of a write.
    const inTurn = { held: [`unconflict:${url}`], pending: [`unconflict:${url}`] };
    await expect.poll(() => call(one, 'locksOf'), { timeout: 2_500 }).toEqual(inTurn);
    expect(writes()).toHaveLength(1);
    await Promise.all(saving);
    expect(writes().map(({ outcome }) => outcome)).toEqual(['updated', 'stale', 'updated']);
    expect(server.get(PATH)?.value).toMatchObject({ title: 'By one', tags: ['by two'] });
    expect(await call(two, 'locksOf')).toEqual({ held: [], pending: [] });
  });

  test('a tab that was closed while it saved holds up nobody', async () => {
    const [one, two] = await newTabs(2);
    if (one === undefined || two === undefined) throw new Error('Two tabs were asked for.');
    const url = `${api}${PATH}`;
    await Promise.all([call(one, 'read', url), call(two, 'read', url)]);
    server.fault({ kind: 'delay', ms: 20_000, on: { method: 'PATCH' } });
    void call(one, 'save', url, { title: 'Never heard of' }).catch(() => {});
    while (!server.requests.some(({ method }) => method === 'PATCH')) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const saved = call(two, 'save', url, { title: 'By two' });
    await one.page.close();
    await expect(saved).resolves.toMatchObject({ value: { title: 'By two' }, attempts: 1 });
  });
});

describe('on a kept connection, Chromium itself sends a write again whose answer was lost', () => {
  const writes = () =>
    server.requests.filter(({ method }) => method === 'PATCH').map(({ status, body }) => ({ status, body }));

  test('the page sees only the 412 of the second, and an edit that can be recognised lands once', async () => {
    const tab = await newTab();
    await call(tab, 'read', `${api}${PATH}`);
    lostAnswer(server, PATH);
    const saved = await call(tab, 'save', `${api}${PATH}`, { title: 'Mine', tags: ['new', 'http'] });
    const [first, second] = writes();
    expect(writes()).toHaveLength(2);
    expect([first?.status, second?.status, second?.body]).toEqual([200, 412, first?.body]);
    expect(saved.events.filter((type) => type === 'attempt')).toHaveLength(1);
    expect(saved).toMatchObject({ value: { title: 'Mine', tags: ['new', 'http'] }, version: '"2"' });
    expect(server.history(PATH)).toHaveLength(2);
  });

  test('a counter, which cannot be recognised, counts once where the server knows the Idempotency-Key', async () => {
    await server.close();
    server = createConflictServer({ cors: true, idempotencyKeys: true });
    server.seed(PATH, DRAFT);
    const url = `${(await server.listen()).url}${PATH}`;
    const tab = await newTab();
    await call(tab, 'read', url);
    lostAnswer(server, PATH);
    const saved = await call(tab, 'save', url, { views: 2 }, undefined, { idempotencyKey: true });
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['read', 'updated', 'repeated']);
    expect(saved).toMatchObject({ value: { views: 2 }, version: '"2"', attempts: 1 });
  });
});
