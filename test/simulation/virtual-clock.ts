import type { Clock } from '../../src/engine/clock.js';
import { EventQueue } from './event-queue.js';
import type { Random } from './random.js';

/** No schedule has that much to do: it goes round in circles. */
const MOST_STEPS = 50_000;

/** Time that passes only when nothing else is left to do. */
export class VirtualClock implements Clock {
  readonly random: Random;
  readonly #queue = new EventQueue();
  #pending = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Timers that are neither over nor cancelled. */
  get pending(): number {
    return this.#pending;
  }

  now(): number {
    return this.#queue.now;
  }

  after(ms: number, callback: () => void): () => void {
    let live = true;
    const end = (): boolean => {
      const was = live;
      if (live) this.#pending -= 1;
      live = false;
      return was;
    };
    this.#pending += 1;
    this.#queue.after(Math.max(0, ms), () => {
      if (end()) callback();
    });
    return end;
  }

  /** A plain wait, for servers and clients of the simulation. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Lets everything run to its end: all promises, then the next timer, and so on. False: it never gets there. */
  async run(isDone: () => boolean): Promise<boolean> {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone()) return true;
      if (!this.#queue.step()) return false;
    }
    return false;
  }
}
