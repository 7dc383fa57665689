import type { Clock } from '../clock.js';

/** What is needed of the Web Locks API: `navigator.locks` fits. */
export interface TabLocks {
  /** `ifAvailable`: calls at once, with null where somebody else has it. Only an outbox asks for that. */
  request(
    name: string,
    options: { readonly signal?: AbortSignal; readonly ifAvailable?: boolean },
    whileHeld: (lock: object | null) => Promise<void>,
  ): Promise<unknown>;
}

/** ms. Whoever holds the lock longer hangs, or waits for a server; the version guards every write in any case. */
const PATIENCE = 5_000;

/**
 * One batch's turn among the tabs of an origin: while it is held, no other tab writes the resource. It saves tabs from
 * refusing each other's writes and is no safeguard, so whoever cannot get it goes on without it.
 */
export class TabLock {
  readonly #locks: TabLocks | undefined;
  readonly #name: string;
  readonly #clock: Clock;
  #letGo: (() => void) | undefined;

  /** @param locks Undefined: there are no other tabs. */
  constructor(locks: TabLocks | undefined, url: string, clock: Clock) {
    this.#locks = locks;
    this.#name = `unconflict:${url}`;
    this.#clock = clock;
  }

  /** Resolves when it is this tab's turn, or it has waited long enough. @throws the signal's reason. */
  async take(signal: AbortSignal): Promise<void> {
    if (this.#locks === undefined || this.#letGo !== undefined) return;
    const waiting = new AbortController();
    const giveUp = (): void => waiting.abort();
    const cancel = this.#clock.after(PATIENCE, giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    this.#letGo = await granted(this.#locks, this.#name, waiting.signal);
    cancel();
    signal.removeEventListener('abort', giveUp);
    signal.throwIfAborted();
  }

  /** Lets the other tabs write: nothing of this batch is on its way, or somebody is asked who may take long. */
  leave(): void {
    this.#letGo?.();
    this.#letGo = undefined;
  }
}

/** Waits for a lock. What it comes to gives the lock back; undefined where it was not to be had. */
function granted(locks: TabLocks, name: string, signal: AbortSignal): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const whileHeld = (): Promise<void> =>
      new Promise((letGo) => {
        if (signal.aborted) letGo();
        else resolve(letGo);
      });
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    // It rejects when given up, and in pages that may not ask at all (those of an opaque origin).
    (async () => locks.request(name, { signal }, whileHeld))().catch(() => resolve(undefined));
  });
}
