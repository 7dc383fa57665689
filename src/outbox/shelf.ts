import type { HeldEdit } from '../client/outbox/index.js';
import type { Ids } from './item.js';
import { Item } from './item.js';
import type { Store } from './store.js';

/** Stores what somebody else sends, in the place of what was there before: a draft's. The tab leaves it alone, whoever comes after it takes it over. */
export function shelf(
  store: Store,
  tab: string,
  { ids, shelved }: { readonly ids: Ids; readonly shelved: Set<string> },
): (owed: readonly OwedEntry[]) => void {
  let places: readonly string[] = [];
  return (owed) => {
    const before = places;
    places = owed.map(({ held, isSent }, place) => {
      const item = new Item(before[place] ?? ids.next(held), held, tab);
      const { editId, base, version, patch } = held.stored;
      if (isSent)
        item.note({ key: `${editId}-1`, edits: [editId], base, patch, ...(version === undefined ? {} : { version }) });
      shelved.add(item.id);
      store.write(item.id, item.stored());
      return item.id;
    });
    for (const id of before.slice(places.length)) {
      shelved.delete(id);
      store.remove(id);
    }
  };
}

/** `isSent`: it may have arrived. */
interface OwedEntry {
  readonly held: HeldEdit;
  readonly isSent: boolean;
}
