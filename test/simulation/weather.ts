import type { Random } from './random.js';
import { pick } from './random.js';

/** How often things go wrong, each from 0 to 1. */
export interface Weather {
  /** The request never arrives. */
  readonly loseRequest: number;
  /** It is carried out, and the answer never arrives. */
  readonly loseAnswer: number;
  /** It arrives twice. */
  readonly duplicate: number;
  /** It arrives long after the client has given up on it. */
  readonly late: number;
  readonly serverError: number;
  readonly serverErrorAfterCommit: number;
  /** A read is answered by a replica that is up to `REPLICA_LAG` behind. */
  readonly lag: number;
  /** A write is answered with what does not say that it was made: a page, a 202. */
  readonly noReceipt: number;
  /** The server wants to be left alone for a while. */
  readonly busy: number;
  /** A business rule says no. */
  readonly refuse: number;
  readonly lock: number;
  /** ms a message takes at most. */
  readonly latency: number;
}

/** ms. Shorter than the patience of one look: a replica that lags longer looks like a server that went back. */
export const REPLICA_LAG = 1_000;

/** Some schedules are calm, some are bad in one way, some in every way. */
export function weatherOf(random: Random): Weather {
  const level = pick(random, [0, 0.05, 0.2]);
  const some = (): number => (random() < 0.5 ? level * random() * 2 : 0);
  return {
    loseRequest: some(),
    loseAnswer: some(),
    duplicate: some(),
    late: some(),
    serverError: some(),
    serverErrorAfterCommit: some(),
    lag: some(),
    noReceipt: 0,
    busy: some(),
    refuse: random() < 0.3 ? some() / 4 : 0,
    lock: some() / 2,
    latency: pick(random, [1, 20, 200]),
  };
}
