import type { Clock } from './clock.js';

export interface BackoffRange {
  /** ms */
  readonly minDelay: number;
  /** ms */
  readonly maxDelay: number;
}

/**
 * Full jitter: uniform between minDelay and min(maxDelay, minDelay × 2^failures), in ms. Clients refused together must
 * not come back together, so the whole range is drawn from ("Exponential Backoff And Jitter", AWS Architecture Blog).
 *
 * @param failures Refusals so far, 1 for the first.
 */
export function backoff(range: BackoffRange, failures: number, clock: Clock): number {
  const ceiling = Math.max(range.minDelay, Math.min(range.maxDelay, range.minDelay * 2 ** Math.min(failures, 30)));
  return Math.round(range.minDelay + clock.random() * (ceiling - range.minDelay));
}
