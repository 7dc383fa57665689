import type { MergeConflict } from '../core/conflict.js';
import type { JsonValue } from '../core/json.js';
import { ConflictError } from '../errors/conflict-error.js';
import type { EditErrorFacts } from '../errors/edit-error.js';
import { afterAnswer, doubt } from './after-answer.js';
import { DeadlineReached } from './budget.js';
import { untilAborted } from './clock.js';
import { errorOf, expiry } from './endings.js';
import { isSame, look, lookAgain, settleTag, worthAnotherLook } from './look.js';
import type { Step } from './loop.js';
import { loop } from './loop.js';
import type { State } from './port.js';
import type { Run } from './run.js';
import { pauseAfter, sitOut } from './run.js';
import type { Failure, LookReason, Progress, Turn } from './turn.js';
import { newProgress } from './turn.js';

/** What a delete may find newer than what it was to delete. */
export type OnStale = 'error' | 'delete' | 'keep';

interface Removal extends Progress {
  readonly id: string;
  readonly onStale: OnStale;
  readonly base: JsonValue;
  target: State;
  next: 'send' | 'look';
  why: LookReason;
  inDoubt: unknown;
  failedLooks: number;
  /** Another precondition is another request, and gets another key. */
  keys: number;
}

/**
 * Deletes one state of a resource, and no newer one. Resolves with true when it is gone, false when a newer state was kept.
 *
 * @param resume Deletes this newer state, for `ConflictError.retry('local')`.
 */
export async function remove(
  run: Run,
  request: { readonly id: string; readonly base: State; readonly onStale: OnStale },
  resume: (base: State) => Promise<void>,
): Promise<boolean> {
  const { id, base, onStale } = request;
  const removal: Removal = {
    ...newProgress(),
    id,
    onStale,
    base: base.value,
    target: base,
    next: 'send',
    why: 'version',
    inDoubt: undefined,
    failedLooks: 0,
    keys: 1,
  };
  try {
    return await loop(
      () => (removal.next === 'look' ? confirm(run, removal, resume) : send(run, removal)),
      (pause) => sitOut(run, pause),
      run.budget.signal,
    );
  } catch (error) {
    if (removal.inFlight) run.emit({ type: 'in-doubt', attempt: run.budget.attempts, cause: error });
    if (!(error instanceof DeadlineReached)) throw error;
    if (removal.inFlight) removal.inDoubt = error;
    return fail(run, removal, expiry(run, removal));
  } finally {
    run.budget.close();
  }
}

async function send(run: Run, removal: Removal): Promise<Step<boolean>> {
  const { policy, budget } = run;
  if (removal.target.version === undefined && policy.codec.versioned && policy.requireVersion) {
    removal.next = 'look';
    removal.why = 'version';
    return { done: false, pause: undefined };
  }
  removal.target = await settleTag(run, removal.target);
  if (budget.attempts - removal.lockMet >= policy.retry.attempts) return fail(run, removal, expiry(run, removal));
  budget.attempts += 1;
  const { version } = removal.target;
  const write = { kind: 'delete', base: removal.target, key: `${removal.id}-${removal.keys}` } as const;
  run.emit({ type: 'attempt', attempt: budget.attempts, method: run.port.method(write), version });
  removal.inFlight = true;
  const answer = await untilAborted(run.port.write(write, budget.signal), budget.signal);
  if (answer.kind === 'unknown') budget.signal.throwIfAborted();
  removal.inFlight = false;
  switch (answer.kind) {
    case 'accepted':
      return gone(run);
    case 'unsendable':
      throw answer.error;
    case 'unknown':
      return act(run, removal, doubt(run, answer.error, undefined));
    case 'answered':
      return act(run, removal, await afterAnswer(run, removal, write, answer));
  }
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
      return { done: false, pause: undefined };
  }
}

