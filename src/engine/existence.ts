import { diff } from '../core/diff.js';
import type { JsonValue } from '../core/json.js';
import { rebaseEdit } from '../core/rebase.js';
import { answersTo } from './answers.js';
import { askResolver } from './ask-resolver.js';
import type { Course } from './course.js';
import { live } from './course.js';
import { landedAny } from './doubt.js';
import type { Edit } from './edit.js';
import { end } from './end.js';
import { settle } from './land.js';
import type { Step } from './loop.js';
import type { State } from './port.js';
import { rejectOpen } from './reject.js';
import type { Run } from './run.js';
import type { Failure } from './turn.js';

const DONE: Step<void> = { done: true, result: undefined };

/** What a create starts from: an empty container of the same kind, so that two creates merge member by member. */
export function emptyLike(value: JsonValue): JsonValue {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? {} : null;
}

/** A create found this. Ours, if its answer was lost; else what `exists` or the resolver says. */
export async function meetExistingState(run: Run, course: Course, state: State): Promise<Step<void>> {
  const [edit] = live(course);
  if (edit === undefined) return DONE;
  const { merge, exists, resolve } = edit.input.policy;
  const verdict = landedAny(course.doubts, state, merge);
  if (verdict !== 'no') {
    run.shelf.keep(state, true);
    if (verdict === 'yes') settle(course, state, true);
    else endAt(run, course, state, { kind: 'in-doubt', cause: course.doubts[0]?.cause });
    return DONE;
  }
  run.shelf.keep(state, false);
  if (!edit.input.creating) {
    // It was being recreated after a deletion, and somebody else was faster: there is something to edit again.
    course.creating = false;
    course.target = state;
    course.next = 'prepare';
    return { done: false, pause: undefined };
  }
  const policy = exists ?? (resolve === undefined ? 'error' : 'ask');
  if (policy === 'error') {
    endAt(run, course, state, { kind: 'exists', cause: course.lastRefusal?.error });
    return DONE;
  }
  edit.rebased = true;
  if (policy === 'adopt') {
    edit.accept(state, [], true);
    return DONE;
  }
  // From here on it is an edit of what exists, made from nothing.
  const { local } = edit.intent;
  const base = emptyLike(local);
  edit.intent = { base, local, patch: diff(base, local), isDerived: true };
  edit.doubts = course.doubts;
  if (policy === 'ask' && !(await decide(run, edit, state, course.doubts.length > 0))) return DONE;
  course.creating = false;
  course.target = state;
  course.next = 'prepare';
  return { done: false, pause: undefined };
}

/** Ends a create with what was found in its place. */
function endAt(run: Run, course: Course, state: State, failure: Failure): void {
  course.creating = false;
  course.target = state;
  end(run, course, failure);
}

/** False: the edit is settled. */
async function decide(run: Run, edit: Edit, state: State, inDoubt: boolean): Promise<boolean> {
  const { base, local, patch } = edit.intent;
  const { merge } = edit.input.policy;
  const { conflicts, value: merged } = rebaseEdit({ base, patch, remote: state.value, merge }, false);
  const open = { reason: 'exists', remote: state.value, merged, conflicts } as const;
  const answer = await askResolver(run, edit, {
    ...open,
    preview: (resolutions) => rebaseEdit({ base, patch, remote: state.value, merge, resolutions }, false),
    latest: undefined,
  });
  if (edit.settled) return false;
  switch (answer.kind) {
    case 'none':
      rejectOpen(run, edit, open, answer.cause, inDoubt);
      return false;
    case 'remote':
    case 'discard':
      edit.accept(state, [], true);
      return false;
    case 'local':
    case 'value': {
      // Writes over what is there, guarded by its version.
      const value = answer.kind === 'value' ? answer.value : local;
      edit.intent = { base: state.value, local: value, patch: diff(state.value, value, { merge }), isDerived: true };
      return true;
    }
    case 'resolutions':
      edit.answers = answersTo(conflicts, answer.resolutions);
      return true;
  }
}
