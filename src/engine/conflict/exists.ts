import { rebaseEdit } from '../../core/rebase/rebase.js';
import { accept } from '../accept.js';
import type { Batch } from '../batch.js';
import type { Decision } from '../decision.js';
import { DONE, failing } from '../decision.js';
import type { State } from '../port.js';
import type { Edit } from '../queue/edit.js';
import { emptyLike } from '../queue/edit.js';
import { intentTo } from '../queue/edit-input.js';
import { joinEdits } from '../queue/joint.js';
import { answersTo } from './asking/answers.js';
import type { Question } from './asking/resolver.js';
import { askResolver } from './asking/resolver.js';
import { landedAny } from './landed.js';
import { rejectOpen } from './reject-open.js';

/** A create found this. Ours, if its answer was lost; else what `exists` or the resolver says. */
export async function meetExisting(batch: Batch, state: State): Promise<Decision> {
  const { doubts, resource } = batch;
  const [edit] = batch.live;
  if (edit === undefined) return DONE;
  const { merge, exists, resolve } = edit.input.policy;
  const landed = landedAny(doubts, state, merge);
  resource.keep(state, landed === 'yes');
  if (landed === 'yes') return accept(batch, state, true);
  // From here on it is about what is there.
  batch.kind = 'update';
  batch.target = state;
  if (landed === 'unknown') return failing({ kind: 'in-doubt', cause: doubts[0]?.cause, isSeen: true });
  // Recreated after a deletion, and somebody else was faster: there is something to edit again.
  if (edit.input.kind !== 'create') return { next: 'prepare' };
  const policy = exists ?? (resolve === undefined ? 'error' : 'ask');
  if (policy === 'error') return failing({ kind: 'exists', cause: batch.lastRefusal?.error });
  edit.rebased = true;
  if (policy === 'adopt') {
    edit.accept(state, [], true);
    return DONE;
  }
  // It becomes an edit of what exists, made from nothing.
  const { local } = edit.intent;
  const base = emptyLike(local);
  edit.intent = intentTo(base, local, {});
  edit.doubts = doubts;
  if (policy === 'ask' && !(await ask(batch, edit, state))) return DONE;
  return { next: 'prepare' };
}

/** False: the edit has ended. */
async function ask(batch: Batch, edit: Edit, state: State): Promise<boolean> {
  const { base, local, patch } = edit.intent;
  const { merge } = edit.input.policy;
  const [joint] = joinEdits([edit]);
  if (joint === undefined) return false;
  const { conflicts, value: merged } = rebaseEdit({ base, patch, remote: state.value, merge }, false);
  const open = { reason: 'exists', remote: state.value, merged, conflicts } as const;
  const preview: Question['preview'] = (resolutions) =>
    rebaseEdit({ base, patch, remote: state.value, merge, resolutions }, false);
  const question = { joint, ...open, preview };
  const { answer } = await askResolver(batch, { now: () => question });
  if (edit.settled) return false;
  switch (answer.kind) {
    case 'none':
      rejectOpen(batch, edit, open, answer.cause);
      return false;
    case 'remote':
    case 'discard':
      edit.accept(state, [], true);
      return false;
    case 'local':
    case 'value': {
      // Writes over what is there, guarded by its version.
      edit.intent = intentTo(state.value, answer.kind === 'value' ? answer.value : local, merge);
      return true;
    }
    case 'resolutions':
      edit.answers = answersTo(conflicts, answer);
      return true;
  }
}
