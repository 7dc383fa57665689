import type { Snapshot } from 'unconflict';
import { ConflictError, conflictFetch, InDoubtError } from 'unconflict';
import { conflictOnce, lostAnswer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { hasty, realScene } from '../real-http.js';
import { type Article, outcomeOf, PATH } from '../support.js';

function deepFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(deepFrozen);
}

const titled =
  (title: string) =>
  (draft: Article): void => {
    draft.title = title;
  };

describe('people first', () => {
  const merge = { '/title': 'local' } as const;

  test.each([
    ['it is refused', ConflictError],
    ['its answer is lost', InDoubtError],
  ])("a program's edit does not go over a person's by a rule that lets a person win: %s", async (_when, Kind) => {
    const { server, client, another, now, landed } = await realScene();
    const theirs = another().resource<Article>(PATH);
    const handle = client.resource<Article>(PATH, { merge, origin: 'agent' });
    await Promise.all([handle.get(), theirs.get()]);
    await theirs.edit(titled('Theirs'));
    if (Kind === InDoubtError) lostAnswer(server, PATH);
    const error = await outcomeOf(handle.edit(titled('By a program')));
    expect(error).toBeInstanceOf(Kind);
    expect([now(), landed()]).toMatchObject([{ title: 'Theirs' }, 1]);
    expect(error).toMatchObject({ edit: { local: { title: 'By a program' }, remote: { title: 'Theirs' } } });
    if (!(error instanceof ConflictError)) return;
    await error.retry('local');
    expect(now()).toMatchObject({ title: 'By a program' });
  });

  test('the same edit by a person goes through by that rule', async () => {
    const { client, another, now } = await realScene();
    const theirs = another().resource<Article>(PATH);
    const handle = client.resource<Article>(PATH, { merge });
    await Promise.all([handle.get(), theirs.get()]);
    await theirs.edit(titled('Theirs'));
    await handle.edit(titled('Mine'));
    expect(now()).toMatchObject({ title: 'Mine' });
  });
});

describe('your objects are yours', () => {
  test('what a caller passes in is neither changed nor kept, through a conflict and a lost answer; what comes out is frozen', async () => {
    const { server, url, client, another, now, landed } = await realScene();
    const handle = client.resource<Article>(PATH);
    const read: Snapshot<Article> = await handle.get();
    expect(deepFrozen(read)).toBe(true);
    const own = { text: 'mine', by: { name: 'Ada' } };
    const operations = [{ op: 'add' as const, path: '/notes', value: [own] }];
    const headers = { 'X-Trace': 'one' };
    conflictOnce<Article>(server, PATH, titled('Theirs'));
    lostAnswer(server, PATH);
    const sent = handle.patch(operations, { headers });
    // Changed while it is on its way.
    own.by.name = 'Bob';
    const given = structuredClone({ operations, headers });
    const saved = await sent;
    expect({ operations, headers }).toEqual(given);
    expect([deepFrozen(saved.value), deepFrozen(handle.value)]).toEqual([true, true]);
    expect([now(), landed()]).toMatchObject([{ title: 'Theirs', notes: [{ by: { name: 'Ada' } }] }, 1]);

    const form = { ...structuredClone(saved.value), title: 'A form' };
    const kept = structuredClone(form);
    const replaced = handle.replace(form, { base: saved });
    form.title = 'Typed on';
    await replaced;
    expect([now(), form]).toEqual([kept, { ...kept, title: 'Typed on' }]);

    const plain = another();
    const value = await plain.get(PATH).json<Article>();
    value.title = 'By hand';
    await plain.put(PATH, { json: value });
    expect([now(), Object.isFrozen(value)]).toEqual([{ ...kept, title: 'By hand' }, false]);

    const fetchOne = conflictFetch(hasty(url));
    const response = await fetchOne(new URL(PATH, url));
    const init = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: await response.text() };
    const before = structuredClone(init);
    expect((await fetchOne(new URL(PATH, url), init)).ok).toBe(true);
    expect(init).toEqual(before);
  });
});
