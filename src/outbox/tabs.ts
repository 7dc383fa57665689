/** The part of the Web Locks API that is needed: `navigator.locks`. */
type Locks = Pick<LockManager, 'request'>;

/** This tab among those of its origin. A tab's entries are its own for as long as it holds the lock of its name. */
export class Tabs {
  readonly id: string = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  #locks: Locks | undefined = locksHere();
  readonly #signal: AbortSignal;
  readonly #waited = new Set<string>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get isClosed(): boolean {
    return this.#signal.aborted;
  }

  /** There may be others. */
  get isShared(): boolean {
    return this.#locks !== undefined;
  }

  /** Resolves when the others can see that this tab lives. */
  hold(): Promise<void> {
    const signal = this.#signal;
    return new Promise((resolve) => {
      const held = (): Promise<void> => {
        resolve();
        return new Promise((end) => signal.addEventListener('abort', () => end(), { once: true }));
      };
      if (this.#locks === undefined) resolve();
      else {
        this.#locks.request(nameOf(this.id), held).catch(() => {
          // A page of an opaque origin may not ask.
          this.#locks = undefined;
          resolve();
        });
      }
    });
  }

  /** Takes over from a tab that is gone now; of one that lives, as soon as it is gone. Two tabs never do it at once. */
  async inherit(tab: string, take: () => Promise<void>): Promise<void> {
    if (tab === this.id || this.#waited.has(tab)) return;
    this.#waited.add(tab);
    const signal = this.#signal;
    if (this.#locks === undefined) return take();
    let isGone = true;
    await this.#locks.request(nameOf(tab), { ifAvailable: true }, async (lock) => {
      isGone = lock !== null;
      if (isGone) await take();
    });
    if (!isGone) this.#locks.request(nameOf(tab), { signal }, take).catch(() => {});
  }
}

const nameOf = (tab: string): string => `unconflict:outbox:${tab}`;

/** In Node a storage belongs to one process. In pages that are not secure there are none, in happy-dom null, whatever the types say. */
function locksHere(): Locks | undefined {
  const inBrowser = typeof document !== 'undefined' || 'WorkerGlobalScope' in globalThis;
  const { locks }: { locks?: Locks | null } = inBrowser ? navigator : {};
  return locks ?? undefined;
}
