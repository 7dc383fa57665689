import type { EditHolder } from '../../client/outbox/index.js';
import type { Item } from './item.js';
import type { Tabs } from './tabs.js';

/** What is known of the entries that are sent. */
interface Keeping {
  items(): readonly Item[];
  /** False: it could not be stored. */
  write(item: Item): Promise<boolean>;
  tell(): void;
}

/** Notes with each entry what is sent of it, before that is done, so that it is looked for after a crash. */
export class Notes implements Pick<EditHolder, 'sending' | 'sent'> {
  readonly #tabs: Tabs;
  readonly #keeping: Keeping;
  /** Edits of other tabs that were sent here. */
  readonly #inherited = new Set<string>();

  constructor(tabs: Tabs, keeping: Keeping) {
    this.#tabs = tabs;
    this.#keeping = keeping;
  }

  async sending(...[ids, { key, base, version, patch }]: Parameters<EditHolder['sending']>): Promise<void> {
    try {
      await this.#tabs.take();
    } catch (error) {
      this.#tabs.leave();
      throw error;
    }
    const { items, write, tell } = this.#keeping;
    const sent = new Set(ids);
    const noted = items().filter((item) => {
      const { held, isRestored } = item;
      if (!sent.has(held.stored.editId)) return item.narrow(sent);
      if (isRestored) this.#inherited.add(held.stored.editId);
      item.state = 'sending';
      // A create is made on nothing, and its patch on what it took that for.
      const own = patch === undefined ? held.stored : { base, patch };
      const doubt = { key, base: own.base, patch: own.patch, edits: ids };
      return item.note(version === undefined ? doubt : { ...doubt, version });
    });
    tell();
    // Stored, and sent without that, it would be made again after a crash: it is tried twice.
    await Promise.all(noted.map(async (item) => (await write(item)) || write(item)));
    for (const item of this.#of(ids)) item.isSent = !item.controller.signal.aborted;
  }

  sent(...[ids, key, outcome]: Parameters<EditHolder['sent']>): void {
    this.#tabs.leave();
    for (const item of this.#of(ids)) {
      item.isSent = false;
      if (outcome === 'refused' && item.forget(key)) this.#keeping.write(item);
    }
  }

  /** What could be read late only may have been in one write with what was sent without it since. */
  found(items: readonly Item[]): void {
    for (const item of items) if (item.narrow(this.#inherited)) this.#keeping.write(item);
  }

  #of(ids: readonly string[]): readonly Item[] {
    return this.#keeping.items().filter(({ held }) => ids.includes(held.stored.editId));
  }
}
