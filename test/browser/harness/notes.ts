import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import type { DeepReadonly } from 'unconflict';
import { type ConflictServer, createConflictServer, type RequestRecord } from 'unconflict/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import type * as Page from '../pages/kept.js';
import { bundleInChunks } from './bundle.js';
import { launchChromium, launchWithProfile } from './chromium.js';
import type { Listening } from './listen.js';
import { servePages } from './serve-pages.js';
import { openTab, type Tab } from './tab.js';

export const PATH = '/notes/1';
export const FIRST: Page.Note = { title: 'First', tags: [], views: 0 };
/** For `on` of a fault. */
export const WRITES = { method: 'PATCH' };

/** Answers from a cache where there is no network, as an application does that can be opened on a train. */
const WORKER = `
const answer = async (request) => {
  const cache = await caches.open('pages');
  try {
    const response = await fetch(request);
    await cache.put(request, response.clone());
    return response;
  } catch {
    return cache.match(request);
  }
};
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === location.origin) event.respondWith(answer(event.request));
});`;

let browser: Browser;
let pages: Listening;
/** One person's browser. */
export let context: BrowserContext;
export let server: ConflictServer;
let api: string;

/** An application with an outbox, on a server of its own for each test, in a browser that has nothing in it. */
export function setUpNotes(): void {
  beforeAll(async () => {
    browser = await launchChromium();
    const files = { '/': '<!doctype html><title>Notes</title>', '/worker.js': WORKER };
    pages = await servePages({ files: { ...files, ...(await bundleInChunks('pages/kept.ts')) } });
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });
  beforeEach(async () => {
    server = createConflictServer({ cors: true, latency: 20 });
    server.seed(PATH, FIRST);
    api = (await server.listen()).url;
    context = await browser.newContext();
  });
  afterEach(() => Promise.all([context.close(), server.close()]));
}

/** A browser with its profile on disk, in the place of the one that is there. Gives back what kills it and starts it again. */
export async function openProfile(preferences: object = {}): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'unconflict-profile-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'Default'));
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  await context.close();
  context = await launchWithProfile(folder);
  return async () => {
    const closed = new Promise((resolve) => context.once('close', resolve));
    // The lock is a link to `<host>-<process>`.
    const { pid } = /-(?<pid>\d+)$/.exec(await readlink(join(folder, 'SingletonLock')))?.groups ?? {};
    process.kill(Number(pid), 'SIGKILL');
    await closed;
    context = await launchWithProfile(folder);
  };
}

export const openPage = (): Promise<Tab> => openTab(context, pages.url);

/** Starts the application in a page that was loaded: what it shows of these notes before it has asked anybody. */
export const open = (
  tab: Tab,
  owner = 'ada',
  paths: readonly string[] = [],
): Promise<readonly (DeepReadonly<Page.Note> | undefined)[]> => call(tab, 'open', api, owner, paths);

/** The same without waiting until the outbox is ready. */
export const start = (tab: Tab, deadline?: number): Promise<void> =>
  call(tab, 'start', api, 'ada', ...(deadline === undefined ? [] : [deadline]));

/** A tab with the application in it, started. */
export async function newTab(owner = 'ada'): Promise<Tab> {
  const tab = await openPage();
  await open(tab, owner);
  return tab;
}

/** The same, with notes that were read. */
export async function reading(...paths: readonly string[]): Promise<Tab> {
  const tab = await newTab();
  await call(tab, 'read', ...paths);
  return tab;
}

export const writes = (): RequestRecord[] => server.requests.filter(({ method }) => method === WRITES.method);
export const note = (path: string = PATH): Page.Note | undefined => server.get<Page.Note>(path)?.value;

/** Somebody else adds to a note. */
export const stranger = (tag: string, path: string = PATH): void =>
  void server.edit<Page.Note>(path, (doc) => void doc.tags.push(tag));

/** The server's log is the judge: each of these came into the note once, all of them are there, and nothing else is. */
export function expectOnce(names: readonly string[], path: string = PATH): void {
  const all = server.history<Page.Note>(path).map(({ value }) => value?.tags ?? []);
  const times = (name: string): number =>
    all.filter((now, at) => now.includes(name) && !all[at - 1]?.includes(name)).length;
  expect(names.map((name) => [name, times(name)])).toEqual(names.map((name) => [name, 1]));
  expect(note(path)?.tags.toSorted()).toEqual(names.toSorted());
}

/** Ends when the server has got a write. */
export const arrived = (): Promise<void> => expect.poll(() => writes().length, SOON).toBeGreaterThan(0);

const SOON = { timeout: 15_000 };

/** Calls what the application exports, in a tab. */
export const call = <Name extends keyof typeof Page>(
  tab: Tab,
  name: Name,
  ...args: Parameters<(typeof Page)[Name]>
): Promise<Awaited<ReturnType<(typeof Page)[Name]>>> =>
  tab.call<typeof Page, Name>('/kept.js', name, ...(args as never)) as never;

/** Kills the process of a page: it hears of nothing, and no promise of it settles. */
export async function crash({ page }: Tab): Promise<void> {
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  page.goto('chrome://crash').catch(() => {});
  await crashed;
  await page.close();
}

export const states = async (tab: Tab): Promise<string[]> =>
  (await call(tab, 'shown')).entries.map(({ state }) => state);

/** Ends when everything is saved, or given up. */
export const empty = (tab: Tab): Promise<void> =>
  expect.poll(() => call(tab, 'shown'), SOON).toEqual({ entries: [], storage: null });

/** Ends when so many entries are on disk, of all owners. */
export const stored = (tab: Tab, count: number): Promise<void> =>
  expect.poll(async () => (await call(tab, 'stored')).length, SOON).toBe(count);
