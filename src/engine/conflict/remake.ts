import type { Resolution } from '../../core/conflict.js';
import { diff } from '../../core/diff/diff.js';
import type { JsonValue } from '../../core/json.js';
import type { RebaseOutput } from '../../core/rebase/output.js';
import { rebaseEdit } from '../../core/rebase/rebase.js';
import { mergeRules } from '../../core/rules/merge-rules.js';
import type { Batch } from '../batch.js';
import type { Making } from '../decision.js';
import type { Edit, Intent } from '../edit.js';
import type { Joint } from '../joint.js';
import type { State } from '../port.js';
import type { Answer } from './answers.js';
import { answersTo, settledBy, stillHolding } from './answers.js';
import { goneQuestion, meetGone } from './gone.js';
import { localWins, overOwn } from './over-own.js';
import type { Question } from './resolver.js';
import { askResolver } from './resolver.js';

/** Makes a row of edits again on a value, with the answers given so far; asks about what is open. */
export async function remake(batch: Batch, joint: Joint, value: JsonValue): Promise<Making> {
  try {
    const output = rebaseAndTell(batch, joint, value);
    if (output.conflicts.length === 0) return { kind: 'made', patch: output.patch, value: output.value };
    return await decide(batch, joint, { value, version: batch.target.version }, output);
  } catch (error) {
    batch.budget.signal.throwIfAborted();
    // A merge rule that is a function: somebody else's code.
    return { kind: 'failed', errorFor: () => error };
  }
}

/** A pending edit on another value than its base: what the person typed stays visible where it conflicts. */
export function onto({ intent, input }: Pick<Edit, 'intent' | 'input'>, value: JsonValue): JsonValue {
  const { base, patch, isDerived } = intent;
  const { merge } = input.policy;
  try {
    return localWins({ base, patch, remote: value, merge }, isDerived !== true).value;
  } catch {
    // A merge rule of the user's failed. The edit will end with its error; until then what was typed stays visible.
    return intent.local;
  }
}

/** Asks the resolver about what is open, and makes the edits again with its answer. */
async function decide(batch: Batch, joint: Joint, target: State, output: RebaseOutput): Promise<Making> {
  const [{ input }] = joint.edits;
  const openIn = (remote: JsonValue, { conflicts, value: merged }: RebaseOutput) =>
    ({ reason: 'stale', remote, merged, conflicts }) as const;
  if (joint.unanswered !== undefined || input.policy.resolve === undefined)
    return { kind: 'open', open: openIn(target.value, output), cause: joint.unanswered?.cause };
  let seen: State | Error = target;
  const latest = async (): Promise<Question> => {
    const found = await batch.look();
    if (found.kind === 'failed') throw found.error;
    if (found.kind === 'missing') {
      if (seen instanceof Error) return question;
      seen = found.error;
      question = { ...goneQuestion(joint.intent), latest };
    } else if (isNews(batch, seen, found.state)) {
      seen = found.state;
      question = staleQuestion(joint, seen.value, rebaseAndTell(batch, joint, seen.value), latest);
    }
    return question;
  };
  // While a write is in doubt only the loop may judge what a newer state shows.
  let question = staleQuestion(joint, target.value, output, batch.doubts.length > 0 ? undefined : latest);
  const answer = await askResolver(batch, joint, question);
  if (answer.kind === 'none') return { kind: 'open', open: question, cause: answer.cause };
  if (seen instanceof Error) return { kind: 'moved', decision: await meetGone(batch, seen) };
  if (answer.kind === 'discard') {
    const given = question.conflicts.map(
      (conflict) => ({ ...conflict, by: 'resolver', resolution: 'remote' }) as const,
    );
    for (const edit of joint.edits) {
      edit.resolved = [...edit.resolved, ...given];
      edit.accept(seen, [], false);
    }
    return { kind: 'settled' };
  }
  const answered = takeAnswer(joint, question, seen.value, answer);
  if (seen !== target) {
    batch.target = seen;
    return { kind: 'moved', decision: { next: 'prepare' } };
  }
  const settled = rebaseAndTell(batch, answered, target.value);
  if (settled.conflicts.length === 0) return { kind: 'made', patch: settled.patch, value: settled.value };
  return { kind: 'open', open: openIn(target.value, settled), cause: undefined };
}

