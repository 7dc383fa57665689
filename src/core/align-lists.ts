import type { AlignRule } from './diff-rules.js';
import type { JsonValue } from './json.js';
import { inferKey, keyIndex } from './keys.js';
import { alignSequences } from './sequence.js';
import { longestIncreasing } from './sequence-increasing.js';
import { touchedRuns } from './sequence-runs.js';

/** Which item of a base list is which of the remote one, and how sure that is. */
export interface ListAlignment {
  /** The member or members that identify items; undefined: they are known by value and place only. */
  readonly key: string | readonly string[] | undefined;
  /** For each base item its index in remote, or -1: removed. */
  readonly toR: Int32Array;
  /** For each remote item its index in base, or -1: inserted. */
  readonly toB: Int32Array;
  /** 1: this base item's pairing may be another one. */
  readonly unsure: Uint8Array;
  /** For each base item 1 if remote left it in its order; undefined: all that are left. */
  readonly stayed: Uint8Array | undefined;
}

/** Aligns by declared key, else by an inferred one, else as a sequence. Keys that are not unique identify nothing. */
export function alignLists(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
  useKeys: boolean,
): ListAlignment {
  const declared = rule?.rule === 'list' ? rule.key : undefined;
  const key = useKeys ? (declared ?? inferKey(base, remote)) : undefined;
  const byKey = key === undefined ? undefined : alignByKey(base, remote, key);
  return byKey ?? alignByValue(base, remote);
}

function alignByKey(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  key: string | readonly string[],
): ListAlignment | undefined {
  const inBase = keyIndex(base, key);
  const inRemote = inBase === undefined ? undefined : keyIndex(remote, key);
  if (inBase === undefined || inRemote === undefined) return undefined;
  const toR = new Int32Array(base.length).fill(-1);
  const toB = new Int32Array(remote.length).fill(-1);
  let ordered = true;
  let last = -1;
  for (const [identity, at] of inBase) {
    const to = inRemote.get(identity);
    if (to === undefined) continue;
    toR[at] = to;
    toB[to] = at;
    if (to < last) ordered = false;
    last = to;
  }
  const stayed = ordered ? undefined : longestIncreasing(toR);
  return { key, toR, toB, unsure: new Uint8Array(0), stayed };
}

function alignByValue(base: readonly JsonValue[], remote: readonly JsonValue[]): ListAlignment {
  const aligned = alignSequences(base, remote);
  const unsure = touchedRuns(base, remote, aligned);
  aligned.weak.forEach((weak, at) => {
    if (weak === 1) unsure[at] = 1;
  });
  return { key: undefined, toR: aligned.toB, toB: aligned.toA, unsure, stayed: undefined };
}
