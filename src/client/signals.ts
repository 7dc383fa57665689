import type { Clock } from '../engine/clock.js';
import { untilAborted } from '../engine/clock.js';

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