/** Keeps an answer to a row's open conflicts, for as often as it is made again. */
function takeAnswer(
  joint: Joint,
  { conflicts }: Question,
  remote: JsonValue,
  answer: Exclude<Answer, { kind: 'none' | 'discard' }>,
): Joint {
  if (answer.kind !== 'value') {
    const answers = [...joint.answers, ...answersTo(conflicts, answer)];
    for (const edit of joint.edits) edit.answers = answers;
    return { ...joint, answers };
  }
  const intent = intentOfValue(joint, remote, answer.value);
  for (const edit of joint.edits) {
    edit.intent = edit === joint.edits.at(-1) ? intent : { base: remote, local: remote, patch: [], isDerived: true };
    edit.answers = [];
    edit.answeredWith = joint.edits;
    edit.settledByValue = [...edit.settledByValue, ...settledBy(answer.value, conflicts)];
  }
  return { ...joint, intent, answers: [] };
}

/** The answer was made from this remote: from here on it is the edit, and this remote its base. */
function intentOfValue({ edits }: Joint, remote: JsonValue, value: JsonValue): Intent {
  const { merge } = edits[0].input.policy;
  return { base: remote, local: value, patch: diff(remote, value, { merge }), isDerived: true };
}

/** Makes the row again on top of remote, and tells of it. */
function rebaseAndTell(batch: Batch, joint: Joint, remote: JsonValue): RebaseOutput {
  const startedAt = batch.clock.now();
  const output = rebaseWith(joint, remote, {});
  // Listeners are shown the very lists that are decided by.
  const [conflicts, resolved] = [frozen(output.conflicts), frozen(output.resolved)];
  const ms = batch.clock.now() - startedAt;
  const operations = output.patch.length;
  for (const edit of joint.edits) {
    edit.resolved = [...edit.settledByValue, ...output.resolved];
    if (edit.rebased)
      edit.tell({ type: 'rebase', attempt: batch.budget.attempts, operations, conflicts, resolved, ms });
  }
  return output;
}

/** The same with more answers on top, and nothing is told or kept. */
function rebaseWith(joint: Joint, remote: JsonValue, chosen: Readonly<Record<string, Resolution>>): RebaseOutput {
  const { merge } = joint.edits[0].input.policy;
  const { base, patch, local, isDerived } = overOwn(joint.edits[0], joint.intent);
  // On its own base an edit is what it was made to be, but for what the server owns.
  if (remote === base && !mergeRules(merge).hasServer)
    return { patch: [...patch], value: local, conflicts: [], resolved: [] };
  const output = rebaseEdit({ base, patch, remote, merge }, isDerived !== true);
  const resolutions = { ...stillHolding(joint.answers, output.conflicts), ...chosen };
  if (Object.keys(resolutions).length === 0) return output;
  return rebaseEdit({ base, patch, remote, merge, resolutions }, isDerived !== true);
}

function isNews(batch: Batch, seen: State | Error, found: State): boolean {
  if (batch.resource.leftBehind(found.version)) return false;
  return seen instanceof Error || !batch.isSame(found, seen);
}

function staleQuestion(
  joint: Joint,
  remote: JsonValue,
  { conflicts, value: merged }: RebaseOutput,
  latest: (() => Promise<Question>) | undefined,
): Question {
  const preview: Question['preview'] = (resolutions) => rebaseWith(joint, remote, resolutions);
  return { reason: 'stale', remote, merged, conflicts, preview, latest };
}

function frozen<Item extends object>(list: readonly Item[]): readonly Item[] {
  for (const item of list) Object.freeze(item);
  return Object.freeze(list);
}
