import type { ClientCore, ConnectableOutbox, HeldEdit, Keeping, StoredEdit } from '../client/outbox/index.js';
import { holdEdit, restoreEdit } from '../client/outbox/index.js';
import type { Outbox, OutboxEntry, OutboxOptions, StorageError } from '../index.js';
import { DiscardedError, InvalidOptionsError } from '../index.js';
import { Item } from './item.js';
import { Kept } from './kept.js';
import { shelf } from './shelf.js';
import { Store } from './store.js';
import { Tabs } from './tabs.js';

/** ms. So often it is looked for tabs that were opened since. */
const LOOK = 4_000;

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
    await tabs.hold();
    await takeOver(store, all, restore, tabs);
    all.open();
    opened();
    let timer: (ReturnType<typeof setTimeout> & { unref?(): void }) | undefined;
    closing.addEventListener('abort', () => clearTimeout(timer), { once: true });
    const look = (): void => {
      // What could not be read may be read then.
      if (closing.aborted || !(tabs.isShared || store.isUnread)) return;
      timer = setTimeout(() => {
        // Not every platform tells when the network is back.
        all.pump();
        takeOver(store, all, restore, tabs).then(look);
      }, LOOK);
      // Looking for others is no reason for a process to go on.
      timer.unref?.();
    };
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
      await giveUpAll();
      // What was made since is of whoever has signed in since.
      const ids = (await store.ids()).filter((id) => kept?.find(id) === undefined);
      await Promise.all(ids.map((id) => store.remove(id)));
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
      const mine = new Tabs(owner, core.surroundings, giveUpAll);
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
          const put = shelf(store, mine.id, { ids: all.ids, shelved });
          const opened = cleared;
          return (queue, url, owed) => {
            // What was typed before a sign-out is not stored again after it.
            if (opened === cleared)
              put(owed.map(({ input, isSent }) => ({ held: holdEdit(core, all, queue, url, input, {}), isSent })));
          };
        },
      };
    },
  };
  return made;

  /** What this tab has. The rest is erased by the tab that was told to: what comes late must erase nothing newer. */
  async function giveUpAll(): Promise<void> {
    cleared += 1;
    for (const id of shelved) store.remove(id);
    const all = kept;
    if (all === undefined) return;
    const giveUp = (item: Item): void => all.giveUp(item, new DiscardedError(item.held.stored.url));
    all.items.forEach(giveUp);
    // What was stored before may be being read.
    await ready;
    all.items.filter(({ isRestored }) => isRestored).forEach(giveUp);
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
async function takeOver(store: Store, kept: Kept, restore: Restore, tabs: Tabs): Promise<void> {
  store.isUnread = false;
  const owners = new Set<string>();
  for (const id of await store.ids()) {
    const stored = kept.find(id) === undefined ? await store.read(id) : undefined;
    if (stored !== undefined) owners.add(stored.tab);
  }
  await Promise.all(Array.from(owners, (tab) => tabs.inherit(tab, () => inherit(store, kept, restore, tabs, tab))));
}

async function inherit(store: Store, kept: Kept, restore: Restore, tabs: Tabs, tab: string): Promise<void> {
  const found: Item[] = [];
  for (const id of await store.ids()) {
    const stored = kept.find(id) === undefined ? await store.read(id) : undefined;
    if (stored?.tab === tab) found.push(new Item(id, await restore(stored.edit), tab, stored));
  }
  const known = new Set([...kept.items, ...found].map(({ held }) => held.stored.editId));
  // While something cannot be read, one of those that were sent together may be missing.
  const isWhole = ({ doubts }: Item): boolean =>
    !store.isUnread || doubts.every(({ edits }) => edits.every((edit) => known.has(edit)));
  if (!tabs.isClosed) await kept.restore(found.filter(isWhole));
}

/** A network that is back is tried at once. */
function watchNetwork(signal: AbortSignal, hurry: () => void): void {
  const { document } = globalThis;
  if (typeof globalThis.addEventListener === 'function') globalThis.addEventListener('online', hurry, { signal });
  const onSeen = (): void => {
    if (document.visibilityState === 'visible') hurry();
  };
  document?.addEventListener?.('visibilitychange', onSeen, { signal });
}
