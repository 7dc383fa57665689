import type { Normaliser } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { PATH, soon } from '../support.js';
import type { Shelf } from './shelf.js';
import { SHELF, shelfScene } from './shelf.js';

/** Two saves of one person at one place, and what the server is to have in the end. */
const SAVES: readonly {
  name: string;
  normalise: Normaliser;
  first: Partial<Shelf>;
  second: Partial<Shelf>;
  end: Partial<Shelf>;
}[] = [
  {
    name: 'trims',
    normalise: 'trim',
    first: { title: ' one ' },
    second: { title: ' one two ' },
    end: { title: 'one two' },
  },
  {
    name: 'writes small letters',
    normalise: 'lower-case',
    first: { title: 'One' },
    second: { title: 'One Two' },
    end: { title: 'one two' },
  },
  { name: 'rounds', normalise: 'round', first: { price: 1.234 }, second: { price: 5.678 }, end: { price: 5.68 } },
  {
    name: 'sorts',
    normalise: 'sort',
    first: { tags: ['b', 'd', 'a'] },
    second: { tags: ['b', 'd', 'a', 'c'] },
    end: { tags: ['a', 'b', 'c', 'd'] },
  },
  {
    name: 'gives ids',
    normalise: 'ids',
    first: { items: [{ id: 'first', name: 'ink' }, { name: 'pen' }] },
    second: { title: 'two', items: [{ id: 'first', name: 'ink' }, { name: 'pen' }] },
    end: {
      title: 'two',
      items: [
        { id: 'first', name: 'ink' },
        { id: expect.any(String), name: 'pen' },
      ],
    },
  },
];

describe.each(SAVES)('one person alone on a server that $name', ({ normalise, first, second, end }) => {
  test('saves again while the first save is under way', async () => {
    const on = await shelfScene({ normalise });
    await on.shelf.get();
    const saving = on.shelf.edit((draft) => Object.assign(draft, first));
    const again = on.shelf.edit((draft) => Object.assign(draft, second));
    await soon(Promise.all([saving, again]));
    expect(on.kept()).toEqual({ ...SHELF, ...end });
  });

  test('saves again while the first save is in flight, from what shows', async () => {
    const on = await shelfScene({ normalise });
    await on.shelf.get();
    let again: Promise<unknown> = Promise.resolve();
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'PATCH' },
      run: () => {
        again = on.shelf.edit((draft) => Object.assign(draft, second));
      },
    });
    await soon(on.shelf.edit((draft) => Object.assign(draft, first)));
    await soon(again);
    expect(on.writes()).toHaveLength(2);
    expect(on.kept()).toEqual({ ...SHELF, ...end });
  });

  test('saves twice from the snapshot that the form was opened on', async () => {
    const on = await shelfScene({ normalise });
    const base = await on.shelf.get();
    await soon(on.shelf.replace({ ...SHELF, ...first }, { base }));
    await soon(on.shelf.replace({ ...SHELF, ...second }, { base }));
    expect(on.kept()).toEqual({ ...SHELF, ...end });
  });

  test.each(['minimal', 'nothing'] as const)('saves twice where a PATCH is answered %s', async (answer) => {
    const on = await shelfScene({ normalise, answer });
    await on.shelf.get();
    await soon(on.shelf.edit((draft) => Object.assign(draft, first)));
    await soon(on.shelf.edit((draft) => Object.assign(draft, second)));
    expect(on.kept()).toEqual({ ...SHELF, ...end });
    await expect(on.shelf.get()).resolves.toMatchObject({ value: on.now() });
  });
});

test('what a read shows of a save before its answer comes does not show twice, and is built upon', async () => {
  let isRead = false;
  const on = await shelfScene(
    { normalise: 'trim' },
    {},
    {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const response = await fetch(request);
        if (request.method !== 'PATCH' || isRead) return response;
        isRead = true;
        await on.client.resource<Shelf>(PATH).get();
        again = on.shelf.edit(({ tags }) => void tags.push(' b '), { headers: { 'x-reason': 'more' } });
        shown = on.shelf.value?.tags;
        return response;
      },
    },
  );
  let again: Promise<unknown> | undefined;
  let shown: readonly string[] | undefined;
  await on.shelf.get();
  await soon(on.shelf.edit(({ tags }) => void tags.push(' a ')));
  await soon(again ?? Promise.reject(new Error('it was not made')));
  expect(shown).toEqual([...SHELF.tags, 'a', ' b ']);
  expect(on.kept().tags).toEqual([...SHELF.tags, 'a', 'b']);
});
