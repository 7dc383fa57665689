import { createClient } from 'unconflict';
import { expect, test } from 'vitest';
import { chunk } from '../../src/client/chunks.js';
import { doorOf } from '../../src/client/create-client.js';
import { chunks } from '../../src/client/lazy.js';
import { type Article, outcomeOf, PATH, scene, soon } from './support.js';

/** Something that is waited for until somebody lets it go. */
function latch() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A scene whose answers can be held back: `hold()` keeps the next one, and gives what lets it go. */
function heldScene(...given: Parameters<typeof scene>) {
  const on = scene(...given);
  const gates: Promise<void>[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const gate = gates.shift();
    const answer = await on.server.fetch(input, init);
    await gate;
    return answer;
  };
  const client = createClient({ prefix: on.server.origin, fetch, retry: 0, defaults: { retry: { minDelay: 0 } } });
  const hold = (): (() => void) => {
    const { opened, open } = latch();
    gates.push(opened);
    return open;
  };
  return { ...on, client, article: client.resource<Article>(PATH), hold };
}

const theirs = (doc: Article): void => void Object.assign(doc, { title: 'From Ada' });
const mine = (doc: Article): void => void Object.assign(doc, { body: 'Mine' });

test('a read that was overtaken by an edit of a newer state does not lead back to what was there before', async () => {
  const { server, article, hold } = heldScene();
  const release = hold();
  const reading = article.get(); // answered with the first version, and late
  await new Promise((resolve) => setTimeout(resolve, 5));
  server.edit<Article>(PATH, theirs);
  await article.edit(mine, { headers: { 'x-trace': '1' } }); // reads for itself
  const shown: unknown[] = [];
  article.subscribe(() => shown.push(article.value?.title));
  release();
  expect(await soon(reading)).toMatchObject({ value: { title: 'From Ada', body: 'Mine' }, version: '"3"' });
  expect(article.value).toMatchObject({ title: 'From Ada', body: 'Mine' });
  expect(shown).not.toContain('Draft');
});

test('what a read shows while an edit of an earlier state is on its way back is not lost by its answer', async () => {
  const { server, article, hold } = heldScene();
  await article.get();
  const release = hold();
  const edit = article.edit(mine);
  await new Promise((resolve) => setTimeout(resolve, 20));
  server.edit<Article>(PATH, theirs); // on top of the edit
  await article.get();
  release();
  expect(await soon(edit)).toMatchObject({ value: { title: 'Draft', body: 'Mine' }, version: '"2"' });
  expect(article.snapshot).toMatchObject({ value: { title: 'From Ada', body: 'Mine' }, version: '"3"' });
  expect(await soon(article.get())).toMatchObject({ version: '"3"' });
});

test('who reads after an edit ended in doubt is not told what was asked before it', async () => {
  const { server, article, hold } = heldScene();
  await article.get();
  const release = hold();
  const before = article.get();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const given = new AbortController();
  hold(); // of the write, which arrives
  const edit = outcomeOf(article.edit(mine, { signal: given.signal }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.get(PATH)?.value).toMatchObject({ body: 'Mine' });
  given.abort();
  await edit;
  const after = article.get();
  release();
  expect(await soon(after)).toMatchObject({ value: { body: 'Mine' } });
  await before;
});

test('a delete goes before an edit that is made after it', async () => {
  const { article, writes } = heldScene();
  await article.get();
  await article.edit(mine);
  const removed = article.delete();
  const edited = outcomeOf(article.edit(theirs));
  await removed;
  expect(await edited).toMatchObject({ code: 'ERR_GONE' });
  expect(writes().map(({ method }) => method)).toEqual(['PATCH', 'DELETE', 'PATCH']);
});

/** A client whose write code comes when `arrive` is called. */
function slowScene() {
  const on = scene();
  const { opened, open: arrive } = latch();
  const write = chunk(async () => {
    await opened;
    return chunks.write.load();
  });
  const { client } = doorOf({ prefix: on.server.origin, fetch: on.server.fetch, retry: 0 }, { ...chunks, write });
  return { ...on, article: client.resource<Article>(PATH), arrive };
}

test('a delete that waits for its code goes behind an edit that was made before it', async () => {
  const { article, writes, arrive } = slowScene();
  await article.get();
  const edited = article.edit(mine);
  const removed = article.delete();
  arrive();
  expect(await soon(edited)).toMatchObject({ value: { body: 'Mine' } });
  await removed;
  expect(writes().map(({ method }) => method)).toEqual(['PATCH', 'DELETE']);
});

test('what others save while a delete waits for its code is not deleted unseen', async () => {
  const { server, article, now, arrive } = slowScene();
  await article.get();
  const removed = outcomeOf(article.delete());
  server.edit<Article>(PATH, theirs);
  await article.get(); // another component
  arrive();
  expect(await soon(removed)).toMatchObject({ code: 'ERR_CONFLICT', remote: { title: 'From Ada' } });
  expect(now()).toMatchObject({ title: 'From Ada' });
});

test('a create of which nobody knows whether it arrived does not make what others changed one’s own', async () => {
  const { server, article, now } = heldScene();
  await article.get();
  server.fault({ kind: 'html', status: 200, on: { method: 'PUT' } });
  const created = outcomeOf(article.create({ title: 'Mine', body: '', tags: [] }));
  const removed = outcomeOf(article.delete());
  server.edit<Article>(PATH, theirs);
  await article.get(); // another component
  expect(await created).toMatchObject({ code: 'ERR_IN_DOUBT' });
  expect(await removed).toMatchObject({ code: 'ERR_CONFLICT' });
  expect(now()).toMatchObject({ title: 'From Ada' });
});

test('what others add to an item is not taken for what the server made of a write that did not touch it', async () => {
  interface List {
    title: string;
    items: { id: string; note?: string }[];
  }
  const { server, client, now } = heldScene({ answer: 'minimal' });
  server.seed(PATH, { title: 'Draft', items: [{ id: 'a' }, { id: 'b' }] });
  const doc = client.resource<List>(PATH);
  await doc.get();
  await doc.edit((draft) => void Object.assign(draft, { title: 'Mine' })); // answered with its version only
  server.edit<List>(PATH, ({ items }) => void Object.assign(items[1] ?? {}, { note: 'From Ada' }));
  const edit = doc.edit(({ items }) => void Object.assign(items[1] ?? {}, { note: 'Mine' }));
  expect(await outcomeOf(edit)).toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ kind: 'add-add' }] });
  expect(now()).toMatchObject({ items: [{ id: 'a' }, { id: 'b', note: 'From Ada' }] });
});
