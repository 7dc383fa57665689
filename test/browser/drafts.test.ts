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

/** What goes wrong with every write for which its turn has come. */
const FAULTS = [
  { kind: 'lose-answer' },
  { kind: 'lose-request' },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 403 },
] as const;

/** A letter on a server whose line is bad, and a person who types into it. */
async function typeOver(stored: 'as it is' | 'trimmed', whatTheyChange: (letter: Letter, turn: number) => void) {
  const server = createConflictServer({ cors: true, latency: 10, ...(stored === 'trimmed' && { normalise: 'trim' }) });
  server.seed(PATH, { title: '', body: '', seen: 0 });
  const api = (await server.listen()).url;
  const context = await browser.newContext();
  const { page, call, problems } = await openTab(context, pages.url);
  await call<typeof Typing, 'show'>('/typing.js', 'show', api);
  let turns = 0;
  const stranger = setInterval(() => {
    turns += 1;
    server.edit<Letter>(PATH, (doc) => whatTheyChange(doc, turns));
  }, 100);
  let faults = 0;
  const badLine = setInterval(() => {
    server.fault({ ...(FAULTS[faults % FAULTS.length] ?? FAULTS[0]), on: WRITES });
    faults += 1;
  }, 300);
  for (const name of ['title', 'body']) {
    await page.getByRole('textbox', { name }).pressSequentially(TEXT, { delay: 15 });
    expect(await page.getByRole('textbox', { name }).inputValue()).toBe(TEXT);
  }
  clearInterval(badLine);
  clearInterval(stranger);
  const { status, questions } = await call<typeof Typing, 'finish'>('/typing.js', 'finish');
  const told = server.requests.filter(({ method }) => WRITES.method.includes(method)).map(({ status }) => status);
  await context.close();
  await server.close();
  return { status, questions, turns, faults, told, problems, saved: server.get<Letter>(PATH)?.value };
}

test.each(['as it is', 'trimmed'] as const)(
  '200 characters typed into two fields over a bad line are all there, with all that others changed; stored %s',
  async (stored) => {
    const { status, questions, turns, faults, told, problems, saved } = await typeOver(stored, (letter) => {
      letter.seen += 1;
    });
    const text = stored === 'trimmed' ? TEXT.trim() : TEXT;
    expect([status, questions]).toEqual(['clean', 0]);
    expect(saved).toEqual({ title: text, body: text, seen: turns });
    // The line was bad: each of its faults came, and others were often first.
    expect(faults).toBeGreaterThanOrEqual(FAULTS.length);
    expect(told).toEqual(expect.arrayContaining([403, 503, 412, 200]));
    expect(turns).toBeGreaterThan(10);
    expect(problems).toEqual([]);
  },
);

test('where others save the same field again and again, one question at most for each time, and what was typed stays', async () => {
  let overlaps = 0;
  const { status, questions, turns, told, problems, saved } = await typeOver('as it is', (letter, turn) => {
    letter.seen += 1;
    // While the person is at it, and has saved a part of it.
    if (!letter.body.startsWith(TEXT.slice(0, 3)) || letter.body.length > 60) return;
    overlaps += 1;
    letter.body = `(theirs ${turn})`;
  });
  expect(questions).toBeLessThanOrEqual(overlaps);
  expect(questions).toBeGreaterThan(0);
  expect(status).toBe('clean');
  expect(saved).toEqual({ title: TEXT, body: TEXT, seen: turns });
  expect(told).toEqual(expect.arrayContaining([403, 503, 412, 200]));
  expect(problems).toEqual([]);
});
