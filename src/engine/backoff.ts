import type { Clock } from './clock.js';

export interface BackoffRange {
  /** ms */
  readonly minDelay: number;
  /** ms */
  readonly maxDelay: number;
}

/** The first refusal already draws from 8 × minDelay: a herd calms down with a fifth fewer requests, and is through as soon (docs/contention.md). */
const HEAD_START = 2;

/** More doublings than this end at any maxDelay. */
const MOST_DOUBLINGS = 30;

/**
 * Full jitter: uniform between minDelay and min(maxDelay, 4 × minDelay × 2^failures), in ms. Clients refused together
 * must not come back together, so the whole range is drawn from ("Exponential Backoff And Jitter", AWS Architecture Blog).
 *
 * @param failures Refusals so far, 1 for the first.
 */
export function backoff({ minDelay, maxDelay }: BackoffRange, failures: number, clock: Pick<Clock, 'random'>): number {
  const limit = minDelay * 2 ** Math.min(failures + HEAD_START, MOST_DOUBLINGS);
  const ceiling = Math.max(minDelay, Math.min(maxDelay, limit));
  return Math.round(minDelay + clock.random() * (ceiling - minDelay));
}
