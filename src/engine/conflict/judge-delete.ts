import type { EditResult } from '../../contract/snapshot.js';
import type { MergeConflict } from '../../core/conflict.js';
import { deepEqual } from '../../core/deep-equal.js';
import { isFormOf } from '../../core/form-of.js';
import type { JsonValue } from '../../core/json.js';
import { localWins } from '../../core/rebase/moves/moved-on.js';
import { ConflictError } from '../../errors/conflict-error.js';
import { withoutVersion } from '../../protocol/versions/version-scheme.js';
import { acceptAll } from '../accept.js';
import type { Batch } from '../batch.js';
import type { Decision, RefetchReason } from '../decision.js';
import { DONE, failing } from '../decision.js';
import { undoable } from '../landing.js';
import type { State } from '../port.js';
import type { Edit } from '../queue/edit.js';
import { factsOf, madeAgain } from './endings.js';

/** Another state than the one to be deleted is there: delete it, keep it, or say so. */
export function judgeDelete(batch: Batch, why: RefetchReason, state: State): Decision {
  const { target: before, resource, policy } = batch;
  const [edit] = batch.live;
  if (edit === undefined) return DONE;
  const { onStale = 'error' } = edit.input;
  batch.target = state;
  if (state.version === undefined && policy.codec.versioned && policy.requireVersion) {
    const missing = `${resource.url} names no version in ${policy.codec.source}, so a newer state could be deleted unseen.`;
    return failing({ kind: 'no-version', cause: undefined, why: missing });
  }
  // It may have been only the version that was missing: then what was to be deleted is what is there.
  const isOwn = before.isAssumed === true && isFormOf(state.value, before.value);
  const isSameValue = before.version === undefined && (isOwn || deepEqual(before.value, state.value));
  if (isSameValue || isOwnDoing(batch, before, state) || onStale === 'delete') {
    if (why !== 'version') batch.budget.moved += 1;
    // What is to be deleted from here on.
    edit.target = onStale === 'delete' ? edit.target : state;
    return { next: 'prepare' };
  }
  // Whoever asks for it again knows of the doubt, and is told of the newer state.
  const { before: made } = edit.input;
  const isAskedFor = batch.sent.length === 0 && made !== undefined && made.untold !== 'fail';
  const [doubt] = isAskedFor ? [] : batch.doubts;
  if (onStale === 'keep') {
    edit.rebased = true;
    resource.setStatus('idle');
    return acceptAll(batch, state);
  }
  if (doubt !== undefined) return failing({ kind: 'in-doubt', cause: doubt.cause, isSeen: true });
  edit.reject(newerState(batch, edit, state));
  return DONE;
}

/** What only he himself has changed since is no news to whoever deletes what he saved, where its version was not told. */
function isOwnDoing(
  { resource, policy: { codec, merge, origin } }: Batch,
  { value, version }: State,
  found: State,
): boolean {
  const steps = version === undefined ? resource.own.all(origin) : [];
  const made = steps.reduce(
    (seen, { from, to }) => localWins({ base: from, local: to, remote: seen, merge }, false).value,
    value,
  );
  return steps.length > 0 && deepEqual(withoutVersion(codec, made), withoutVersion(codec, found.value));
}

function newerState(batch: Batch, edit: Edit, state: State): ConflictError {
  const { url } = batch.resource;
  const base: JsonValue = edit.target?.value ?? null;
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
    `${url} was changed since the state that was to be deleted. Nothing was deleted. Look at error.remote, then call error.retry('local') to delete it or error.retry('remote') to keep it; or set onStale.`,
    {
      ...factsOf(batch, edit, remote, batch.lastRefusal?.error),
      base,
      remote,
      merged: remote,
      patch: [],
      conflicts: [conflict],
      async retry(answer) {
        const deleting = answer === 'local';
        if (!deleting && answer !== 'remote' && answer !== 'discard')
          throw new TypeError("To a delete answer 'local' (delete it) or 'remote' (keep it).");
        if (deleting) await batch.setting.again({ ...madeAgain(edit, [], edit), findTarget: () => state });
        const facts: Omit<EditResult, 'undo'> = {
          url,
          value: remote,
          version: deleting ? undefined : state.version,
          attempts: deleting ? 1 : 0,
          rebased: true,
          alreadyApplied: !deleting,
          patch: [],
          resolved: [{ ...conflict, by: 'resolver', resolution: deleting ? 'local' : 'remote' }],
        };
        return undoable(facts, undefined, undefined);
      },
    },
  );
}
