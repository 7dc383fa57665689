import type { HeldEdit, StoredEdit } from '../../client/outbox/index.js';
import type { Store } from '../storage/store.js';
import { Item } from './item.js';
import type { Kept } from './kept.js';
import { LOOK } from './network.js';
import type { Tabs } from './tabs.js';

/** Who takes over, and from where. */
interface Heir {
  readonly store: Store;
  readonly kept: Kept;
  readonly tabs: Tabs;
  restore(stored: StoredEdit, isFirst: boolean): HeldEdit;
  /** Another one as soon as all was erased. Undefined: that is being done. */
  era(): number | undefined;
}

/** Takes over what tabs that are gone have left: all of it before this resolves, and from then on as often as it is looked for them. */
export async function takeOver(heir: Heir, closing: AbortSignal): Promise<void> {
  const { store, kept, tabs, era } = heir;
  let timer: (ReturnType<typeof setTimeout> & { unref?(): void }) | undefined;
  let unread = 0;
  closing.addEventListener('abort', () => clearTimeout(timer), { once: true });
  const look = (): void => {
    // What could not be read may be read then.
    if (timer !== undefined || closing.aborted || !(tabs.isShared || store.unread > unread)) return;
    timer = setTimeout(() => {
      timer = undefined;
      unread = store.unread;
      inherit(heir, take).then(look);
    }, LOOK);
    // Looking for others is no reason for a process to go on.
    timer.unref?.();
  };
  // One after the other: what two have read would be sent twice.
  let turn = tabs.hold();
  const take = (tab: string): Promise<void> => {
    turn = turn.then(async () => {
      const before = era();
      const found = await left(heir, tab);
      // What is being erased, or has been meanwhile, is not shown again.
      if (before !== undefined && era() === before && !tabs.isClosed) await kept.restore(found);
      if (kept.isReady) look();
    });
    return turn;
  };
  await turn;
  await inherit(heir, take);
  kept.open();
  look();
}

async function inherit({ store, kept, tabs }: Heir, take: (tab: string) => Promise<void>): Promise<void> {
  const owners = new Set<string>();
  for (const id of await store.ids()) {
    kept.ids.follow(id);
    const tab = kept.find(id) === undefined ? await store.tabOf(id) : undefined;
    if (tab !== undefined) owners.add(tab);
  }
  await Promise.all(Array.from(owners, (tab) => tabs.inherit(tab, () => take(tab))));
}

/** What a tab that is gone has left. */
async function left({ store, kept, restore }: Heir, tab: string): Promise<readonly Item[]> {
  const found: Item[] = [];
  const { unread } = store;
  for (const id of await store.ids()) {
    if (kept.find(id) !== undefined || (await store.tabOf(id)) !== tab) continue;
    const item = await store.read(id, (stored) => new Item(id, restore(stored.edit, !kept.isReady), tab, stored));
    if (item !== undefined) found.push(item);
  }
  const known = new Set([...kept.items, ...found].map(({ held }) => held.stored.editId));
  // While something cannot be read, one of those that were sent together may be missing. What came after them waits with them.
  const waiting = new Set<object>();
  return found.filter(({ doubts, held }) => {
    const isWhole = store.unread === unread || doubts.every(({ edits }) => edits.every((edit) => known.has(edit)));
    if (!isWhole) waiting.add(held.lane);
    return !waiting.has(held.lane);
  });
}
