import type { ConflictServerOptions } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { PATH, soon } from '../support.js';
import type { Shelf, ShelfScene } from './shelf.js';
import { SHELF, shelfScene } from './shelf.js';

/** A server that writes small letters and sorts, and does not tell. */
const SORTS: ConflictServerOptions = { normalise: ['lower-case', 'sort'], answer: 'minimal' };

/** Two edits, both made on what showed of a first one: the server has sorted it in meanwhile. */
async function afterFirst(
  act: (on: ShelfScene, base: Awaited<ReturnType<ShelfScene['shelf']['get']>>) => Promise<unknown>,
) {
  const on = await shelfScene(SORTS);
  await on.shelf.get();
  await soon(on.shelf.edit(({ tags }) => void tags.push('A')));
  const { snapshot } = on.shelf;
  if (snapshot === undefined) throw new Error('it was read');
  await soon(act(on, snapshot));
  return on;
}

const without = (tags: readonly string[], gone: string): string[] => tags.filter((tag) => tag !== gone);

describe('a list that the server keeps in its own order and in small letters', () => {
  test('is not written over in the form that showed where something is put in', async () => {
    const on = await afterFirst(({ shelf }) => shelf.edit(({ tags }) => void tags.push('X')));
    expect(on.writes().at(-1)?.body).toBe('[{"op":"add","path":"/tags/1","value":"X"}]');
    expect(on.kept().tags).toEqual(['a', 'b', 'd', 'x']);
  });

  test('loses what is taken out of it, also where another edit of what showed was saved before', async () => {
    const on = await afterFirst(async ({ shelf }, base) => {
      const adding = shelf.replace({ ...base.value, tags: [...base.value.tags, 'X'] }, { base });
      const { value } = base;
      await Promise.all([adding, shelf.replace({ ...value, tags: without(value.tags, 'A') }, { base })]);
    });
    expect(on.kept().tags).toEqual(['b', 'd', 'x']);
  });
});

test('what was put in from an older snapshot goes where its author has taken items out and put others in since', async () => {
  const on = await shelfScene({});
  const [ink, cap] = [
    { name: 'ink', price: 2 },
    { name: 'cap', price: 3 },
  ];
  on.server.seed(PATH, { ...SHELF, items: [ink, cap] });
  const { shelf } = on;
  const base = await shelf.get();
  await soon(
    shelf.edit((draft) => {
      draft.items.splice(1, 1, { name: 'pen', price: 4 }, { name: 'pad', price: 5 });
    }),
  );
  await soon(shelf.replace({ ...base.value, items: [ink, { name: 'box', price: 6 }, cap] }, { base }));
  expect(on.server.get<Shelf>(PATH)?.value.items.map(({ name }) => name)).toEqual(['ink', 'box', 'pen', 'pad']);
});
