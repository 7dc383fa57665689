import type { RebaseOutput, Resolution } from '../../../core/conflict.js';
import { isFormOf } from '../../../core/form-of.js';
import type { JsonValue } from '../../../core/json.js';
import { localWins } from '../../../core/rebase/moves/moved-on.js';
import { rebaseEdit } from '../../../core/rebase/rebase.js';
import { mergeRules } from '../../../core/rules/merge-rules.js';
import type { Batch } from '../../batch.js';
import type { Making } from '../../decision.js';
import type { State } from '../../port.js';
import type { Edit } from '../../queue/edit.js';
import type { Intent } from '../../queue/edit-input.js';
import { intentTo } from '../../queue/edit-input.js';
import type { Joint } from '../../queue/joint.js';
import { joinEdits } from '../../queue/joint.js';
import type { Answer } from '../asking/answers.js';
import { answersTo, onTop, settledBy } from '../asking/answers.js';
import type { Question } from '../asking/resolver.js';
import { askResolver } from '../asking/resolver.js';
import type { GivenAnswer } from '../asking/still-holding.js';
import { stillHolding } from '../asking/still-holding.js';
import { goneQuestion, meetGone } from '../gone.js';
import { answeredInput, grown, joinShown } from './join-shown.js';
import { goingWithout, overOwn } from './over-own.js';

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

/** What shows of an edit: also of one that is kept, and not yet queued. */
type Shown = Pick<Edit, 'intent' | 'input'> & Partial<Pick<Edit, 'answers' | 'inFlight'>>;

/** A pending edit on another value than its base: what the person typed stays visible where it conflicts, until somebody answers. */
export function onto({ intent, input, answers = [], inFlight = false }: Shown, value: JsonValue): JsonValue {
  const { base, patch, local, isDerived } = goingWithout(intent, input.policy, input.keeper?.without(false));
  // A read has met its write before the answer came: it is there, in the server's own form.
  if (inFlight && isFormOf(value, local) && !isFormOf(value, base)) return value;
  const { merge } = input.policy;
  try {
    const answered = answeredInput({ base, patch, remote: value, merge }, answers, isDerived);
    return localWins(answered, isDerived !== true).value;
  } catch {
    // A merge rule of the user's failed. The edit will end with its error; until then what was typed stays visible.
    return local;
  }
}

/** Asks the resolver about what is open, and makes the edits again with its answer. */
async function decide(batch: Batch, joint: Joint, target: State, output: RebaseOutput): Promise<Making> {
  let question = staleQuestion(joint, target.value, output);
  const isOpen = (cause: unknown): Making => ({ kind: 'open', joint: question.joint, open: question, cause });
  if (joint.unanswered !== undefined || joint.edits[0].input.policy.resolve === undefined)
    return isOpen(joint.unanswered?.cause);
  let seen: State | Error = target;
  const meet = (row: Joint, found: State): void => {
    seen = found;
    question = staleQuestion(row, found.value, rebaseWith(row, found.value, {}));
  };
  const now = (): Question => {
    const row = grown(batch, question.joint);
    if (row === question.joint) return question;
    const { state } = batch.resource;
    if (state !== undefined && isNews(batch, seen, state)) meet(row, state);
    else if (seen instanceof Error) question = goneQuestion(row);
    else meet(row, seen);
    return question;
  };
  const look = async (): Promise<void> => {
    const found = await batch.look();
    if (found.kind === 'failed') throw found.error;
    if (found.kind === 'found') {
      if (isNews(batch, seen, found.state)) meet(question.joint, found.state);
    } else if (!(seen instanceof Error)) {
      seen = found.error;
      question = goneQuestion(question.joint);
    }
  };
  // While a write is in doubt only the loop may judge what a newer state shows.
  const { answer, shown } = await askResolver(batch, batch.doubts.length > 0 ? { now } : { now, look });
  now();
  if (answer.kind === 'none') return isOpen(answer.cause);
  if (seen instanceof Error) return { kind: 'moved', decision: await meetGone(batch, seen) };
  if (answer.kind === 'discard') {
    acceptTheirs(question, seen);
    return { kind: 'settled' };
  }
  takeAnswer(shown, question, answer);
  batch.resource.tell();
  const [answered] = joinShown(joinEdits(joint.edits));
  if (seen !== target || question.joint !== joint || answered === undefined) {
    batch.target = seen === target ? batch.target : seen;
    return { kind: 'moved', decision: { next: 'prepare' } };
  }
  const settled = rebaseAndTell(batch, answered, target.value);
  if (settled.conflicts.length === 0) return { kind: 'made', patch: settled.patch, value: settled.value };
  question = staleQuestion(joint, target.value, settled);
  return isOpen(undefined);
}

