import type { JsonValue, Patch } from '../core/json.js';
import type { RebaseOutput } from '../core/rebase-output.js';
import type { Question } from './ask-resolver.js';
import { askResolver } from './ask-resolver.js';
import type { Edit } from './edit.js';
import { goneQuestion } from './gone-question.js';
import { isSame, look } from './look.js';
import type { State } from './port.js';
import { rejectOpen } from './reject.js';
import { remadeWith, remake } from './remake.js';
import type { Run } from './run.js';
import { takeAnswer } from './take-answer.js';

/** The resolver asked for the latest and answered for it: from here on it is what the edit is made on. An error: nothing is there any more. */
export interface Moved {
  readonly movedTo: State | Error;
}

/** What is open, and on what. */
interface OpenEdit {
  readonly target: State;
  readonly output: RebaseOutput;
  /** A write is out that may have landed: only the loop may judge what a newer state shows. */
  readonly inDoubt: boolean;
}

/** Asks the resolver about what is open, and makes the edit again with its answer. */
export async function decide(
  run: Run,
  edit: Edit,
  { target, output, inDoubt }: OpenEdit,
): Promise<{ readonly patch: Patch; readonly value: JsonValue } | Moved | 'settled'> {
  let seen: State | Error = target;
  const latest = async (): Promise<Question> => {
    const found = await look(run);
    if (found.kind === 'failed') throw found.error;
    if (found.kind === 'missing') {
      if (seen instanceof Error) return question;
      seen = found.error;
      question = { ...goneQuestion(edit), latest };
    } else if (isNews(run, seen, found.state)) {
      seen = found.state;
      question = staleQuestion(edit, seen.value, remake(run, edit, seen.value), latest);
    }
    return question;
  };
  let question = staleQuestion(edit, target.value, output, inDoubt ? undefined : latest);
  const answer = await askResolver(run, edit, question);
  if (answer.kind === 'none') {
    rejectOpen(run, edit, question, answer.cause, inDoubt);
    return 'settled';
  }
  if (seen instanceof Error) return { movedTo: seen };
  const { remote } = question;
  if (answer.kind === 'discard') {
    const given = question.conflicts.map(
      (conflict) => ({ ...conflict, by: 'resolver', resolution: 'remote' }) as const,
    );
    edit.resolved = [...edit.resolved, ...given];
    edit.accept(seen, [], false);
    return 'settled';
  }
  Object.assign(edit, takeAnswer(edit, question.conflicts, seen.value, answer));
  if (seen !== target) return { movedTo: seen };
  const settled = remake(run, edit, target.value);
  if (settled.conflicts.length === 0) return { patch: settled.patch, value: settled.value };
  const { conflicts, value: merged } = settled;
  rejectOpen(run, edit, { reason: 'stale', remote, merged, conflicts }, undefined, inDoubt);
  return 'settled';
}

function isNews(run: Run, seen: State | Error, found: State): boolean {
  if (run.shelf.leftBehind(found.version)) return false;
  return seen instanceof Error || !isSame(run, found, seen);
}

function staleQuestion(
  edit: Edit,
  remote: JsonValue,
  { conflicts, value: merged }: RebaseOutput,
  latest: (() => Promise<Question>) | undefined,
): Question {
  return {
    reason: 'stale',
    remote,
    merged,
    conflicts,
    preview: (resolutions) => remadeWith(edit, remote, resolutions),
    latest,
  };
}
