import type { ClientCore, Keeping, WriteCode } from '../../client/outbox/index.js';
import { holdEdit, restoreEdit } from '../../client/outbox/index.js';
import type { Outbox, OutboxEntry, OutboxOptions, StorageError } from '../../exports.js';
import { DiscardedError } from '../../exports.js';
import { Store } from '../storage/store.js';
import type { Item } from './item.js';
import { Kept } from './kept.js';
import { LOOK, watchNetwork } from './network.js';
import type { DeskChunk } from './questions.js';
import { shelf } from './shelf.js';
import { Tabs } from './tabs.js';
import { takeOver } from './take-over.js';

/** An outbox behind its door. */
export interface WholeOutbox extends Omit<Outbox, 'subscribe'> {
  /** Called once. */
  connect(core: ClientCore, write: WriteCode): Keeping;
  /** Another tab erases everything. */
  clearedElsewhere(): void;
}

/** In front of it. */
interface Door {
  /** `entries` or `error` has changed. */
  tell(): void;
  /** Of what the tabs of this owner hear. */
  readonly name: string;
  /** Undefined: no other tab is heard. */
  hearing(): BroadcastChannel | undefined;
}

export function makeOutbox({ storage, owner = '', onError }: OutboxOptions, desk: DeskChunk, door: Door): WholeOutbox {
  let kept: Kept | undefined;
  let ready = Promise.resolve();
  let isPaused = false;
  /** How often all was erased. */
  let cleared = 0;
  /** How often that is still being done, here or in another tab. */
  let clearing = 0;
  /** What drafts of this tab have stored. */
  const shelved = new Set<string>();
  let report: (met: StorageError) => void = () => {};
  let error: Error | undefined;
  let entries: readonly OutboxEntry[] = [];
  const store = new Store(storage, owner, (met) => {
    error = met;
    report(met);
    door.tell();
  });
  return {
    get ready() {
      return ready;
    },
    get entries() {
      const now = (kept?.items ?? []).map((item) => item.entry(kept?.isPaused === true));
      if (now.length !== entries.length || now.some((entry, at) => entry !== entries[at])) entries = Object.freeze(now);
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
      tellCleared();
      clearing += 1;
      giveUpAll();
      // What was made since is of whoever has signed in since.
      const isErased = await store.erase((id) => kept?.find(id) !== undefined || shelved.has(id));
      clearing -= 1;
      if (!isErased) throw error;
    },
    clearedElsewhere() {
      clearing += 1;
      giveUpAll();
      const timer: ReturnType<typeof setTimeout> & { unref?(): void } = setTimeout(() => {
        clearing -= 1;
      }, LOOK);
      timer.unref?.();
    },
    connect(core, write) {
      const { surroundings } = core;
      const { closing } = surroundings;
      const tabs = new Tabs(door.name, surroundings, write.TabLock);
      const all = new Kept(closing, store, tabs, desk, door.tell);
      all.isPaused = isPaused;
      kept = all;
      report = (met) => {
        const held = all.items.find(({ id }) => met.key?.endsWith(`/${id}`))?.held;
        const about = { url: held?.handle().url ?? '', pattern: undefined, editId: held?.stored.editId ?? '' };
        core.emitter.emit(Object.freeze({ ...about, at: Date.now(), type: 'storage', error: met } as const));
        if (onError !== undefined) core.observe(() => onError(met));
      };
      // What was edited before a client was closed is stored, and sent by the next one.
      if (closing.aborted) store.stop();
      else {
        const era = (): number | undefined => (clearing === 0 ? cleared : undefined);
        ready = takeOver({ store, kept: all, tabs, restore: restoreEdit(core, write, all), era }, closing);
        watchNetwork(closing, () => all.hurry());
      }
      return {
        // A hook that edits the resource that it is asked about would wait for itself: the queue says so.
        keep: (queue, url, input, shown) =>
          queue.resource.isAsking()
            ? queue.enter(input, shown)
            : all.take(holdEdit(core, all, queue, url, input, { shown })),
        closed: () => tabs.closed(),
        shelf() {
          const put = shelf(store, tabs.id, {
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

  /** What this tab has. The rest is erased by the tab that was told to: what comes late must erase nothing newer. */
  function giveUpAll(): void {
    cleared += 1;
    for (const id of shelved) store.remove(id);
    shelved.clear();
    // The youngest first: nothing is to be noted with what goes next.
    for (const item of kept?.items.toReversed() ?? []) kept?.giveUp(item, new DiscardedError(item.held.stored.url));
  }

  /** Others may have this owner's edits although no client was made here, or it is closed. */
  function tellCleared(): void {
    if (typeof BroadcastChannel !== 'function') return;
    const open = door.hearing();
    const channel = open ?? new BroadcastChannel(door.name);
    channel.postMessage('clear');
    if (open === undefined) channel.close();
  }

  function onItem(id: string, call: (all: Kept, item: Item) => void): void {
    const item = kept?.find(id);
    if (kept !== undefined && item !== undefined) call(kept, item);
  }

  function setPaused(to: boolean): void {
    isPaused = to;
    if (kept === undefined) return;
    kept.isPaused = to;
    door.tell();
    kept.pump();
  }
}
