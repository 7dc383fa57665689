import { describe, expect, test } from 'vitest';
import { PATH, soon } from '../support.js';
import { SHELF, shelfScene } from './shelf.js';

const LETTERS = { ...SHELF, tags: ['d', 'b'] };

describe('an answer to a write', () => {
  test('that has the old document under the new tag is not the latest value', async () => {
    const on = await shelfScene({ answer: ({ before }) => ({ body: before }) });
    await on.shelf.get();
    const saved = await soon(on.shelf.edit((draft) => void draft.tags.push('new')));
    expect(saved).toMatchObject({ version: '"3"', value: { tags: ['b', 'd', 'new'] } });
    await soon(on.shelf.edit((draft) => void draft.tags.splice(0, 1)));
    expect(on.kept().tags).toEqual(['d', 'new']);
  });

  test('that is a summary is not the latest value: what it leaves out is not deleted', async () => {
    const on = await shelfScene({ answer: () => ({ body: { ...SHELF, title: 'new', items: [{ id: 'first' }] } }) });
    await on.shelf.get();
    const rename = (title: string) => on.shelf.edit((draft) => Object.assign(draft, { title }));
    expect((await soon(rename('new'))).value).toEqual({ ...SHELF, title: 'new' });
    await soon(rename('newer'));
    expect(on.kept()).toEqual({ ...SHELF, title: 'newer' });
  });

  test('that has one of two changes is the latest value, and nothing is read', async () => {
    const on = await shelfScene({
      answer: ({ value }) => ({ body: value }),
      normalise: (value) => ({ ...Object(value), price: 1 }),
    });
    await on.shelf.get();
    const saved = await soon(on.shelf.edit((draft) => Object.assign(draft, { title: 'new', price: 7 })));
    expect(saved.value).toEqual({ ...SHELF, title: 'new' });
    await soon(on.shelf.edit((draft) => Object.assign(draft, { title: 'newer' })));
    expect(on.wire()).toEqual(['GET 200', 'PATCH 200', 'PATCH 200']);
  });
});

describe.each(['minimal', 'nothing'] as const)('a PATCH that is answered %s by a server that sorts', (answer) => {
  test('is read before the next index is used', async () => {
    const on = await shelfScene({ normalise: 'sort', answer });
    await on.shelf.get();
    await soon(on.shelf.edit((draft) => void draft.tags.push('a')));
    // What shows is d, b, a; what is kept is a, b, d.
    await soon(on.shelf.edit((draft) => void draft.tags.splice(2, 1)));
    expect(on.kept().tags).toEqual(['b', 'd']);
    expect(on.wire()).toEqual(['GET 200', 'PATCH 204', 'GET 200', 'PATCH 204']);
  });

  test("shows the server's own value as soon as it is read", async () => {
    const on = await shelfScene({ normalise: 'sort', answer });
    await on.shelf.get();
    const saved = await soon(on.shelf.edit((draft) => void draft.tags.push('a')));
    expect(saved.value.tags).toEqual(['b', 'd', 'a']);
    await expect(on.shelf.get()).resolves.toMatchObject({ value: { tags: ['a', 'b', 'd'] } });
    expect(on.shelf.value).toEqual(on.now());
  });

  test('is deleted without a read, where its tag was told', async () => {
    const on = await shelfScene({ normalise: 'sort', answer });
    await on.shelf.get();
    await soon(on.shelf.edit((draft) => void draft.tags.push('a')));
    await soon(on.shelf.delete());
    expect(on.now()).toBeUndefined();
    expect(on.wire().filter((request) => request.startsWith('GET'))).toHaveLength(answer === 'minimal' ? 1 : 2);
  });

  test("lets others' changes be merged, and asked about where they meet", async () => {
    const on = await shelfScene({ normalise: 'sort', answer });
    await on.shelf.get();
    await soon(on.shelf.edit((draft) => Object.assign(draft, { title: 'mine' })));
    on.server.edit<typeof SHELF>(PATH, (draft) => Object.assign(draft, { title: 'theirs' }));
    const again = on.shelf.edit((draft) => Object.assign(draft, { title: 'mine again' }));
    await expect(soon(again)).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(on.kept().title).toBe('theirs');
  });
});

test('a PUT that is answered by its new tag alone was kept as it was sent (RFC 9110 9.3.4), and nothing is read', async () => {
  const on = await shelfScene({ answer: 'minimal' }, { write: 'put' });
  on.server.seed(PATH, LETTERS);
  await on.shelf.get();
  await soon(on.shelf.edit((draft) => void draft.tags.push('a')));
  await soon(on.shelf.edit((draft) => void draft.tags.splice(0, 1)));
  expect(on.kept().tags).toEqual(['b', 'a']);
  expect(on.wire()).toEqual(['GET 200', 'PUT 204', 'PUT 204']);
});

test('a PATCH answered by its new tag alone is read before the next plain patch is made', async () => {
  const on = await shelfScene({ normalise: 'sort', answer: 'minimal' });
  await on.client.get(PATH).json();
  const patch = (operations: object[]) =>
    soon(
      Promise.resolve(
        on.client.patch(PATH, {
          body: JSON.stringify(operations),
          headers: { 'content-type': 'application/json-patch+json' },
        }),
      ),
    );
  await patch([{ op: 'add', path: '/tags/-', value: 'a' }]);
  await patch([{ op: 'remove', path: '/tags/2' }]);
  expect(on.kept().tags).toEqual(['b', 'd']);
});
