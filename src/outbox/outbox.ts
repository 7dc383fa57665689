import type { ClientCore, ConnectableOutbox, HeldEdit, Keeping, StoredEdit } from '../client/outbox/index.js';
import { holdEdit, restoreEdit } from '../client/outbox/index.js';
import type { Outbox, OutboxEntry, OutboxOptions, StorageError } from '../index.js';
import { DiscardedError, InvalidOptionsError } from '../index.js';
import { Item } from './item.js';
import { Kept } from './kept.js';
import { LOOK, watchNetwork } from './network.js';
import { shelf } from './storage/shelf.js';
import { Store } from './storage/store.js';
import { Tabs } from './tabs.js';

/**
 * Keeps edits until they are saved: over reloads, crashes and days without a network.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { memory, outbox } from 'unconflict/outbox';
 *
 * const waiting = outbox({ storage: memory(), owner: 'ada' });
 * const client = createClient({ prefix: 'https://api.example.com', outbox: waiting });
 * await waiting.ready;
 * await client.resource<{ title: string }>('articles/1').edit((draft) => { draft.title = 'Kept'; });
 * console.log(waiting.entries); // []
 * ```
 *
 * @param options Where the edits are kept, and whose they are.
 * @returns an outbox for one client.
 */
export function outbox({ storage, owner = '', onError }: OutboxOptions): Outbox {
  const listeners = new Set<() => void>();
  let kept: Kept | undefined;
  let tabs: Tabs | undefined;
  /** How often all was erased. */
  let cleared = 0;
  /** How often that is still being done, here or in another tab. */
  let clearing = 0;
  /** What drafts of this tab have stored. */
  const shelved = new Set<string>();
  let report: (met: StorageError) => void = () => {};
  let error: Error | undefined;
  let entries: readonly OutboxEntry[] | undefined;
  let opened: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    opened = resolve;
  });
  let observe: ClientCore['observe'] = (listener) => listener();
  const tell = (): void => {
    entries = undefined;
    // One that throws must not keep an edit from being stored, sent or told of.
    for (const listener of [...listeners]) observe(listener);
  };
  const store = new Store(storage, owner, (met) => {
    error = met;
    report(met);
    tell();
  });
  const start = async (all: Kept, restore: Restore, closing: AbortSignal, tabs: Tabs): Promise<void> => {
    let timer: (ReturnType<typeof setTimeout> & { unref?(): void }) | undefined;
    let unread = 0;
    closing.addEventListener('abort', () => clearTimeout(timer), { once: true });
    const look = (): void => {
      // What could not be read may be read then.
      if (timer !== undefined || closing.aborted || !(tabs.isShared || store.unread > unread)) return;
      timer = setTimeout(() => {
        timer = undefined;
        unread = store.unread;
        takeOver(store, all, tabs, take).then(look);
      }, LOOK);
      // Looking for others is no reason for a process to go on.
      timer.unref?.();
    };
    // One after the other: what two have read would be sent twice.
    let turn = tabs.hold();
    const take = (tab: string): Promise<void> => {
      turn = turn.then(async () => {
        const before = clearing === 0 ? cleared : undefined;
        const found = await left(store, all, restore, tab);
        // What is being cleared, or has been meanwhile, is not shown again.
        if (cleared === before && !tabs.isClosed) await all.restore(found);
        if (all.isReady) look();
      });
      return turn;
    };
    await turn;
    await takeOver(store, all, tabs, take);
    all.open();
    opened();
    look();
  };
  const made: ConnectableOutbox = {
    ready,
    get entries() {
      entries ??= Object.freeze((kept?.items ?? []).map((item) => item.entry(kept?.isPaused === true)));
      return entries;
    },
    get error() {
      return error;
    },
    retry: (id) => onItem(id, (all, item) => all.retry(item)),
    discard: (id) => onItem(id, (all, item) => all.giveUp(item, new DiscardedError(item.held.stored.url))),
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    async clear() {
      tabs?.tellCleared();
      clearing += 1;
      giveUpAll();
      // What was made since is of whoever has signed in since.
      const isErased = await store.erase((id) => kept?.find(id) !== undefined || shelved.has(id));
      clearing -= 1;
      if (!isErased) throw error;
    },
    subscribe(listener) {
      const entry = (): void => listener();
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    connect(core: ClientCore): Keeping {
      if (kept !== undefined)
        throw new InvalidOptionsError('This outbox belongs to another client. Make one outbox for each client.', {
          option: 'options.outbox',
        });
      const { closing } = core.surroundings;
      observe = (listener) => core.observe(listener);
      const mine = new Tabs(owner, core.surroundings, clearedElsewhere);
      tabs = mine;
      const all = new Kept(closing, store, mine, tell);
      kept = all;
      report = (met) => {
        const held = all.items.find(({ id }) => met.key?.endsWith(`/${id}`))?.held;
        const about = { url: held?.handle().url ?? '', pattern: undefined, editId: held?.stored.editId ?? '' };
        core.emitter.emit(Object.freeze({ ...about, at: Date.now(), type: 'storage', error: met } as const));
        if (onError !== undefined) core.observe(() => onError(met));
      };
      // What is edited without a network must become a patch.
      core.prefetch();
      start(all, (stored) => restoreEdit(core, all, stored), closing, mine);
      watchNetwork(closing, () => all.hurry());
      return {
        // A hook that edits the resource that it is asked about would wait for itself: the queue says so.
        keep: (queue, url, input, shown) =>
          queue.resource.isAsking()
            ? queue.enter(input, shown)
            : all.take(holdEdit(core, all, queue, url, input, { shown })),
        closed: () => mine.closed(),
        shelf() {
          const put = shelf(store, mine.id, {
            ids: all.ids,
            shelved,
            adopt: (items, left) => all.adopt(items, left),
          });
          const opened = cleared;
          return (queue, url, owed, left) => {
            // What was typed before a sign-out is not stored again after it.
            if (opened === cleared)
              put(
                owed.map(({ input, isSent }) => ({ held: holdEdit(core, all, queue, url, input, {}), isSent })),
                left,
              );
          };
        },
      };
    },
  };
  return made;

  /** What this tab has. The rest is erased by the tab that was told to: what comes late must erase nothing newer. */
  function giveUpAll(): void {
    cleared += 1;
    for (const id of shelved) store.remove(id);
    shelved.clear();
    for (const item of kept?.items ?? []) kept?.giveUp(item, new DiscardedError(item.held.stored.url));
  }

  function clearedElsewhere(): void {
    clearing += 1;
    giveUpAll();
    const timer: ReturnType<typeof setTimeout> & { unref?(): void } = setTimeout(() => {
      clearing -= 1;
    }, LOOK);
    timer.unref?.();
  }

  function onItem(id: string, call: (all: Kept, item: Item) => void): void {
    const item = kept?.find(id);
    if (kept !== undefined && item !== undefined) call(kept, item);
  }

  function setPaused(isPaused: boolean): void {
    if (kept === undefined) return;
    kept.isPaused = isPaused;
    tell();
    kept.pump();
  }
}

