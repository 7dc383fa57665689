import type { MergeConflict } from '../core/conflict.js';
import { diff } from '../core/diff.js';
import type { JsonValue } from '../core/json.js';
import { answersTo, settledBy } from './answers.js';
import type { Answer } from './check-answer.js';
import type { Edit } from './edit.js';

/** What an answer to conflicts with this remote makes of an edit. */
export type Taken = Pick<Edit, 'intent' | 'answers' | 'settledByValue'>;

/** Takes an answer to an edit's open conflicts, and changes nothing yet. */
export function takeAnswer(
  { intent, answers, settledByValue, input }: Edit,
  conflicts: readonly MergeConflict[],
  remote: JsonValue,
  answer: Exclude<Answer, { kind: 'none' }>,
): Taken {
  switch (answer.kind) {
    case 'value': {
      // The answer was made from this remote: from here on it is the edit, and this remote its base.
      const { value } = answer;
      const { merge } = input.policy;
      return {
        intent: { base: remote, local: value, patch: diff(remote, value, { merge }), isDerived: true },
        answers: [],
        settledByValue: [...settledByValue, ...settledBy(value, conflicts)],
      };
    }
    case 'discard':
      // Nothing of it is left to be made.
      return {
        intent: { base: remote, local: remote, patch: [], isDerived: true },
        answers: [],
        settledByValue: [
          ...settledByValue,
          ...conflicts.map((conflict) => ({ ...conflict, by: 'resolver', resolution: 'remote' }) as const),
        ],
      };
    case 'local':
    case 'remote': {
      const given = conflicts.map((conflict) => ({ conflict, resolution: answer.kind }));
      return { intent, answers: [...answers, ...given], settledByValue };
    }
    case 'resolutions':
      return { intent, answers: [...answers, ...answersTo(conflicts, answer.resolutions)], settledByValue };
  }
}
