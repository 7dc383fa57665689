import type { ListAlignment } from './align-by-key.js';
import { alignByKey } from './align-by-key.js';
import type { AlignRule } from './diff-rules.js';
import type { JsonValue } from './json.js';
import { inferKey } from './keys.js';
import { alignSequences } from './sequence.js';
import { touchedRuns } from './sequence-runs.js';

/** Aligns by declared key, else by an inferred one, else as a sequence. Keys that are not unique identify nothing. */
export function alignLists(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
  useKeys: boolean,
): ListAlignment {
  if (base === remote) return alignWithItself(base.length);
  const declared = rule?.rule === 'list' ? rule.key : undefined;
  const key = useKeys ? (declared ?? inferKey(base, remote)) : undefined;
  const byKey = key === undefined ? undefined : alignByKey(base, remote, key);
  return byKey ?? alignByValue(base, remote);
}

function alignByValue(base: readonly JsonValue[], remote: readonly JsonValue[]): ListAlignment {
  const aligned = alignSequences(base, remote);
  const unsure = touchedRuns(base, remote, aligned);
  aligned.weak.forEach((weak, at) => {
    if (weak === 1) unsure[at] = 1;
  });
  return { key: undefined, toR: aligned.toB, toB: aligned.toA, unsure, stayed: undefined };
}

/** For a list that remote is known not to have touched. */
function alignWithItself(length: number): ListAlignment {
  const same = Int32Array.from({ length }, (_, at) => at);
  return { key: undefined, toR: same, toB: same, unsure: new Uint8Array(0), stayed: undefined };
}
