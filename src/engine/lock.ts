import { runHook } from './hook.js';
import type { Run } from './run.js';
import { pauseAfter } from './run.js';
import type { Progress, Refusal, Turn } from './turn.js';

/** A lock: nothing has changed, so the same bytes are right as soon as it clears. Waits within `maxWait` and the deadline. */
export async function meetLock(run: Run, progress: Progress, refusal: Refusal): Promise<Turn> {
  const { maxWait, release } = run.policy.lock;
  const { answer, retryAfter } = refusal;
  const give = (cause: unknown): Turn => ({ turn: 'fail', failure: { kind: 'locked', refusal, cause } });
  progress.lock = refusal;
  progress.uncounted += 1;
  run.shelf.setStatus('waiting');
  if (maxWait === 0) return give(refusal.error);
  if (release !== undefined) {
    try {
      await runHook(run, (signal) => release(Object.freeze({ url: run.url, answer, retryAfter, signal })));
    } catch (error) {
      run.budget.signal.throwIfAborted();
      return give(error);
    }
  } else if (retryAfter !== undefined && retryAfter > run.policy.retry.maxRetryAfter) return give(refusal.error);
  // After a release there is no reason to wait as long as the server asked before it.
  const { ms } = pauseAfter(run, release === undefined ? retryAfter : undefined);
  if (progress.lockWaited + ms > maxWait) return give(refusal.error);
  progress.lockWaited += ms;
  return { turn: 'resend', pause: { ms, reason: 'lock' } };
}
