import type { ListAlignment } from './align-by-key.js';
import { alignByKey } from './align-by-key.js';
import { deepEqual } from './deep-equal.js';
import type { AlignRule } from './diff-rules.js';
import type { JsonValue } from './json.js';
import { identityOf, LIKELY_KEYS } from './keys.js';
import { alignSequences, trimEnds } from './sequence.js';
import { touchedRuns } from './sequence-runs.js';

/** Aligns by declared key, else by an inferred one, else as a sequence. Keys that are not unique identify nothing. */
export function alignLists(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
  useKeys: boolean,
): ListAlignment {
  if (base === remote) return alignWithItself(base.length);
  return (useKeys ? alignByAnyKey(base, remote, rule) : undefined) ?? alignByValue(base, remote);
}

/** Aligns by the declared key, or by the first likely one that identifies every item of both lists. */
export function alignByAnyKey(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
): ListAlignment | undefined {
  if (rule?.rule === 'list') return alignByKey(base, remote, rule.key);
  const first = base[0] ?? remote[0];
  for (const key of LIKELY_KEYS) {
    // A list that lacks the key mostly lacks it at once.
    const aligned = identityOf(first, key) === undefined ? undefined : alignByKey(base, remote, key);
    if (aligned !== undefined) return aligned;
  }
  return undefined;
}

function alignByValue(base: readonly JsonValue[], remote: readonly JsonValue[]): ListAlignment {
  const last = base.length - 1;
  const ends = trimEnds(base, remote);
  if (base.length === remote.length && ends.head >= last && deepEqual(base[last], remote[last]))
    return alignWithItself(base.length);
  const aligned = alignSequences(base, remote, { ends });
  const unsure = touchedRuns(base, remote, aligned);
  const { weak } = aligned;
  for (let at = 0; at < weak.length; at += 1) if (weak[at] === 1) unsure[at] = 1;
  return { key: undefined, toR: aligned.toB, toB: aligned.toA, unsure, ...UNKEYED };
}

/** For a list that remote is known not to have touched. */
function alignWithItself(length: number): ListAlignment {
  const same = new Int32Array(length);
  for (let at = 0; at < length; at += 1) same[at] = at;
  return { key: undefined, toR: same, toB: same, unsure: new Uint8Array(0), ...UNKEYED };
}

/** Pairs that were found by value never cross, and no name is taken. */
const UNKEYED = { stayed: () => undefined, isTaken: () => false };
