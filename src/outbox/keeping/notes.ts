import type { EditHolder } from '../../client/outbox/index.js';
import type { Item } from './item.js';
import type { Tabs } from './tabs.js';

/** What is known of the entries that are sent. */
interface Keeping {
  of(editId: string): Item | undefined;
  /** False: it could not be stored. */
  write(item: Item): Promise<boolean>;
  tell(): void;
}

/** Notes with each entry what is sent of it, before that is done, so that it is looked for after a crash. */
export class Notes implements Pick<EditHolder, 'sending' | 'sent'> {
  readonly #tabs: Tabs;
  readonly #keeping: Keeping;

  constructor(tabs: Tabs, keeping: Keeping) {
    this.#tabs = tabs;
    this.#keeping = keeping;
  }

  async sending(...[ids, { key, base, version, patch }]: Parameters<EditHolder['sending']>): Promise<void> {
    await this.#tabs.take();
    const { write, tell } = this.#keeping;
    const noted = this.#of(ids).filter((item) => {
      item.state = 'sending';
      // A create is made on nothing, and its patch on what it took that for.
      const own = patch === undefined ? item.held.stored : { base, patch };
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
    for (const item of this.#of(ids)) item.isSent = false;
    if (outcome !== 'refused') return;
    for (const item of this.#of(ids)) if (item.forget(key)) this.#keeping.write(item);
  }

  #of(ids: readonly string[]): Item[] {
    return ids.map((id) => this.#keeping.of(id)).filter((item) => item !== undefined);
  }
}
