import type { Clock } from '../../src/engine/clock.js';
import type { Random } from './random.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
  live: boolean;
}

/** Time that passes only when nothing else is left to do. Timers stand in a heap: a herd has tens of thousands of them. */
export class VirtualClock implements Clock {
  readonly random: Random;
  readonly #heap: Timer[] = [];
  #pending = 0;
  #now = 0;
  #order = 0;

  constructor(random: Random) {
    this.random = random;
  }

  get pending(): number {
    return this.#pending;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, callback, live: true };
    this.#push(timer);
    this.#pending += 1;
    return () => {
      if (timer.live) this.#pending -= 1;
      timer.live = false;
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
      const next = this.#next();
      if (next === undefined) throw new Error('nothing is left to happen, and yet it is not done');
      next.live = false;
      this.#pending -= 1;
      this.#now = next.at;
      next.callback();
    }
  }

  /** The earliest timer that nobody has cancelled, taken out. */
  #next(): Timer | undefined {
    for (let timer = this.#pop(); timer !== undefined; timer = this.#pop()) if (timer.live) return timer;
    return undefined;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !isBefore(timer, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = timer;
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || first === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const goRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = goRight ? right : left;
      if (child === undefined || !isBefore(child, last)) break;
      heap[at] = child;
      at = 2 * at + (goRight ? 2 : 1);
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at === b.at ? a.order < b.order : a.at < b.at;
}

/** A view of a clock that knows how many of its own timers are left. */
export function countingClock(clock: Clock): Clock & { readonly pending: number } {
  let pending = 0;
  return {
    get pending() {
      return pending;
    },
    now: () => clock.now(),
    random: () => clock.random(),
    after(ms, callback) {
      let live = true;
      const end = (): void => {
        if (live) pending -= 1;
        live = false;
      };
      pending += 1;
      const cancel = clock.after(ms, () => {
        end();
        callback();
      });
      return () => {
        end();
        cancel();
      };
    },
  };
}
