import type { ConflictRetry } from '../../contract/resource-options.js';
import type { RetryPolicy } from '../../engine/policy.js';
import { badOption, said } from './check-resource-options.js';

export const DEFAULT_RETRY: Omit<RetryPolicy, 'attemptsWhileMoving'> = {
  attempts: 20,
  minDelay: 25,
  maxDelay: 2_000,
  deadline: 30_000,
  maxRetryAfter: 30_000,
  hookDeadline: Number.POSITIVE_INFINITY,
};

/** May be Infinity. A delay may not: it would never end. */
const UNLIMITED = new Set(['attempts', 'deadline', 'maxRetryAfter', 'hookDeadline']);

/** The loop's budget with every default filled in. @throws InvalidOptionsError */
export function retryPolicy(given: ConflictRetry, where: string): RetryPolicy {
  const set = said(given);
  for (const [name, value] of Object.entries(set)) {
    const finite = Number.isFinite(value) || (value === Number.POSITIVE_INFINITY && UNLIMITED.has(name));
    if (typeof value !== 'number' || !finite || value < 0) {
      badOption(where, `retry.${name}`, `must be a number of at least 0, and is ${String(value)}`);
    }
  }
  // A limit of the caller's own holds in any case.
  const attemptsWhileMoving = given.attempts ?? Number.POSITIVE_INFINITY;
  const retry: RetryPolicy = { ...DEFAULT_RETRY, ...set, attemptsWhileMoving };
  const { attempts, minDelay, maxDelay } = retry;
  if (attempts < 1 || !(Number.isInteger(attempts) || attempts === Number.POSITIVE_INFINITY)) {
    badOption(where, 'retry.attempts', 'must be a whole number of at least 1: the first write is one');
  }
  if (maxDelay >= minDelay) return retry;
  // A default is no contradiction of the caller's: it gives way.
  if (given.minDelay === undefined) return { ...retry, minDelay: maxDelay };
  if (given.maxDelay === undefined) return { ...retry, maxDelay: minDelay };
  return badOption(where, 'retry.maxDelay', `(${maxDelay} ms) must not be below retry.minDelay (${minDelay} ms)`);
}
