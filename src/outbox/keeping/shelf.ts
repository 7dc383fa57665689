import type { HeldEdit, Left } from '../../client/outbox/index.js';
import type { Store } from '../storage/store.js';
import type { Ids } from './item.js';
import { Item } from './item.js';

/** Stores what somebody else sends, in the place of what was there before: a draft's. The tab leaves it alone until it is left; whoever comes after it takes it over. */
export function shelf(
  store: Store,
  tab: string,
  { ids, shelved, adopt }: Shelving,
): (owed: readonly OwedEntry[], left?: Left) => void {
  let places: readonly string[] = [];
  return (owed, left) => {
    const before = places;
    const items = owed.map(({ held, isSent }, place) => {
      const item = new Item(before[place] ?? ids.next(held), held, tab);
      const { editId, base, version, patch } = held.stored;
      if (isSent)
        item.note({ key: `${editId}-1`, edits: [editId], base, patch, ...(version === undefined ? {} : { version }) });
      shelved.add(item.id);
      if (left === undefined) store.write(item.id, item.stored());
      return item;
    });
    places = items.map(({ id }) => id);
    for (const id of before.slice(places.length)) {
      shelved.delete(id);
      store.remove(id);
    }
    if (left === undefined) return;
    for (const id of places) shelved.delete(id);
    places = [];
    adopt(items, left);
  };
}

interface Shelving {
  readonly ids: Ids;
  /** What is on any shelf. */
  readonly shelved: Set<string>;
  /** Makes entries of what is left. */
  adopt(items: readonly Item[], left: Left): void;
}

/** `isSent`: it may have arrived. */
interface OwedEntry {
  readonly held: HeldEdit;
  readonly isSent: boolean;
}
