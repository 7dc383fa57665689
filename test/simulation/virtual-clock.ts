import type { Clock } from '../../src/engine/clock.js';
import type { Random } from './random.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Time that passes only when nothing else is left to do. */
export class VirtualClock implements Clock {
  readonly random: Random;
  readonly #timers = new Set<Timer>();
  #now = 0;
  #order = 0;

  constructor(random: Random) {
    this.random = random;
  }

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** A plain wait, for servers and clients of the simulation. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Lets everything run to its end: all promises, then the next timer, and so on. */
  async run(isDone: () => boolean): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone()) return;
      let next: Timer | undefined;
      for (const timer of this.#timers) {
        if (next === undefined || timer.at < next.at || (timer.at === next.at && timer.order < next.order))
          next = timer;
      }
      if (next === undefined) throw new Error('nothing is left to happen, and yet it is not done');
      this.#timers.delete(next);
      this.#now = next.at;
      next.callback();
    }
  }
}
