/** Time and chance, as the engine needs them: real ones in production, scripted ones in a simulation. */
export interface Clock {
  /** Whole ms since some moment. Nobody puts this clock right: what is measured by it does not jump. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Calls back after `ms`; returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** setTimeout fires at once for anything longer, which would turn a long wait into a tight loop. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Math.round(performance.now()),
  random: () => Math.random(),
  after(ms, callback) {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (left: number): void => {
      timer = setTimeout(
        () => (left > LONGEST_TIMER ? arm(left - LONGEST_TIMER) : callback()),
        Math.min(left, LONGEST_TIMER),
      );
    };
    arm(ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. Leaves neither timer nor listener. */
export async function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let cancel = (): void => {};
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  await untilAborted(over, signal).finally(cancel);
}

/** The work's result, or the signal's reason as soon as it aborts, even if the work never ends. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

const sources = new WeakMap<AbortSignal, readonly AbortSignal[]>();

/** A signal that aborts with the first of these. A single one is taken as it is. */
export function anySignal(...signals: readonly (AbortSignal | null | undefined)[]): AbortSignal | undefined {
  const given = new Set<AbortSignal>();
  for (const signal of signals) if (signal !== null && signal !== undefined) given.add(signal);
  const [first] = given;
  if (given.size < 2) return first;
  const any = AbortSignal.any([...given]);
  // It holds its sources weakly, and a timeout that nobody holds may be forgotten before its time.
  sources.set(any, [...given]);
  return any;
}

/**
 * What comes of some work, but no later than after so many ms, and not after the signal aborts, even if the work never ends.
 *
 * @param work Is told by its signal that nobody waits any more.
 * @param late What is thrown when it took too long.
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => unknown,
): Promise<T> {
  signal?.throwIfAborted();
  const own = new AbortController();
  const cancel = clock.after(ms, () => own.abort(late()));
  try {
    const ends = anySignal(signal, own.signal) ?? own.signal;
    return await untilAborted(work(ends), ends);
  } finally {
    cancel();
    own.abort();
  }
}