async function confirm(run: Run, removal: Removal, resume: (base: State) => Promise<void>): Promise<Step<boolean>> {
  let answer = await look(run);
  const expected = removal.why === 'doubt' && answer.kind === 'found' && isSame(run, answer.state, removal.target);
  if (!expected && worthAnotherLook(run, answer, removal.target)) answer = await lookAgain(run);
  if (answer.kind === 'missing') return gone(run);
  if (answer.kind === 'failed') {
    if (!answer.retryable) return fail(run, removal, { kind: 'passed-on', error: answer.error });
    removal.failedLooks += 1;
    if (run.budget.attempts + removal.failedLooks > run.policy.retry.attempts)
      return fail(run, removal, expiry(run, removal));
    return { done: false, pause: pauseAfter(run, answer.retryAfter) };
  }
  const { state } = answer;
  run.shelf.keep(state, false);
  const before = removal.target;
  if (isSame(run, state, before)) {
    const stronger = state.version !== before.version;
    if (removal.why === 'doubt' || removal.lastRefusal === undefined || stronger) {
      if (stronger) removal.keys += 1;
      removal.target = state;
      removal.next = 'send';
      return { done: false, pause: undefined };
    }
    return fail(run, removal, { kind: 'refused', refusal: removal.lastRefusal });
  }
  if (state.version === undefined && run.policy.codec.versioned && run.policy.requireVersion) {
    const why = `${run.url} names no version in ${run.policy.codec.source}, so a newer state could be deleted unseen.`;
    return fail(run, removal, { kind: 'no-version', cause: undefined, why });
  }
  // It was only the version that was missing: what was to be deleted is what is there.
  if (before.version === undefined || removal.onStale === 'delete') {
    removal.keys += 1;
    removal.target = state;
    removal.next = 'send';
    return { done: false, pause: undefined };
  }
  if (removal.onStale === 'keep') return { done: true, result: false };
  if (removal.inDoubt !== undefined) return fail(run, removal, { kind: 'in-doubt', cause: removal.inDoubt });
  throw newerState(run, removal, state, resume);
}

function gone(run: Run): Step<boolean> {
  run.shelf.lose();
  return { done: true, result: true };
}

function newerState(run: Run, removal: Removal, state: State, resume: (base: State) => Promise<void>): ConflictError {
  const { base } = removal;
  const remote = state.value;
  const conflict: MergeConflict = {
    kind: 'delete-modify',
    path: '',
    basePath: '',
    base: { present: true, value: base },
    local: { present: false },
    remote: { present: true, value: remote },
    operations: [],
    message: 'You deleted this, and it was changed meanwhile.',
  };
  return new ConflictError(
    `${run.url} was changed since the state that was to be deleted. Nothing was deleted. Look at error.remote, then call error.retry('local') to delete it or error.retry('remote') to keep it; or set onStale.`,
    {
      ...factsOf(run, removal)(removal.lastRefusal?.error),
      base,
      local: base,
      remote,
      merged: remote,
      patch: [],
      conflicts: [conflict],
      async retry(answer) {
        if (answer === 'local') await resume(state);
        else if (answer !== 'remote' && answer !== 'discard') {
          throw new TypeError("To a delete answer 'local' (delete it) or 'remote' (keep it).");
        }
        const deleted = answer === 'local';
        return {
          url: run.url,
          value: remote,
          version: deleted ? undefined : state.version,
          attempts: deleted ? 1 : 0,
          rebased: true,
          alreadyApplied: !deleted,
          patch: [],
          resolved: [{ ...conflict, by: 'resolver', resolution: deleted ? 'local' : 'remote' }],
        };
      },
    },
  );
}

function factsOf(run: Run, removal: Removal): (cause?: unknown) => EditErrorFacts {
  return (cause) => ({
    url: run.url,
    attempts: run.budget.attempts,
    edit: { base: removal.base, local: undefined, remote: removal.target.value, patch: [] },
    ...(cause === undefined ? {} : { cause }),
  });
}

function fail(run: Run, removal: Removal, failure: Failure): never {
  throw errorOf(run, failure, removal.inDoubt !== undefined, factsOf(run, removal), removal.base);
}
