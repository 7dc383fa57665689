import { untilAborted } from './clock.js';
import type { Run } from './run.js';

/**
 * Runs a hook of the user's: off the clock, because a person may be asked, and out of the other tabs' way.
 *
 * @throws What it throws; the reason of whatever ends it: the caller's abort, the closing client, or a TimeoutError
 *   where it takes longer than `retry.hookDeadline`.
 */
export async function runHook<T>(run: Run, hook: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  const { hookDeadline } = run.policy.retry;
  const late = new AbortController();
  const signal = AbortSignal.any([run.budget.signal, run.closing, late.signal]);
  const cancel = Number.isFinite(hookDeadline)
    ? run.clock.after(hookDeadline, () => late.abort(tooLate(hookDeadline)))
    : () => {};
  run.tabLock.leave();
  try {
    return await run.budget.offTheClock(() => untilAborted((async () => hook(signal))(), signal));
  } finally {
    cancel();
  }
}

/** The error of `AbortSignal.timeout()`, so that a hook that hands its signal on fails as usual. */
function tooLate(ms: number): DOMException {
  return new DOMException(
    `It did not answer within ${ms} ms. Raise \`retry.hookDeadline\` if that is right.`,
    'TimeoutError',
  );
}
