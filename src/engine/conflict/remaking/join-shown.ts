import { deepEqual } from '../../../core/deep-equal.js';
import type { JsonValue } from '../../../core/json.js';
import { movedOn } from '../../../core/rebase/moves/moved-on.js';
import type { RebaseInput } from '../../../core/rebase/rebase.js';
import { rebaseEdit } from '../../../core/rebase/rebase.js';
import type { Batch } from '../../batch.js';
import type { Edit } from '../../queue/edit.js';
import type { Intent } from '../../queue/edit-input.js';
import type { Joint } from '../../queue/joint.js';
import { asOne, joinEdits } from '../../queue/joint.js';
import type { Layer } from '../../resource/pending-edits.js';
import type { GivenAnswer } from '../asking/still-holding.js';
import { stillHolding } from '../asking/still-holding.js';
import { overOwn } from './over-own.js';

/**
 * Joins rows that their author made one on the other, on what showed: since then others' changes had come under the edits before.
 * What collides stays open; everything else has moved on.
 */
export function joinShown(rows: readonly Joint[]): Joint[] {
  const joined: Joint[] = [];
  for (const row of rows) {
    const before = joined.at(-1);
    const both = before && bothOf(before, row);
    if (both === undefined) joined.push(row);
    else joined[joined.length - 1] = both;
  }
  return joined;
}

/** The row with what was made on it since. The same where there is nothing. */
export function grown(batch: Batch, row: Joint): Joint {
  const last = row.edits.at(-1);
  if (last === undefined || batch.live.at(-1) !== last) return row;
  batch.board();
  const since = batch.live.slice(batch.live.indexOf(last) + 1);
  if (since.length === 0) return row;
  const [whole] = joinShown([row, ...joinEdits(since)]);
  return whole ?? row;
}

/** Undefined: the second was not made on what the first showed. */
function bothOf(before: Joint, next: Joint): Joint | undefined {
  const [{ input, on }] = next.edits;
  if (input.replay !== undefined || before.edits[0].input.replay !== undefined) return undefined;
  const { intent } = before;
  if (deepEqual(next.intent.base, intent.local))
    return { ...before, ...asEdit(before, next, intent), answers: [...new Set([...before.answers, ...next.answers])] };
  const under = valueUnder(before.edits, on);
  if (under === undefined) return undefined;
  const { merge } = input.policy;
  const { base, patch, isDerived } = overOwn(before);
  // What was answered before the second was made was in what showed; since then answers are about both.
  const answers = before.answers.filter((answer) => !next.answers.includes(answer));
  const moved = movedOn(answeredInput({ base, patch, remote: under, merge }, answers, isDerived), isDerived !== true);
  if (!deepEqual(next.intent.base, moved.local)) return undefined;
  const settled = [...(before.settled ?? []), ...moved.resolved];
  return { ...next, ...asEdit(before, next, { ...moved, base: moved.from }), settled };
}

function asEdit(
  before: Joint,
  { edits, intent: { patch, local, isDerived } }: Joint,
  on: Pick<Intent, 'base' | 'patch'>,
): Pick<Joint, 'edits' | 'intent'> {
  const whole = { base: on.base, patch: asOne(on.base, [on.patch, patch]), local };
  const isCompared = before.intent.isDerived === true && isDerived === true;
  return { edits: [...before.edits, ...edits], intent: { ...whole, isDerived: isCompared } };
}

/** What stood below a row of edits when another was made on top of them. */
function valueUnder(row: readonly Edit[], on: Layer | undefined): JsonValue | undefined {
  let layer = on;
  for (const edit of row.toReversed()) {
    if (layer?.entry !== edit) return undefined;
    if (edit === row[0]) return layer.below;
    layer = layer.lower;
  }
  return undefined;
}

/** An edit on remote, with the answers that still hold there. */
export function answeredInput(
  input: RebaseInput,
  answers: readonly GivenAnswer[],
  isDerived: boolean | undefined,
): RebaseInput {
  if (answers.length === 0) return input;
  const resolutions = stillHolding(answers, rebaseEdit(input, isDerived !== true).conflicts);
  return resolutions === undefined ? input : { ...input, resolutions };
}
