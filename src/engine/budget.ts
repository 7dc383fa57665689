import type { Clock } from './clock.js';
import { sleep } from './clock.js';
import type { RetryPolicy } from './policy.js';

/** The reason the budget's signal aborts with when time is up. Never leaves the engine. */
export class DeadlineReached extends Error {}

/** A wait before the next step, and why. */
export interface Pause {
  /** ms */
  readonly ms: number;
  readonly reason: 'backoff' | 'retry-after' | 'lock';
}

/** As long as replicas lag. */
export const LAG: Pause = { ms: 2_500, reason: 'backoff' };

/** What is used of a budget. */
export interface Spent {
  readonly attempts: number;
  readonly failures: number;
  readonly moved: number;
  readonly uncounted: number;
  readonly lockWaited: number;
  /** ms until the deadline. */
  readonly left: number;
}

/** A budget of which nothing but time is used. @param left ms */
export function unused(left: number): Spent {
  return { attempts: 0, failures: 0, moved: 0, uncounted: 0, lockWaited: 0, left };
}

/** The first refusal already draws from 8 × minDelay: a herd calms down with a fifth fewer requests, and is through as soon (docs/contention.md). */
const HEAD_START = 2;

/** The part of what is left to the deadline after which it is tried once more. */
const LAST_TRY = 0.8;

/** More doublings than this end at any maxDelay. */
const MOST_DOUBLINGS = 30;

/**
 * Full jitter: uniform between minDelay and min(maxDelay, 4 × minDelay × 2^failures), in ms. Clients refused together
 * must not come back together, so the whole range is drawn from ("Exponential Backoff And Jitter", AWS Architecture Blog).
 *
 * @param failures Refusals so far, 1 for the first.
 */
export function backoff(
  { minDelay, maxDelay }: Pick<RetryPolicy, 'minDelay' | 'maxDelay'>,
  failures: number,
  clock: Pick<Clock, 'random'>,
): number {
  const limit = minDelay * 2 ** Math.min(failures + HEAD_START, MOST_DOUBLINGS);
  const ceiling = Math.max(minDelay, Math.min(maxDelay, limit));
  return Math.round(minDelay + clock.random() * (ceiling - minDelay));
}

/** One batch's allowance of writes and time. Whoever makes one must close it: it holds a timer. */
export class Budget {
  /** Aborts with what {@link abort} is given, or with {@link DeadlineReached}. */
  readonly signal: AbortSignal;
  /** Writes sent. */
  attempts = 0;
  /** Refusals and failures so far: what backoff grows with. */
  failures = 0;
  /** Writes after which the version had moved: others are at work then, and the deadline governs. */
  moved = 0;
  /** Writes that count as no attempt: they met a lock, or were refused for a neighbour's fault. */
  uncounted = 0;
  /** ms waited for locks. */
  lockWaited = 0;
  readonly #retry: RetryPolicy;
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  #left: number;
  #runningSince: number | undefined;
  #cancelTimer = (): void => {};
  /** Called when the signal aborts: a set is joined and left at a fraction of what a listener costs. */
  readonly #onEnd = new Set<() => void>();

  /** @param spent What an earlier batch has used of it. */
  constructor(retry: RetryPolicy, clock: Clock, spent?: Spent) {
    this.#retry = retry;
    this.#clock = clock;
    this.#left = retry.deadline;
    if (spent !== undefined) {
      const { left, ...counted } = spent;
      this.#left = left;
      Object.assign(this, counted);
    }
    this.signal = this.#controller.signal;
    this.#run();
  }

  get spent(): Spent {
    const { attempts, failures, moved, uncounted, lockWaited, left } = this;
    return { attempts, failures, moved, uncounted, lockWaited, left };
  }

  /** ms until the deadline. */
  get left(): number {
    return this.#left - (this.#runningSince === undefined ? 0 : this.#clock.now() - this.#runningSince);
  }

  /** No write is left. Those that met a lock do not count. */
  get exhausted(): boolean {
    const { attempts, attemptsWhileMoving } = this.#retry;
    const sent = this.attempts - this.uncounted;
    return sent >= attemptsWhileMoving || sent - this.moved >= attempts;
  }

  /** Ends whatever runs on this budget. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
    for (const onEnd of this.#onEnd) onEnd();
  }

  /** The work's result, or the signal's reason as soon as it aborts: not all work listens to its signal. */
  until<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const onEnd = (): void => reject(this.signal.reason);
      if (this.signal.aborted) onEnd();
      this.#onEnd.add(onEnd);
      work.then(resolve, reject).finally(() => this.#onEnd.delete(onEnd));
    });
  }

  /** A Retry-After the server asked for, or the next backoff. */
  pauseAfter(retryAfter: number | undefined): Pause {
    this.failures += 1;
    if (retryAfter !== undefined && retryAfter > 0) return { ms: retryAfter, reason: 'retry-after' };
    return { ms: backoff(this.#retry, this.failures, this.#clock), reason: 'backoff' };
  }

  /** A backoff that leaves time for one more try before the deadline, as long as there is some. */
  within(ms: number): number {
    const { left } = this;
    return ms >= left && left > 2 * this.#retry.minDelay ? Math.round(left * LAST_TRY) : ms;
  }

  /** Waits, unless that would outlast the deadline: then time is up now. */
  async wait(ms: number): Promise<void> {
    if (ms >= this.left) {
      this.abort(new DeadlineReached());
      throw this.signal.reason;
    }
    if (ms > 0) await sleep(this.#clock, ms, this.signal);
  }

  /** Stops the clock while somebody else's code (a hook, a person) is at work. */
  async offTheClock<T>(work: () => Promise<T>): Promise<T> {
    this.#left = this.left;
    this.close();
    try {
      return await work();
    } finally {
      this.#run();
    }
  }

  close(): void {
    this.#cancelTimer();
    this.#runningSince = undefined;
  }

  #run(): void {
    this.#runningSince = this.#clock.now();
    if (Number.isFinite(this.#left)) {
      this.#cancelTimer = this.#clock.after(Math.max(0, this.#left), () => this.abort(new DeadlineReached()));
    }
  }
}