type Restore = (stored: StoredEdit) => Promise<HeldEdit>;

/** Takes over what tabs that are gone have left. */
async function takeOver(store: Store, kept: Kept, tabs: Tabs, take: (tab: string) => Promise<void>): Promise<void> {
  const owners = new Set<string>();
  for (const id of await store.ids()) {
    kept.ids.follow(id);
    const tab = kept.find(id) === undefined ? await store.tabOf(id) : undefined;
    if (tab !== undefined) owners.add(tab);
  }
  await Promise.all(Array.from(owners, (tab) => tabs.inherit(tab, () => take(tab))));
}

/** What a tab that is gone has left. */
async function left(store: Store, kept: Kept, restore: Restore, tab: string): Promise<readonly Item[]> {
  const found: Item[] = [];
  const { unread } = store;
  for (const id of await store.ids()) {
    if (kept.find(id) !== undefined || (await store.tabOf(id)) !== tab) continue;
    const item = await store.read(id, async (stored) => new Item(id, await restore(stored.edit), tab, stored));
    if (item !== undefined) found.push(item);
  }
  const known = new Set([...kept.items, ...found].map(({ held }) => held.stored.editId));
  // While something cannot be read, one of those that were sent together may be missing.
  return found.filter(
    ({ doubts }) => store.unread === unread || doubts.every(({ edits }) => edits.every((edit) => known.has(edit))),
  );
}
