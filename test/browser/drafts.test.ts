import type { Browser } from 'playwright-core';
import { createConflictServer } from 'unconflict/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from './harness/bundle.js';
import { launchChromium } from './harness/chromium.js';
import type { Listening } from './harness/listen.js';
import { servePages } from './harness/serve-pages.js';
import { openTab } from './harness/tab.js';
import type * as Typing from './pages/typing.js';

const PATH = '/letters/1';
const WRITES = { method: ['PATCH', 'PUT'] };
const TEXT = 'The quick brown fox jumps over the lazy dog, and then does it again. '.repeat(2).slice(0, 100);

interface Letter {
  title: string;
  body: string;
  seen: number;
}

let browser: Browser;
let pages: Listening;

beforeAll(async () => {
  browser = await launchChromium();
  const script = await bundle('pages/typing.tsx', { package: 'inside' });
  pages = await servePages({ files: { '/': '<!doctype html><title>Letter</title>', '/typing.js': script } });
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

test.each(['as it is', 'trimmed'] as const)(
  '200 characters typed into two fields over a bad line are all there, with all that others changed; stored %s',
  async (stored) => {
    const server = createConflictServer({
      cors: true,
      latency: 10,
      ...(stored === 'trimmed' && { normalise: 'trim' }),
    });
    server.seed(PATH, { title: '', body: '', seen: 0 });
    const api = (await server.listen()).url;
    const context = await browser.newContext();
    const { page, call, problems } = await openTab(context, pages.url);
    await call<typeof Typing, 'show'>('/typing.js', 'show', api);
    let strangers = 0;
    const stranger = setInterval(() => {
      strangers += 1;
      server.edit<Letter>(PATH, (doc) => void Object.assign(doc, { seen: doc.seen + 1 }));
    }, 100);
    const faults = setInterval(() => {
      const kinds = [
        { kind: 'lose-answer' },
        { kind: 'lose-request' },
        { kind: 'status', status: 503 },
        { kind: 'status', status: 403 },
      ] as const;
      server.fault({ ...(kinds[strangers % kinds.length] ?? kinds[0]), on: WRITES });
    }, 300);
    for (const name of ['title', 'body']) {
      await page.getByRole('textbox', { name }).pressSequentially(TEXT, { delay: 15 });
      expect(await page.getByRole('textbox', { name }).inputValue()).toBe(TEXT);
    }
    clearInterval(faults);
    clearInterval(stranger);
    const { status, questions } = await call<typeof Typing, 'finish'>('/typing.js', 'finish');
    const saved = stored === 'trimmed' ? TEXT.trim() : TEXT;
    expect([status, questions]).toEqual(['clean', 0]);
    expect(server.get<Letter>(PATH)?.value).toEqual({ title: saved, body: saved, seen: strangers });
    expect(strangers).toBeGreaterThan(10);
    expect(problems).toEqual([]);
    await Promise.all([context.close(), server.close()]);
  },
);
