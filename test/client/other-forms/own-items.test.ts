import { conflictFetch } from 'unconflict';
import type { ConflictServerOptions, Normaliser } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { PATH, soon } from '../support.js';
import type { Shelf } from './shelf.js';
import { SHELF, shelfScene } from './shelf.js';

/** What is put in, in which form the server keeps it, and how it is taken out again. */
const ITEMS: readonly {
  name: string;
  normalise: Normaliser | readonly Normaliser[];
  add: (draft: Shelf) => void;
  takeOut: (draft: Shelf) => void;
}[] = [
  {
    name: 'a word that is sorted in, in small letters',
    normalise: ['trim', 'lower-case', 'sort'],
    add: ({ tags }) => void tags.push(' A '),
    takeOut: ({ tags }) => void tags.splice(tags.indexOf(' A '), 1),
  },
  {
    name: 'an item in small letters with a rounded price',
    normalise: ['lower-case', 'round'],
    add: ({ items }) => void items.push({ name: 'Pen', price: 1.234 }),
    takeOut: ({ items }) =>
      void items.splice(
        items.findIndex(({ name }) => name === 'Pen'),
        1,
      ),
  },
  {
    name: 'an item that is trimmed and gets an id',
    normalise: ['trim', 'ids'],
    add: ({ items }) => void items.unshift({ name: ' pen ' }),
    takeOut: ({ items }) => void items.shift(),
  },
];

/** Answers that do not tell what was kept. */
const ANSWERS: [string, NonNullable<ConflictServerOptions['answer']>][] = [
  ['nothing', 'nothing'],
  ['its tag', 'minimal'],
  ['the document before', ({ before }) => ({ body: before })],
];

describe.each(ANSWERS)('where a PATCH is answered with %s,', (_title, answer) => {
  test.each(ITEMS)('$name is taken out again', async ({ normalise, add, takeOut }) => {
    const on = await shelfScene({ normalise, answer });
    await on.shelf.get();
    await soon(on.shelf.edit(add));
    await soon(on.shelf.edit(takeOut));
    expect(on.kept()).toEqual(SHELF);
  });

  test.each(ITEMS)('$name is taken out again although others came in between', async ({ normalise, add, takeOut }) => {
    const on = await shelfScene({ normalise, answer });
    await on.shelf.get();
    await soon(on.shelf.edit(add));
    on.server.edit<Shelf>(PATH, (draft) => {
      draft.tags.push('z');
      draft.items.push({ id: 'theirs', name: 'cap' });
    });
    await soon(on.shelf.edit(takeOut));
    const items = [...SHELF.items, { id: 'theirs', name: 'cap' }];
    expect(on.kept()).toEqual({ ...SHELF, tags: [...SHELF.tags, 'z'], items });
  });

  test.each(ITEMS)(
    '$name is taken out again by a call with a header of its own',
    async ({ normalise, add, takeOut }) => {
      const on = await shelfScene({ normalise, answer });
      await on.shelf.get();
      await soon(on.shelf.edit(add));
      await soon(on.shelf.edit(takeOut, { headers: { 'x-reason': 'a mistake' } }));
      expect(on.kept()).toEqual(SHELF);
    },
  );
});

describe('an answer that shows the document before, under the new tag', () => {
  const answer: ConflictServerOptions['answer'] = ({ before }) => ({ body: before });
  const tagged = (shelf: Shelf, tag: string): Shelf => ({ ...shelf, tags: [...shelf.tags, tag] });
  const saved = { ...SHELF, tags: [...SHELF.tags, 'x', 'y'] };

  test.each([true, false])('is what the next PUT is made from, where that is said: %s', async (isSaid) => {
    const on = await shelfScene({ answer });
    const read = await on.client.get(PATH).json<Shelf>();
    const shown = await on.client.put(PATH, { json: tagged(read, 'x') }).json<Shelf>();
    expect(shown).toEqual(SHELF);
    await soon(on.client.put(PATH, { json: tagged(shown, 'y'), ...(isSaid && { base: shown }) }).json());
    expect(on.kept()).toEqual(saved);
  });

  test('is what the next PUT is made from through a guarded fetch', async () => {
    const on = await shelfScene({ answer });
    const guarded = conflictFetch();
    const put = async (shelf: Shelf): Promise<Shelf> => {
      const headers = { 'content-type': 'application/json' };
      const response = await guarded(on.url + PATH, { method: 'PUT', headers, body: JSON.stringify(shelf) });
      return response.json();
    };
    const read: Shelf = await (await guarded(on.url + PATH)).json();
    await soon(put(tagged(await put(tagged(read, 'x')), 'y')));
    expect(on.kept()).toEqual(saved);
  });

  test('is not what a PUT is made from whose caller has not read it', async () => {
    const on = await shelfScene({ answer });
    const read = await on.client.get(PATH).json<Shelf>();
    await on.client.put(PATH, { json: tagged(read, 'x') });
    await soon(Promise.resolve(on.client.put(PATH, { json: tagged(tagged(read, 'x'), 'y') })));
    expect(on.kept()).toEqual(saved);
  });
});