/** Nothing of the edits is left to be made. */
function acceptTheirs({ joint, conflicts }: Question, state: State): void {
  const given = conflicts.map((conflict) => ({ ...conflict, by: 'resolver', resolution: 'remote' }) as const);
  for (const edit of joint.edits) {
    edit.resolved = [...edit.resolved, ...given];
    edit.accept(state, [], false);
  }
}

/** Keeps an answer, for as often as the row is made again. It was given to what was shown; `now` is what the question has become. */
function takeAnswer(shown: Question, now: Question, answer: Exclude<Answer, { kind: 'none' | 'discard' }>): void {
  const { edits } = now.joint;
  if (answer.kind !== 'value') {
    const given = answersFor(shown, now, answer);
    for (const edit of edits) edit.answers = [...edit.answers, ...given];
    return;
  }
  const { length, 0: first } = shown.joint.edits;
  const base = shown.remote ?? null;
  // The answer was made from this remote: from here on it is the edit, and this remote its base.
  const intent = intentTo(base, answer.value, first.input.policy.merge);
  const whole = { base, local: base, patch: [], isDerived: true };
  const intents = [...Array<Intent>(length - 1).fill(whole), intent, ...onTop(edits.slice(length), answer.value)];
  const settled = settledBy(answer.value, shown.conflicts);
  for (const [index, edit] of edits.entries()) {
    edit.intent = intents[index] ?? edit.intent;
    edit.answers = [];
    edit.answeredWith = edits.slice(0, Math.max(length, index + 1));
    edit.settledByValue = [...edit.settledByValue, ...settled];
  }
}

/** The answer to what was shown, as one to what the question has become. */
function answersFor(
  shown: Question,
  now: Question,
  answer: Extract<Answer, { kind: 'local' | 'remote' | 'resolutions' }>,
): readonly GivenAnswer[] {
  if (answer.kind !== 'resolutions' && shown.remote === now.remote) return answersTo(now.conflicts, answer);
  const given = answersTo(shown.conflicts, answer);
  if (shown === now) return given;
  return now.conflicts.flatMap((conflict) => {
    const same = given.find((other) => other.conflict.path === conflict.path);
    if (same === undefined) return [];
    // It holds for what others had there when it was given.
    return [{ conflict: { ...conflict, remote: same.conflict.remote }, resolution: same.resolution }];
  });
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
    edit.resolved = [...edit.settledByValue, ...(joint.settled ?? []), ...output.resolved];
    if (edit.rebased)
      edit.tell({ type: 'rebase', attempt: batch.budget.attempts, operations, conflicts, resolved, ms });
  }
  return output;
}

/** The same with more answers on top, and nothing is told or kept. */
function rebaseWith(joint: Joint, remote: JsonValue, chosen: Readonly<Record<string, Resolution>>): RebaseOutput {
  const { merge } = joint.edits[0].input.policy;
  const { base, patch, local, isDerived } = overOwn(joint);
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

function staleQuestion(joint: Joint, remote: JsonValue, { conflicts, value: merged }: RebaseOutput): Question {
  const preview: Question['preview'] = (resolutions) => rebaseWith(joint, remote, resolutions);
  return { joint, reason: 'stale', remote, merged, conflicts, preview };
}

function frozen<Item extends object>(list: readonly Item[]): readonly Item[] {
  for (const item of list) Object.freeze(item);
  return Object.freeze(list);
}
