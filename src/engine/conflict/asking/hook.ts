import type { Batch } from '../../batch.js';
import { untilAborted } from '../../clock.js';
import { asked } from './asked.js';

/**
 * Runs a hook of the user's: off the clock, because a person may be asked, and out of the other tabs' way.
 *
 * @throws What it throws; the reason of whatever ends it: the caller's abort, the closing client, or a TimeoutError
 *   where it takes longer than `retry.hookDeadline`.
 */
export async function runHook<T>(batch: Batch, hook: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  const { hookDeadline } = batch.policy.retry;
  const late = new AbortController();
  const signal = AbortSignal.any([batch.budget.signal, batch.closing, late.signal]);
  const cancel = Number.isFinite(hookDeadline)
    ? batch.clock.after(hookDeadline, () => late.abort(tooLate(hookDeadline)))
    : () => {};
  batch.tabLock.leave();
  try {
    return await batch.budget.offTheClock(() =>
      untilAborted(
        call(batch, () => hook(signal)),
        signal,
      ),
    );
  } finally {
    cancel();
  }
}

/** Calls it. An edit of the same resource that it makes could only wait for it. */
async function call<T>({ resource }: Batch, hook: () => T | Promise<T>): Promise<T> {
  const { isWithin, run } = asked();
  resource.isAsking = isWithin;
  try {
    return await run(hook);
  } finally {
    if (resource.isAsking === isWithin) resource.isAsking = () => false;
  }
}

/** The error of `AbortSignal.timeout()`, so that a hook that hands its signal on fails as usual. */
function tooLate(ms: number): DOMException {
  return new DOMException(
    `It did not answer within ${ms} ms. Raise \`retry.hookDeadline\` if that is right.`,
    'TimeoutError',
  );
}
