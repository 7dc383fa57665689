import type { MergeConflict, Resolution, ResolvedConflict } from '../core/conflict.js';
import { deepEqual } from '../core/deep-equal.js';
import type { JsonValue } from '../core/json.js';
import { getAt, parsePointer } from '../core/pointer.js';
import type { GivenAnswer } from './edit.js';

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

/** A resolver's table of answers as answers to the conflicts it was asked about. */
export function answersTo(
  open: readonly MergeConflict[],
  resolutions: Readonly<Record<string, Resolution>>,
): GivenAnswer[] {
  return open.flatMap((conflict) => {
    const { basePath, path } = conflict;
    // `path` may stand in where it can mean nothing else.
    const isPlain = open.every((other) => other === conflict || (other.path !== path && other.basePath !== path));
    const resolution = own(resolutions, basePath) ?? (isPlain ? own(resolutions, path) : undefined);
    return resolution === undefined ? [] : [{ conflict, resolution }];
  });
}

/** For the report: what a whole value chose at each conflict. */
export function settledBy(value: JsonValue, open: readonly MergeConflict[]): ResolvedConflict[] {
  return open.map((conflict) => {
    const chosen = getAt(value, parsePointer(conflict.path) ?? []);
    return { ...conflict, by: 'resolver', resolution: chosen.present ? { value: chosen.value } : 'remove' };
  });
}

function own(table: Readonly<Record<string, Resolution>>, key: string): Resolution | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function sameSide(a: MergeConflict['remote'], b: MergeConflict['remote']): boolean {
  return a.present && b.present ? deepEqual(a.value, b.value) : a.present === b.present;
}
