import { diff } from '../core/diff.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { RebaseOutput } from '../core/rebase-output.js';
import { answersTo, settledBy } from './answers.js';
import type { Answer, Question } from './ask-resolver.js';
import { askResolver } from './ask-resolver.js';
import { rejectOpen } from './conflict-error.js';
import type { Edit } from './edit.js';
import { goneQuestion } from './gone-question.js';
import { isSame, look } from './look.js';
import type { State } from './port.js';
import { remadeWith, remake } from './remake.js';
import type { Run } from './run.js';

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
  takeAnswer(edit, question, seen.value, answer);
  if (seen !== target) return { movedTo: seen };
  const settled = remake(run, edit, target.value);
  if (settled.conflicts.length === 0) return { patch: settled.patch, value: settled.value };
  const { conflicts, value: merged } = settled;
  rejectOpen(run, edit, { remote, merged, conflicts }, undefined, inDoubt);
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

function takeAnswer(
  edit: Edit,
  { conflicts }: Question,
  remote: JsonValue,
  answer: Exclude<Answer, { kind: 'none' | 'discard' }>,
): void {
  switch (answer.kind) {
    case 'value': {
      // The answer was made from this remote: from here on it is the edit, and this remote its base.
      const { merge } = edit.input.policy;
      edit.settledByValue = [...edit.settledByValue, ...settledBy(answer.value, conflicts)];
      edit.answers = [];
      edit.intent = {
        base: remote,
        local: answer.value,
        isDerived: true,
        patch: diff(remote, answer.value, { merge }),
      };
      return;
    }
    case 'local':
    case 'remote':
      edit.answers = [...edit.answers, ...conflicts.map((conflict) => ({ conflict, resolution: answer.kind }))];
      return;
    case 'resolutions':
      edit.answers = [...edit.answers, ...answersTo(conflicts, answer.resolutions)];
  }
}
