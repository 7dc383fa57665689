import type { ConflictAnswer, ConflictContext } from '../../contract/resolver.js';
import type { EditResult } from '../../contract/snapshot.js';
import { assertJson } from '../../core/assert-json.js';
import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue } from '../../core/json.js';
import { ConflictError } from '../../errors/conflict-error.js';
import type { Batch } from '../batch.js';
import type { Making, OpenConflicts } from '../decision.js';
import type { Edit } from '../queue/edit.js';
import type { EditInput } from '../queue/edit-input.js';
import { intentTo } from '../queue/edit-input.js';
import type { Answer } from './asking/answers.js';
import { answersTo, checkAnswer, settledBy } from './asking/answers.js';
import type { Standing } from './endings.js';
import { factsOf, madeAgain, rejectFor } from './endings.js';

/** Ends an edit that could not be made. */
export function rejectMaking(
  batch: Batch,
  edit: Edit,
  making: Extract<Making, { kind: 'open' | 'failed' }>,
  value: JsonValue,
): void {
  if (making.kind === 'failed') rejectFor(batch, edit, making.errorFor(edit), value);
  else rejectOpen(batch, edit, making.open, making.cause);
}

/** Ends an edit for conflicts that nobody settled. */
export function rejectOpen(batch: Batch, edit: Edit, open: OpenConflicts, cause: unknown): void {
  rejectFor(batch, edit, conflictError(batch, edit, open, cause), open.remote);
}

/** The error says which conflicts are open, and goes on from here when given an answer. */
function conflictError(batch: Batch, edit: Edit, open: OpenConflicts, cause: unknown): ConflictError {
  const { url } = batch.resource;
  const { base, patch } = edit.input;
  const { remote, merged, conflicts } = open;
  const [first, ...others] = conflicts;
  const what =
    first === undefined
      ? `${url} is not there any more.`
      : `${first.message}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
  const why = cause instanceof Error ? ` The resolver failed: ${cause.message.replace(/[.!?]*$/, '.')}` : '';
  let again: Promise<EditResult> | undefined;
  return new ConflictError(
    `${what}${why} Nothing was written to ${url}. Settle it with a merge rule or resolver for this resource, or call error.retry(answer).`,
    {
      ...factsOf(batch, edit, remote, cause),
      remote,
      merged,
      conflicts,
      base,
      patch,
      retry: async (answer) => {
        const read = checkedAnswer(answer, conflicts);
        if (read.kind === 'none') throw conflictError(batch, edit, open, read.cause);
        again ??= batch.setting.again(retried(edit, open, answer, read));
        return again;
      },
    },
  );
}

/** What is no answer leaves the conflict open, as it does where a resolver gives it. */
function checkedAnswer(answer: ConflictAnswer, conflicts: OpenConflicts['conflicts']): Answer {
  try {
    return checkAnswer(answer, conflicts);
  } catch (cause) {
    return { kind: 'none', cause };
  }
}

/**
 * An edit that a conflict has stopped, to be made again now that the conflict is answered. The answer holds for what was
 * shown and nothing else: conflicts that others have made meanwhile go to the resolver.
 */
function retried(
  edit: Edit,
  open: OpenConflicts,
  given: ConflictAnswer,
  answer: Exclude<Answer, { kind: 'none' }>,
): EditInput {
  const { input } = edit;
  const taken = open.reason === 'stale' && open.remote !== undefined ? take(edit, open, open.remote, answer) : edit;
  // What a resolver has made of it is no create any more.
  const isCreate = input.kind === 'create' && (taken.intent === input || open.reason === 'exists');
  return {
    ...madeAgain(edit, edit.doubts, taken),
    kind: isCreate ? 'create' : 'update',
    policy: open.reason === 'stale' ? input.policy : answering(input.policy, open, given),
  };
}

/** What an answer to conflicts with this remote makes of an edit. */
function take(
  { intent, answers, settledByValue, input }: Edit,
  { conflicts }: OpenConflicts,
  remote: JsonValue,
  answer: Exclude<Answer, { kind: 'none' }>,
): Standing {
  switch (answer.kind) {
    case 'value': {
      const settled = [...settledByValue, ...settledBy(answer.value, conflicts)];
      const whole = intentTo(remote, answer.value, input.policy.merge);
      return { intent: whole, answers: [], settledByValue: settled };
    }
    case 'discard': {
      // Nothing of it is left to be made.
      const given = conflicts.map((conflict) => ({ ...conflict, by: 'resolver', resolution: 'remote' }) as const);
      const nothing = { base: remote, local: remote, patch: [], isDerived: true };
      return { intent: nothing, answers: [], settledByValue: [...settledByValue, ...given] };
    }
    default:
      return { intent, answers: [...answers, ...answersTo(conflicts, answer)], settledByValue };
  }
}

/** Whether a resource that is gone, or is there already, is to be written is asked when it is found so again. */
function answering(policy: EditInput['policy'], open: OpenConflicts, given: ConflictAnswer): EditInput['policy'] {
  let isAnswered = false;
  return {
    ...policy,
    resolve(context: ConflictContext<unknown>) {
      const isSame = context.reason === open.reason && isSameState(context.remote, open.remote);
      if (isAnswered || !isSame) return policy.resolve?.(context);
      isAnswered = true;
      return given;
    },
  };
}

function isSameState(found: unknown, shown: JsonValue | undefined): boolean {
  if (found === undefined || shown === undefined) return found === shown;
  assertJson(found, 'the latest state');
  return deepEqual(found, shown);
}
