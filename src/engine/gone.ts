import type { JsonValue } from '../core/json.js';
import { withoutServerOwned } from '../core/server-owned.js';
import { askResolver } from './ask-resolver.js';
import type { Course } from './course.js';
import { live, takeKey } from './course.js';
import type { Edit } from './edit.js';
import { end } from './end.js';
import { goneQuestion } from './gone-question.js';
import type { Step } from './loop.js';
import { rejectOpen } from './reject.js';
import type { Run } from './run.js';

const DONE: Step<void> = { done: true, result: undefined };

/** The resource was deleted under the edit. Never recreated unless the options or the resolver say so. */
export async function meetGone(run: Run, course: Course, cause: unknown): Promise<Step<void>> {
  const { lastRefusal } = course;
  if (lastRefusal !== undefined) {
    const { problem, answer } = lastRefusal;
    run.emit({ type: 'gone', attempt: run.budget.attempts, status: answer.status, problem });
  }
  run.shelf.lose();
  const [edit, ...others] = live(course);
  if (edit === undefined) return DONE;
  const { gone, resolve } = edit.input.policy;
  const policy = gone ?? (resolve === undefined ? 'error' : 'ask');
  if (course.doubts.length > 0 || policy === 'error') {
    end(run, course, { kind: 'gone', cause });
    return DONE;
  }
  if (others.length > 0) {
    // Each is asked for by itself.
    course.apart = [...course.apart, [edit], ...others.map((other) => [other])];
    return DONE;
  }
  const wanted = policy === 'ask' ? await ask(run, edit) : { next: policy, value: edit.intent.local };
  if (wanted === 'settled') return DONE;
  if (wanted.next === 'discard') {
    // Asking has told of other things meanwhile.
    if (run.shelf.state === undefined) run.shelf.setStatus('gone');
    edit.accept({ value: edit.intent.local, version: undefined }, [], false);
    return DONE;
  }
  return recreate(course, edit, wanted.value);
}

/** From here on the edit is a create: conditional on nothing being there, without what the server owns. */
function recreate(course: Course, edit: Edit, value: JsonValue): Step<void> {
  const { merge } = edit.input.policy;
  const local = withoutServerOwned(value, merge);
  const patch = [{ op: 'replace', path: '', value: local } as const];
  edit.rebased = true;
  course.creating = true;
  course.target = { value: null, version: undefined };
  course.parts = [{ edit, patch, value: local }];
  course.patch = patch;
  course.value = local;
  takeKey(course);
  course.next = 'resend';
  return { done: false, pause: undefined };
}

async function ask(
  run: Run,
  edit: Edit,
): Promise<'settled' | { readonly next: 'discard' | 'recreate'; readonly value: JsonValue }> {
  const { local } = edit.intent;
  const open = goneQuestion(edit);
  const answer = await askResolver(run, edit, open);
  if (edit.settled) return 'settled';
  switch (answer.kind) {
    case 'none':
      rejectOpen(run, edit, open, answer.cause, false);
      return 'settled';
    case 'resolutions': {
      const cause = new TypeError(
        "To a deletion a resolver answers 'local' or { value } to recreate, 'remote' or 'discard' to accept it.",
      );
      rejectOpen(run, edit, open, cause, false);
      return 'settled';
    }
    case 'local':
      return { next: 'recreate', value: local };
    case 'value':
      return { next: 'recreate', value: answer.value };
    case 'remote':
    case 'discard':
      return { next: 'discard', value: local };
  }
}
