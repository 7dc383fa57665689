import type { MergeConflict } from '../../core/conflict.js';
import { deepEqual } from '../../core/deep-equal.js';
import type { PointerPattern } from '../../core/json.js';
import { rebaseEdit } from '../../core/rebase/rebase.js';
import type { MergeRule } from '../../core/rules/rule.js';
import type { State } from '../port.js';
import type { Doubt } from '../queue/edit-input.js';

/** What a state tells of a doubtful write. */
export type Landed = 'yes' | 'no' | 'unknown';

/**
 * Whether the state found now shows that one of the doubtful writes landed. A patch lands whole, so one telling
 * operation decides; a counter alone tells nothing, because two clients going 5 → 6 look alike.
 */
export function landedAny(doubts: readonly Doubt[], found: State, merge: Record<PointerPattern, MergeRule>): Landed {
  const verdicts = doubts.map((doubt) => landed(doubt, found, merge));
  if (verdicts.includes('yes')) return 'yes';
  return verdicts.includes('unknown') ? 'unknown' : 'no';
}

/** Two clients may well write one same value (both claim a task): what looks like ours proves nothing where another part of it is contradicted. */
function landed({ on, patch }: Doubt, found: State, merge: Record<PointerPattern, MergeRule>): Landed {
  const input = { base: on.value, patch, remote: found.value, merge };
  const { landed: verdict = 'unknown' } = rebaseEdit({ ...input, inDoubt: true }, false);
  // A counter that both have added is asked about although it is the same.
  const isContradicted = verdict === 'yes' && !rebaseEdit(input, false).conflicts.every(isSame);
  return isContradicted ? 'unknown' : verdict;
}

function isSame({ local, remote }: MergeConflict): boolean {
  return local.present && remote.present && deepEqual(local.value, remote.value);
}
