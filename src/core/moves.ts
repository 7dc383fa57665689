import { deepEqual } from './deep-equal.js';
import type { Image } from './images.js';
import { alignmentOf, imageOf, nearOf, placeOf, wouldBe } from './images.js';
import type { JsonValue } from './json.js';
import { identityOf } from './keys.js';
import type { Clash, Fate, Maybe, MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { itemPlace, memberPlace } from './place-in-merge.js';
import type { Trace, TracedMove } from './trace.js';
import type { Origin, Traced } from './traced.js';
import { isFromBase, memberOf, nodesOf, operationsOf, plainOf } from './traced.js';

const TRAVELS: Fate = { kind: 'travels' };
const ELSEWHERE: Fate = { kind: 'elsewhere' };

export function fateOf(run: MergeRun, node: Traced): Fate {
  return run.fates.get(node) ?? TRAVELS;
}

/** Decides on every move between containers before anything is merged: source and target are met at different times, and must agree. */
export function decideMoves(run: MergeRun, { root, moves }: Trace): void {
  const attached = moves.length === 0 ? undefined : nodesOf(root);
  // Where it was put last is what counts.
  const last = new Map(moves.map((move) => [move.node, move]));
  for (const move of last.values()) {
    const { node, into } = move;
    const { origin } = node;
    if (origin === undefined || !attached?.has(node)) continue;
    // Within one list it is a change of order.
    if (move.name === undefined && origin.parent === into.origin) continue;
    const fate = decide(run, move, origin);
    run.fates.set(node, fate.stays ? ELSEWHERE : fate.fate);
    for (const op of node.ops) (fate.stays ? run.staying : run.moving).add(op);
  }
}

interface Decision {
  readonly fate: Fate;
  /** The source stays where it is. */
  readonly stays: boolean;
}

function decide(run: MergeRun, move: TracedMove, origin: Origin): Decision {
  const { node, into } = move;
  const value = plainOf(node);
  const operations = operationsOf(node);
  const image = imageOf(run, origin);
  const target = isFromBase(into) && into.origin !== undefined ? imageOf(run, into.origin) : undefined;
  const met = metAt(run, move, target, value);
  if (met !== undefined && image === undefined && deepEqual(met.theirs, value)) {
    run.evidence.yes = true;
    for (const op of operations) run.dropped.add(op);
    return { fate: ELSEWHERE, stays: false };
  }
  if (image === undefined) {
    // The source is gone, or nobody can tell which item it is now: without an answer, nothing is taken from anywhere.
    const clash = { ...missing(run, origin, 'move'), base: origin.value, local: value, operations };
    const settled = settle(run, clash);
    if (settled.value === undefined || settled.value === clash.remote) return { fate: ELSEWHERE, stays: true };
    return { fate: { kind: 'here', value: settled.value }, stays: false };
  }
  if (isFromBase(into) && into.origin !== undefined && target === undefined) {
    // So is what it was moved into. What stands there decides whether the source goes.
    const clash = {
      ...missing(run, into.origin, 'modify-delete'),
      base: into.value,
      local: plainOf(into),
      operations: operationsOf(into),
    };
    const settled = run.decided.get(into) ?? settle(run, clash);
    run.decided.set(into, settled);
    return { fate: TRAVELS, stays: settled.value === clash.remote };
  }
  if (met === undefined) return { fate: TRAVELS, stays: false };
  const kind = met.before === undefined ? 'add-add' : 'value';
  const { place, before: base, theirs: remote } = met;
  const settled = settle(run, { kind, place, base, local: value, remote, operations });
  return { fate: { kind: 'here', value: settled.value }, stays: settled.value === remote };
}

/** How a value is told of that remote has removed, or that may be one of several now. */
function missing(
  run: MergeRun,
  origin: Origin,
  kind: 'move' | 'modify-delete',
): Pick<Clash, 'kind' | 'place' | 'remote'> {
  const near = nearOf(run, origin);
  if (near === undefined) return { kind, place: placeOf(run, origin, wouldBe(run, origin)), remote: undefined };
  return { kind: 'ambiguous-array', place: placeOf(run, origin, near.tokens), remote: near.value };
}

interface Met {
  readonly place: MergePlace;
  /** What base has at the target. */
  readonly before: Maybe;
  readonly theirs: JsonValue;
}

/** What remote has put where local moved something to. */
function metAt(
  run: MergeRun,
  { into, name }: TracedMove,
  target: Image | undefined,
  value: JsonValue,
): Met | undefined {
  if (target === undefined || into.origin === undefined) return undefined;
  const parent = placeOf(run, into.origin, target.tokens);
  if (name !== undefined) {
    const theirs = memberOf(target.value, name);
    const before = memberOf(into.value, name);
    if (theirs === undefined || (before !== undefined && deepEqual(before, theirs))) return undefined;
    return { place: memberPlace(parent, name, before !== undefined), before, theirs };
  }
  const { value: list } = target;
  if (!Array.isArray(list) || !Array.isArray(into.value)) return undefined;
  const { toB, key } = alignmentOf(run, into.value, list, ruleOf(parent.align));
  const identity = key === undefined ? undefined : identityOf(value, key);
  if (key === undefined || identity === undefined) return undefined;
  const at = list.findIndex((item, index) => (toB[index] ?? -1) < 0 && identityOf(item, key) === identity);
  const theirs = list[at];
  return theirs === undefined ? undefined : { place: itemPlace(parent, undefined, at, at), before: undefined, theirs };
}
