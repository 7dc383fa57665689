import type { Batch } from '../batch.js';
import type { Decision, Refusal } from '../decision.js';
import { runHook } from './asking/hook.js';

/** A lock: nothing has changed, so the same bytes are right as soon as it clears. Waits within `maxWait` and the deadline. */
export async function waitForLock(batch: Batch, refusal: Refusal): Promise<Decision> {
  const { budget, policy, resource } = batch;
  const { maxWait, release } = policy.lock;
  const { answer, retryAfter } = refusal;
  const give = (cause: unknown): Decision => ({ next: 'fail', failure: { kind: 'locked', refusal, cause } });
  batch.lock = refusal;
  budget.uncounted += 1;
  resource.setStatus('waiting');
  if (maxWait === 0) return give(refusal.error);
  if (release !== undefined) {
    try {
      await runHook(batch, (signal) => release(Object.freeze({ url: resource.url, answer, retryAfter, signal })));
    } catch (error) {
      budget.signal.throwIfAborted();
      return give(error);
    }
  } else if (retryAfter !== undefined && retryAfter > policy.retry.maxRetryAfter) return give(refusal.error);
  // After a release there is no reason to wait as long as the server asked before it.
  const { ms } = batch.budget.pauseAfter(release === undefined ? retryAfter : undefined);
  if (budget.lockWaited + ms > maxWait) return give(refusal.error);
  budget.lockWaited += ms;
  return { next: 'send', pause: { ms, reason: 'lock' } };
}
