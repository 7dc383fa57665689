import { backoff } from '../../src/engine/budget.js';
import type { Random } from './random.js';

/** What a client does when its write was refused as stale. */
export interface HerdStrategy {
  readonly name: string;
  /** ms to wait after this many failures. */
  readonly pause: (failures: number, random: Random) => number;
  /** Where the wait is. Between the read and the write it makes stale what was just read. */
  readonly pauses: 'before the read' | 'before the write';
  /** Writes in all. */
  readonly tries: number;
  /** ms for one edit in all. */
  readonly deadline: number;
}

const DEFAULTS = { minDelay: 25, maxDelay: 2_000 };
const DEADLINE = 30_000;

/** The library's own backoff, with its default options. */
export const OURS: HerdStrategy = {
  name: 'unconflict',
  pause: (failures, random) => backoff(DEFAULTS, failures, { random }),
  pauses: 'before the read',
  tries: Number.POSITIVE_INFINITY,
  deadline: DEADLINE,
};

/** The same waits in the other place. */
export const WAITS_LATE: HerdStrategy = {
  ...OURS,
  name: 'the same, waiting after the read',
  pauses: 'before the write',
};

/** Kubernetes' `retry.DefaultRetry`: 5 tries, 10 ms, factor 1, jitter 0.1. */
export const CLIENT_GO: HerdStrategy = {
  name: 'client-go, RetryOnConflict',
  pause: (_failures, random) => 10 * (1 + 0.1 * random()),
  pauses: 'before the read',
  tries: 5,
  deadline: Number.POSITIVE_INFINITY,
};

export const AT_ONCE: HerdStrategy = {
  name: 'retry at once',
  pause: () => 0,
  pauses: 'before the read',
  tries: Number.POSITIVE_INFINITY,
  deadline: DEADLINE,
};
