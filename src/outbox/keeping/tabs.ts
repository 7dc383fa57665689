import type { Clock, WriteCode } from '../../client/outbox/index.js';
import type { TabLocks } from '../../exports.js';

/** Clients of this process that are closed and still have something on their way: they end, and nobody need wait for a lock to see that. */
const LEAVING = new Map<string, Promise<void>>();

/** This tab among those of its origin, as one owner's outbox sees them. Without locks it is alone: a storage belongs to one process. */
export class Tabs {
  readonly id: string = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  #locks: TabLocks | undefined;
  readonly #closing: AbortSignal;
  readonly #turn: InstanceType<WriteCode['TabLock']>;
  /** Tabs whose lock this one holds, too, or waits for. */
  readonly #waited = new Set<string>();
  readonly #inherited = new Set<string>();
  readonly #ends: (() => void)[] = [];
  #taking: Promise<void> | undefined;
  /** Writes that are on their way. */
  #out = 0;
  #isIdle = false;
  #hasClosed = false;
  /** Both: what is granted from here on is given back. */
  #isGone = false;

  constructor(name: string, { locks, closing, clock }: Surroundings, TabLock: WriteCode['TabLock']) {
    this.#locks = locks;
    this.#closing = closing;
    closing.addEventListener(
      'abort',
      () =>
        LEAVING.set(
          this.id,
          this.#keep(() => {}),
        ),
      { once: true },
    );
    this.#turn = new TabLock(locks, name.slice('unconflict:'.length), clock);
  }

  get isClosed(): boolean {
    return this.#closing.aborted;
  }

  /** There may be others. */
  get isShared(): boolean {
    return this.#locks !== undefined;
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
    return new Promise((resolve) => {
      if (this.#locks === undefined) resolve();
      else {
        this.#locks
          .request(nameOf(this.id), {}, () => this.#keep(resolve))
          .catch(() => {
            // A page of an opaque origin may not ask.
            this.#locks = undefined;
            resolve();
          });
      }
    });
  }

  /** Takes over from a tab that is gone now, never from this one: what drafts have on their shelves is theirs to send. Of one that lives, as soon as it is gone. Two tabs never do it at once, or one after the other. */
  inherit(tab: string, take: () => Promise<void>): Promise<void> {
    const locks = this.#locks;
    const name = nameOf(tab);
    if (tab === this.id) return Promise.resolve();
    if (this.#inherited.has(tab)) return take();
    if (this.#waited.has(tab)) return Promise.resolve();
    // What cannot be read then is asked for again.
    const gone = (): Promise<void> => {
      this.#inherited.add(tab);
      return take();
    };
    if (locks === undefined) {
      const left = LEAVING.get(tab);
      if (left === undefined) return take();
      this.#waited.add(tab);
      left.then(gone).catch(() => {});
      return Promise.resolve();
    }
    this.#waited.add(tab);
    const held = (resolve: () => void) => (): Promise<void> => this.#keep(() => gone().then(resolve, resolve));
    return new Promise((resolve) => {
      const ask = async (lock: unknown): Promise<void> => {
        if (lock !== null) return held(resolve)();
        resolve();
        locks.request(name, { signal: this.#closing }, held(resolve)).catch(() => {});
      };
      locks.request(name, { ifAvailable: true }, ask).catch(() => resolve());
    });
  }

  /** No entry of this tab is on its way any more, nor will be. */
  free(): void {
    this.#isIdle = true;
    this.#letTakeOver();
  }

  /** The client is closed, and so are its drafts: what is on their shelves is not sent any more either. */
  closed(): void {
    this.#hasClosed = true;
    this.#letTakeOver();
  }

  #letTakeOver(): void {
    if (!this.#isIdle || !this.#hasClosed) return;
    LEAVING.delete(this.id);
    this.#isGone = true;
    for (const end of this.#ends) end();
  }

  /** Holds a lock until then. */
  #keep(onHeld: () => void): Promise<void> {
    onHeld();
    return this.#isGone ? Promise.resolve() : new Promise((end) => this.#ends.push(end));
  }
}

interface Surroundings {
  readonly locks: TabLocks | undefined;
  readonly closing: AbortSignal;
  readonly clock: Clock;
}

const nameOf = (tab: string): string => `unconflict:outbox:tab:${tab}`;
