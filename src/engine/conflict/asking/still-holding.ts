import type { MergeConflict, Resolution } from '../../../core/conflict.js';
import { deepEqual } from '../../../core/deep-equal.js';

/** An answer a resolver gave, kept for as long as remote does not change at its place. */
export interface GivenAnswer {
  readonly conflict: MergeConflict;
  readonly resolution: Resolution;
}

/** The answers that still hold: their conflict is open again and remote has the same there as when they were given. */
export function stillHolding(
  given: readonly GivenAnswer[],
  open: readonly MergeConflict[],
): Record<string, Resolution> | undefined {
  const holding = new Map<string, Resolution>();
  for (const conflict of open) {
    const answer = given.findLast((candidate) => candidate.conflict.basePath === conflict.basePath);
    if (answer !== undefined && sameSide(answer.conflict.remote, conflict.remote)) {
      holding.set(conflict.basePath, answer.resolution);
    }
  }
  return holding.size === 0 ? undefined : Object.fromEntries(holding);
}

function sameSide(a: MergeConflict['remote'], b: MergeConflict['remote']): boolean {
  return a.present && b.present ? deepEqual(a.value, b.value) : a.present === b.present;
}
