import type { MergeConflict } from '../core/conflict.js';
import { deepEqual } from '../core/deep-equal.js';
import type { JsonValue } from '../core/json.js';
import { ConflictError } from '../errors/conflict-error.js';
import type { EditErrorFacts } from '../errors/edit-error.js';
import { errorOf, expiry } from './endings.js';
import { isSame, look, lookAgain, worthAnotherLook } from './look.js';
import type { Step } from './loop.js';
import type { State } from './port.js';
import type { Run } from './run.js';
import { pauseAfter } from './run.js';
import type { Failure, LookReason, Progress } from './turn.js';

/** What a delete may find newer than what it was to delete. */
export type OnStale = 'error' | 'delete' | 'keep';

/** How far a delete has come. */
export interface Removal extends Progress {
  readonly id: string;
  readonly onStale: OnStale;
  /** What is to be deleted. */
  base: JsonValue;
  /** False: whatever the first look finds. */
  isBaseKnown: boolean;
  target: State;
  next: 'send' | 'look';
  why: LookReason;
  inDoubt: unknown;
  /** Idempotency keys taken so far, by earlier tries of the same delete too. */
  readonly keys: { taken: number };
  /** What was sent under the last of them. */
  keyed: State | undefined;
}

/** Looks at what is there, and decides. */
export async function confirmRemoval(
  run: Run,
  removal: Removal,
  resume: (base: State) => Promise<void>,
): Promise<Step<boolean>> {
  let answer = await look(run);
  const expected = removal.why === 'doubt' && answer.kind === 'found' && isSame(run, answer.state, removal.target);
  if (!expected && worthAnotherLook(run, answer, removal.target)) answer = await lookAgain(run);
  if (answer.kind === 'missing') return gone(run);
  if (answer.kind === 'failed') {
    if (!answer.retryable || removal.base === undefined)
      return fail(run, removal, { kind: 'passed-on', error: answer.error });
    removal.failedLooks += 1;
    if (run.budget.attempts + removal.failedLooks > run.policy.retry.attempts)
      return fail(run, removal, expiry(run, removal));
    return { done: false, pause: pauseAfter(run, answer.retryAfter) };
  }
  return judgeState(run, removal, answer.state, resume);
}

/** Decides by the state found: is it the one that was to be deleted, or a newer one? */
export function judgeState(
  run: Run,
  removal: Removal,
  state: State,
  resume: (base: State) => Promise<void>,
): Step<boolean> {
  if (state.version === undefined) run.shelf.versionless = true;
  if (!removal.isBaseKnown) {
    removal.isBaseKnown = true;
    removal.base = state.value;
    removal.target = state;
    removal.next = 'send';
    return { done: false, pause: undefined };
  }
  const before = removal.target;
  if (isSame(run, state, before)) {
    const stronger = state.version !== before.version;
    if (removal.why === 'doubt' || removal.lastRefusal === undefined || stronger) {
      removal.target = state;
      removal.next = 'send';
      return { done: false, pause: undefined };
    }
    return fail(run, removal, { kind: 'refused', refusal: removal.lastRefusal });
  }
  removal.target = state;
  if (state.version === undefined && run.policy.codec.versioned && run.policy.requireVersion) {
    const why = `${run.url} names no version in ${run.policy.codec.source}, so a newer state could be deleted unseen.`;
    return fail(run, removal, { kind: 'no-version', cause: undefined, why });
  }
  // It may have been only the version that was missing: then what was to be deleted is what is there.
  const isSameValue = before.version === undefined && deepEqual(before.value, state.value);
  if (isSameValue || removal.onStale === 'delete') {
    if (removal.why !== 'version') removal.moved += 1;
    removal.next = 'send';
    return { done: false, pause: undefined };
  }
  if (removal.onStale === 'keep') return { done: true, result: false };
  if (removal.inDoubt !== undefined) return fail(run, removal, { kind: 'in-doubt', cause: removal.inDoubt });
  throw newerState(run, removal, state, resume);
}

/** It is not there, which is what was wanted. */
export function gone(run: Run): Step<boolean> {
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

function factsOf(run: Run, { base, isBaseKnown, target }: Removal): (cause?: unknown) => EditErrorFacts {
  return (cause) => ({
    url: run.url,
    attempts: run.budget.attempts,
    edit: isBaseKnown
      ? { base, local: undefined, remote: target.value, patch: [] }
      : { base: undefined, local: undefined, remote: undefined, patch: [] },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Ends the delete with this failure. */
export function fail(run: Run, removal: Removal, failure: Failure): never {
  throw errorOf(run, failure, removal.inDoubt !== undefined, factsOf(run, removal), removal.base);
}
