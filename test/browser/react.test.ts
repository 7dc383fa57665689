import type { Browser, Page } from 'playwright-core';
import { type ConflictServer, createConflictServer } from 'unconflict/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bundle } from './harness/bundle.js';
import { launchChromium } from './harness/chromium.js';
import type { Listening } from './harness/listen.js';
import { servePages } from './harness/serve-pages.js';
import { openTab, type Tab } from './harness/tab.js';
import type * as Editor from './pages/editor.js';

const PATH = '/articles/1';

let browser: Browser;
let pages: Listening;
let server: ConflictServer;
let tab: Tab;
let page: Page;
let close: () => Promise<unknown>;

beforeAll(async () => {
  browser = await launchChromium();
  const script = await bundle('pages/editor.tsx', { package: 'inside' });
  pages = await servePages({ files: { '/': '<!doctype html><title>Editor</title>', '/editor.js': script } });
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

beforeEach(async () => {
  server = createConflictServer({ cors: true });
  server.seed(PATH, { title: 'Draft', tags: [] });
  const api = (await server.listen()).url;
  const context = await browser.newContext();
  close = () => Promise.all([context.close(), server.close()]);
  tab = await openTab(context, pages.url);
  page = tab.page;
  await tab.call<typeof Editor, 'show'>('/editor.js', 'show', api);
  await page.getByRole('heading', { name: 'Draft' }).waitFor();
});
afterEach(async () => {
  expect(tab.problems).toEqual([]);
  await close();
});

const saved = (value: object): Promise<void> =>
  vi.waitFor(() => expect(server.get(PATH)?.value).toEqual(value), { timeout: 10_000 });

describe('the React hooks, built and bundled, in Chromium', () => {
  test('read once in StrictMode with Suspense', () => {
    expect(server.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  test('typing key by key shows at once and is saved; what others saved meanwhile is merged in', async () => {
    server.edit(PATH, (doc) => void Object.assign(doc, { tags: ['theirs'] }));
    const input = page.getByRole('textbox', { name: 'Title' });
    await input.focus();
    await input.press('End');
    await input.pressSequentially(', longer');
    expect(await input.inputValue()).toBe('Draft, longer');
    await saved({ title: 'Draft, longer', tags: ['theirs'] });
    await page.getByTestId('tags').getByText('theirs').waitFor();
    await page.getByRole('status').getByText('idle').waitFor();
    expect(await input.inputValue()).toBe('Draft, longer');
  });

  test('a conflict opens the dialog, and what is chosen is saved', async () => {
    server.edit(PATH, (doc) => void Object.assign(doc, { title: 'Theirs' }));
    await page.getByRole('textbox', { name: 'Title' }).fill('Mine');
    const dialog = page.getByRole('form', { name: 'Conflict' });
    await dialog.getByText('Headline').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Theirs: Theirs' }).click();
    await dialog.getByRole('button', { name: 'Mine: Mine' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await saved({ title: 'Mine', tags: [] });
    await page.getByRole('heading', { name: 'Mine' }).waitFor();
  });
});
