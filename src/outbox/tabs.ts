import type { Clock } from '../client/outbox/index.js';
import { TabLock } from '../client/outbox/index.js';
import type { TabLocks } from '../index.js';

/** This tab among those of its origin, as one owner's outbox sees them. Without locks it is alone: a storage belongs to one process. */
export class Tabs {
  readonly id: string = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  #locks: TabLocks | undefined;
  readonly #closing: AbortSignal;
  readonly #channel: BroadcastChannel | undefined;
  readonly #turn: TabLock;
  readonly #waited = new Set<string>();
  #taking: Promise<void> | undefined;
  /** Writes that are on their way. */
  #out = 0;

  /** @param onClear Another tab erases what is stored of this owner. */
  constructor(owner: string, { locks, closing, clock }: Surroundings, onClear: () => void) {
    const name = `unconflict:outbox:${encodeURIComponent(owner)}`;
    this.#locks = locks;
    this.#closing = closing;
    this.#turn = new TabLock(locks, name.slice('unconflict:'.length), clock);
    if (locks === undefined || typeof BroadcastChannel !== 'function') return;
    const channel: BroadcastChannel & { unref?(): void } = new BroadcastChannel(name);
    channel.unref?.();
    channel.onmessage = () => onClear();
    closing.addEventListener('abort', () => channel.close(), { once: true });
    this.#channel = channel;
  }

  get isClosed(): boolean {
    return this.#closing.aborted;
  }

  /** There may be others. */
  get isShared(): boolean {
    return this.#locks !== undefined;
  }

  /** Tells the others that what is stored of this owner is erased. */
  tellCleared(): void {
    this.#channel?.postMessage('clear');
  }

  /** Resolves when no other tab has a write of this owner on its way, or one has had for too long. Each call is followed by one of `leave`. */
  take(): Promise<void> {
    this.#out += 1;
    this.#taking ??= this.#turn.take(this.#closing);
    return this.#taking;
  }

  leave(): void {
    this.#out -= 1;
    // Who gave up may have done so before it was granted.
    const letGo = (): void => {
      if (this.#out > 0) return;
      this.#taking = undefined;
      this.#turn.leave();
    };
    this.#taking?.then(letGo, letGo);
  }

  /** Resolves when the others can see that this tab lives. */
  hold(): Promise<void> {
    const signal = this.#closing;
    return new Promise((resolve) => {
      const held = (): Promise<void> => {
        resolve();
        return new Promise((end) => signal.addEventListener('abort', () => end(), { once: true }));
      };
      if (this.#locks === undefined) resolve();
      else {
        this.#locks.request(nameOf(this.id), {}, held).catch(() => {
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
    const signal = this.#closing;
    if (this.#locks === undefined) return take();
    let isGone = true;
    await this.#locks.request(nameOf(tab), { ifAvailable: true }, async (lock) => {
      isGone = lock !== null;
      if (isGone) await take();
    });
    if (!isGone) this.#locks.request(nameOf(tab), { signal }, take).catch(() => {});
  }
}

interface Surroundings {
  readonly locks: TabLocks | undefined;
  readonly closing: AbortSignal;
  readonly clock: Clock;
}

const nameOf = (tab: string): string => `unconflict:outbox:tab:${tab}`;
