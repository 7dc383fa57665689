import type { ListAlignment } from './align-by-key.js';
import type { JsonValue } from './json.js';
import type { MergePlace } from './place-in-merge.js';
import type { Traced } from './traced.js';

/** A merged list in the making: remote's items, what becomes of each, and what goes in between. */
export interface ListDraft {
  readonly base: readonly JsonValue[];
  readonly remote: readonly JsonValue[];
  readonly aligned: ListAlignment;
  readonly place: MergePlace;
  readonly local: Traced;
  /** Remote indices that are left out. */
  readonly killed: Set<number>;
  /** Remote indices that get another value. */
  readonly changed: Map<number, JsonValue>;
  /** What goes in behind a remote index; -1: at the head, and the list's length: at its end. */
  readonly inserted: Map<number, JsonValue[]>;
  insert(after: number, value: JsonValue): void;
}

export function openList(
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  aligned: ListAlignment,
  place: MergePlace,
  local: Traced,
): ListDraft {
  const inserted = new Map<number, JsonValue[]>();
  return {
    base,
    remote,
    aligned,
    place,
    local,
    killed: new Set(),
    changed: new Map(),
    inserted,
    insert(after, value) {
      const run = inserted.get(after);
      if (run === undefined) inserted.set(after, [value]);
      else run.push(value);
    },
  };
}

/** The merged list. In one gap remote's insertions come first, then local's: each side's run stays together. */
export function assemble({ remote, aligned, killed, changed, inserted }: ListDraft): JsonValue[] {
  if (killed.size === 0 && inserted.size === 0) {
    const merged = remote.slice();
    for (const [at, value] of changed) merged[at] = value;
    return merged;
  }
  // Looking a long list's every index up in three tables would cost more than all the rest.
  const marks = new Uint8Array(remote.length);
  for (const table of [killed, changed, inserted]) for (const at of table.keys()) if (at >= 0) marks[at] = 1;
  const merged: JsonValue[] = [];
  let waiting = inserted.get(-1);
  for (let at = 0; at < remote.length; at += 1) {
    if (waiting !== undefined && (aligned.toB[at] ?? -1) >= 0) {
      merged.push(...waiting);
      waiting = undefined;
    }
    if (marks[at] === 0) {
      merged.push(remote[at] ?? null);
      continue;
    }
    // A changed item may well be null now.
    const now = changed.get(at);
    if (!killed.has(at)) merged.push(now === undefined ? (remote[at] ?? null) : now);
    const next = inserted.get(at);
    if (next !== undefined) waiting = waiting === undefined ? next : [...waiting, ...next];
  }
  if (waiting !== undefined) merged.push(...waiting);
  const last = inserted.get(remote.length);
  if (last !== undefined && remote.length > 0) merged.push(...last);
  return merged;
}

/** How far the walk along local's items has come: the last item that stands where remote has it too. */
export interface Walk {
  /** Its index in remote; -1: the list's head. */
  anchor: number;
  anchorBase: number;
}

/** What stands at a remote item's place now. */
export function put(draft: ListDraft, to: number, value: JsonValue | undefined): void {
  if (value === undefined) draft.killed.add(to);
  else if (value !== draft.remote[to]) draft.changed.set(to, value);
}
