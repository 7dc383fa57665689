import type { ConflictAnswer, ConflictContext } from '../contract/resolver.js';
import { assertJson } from '../core/assert-json.js';
import type { MergeConflict } from '../core/conflict.js';
import { deepEqual } from '../core/deep-equal.js';
import type { JsonValue } from '../core/json.js';
import type { Answer } from './check-answer.js';
import type { Edit, EditInput } from './edit.js';
import { takeAnswer } from './take-answer.js';

/** Conflicts that nobody settled, and what with. */
export interface OpenConflicts {
  readonly reason: ConflictContext['reason'];
  readonly remote: JsonValue | undefined;
  readonly merged: JsonValue | undefined;
  readonly conflicts: readonly MergeConflict[];
}

/**
 * An edit that a conflict has stopped, to be made again now that the conflict is answered. The answer holds for what was
 * shown and nothing else: conflicts that others have made meanwhile go to the resolver.
 */
export function takenUp(
  edit: Edit,
  open: OpenConflicts,
  given: ConflictAnswer,
  answer: Exclude<Answer, { kind: 'none' }>,
): EditInput {
  const { input, keys, doubts } = edit;
  const { reason, remote, conflicts } = open;
  const taken = reason === 'stale' && remote !== undefined ? takeAnswer(edit, conflicts, remote, answer) : edit;
  const { intent, answers, settledByValue } = taken;
  // What a resolver has made of it has another base, and is no create any more.
  const isItself = intent === input;
  return {
    ...input,
    ...intent,
    policy: reason === 'stale' ? input.policy : answering(input.policy, open, given),
    before: { keys, doubts, answers, settledByValue },
    creating: input.creating && (isItself || reason === 'exists'),
    baseVersion: isItself ? input.baseVersion : undefined,
    combinable: false,
  };
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
