import { expect, test } from 'vitest';
import {
  call,
  context,
  empty,
  expectOnce,
  newTab,
  open,
  openPage,
  openProfile,
  PATH,
  reading,
  setUpNotes,
  states,
  stored,
} from './harness/notes.js';
import type { Tab } from './harness/tab.js';

setUpNotes();

/** Says something about the storage of a page to Chromium itself. */
async function tell(tab: Tab, what: 'overrideQuotaForOrigin' | 'clearDataForOrigin', more: object): Promise<void> {
  const session = await context.newCDPSession(tab.page);
  await session.send(`Storage.${what}`, { origin: new URL(tab.page.url()).origin, ...more } as never);
}

test('a storage that is full is told; the edit goes on in memory and is saved', async () => {
  const tab = await reading(PATH);
  await tell(tab, 'overrideQuotaForOrigin', { quotaSize: 1 });
  await call(tab, 'edit', PATH, { tag: 'mine' });
  await expect.poll(() => call(tab, 'told'), { timeout: 10_000 }).toEqual(['mine: saved']);
  expectOnce(['mine']);
  expect(await call(tab, 'shown')).toEqual({ entries: [], storage: 'full' });
  expect(tab.problems).toEqual([]);
});

test('a database that another tab holds is waited for once; edits go on, and are stored when it is free', async () => {
  const other = await openPage();
  await call(other, 'block');
  const tab = await newTab();
  expect(await call(tab, 'shown')).toEqual({ entries: [], storage: 'blocked' });
  await call(tab, 'read', PATH);
  await call(tab, 'edit', PATH, { tag: 'one' });
  await expect.poll(() => call(tab, 'told'), { timeout: 10_000 }).toEqual(['one: saved']);
  expectOnce(['one']);
  await other.page.close();
  await stored(tab, 0);
  await call(tab, 'pause');
  await call(tab, 'edit', PATH, { tag: 'two' });
  await stored(tab, 1);
});

test('what cannot be read stays where it is, and the rest goes on', async () => {
  const tab = await reading(PATH);
  await call(tab, 'pause');
  await call(tab, 'edit', PATH, { tag: 'mine' });
  await stored(tab, 1);
  await call(tab, 'put', 'unconflict/ada/1', '{"format":');
  await call(tab, 'put', 'unconflict/ada/2', '{"format":2}');
  await call(tab, 'put', 'settings', 'dark');
  await tab.page.reload();
  await open(tab);
  await expect.poll(() => states(tab), { timeout: 10_000 }).toEqual([]);
  await stored(tab, 3);
  expectOnce(['mine']);
  expect(await call(tab, 'shown')).toEqual({ entries: [], storage: 'newer' });
  expect(await call(tab, 'stored')).toEqual(['settings', 'unconflict/ada/1', 'unconflict/ada/2']);
});

test('what the browser evicts under an open page is still sent', async () => {
  const tab = await reading(PATH);
  await call(tab, 'pause');
  await call(tab, 'edit', PATH, { tag: 'one' });
  await stored(tab, 1);
  await tell(tab, 'clearDataForOrigin', { storageTypes: 'all' });
  await stored(tab, 0);
  await call(tab, 'edit', PATH, { tag: 'two' });
  await stored(tab, 1);
  await call(tab, 'resume');
  await empty(tab);
  expectOnce(['one', 'two']);
});

test('where a site may store nothing, and gets no locks, edits are saved from memory', async () => {
  await openProfile({ profile: { default_content_setting_values: { cookies: 2 } } });
  const tab = await newTab();
  expect(await call(tab, 'shown')).toEqual({ entries: [], storage: 'failed' });
  await call(tab, 'read', PATH);
  await call(tab, 'edit', PATH, { tag: 'mine' });
  await expect.poll(() => call(tab, 'told'), { timeout: 10_000 }).toEqual(['mine: saved']);
  expectOnce(['mine']);
  expect(tab.problems).toEqual([]);
});
