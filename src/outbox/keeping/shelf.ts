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
  let outdated: readonly string[] = [];
  return (owed, left) => {
    const spare = Math.max(0, places.length - owed.length);
    // What was typed last stays where it is: of what stood before it nothing goes until the rest is stored.
    const [dropped, before] = [places.slice(0, spare), places.slice(spare)];
    const items = owed.map(({ held, isSent }, place) => {
      const item = new Item(before[place] ?? ids.next(held), held, tab);
      const { editId, base, version, patch } = held.stored;
      if (isSent)
        item.note({ key: `${editId}-1`, edits: [editId], base, patch, ...(version === undefined ? {} : { version }) });
      shelved.add(item.id);
      return item;
    });
    places = items.map(({ id }) => id);
    outdated = [...outdated, ...dropped];
    for (const id of dropped) shelved.delete(id);
    Promise.all(items.map((item) => store.write(item.id, item.stored()))).then((done) => {
      if (done.includes(false)) return;
      for (const id of outdated) store.remove(id);
      outdated = [];
    });
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
