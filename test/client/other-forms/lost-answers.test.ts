import { counter } from 'unconflict';
import type { Normaliser } from 'unconflict/testing';
import { lostAnswer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { outcomeOf, PATH, soon } from '../support.js';
import type { Shelf } from './shelf.js';
import { FORMS, shelfScene } from './shelf.js';

/** What is appended, how the server keeps it, and what can be told of it when the answer was lost. */
const KEPT: readonly {
  name: string;
  normalise: Normaliser | readonly Normaliser[];
  append: (draft: Shelf) => void;
  told: 'landed' | 'in doubt';
  count: (kept: Shelf) => number;
}[] = [
  {
    name: 'an item that gets an id',
    normalise: 'ids',
    append: (draft) => void draft.items.push({ name: 'pen' }),
    told: 'landed',
    count: ({ items }) => items.length,
  },
  {
    name: 'an item that is trimmed',
    normalise: 'trim',
    append: (draft) => void draft.items.push({ name: ' pen ' }),
    told: 'in doubt',
    count: ({ items }) => items.length,
  },
  {
    name: 'an item in small letters',
    normalise: 'lower-case',
    append: (draft) => void draft.items.push({ name: 'Pen' }),
    told: 'in doubt',
    count: ({ items }) => items.length,
  },
  {
    name: 'an item that is rounded',
    normalise: 'round',
    append: (draft) => void draft.items.push({ name: 'pen', price: 1.999 }),
    told: 'in doubt',
    count: ({ items }) => items.length,
  },
  {
    name: 'an item that is trimmed and gets an id',
    normalise: ['trim', 'ids'],
    append: (draft) => void draft.items.push({ name: ' pen ' }),
    told: 'in doubt',
    count: ({ items }) => items.length,
  },
  {
    name: 'a word that is trimmed and sorted in',
    normalise: ['trim', 'sort'],
    append: (draft) => void draft.tags.push(' a '),
    told: 'in doubt',
    count: ({ tags }) => tags.length - 1,
  },
];

describe.each(FORMS)('%s whose answer was lost:', (write) => {
  test.each(KEPT)('$name: $told, and there once', async ({ normalise, append, told, count }) => {
    const on = await shelfScene({ normalise }, { write });
    await on.shelf.get();
    lostAnswer(on.server, PATH);
    const outcome = await soon(outcomeOf(on.shelf.edit(append)));
    expect(count(on.kept())).toBe(2);
    expect(outcome).toMatchObject(told === 'landed' ? { alreadyApplied: true } : { code: 'ERR_IN_DOUBT' });
    expect(on.writes()).toHaveLength(1);
  });
});

describe.each(FORMS)('%s whose answer was lost, sent with an idempotency key:', (write) => {
  test.each(KEPT)('$name is asked about under its key, and there once', async ({ normalise, append, count }) => {
    const on = await shelfScene({ normalise, idempotencyKeys: true }, { write, idempotencyKey: true });
    await on.shelf.get();
    lostAnswer(on.server, PATH);
    await soon(on.shelf.edit(append));
    expect(count(on.kept())).toBe(2);
    expect(on.landed()).toBe(1);
    expect(on.shelf.value).toEqual(on.now());
  });

  test.each(KEPT)('$name on a server that heeds no keys is there once', async ({ normalise, append, told, count }) => {
    const on = await shelfScene({ normalise }, { write, idempotencyKey: true });
    await on.shelf.get();
    lostAnswer(on.server, PATH);
    const outcome = await soon(outcomeOf(on.shelf.edit(append)));
    expect(count(on.kept())).toBe(2);
    expect(outcome).toMatchObject(told === 'landed' ? { alreadyApplied: true } : { code: 'ERR_IN_DOUBT' });
  });
});

test('a counter whose answer was lost counts once where the key tells', async () => {
  const on = await shelfScene({ idempotencyKeys: true }, { idempotencyKey: true, merge: { '/price': counter() } });
  await on.shelf.get();
  lostAnswer(on.server, PATH);
  await soon(on.shelf.edit((draft) => Object.assign(draft, { price: draft.price + 1 })));
  expect(on.kept().price).toBe(2);
  expect(on.landed()).toBe(1);
});
