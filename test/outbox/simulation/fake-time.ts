import { EventQueue } from '../../simulation/event-queue.js';
import type { Random } from '../../simulation/random.js';

/** What a timer is to who set it. */
interface Timer {
  isLive: boolean;
  unref(): Timer;
  ref(): Timer;
}

const EPOCH = Date.UTC(2026, 0, 1);
const GLOBALS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

/** Time that passes only when nothing else is left to do, for everything that asks the platform for the time. */
export class FakeTime {
  /** ms. Clocks are put back now and then. */
  skew = 0;
  readonly #queue = new EventQueue();
  readonly #next = globalThis.setImmediate;

  /** ms since the beginning. */
  get now(): number {
    return this.#queue.now;
  }

  at(ms: number, happen: () => void): Timer {
    const timer: Timer = { isLive: true, unref: () => timer, ref: () => timer };
    this.#queue.after(Math.max(0, ms), () => {
      if (!timer.isLive) return;
      timer.isLive = false;
      happen();
    });
    return timer;
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.at(ms, resolve);
    });
  }

  /** Lets time pass until something is so, or for so long (ms). True: it is so. */
  async run(isSo: () => boolean, ms: number): Promise<boolean> {
    const end = this.now + ms;
    let isOver = false;
    this.at(ms, () => {
      isOver = true;
    });
    for (;;) {
      // Promises first: all of them.
      await new Promise((resolve) => this.#next(resolve));
      if (isSo()) return true;
      if (isOver || this.now > end || !this.#queue.step()) return false;
    }
  }

  /** Puts this time, and this chance, in the place of the platform's. What it returns puts them back. */
  install(random: Random): () => void {
    const before = GLOBALS.map((name) => [name, globalThis[name]] as const);
    const { now } = Date;
    const chance = Math.random;
    const every = (call: () => void, ms: number): Timer => {
      const timer: Timer = { isLive: true, unref: () => timer, ref: () => timer };
      const tick = (): void => {
        this.#queue.after(Math.max(1, ms), () => {
          if (!timer.isLive) return;
          call();
          tick();
        });
      };
      tick();
      return timer;
    };
    const clear = (timer: Timer | undefined): void => {
      if (timer) timer.isLive = false;
    };
    const fakes = {
      setTimeout: (call: () => void, ms = 0) => this.at(ms, call),
      setInterval: every,
      clearTimeout: clear,
      clearInterval: clear,
    };
    Object.assign(globalThis, fakes);
    Date.now = () => EPOCH + Math.floor(this.now) + this.skew;
    Math.random = random;
    return () => {
      Object.assign(globalThis, Object.fromEntries(before));
      Date.now = now;
      Math.random = chance;
    };
  }
}
