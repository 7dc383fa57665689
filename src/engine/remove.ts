import { InDoubtError } from '../errors/outcome-errors.js';
import { afterAnswer, doubt } from './after-answer.js';
import { DeadlineReached } from './budget.js';
import { expiry } from './endings.js';
import { isSame, settleTag } from './look.js';
import type { Step } from './loop.js';
import { loop } from './loop.js';
import type { State } from './port.js';
import type { OnStale, Removal } from './removal.js';
import { confirmRemoval, fail, gone, judgeState } from './removal.js';
import type { Run } from './run.js';
import { isExhausted, sitOut } from './run.js';
import type { Turn } from './turn.js';
import { Progress } from './turn.js';

/**
 * Deletes one state of a resource, and no newer one. Resolves with true when it is gone, false when a newer state was kept.
 *
 * @param request `base`: the state to be deleted; undefined: the one that a first look finds.
 * @param resume Deletes this newer state, for `ConflictError.retry('local')`.
 */
export async function remove(
  run: Run,
  request: {
    readonly id: string;
    readonly keys: { taken: number };
    readonly base: State | undefined;
    readonly onStale: OnStale;
  },
  resume: (base: State) => Promise<void>,
): Promise<boolean> {
  const { id, keys, base, onStale } = request;
  const target = base ?? { value: null, version: undefined };
  const removal: Removal = {
    ...new Progress(),
    id,
    keys,
    onStale,
    base: target.value,
    isBaseKnown: base !== undefined,
    target,
    // A version that the resource is known to have left would only be refused.
    next: base === undefined || run.shelf.leftBehind(base.version) ? 'look' : 'send',
    why: 'version',
    inDoubt: undefined,
    keyed: undefined,
  };
  try {
    return await loop(
      () => (removal.next === 'look' ? confirmRemoval(run, removal, resume) : send(run, removal, resume)),
      (pause) => sitOut(run, pause),
      run.budget.signal,
    );
  } catch (error) {
    if (removal.inFlight) run.emit({ type: 'in-doubt', attempt: run.budget.attempts, cause: error });
    if (error instanceof DeadlineReached) {
      if (removal.inFlight) removal.inDoubt ??= error;
      return fail(run, removal, expiry(run, removal));
    }
    // A hook of the user's may throw anything, which must not pass for the end of a doubt. An abort's reason passes as it is.
    const isTold = removal.inDoubt === undefined || error instanceof InDoubtError || run.budget.signal.aborted;
    if (isTold) throw error;
    return fail(run, removal, { kind: 'passed-on', error });
  } finally {
    run.budget.close();
    run.tabLock.leave();
  }
}

async function send(run: Run, removal: Removal, resume: (base: State) => Promise<void>): Promise<Step<boolean>> {
  const { policy, budget } = run;
  const mustLook = policy.requireVersion || !run.shelf.versionless;
  if (removal.target.version === undefined && policy.codec.versioned && mustLook) {
    removal.next = 'look';
    removal.why = 'version';
    return { done: false, pause: undefined };
  }
  const settled = await settleTag(run, removal.target);
  // Asking for a strong tag may have shown a newer state, which must not be deleted for the old one.
  if (!isSame(run, settled, removal.target) && settled !== removal.target)
    return judgeState(run, removal, settled, resume);
  removal.target = settled;
  if (isExhausted(run, removal)) return fail(run, removal, expiry(run, removal));
  await run.tabLock.take(budget.signal);
  budget.attempts += 1;
  const { version } = removal.target;
  const write = { kind: 'delete', base: removal.target, key: keyOf(removal) } as const;
  run.emit({ type: 'attempt', attempt: budget.attempts, method: run.port.method(write), version });
  removal.inFlight = true;
  const answer = await budget.until(run.port.write(write, budget.signal));
  if (answer.kind === 'unknown') budget.signal.throwIfAborted();
  removal.inFlight = false;
  switch (answer.kind) {
    case 'accepted':
      return gone(run);
    case 'unsendable':
      return fail(run, removal, { kind: 'passed-on', error: answer.error });
    case 'unknown':
      return act(run, removal, doubt(run, answer.error, undefined));
    case 'answered':
      return act(run, removal, await afterAnswer(run, removal, write, answer));
  }
}

/** Another precondition is another request, and gets a key that none had before it, not even in an earlier try. */
function keyOf(removal: Removal): string {
  const { keys, keyed, target } = removal;
  if (keyed === undefined || keyed.version !== target.version) keys.taken += 1;
  removal.keyed = target;
  return `${removal.id}-${keys.taken}`;
}

function act(run: Run, removal: Removal, turn: Turn): Step<boolean> {
  switch (turn.turn) {
    case 'resend':
      removal.next = 'send';
      return { done: false, pause: turn.pause };
    case 'fail':
      return fail(run, removal, turn.failure);
    case 'doubt':
      removal.inDoubt ??= turn.cause;
      removal.next = 'look';
      removal.why = 'doubt';
      return { done: false, pause: turn.pause };
    case 'look':
      removal.next = 'look';
      removal.why = turn.why;
      return { done: false, pause: turn.pause };
    case 'write':
    case 'exists':
      // A conflict body is not looked into for a delete: what it would delete is to be read as it is.
      removal.next = 'look';
      removal.why = 'stale';
      return { done: false, pause: turn.turn === 'write' ? turn.pause : undefined };
  }
}
