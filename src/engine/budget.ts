import type { Clock } from './clock.js';
import { sleep } from './clock.js';
import type { RetryPolicy } from './policy.js';

/** The reason the budget's signal aborts with when time is up. Never leaves the engine. */
export class DeadlineReached extends Error {}

/** What is used of a budget: writes, failures, and the ms that are left. */
export interface Spent {
  readonly attempts: number;
  readonly failures: number;
  readonly left: number;
}

/** One edit's allowance of writes and time. Whoever makes one must close it: it holds a timer and a listener. */
export class Budget {
  /** Aborts with the caller's own reason, or with {@link DeadlineReached}. */
  readonly signal: AbortSignal;
  attempts = 0;
  /** Refusals and failures so far: what backoff grows with. */
  failures = 0;
  readonly #retry: RetryPolicy;
  readonly #clock: Clock;
  readonly #caller: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #onCallerAbort = (): void => this.abort(this.#caller?.reason);
  #left: number;
  #runningSince: number | undefined;
  #cancelTimer = (): void => {};
  /** Called when the signal aborts: a set is joined and left at a fraction of what a listener costs. */
  readonly #onEnd = new Set<() => void>();

  /**
   * @param caller Undefined: whoever made the budget aborts it.
   * @param spent What an earlier pass has used of it.
   */
  constructor(retry: RetryPolicy, clock: Clock, caller: AbortSignal | undefined, spent?: Spent) {
    this.#retry = retry;
    this.#clock = clock;
    this.#caller = caller;
    this.#left = spent?.left ?? retry.deadline;
    this.attempts = spent?.attempts ?? 0;
    this.failures = spent?.failures ?? 0;
    this.signal = this.#controller.signal;
    if (caller?.aborted) this.#onCallerAbort();
    else caller?.addEventListener('abort', this.#onCallerAbort, { once: true });
    this.#run();
  }

  /** ms until the deadline. */
  get remaining(): number {
    return this.#left - (this.#runningSince === undefined ? 0 : this.#clock.now() - this.#runningSince);
  }

  get exhausted(): boolean {
    return this.attempts >= this.#retry.attempts || this.remaining <= 0;
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
      const settle =
        <Outcome>(tell: (outcome: Outcome) => void) =>
        (outcome: Outcome): void => {
          this.#onEnd.delete(onEnd);
          tell(outcome);
        };
      work.then(settle(resolve), settle(reject));
    });
  }

  /** Waits, unless that would outlast the deadline: then time is up now. */
  async wait(ms: number): Promise<void> {
    if (ms >= this.remaining) {
      this.abort(new DeadlineReached());
      throw this.signal.reason;
    }
    if (ms > 0) await sleep(this.#clock, ms, this.signal);
  }

  /** Stops the clock while somebody else's code (a hook, a person) is at work. */
  async offTheClock<T>(work: () => Promise<T>): Promise<T> {
    this.#left = this.remaining;
    this.#stop();
    try {
      return await work();
    } finally {
      this.#run();
    }
  }

  close(): void {
    this.#stop();
    this.#caller?.removeEventListener('abort', this.#onCallerAbort);
  }

  #run(): void {
    this.#runningSince = this.#clock.now();
    if (Number.isFinite(this.#left)) {
      this.#cancelTimer = this.#clock.after(Math.max(0, this.#left), () => this.abort(new DeadlineReached()));
    }
  }

  #stop(): void {
    this.#cancelTimer();
    this.#runningSince = undefined;
  }
}
