import { deepEqual } from './deep-equal.js';
import type { Image } from './images.js';
import { alignmentOf, baseTokens, imageOf, nearOf, placeOf, wouldBe } from './images.js';
import type { JsonValue } from './json.js';
import { kindOf } from './json.js';
import { identityOf } from './keys.js';
import { readLocalList } from './local-list.js';
import type { Clash, Fate, Maybe, MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { matchAt, value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { itemPlace, memberPlace } from './place-in-merge.js';
import { isAtOrBelow } from './pointer.js';
import type { Trace, TracedMove } from './trace.js';
import type { Origin, Traced } from './traced.js';
import { isFromBase, memberOf, nodesOf, operationsOf, plainOf } from './traced.js';

const TRAVELS: Fate = { kind: 'travels' };
const ELSEWHERE: Fate = { kind: 'elsewhere' };
const STAYS: Decision = { fate: ELSEWHERE, stays: true };

/** Each value's last move: where it was put last is what counts. */
function lastOf(moves: readonly TracedMove[]): Iterable<TracedMove> {
  return new Map(moves.map((move) => [move.node, move])).values();
}

export function fateOf(run: MergeRun, node: Traced): Fate {
  return run.fates.get(node) ?? TRAVELS;
}

/** Decides on every move between containers before anything is merged: source and target are met at different times, and must agree. */
export function decideMoves(run: MergeRun, { root, moves }: Trace): void {
  if (moves.length === 0) return;
  const attached = nodesOf(root);
  alignTouched(run, attached);
  const decided: { readonly move: TracedMove; readonly origin: Origin; decision: Decision }[] = [];
  for (const move of lastOf(moves)) {
    const { node, into } = move;
    const { origin } = node;
    if (origin === undefined || !attached.has(node)) continue;
    // Within one list it is a change of order.
    if (move.name === undefined && origin.parent === into.origin) continue;
    // The conflict that blocks it names its operation already.
    const decision = run.blocked.has(move.index) ? STAYS : decide(run, move, origin);
    decided.push({ move, origin, decision });
  }
  // A move hangs on those whose source or target is inside what it takes along, or around it: where one stays, they all do.
  for (let grew = decided.some(({ decision }) => decision.stays); grew; ) {
    grew = false;
    for (const one of decided) {
      if (one.decision.stays || !decided.some((other) => other.decision.stays && areEntangled(one.move, other.move)))
        continue;
      one.decision = stay(run, one.move, one.origin);
      grew = true;
    }
  }
  for (const { move, decision } of decided) {
    run.fates.set(move.node, decision.stays ? ELSEWHERE : decision.fate);
    for (const op of move.node.ops) (decision.stays ? run.staying : run.moving).add(op);
  }
}

/** Moves whose source goes although what they were to go into is not written: an open conflict above it keeps remote's value. */
export function strandedMoves(run: MergeRun, { moves }: Trace): number[] {
  return [...lastOf(moves)].flatMap(({ index, node }) => {
    const fate = run.fates.get(node);
    const goes = fate !== undefined && fate.kind !== 'elsewhere' && run.moving.has(index) && !run.blocked.has(index);
    return goes && isCoveredFromAbove(run, index, node) ? [index] : [];
  });
}

/** Tells of blocked moves that no conflict names any more, now that they stay: nothing of an edit is left out without a word. */
export function tellBlocked(run: MergeRun, { moves }: Trace): void {
  for (const move of moves) {
    const { origin } = move.node;
    if (!run.blocked.has(move.index) || origin === undefined) continue;
    const told = [...run.conflicts, ...run.resolved].some(({ operations }) => operations.includes(move.index));
    if (!told) stay(run, move, origin);
  }
}

/** Whether a conflict about more than the moved value itself keeps remote's value. */
function isCoveredFromAbove(run: MergeRun, index: number, node: Traced): boolean {
  if (!run.dropped.has(index)) return false;
  const own = operationsOf(node).join();
  return [...run.conflicts, ...run.resolved].some(
    ({ operations }) => operations.includes(index) && operations.join() !== own,
  );
}

/** Lists whose keys local has broken are plain sequences, and that must be known before anything is looked for in them. */
function alignTouched(run: MergeRun, touched: ReadonlySet<Traced>): void {
  for (const node of touched) {
    const { origin, value } = node;
    if (origin === undefined || !isFromBase(node) || !Array.isArray(value)) continue;
    const image = imageOf(run, origin);
    if (image === undefined || !Array.isArray(image.value)) continue;
    const rule = matchAt(run.rules.align, image.tokens);
    const { key } = alignmentOf(run, value, image.value, rule);
    if (key !== undefined && readLocalList(value, node, key, rule) === undefined) {
      alignmentOf(run, value, image.value, rule, false);
    }
  }
}

/** Whether one of two moves takes along where the other comes from or goes to. */
function areEntangled(a: TracedMove, b: TracedMove): boolean {
  const holds = (outer: TracedMove, inner: TracedMove): boolean =>
    nodesOf(outer.node).has(inner.into) ||
    isWithin(inner.node.origin, outer.node.origin) ||
    isWithin(inner.into.origin, outer.node.origin) ||
    outer.node === inner.into;
  return holds(a, b) || holds(b, a);
}

function isWithin(inner: Origin | undefined, outer: Origin | undefined): boolean {
  if (outer === undefined) return false;
  const path = baseTokens(outer);
  return inner !== undefined && isAtOrBelow(baseTokens(inner), path);
}

/** A move that cannot be made because of another one. */
function stay(run: MergeRun, { node }: TracedMove, origin: Origin): Decision {
  const image = imageOf(run, origin);
  const place = placeOf(run, origin, image?.tokens ?? wouldBe(run, origin));
  const operations = operationsOf(node);
  settle(run, { kind: 'move', place, base: origin.value, local: plainOf(node), remote: image?.value, operations });
  return { fate: ELSEWHERE, stays: true };
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
  const target = into.origin === undefined ? undefined : imageOf(run, into.origin);
  const met = isFromBase(into) ? metAt(run, move, target, value) : undefined;
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
  const isTurned = isFromBase(into) && target !== undefined && kindOf(target.value) !== kindOf(into.value);
  if (into.origin !== undefined && (target === undefined || isTurned)) {
    // So is what it was moved into, or it is another kind of thing. What stands there decides whether the source goes.
    const turned = target && {
      kind: 'type-change' as const,
      place: placeOf(run, into.origin, target.tokens),
      remote: target.value,
    };
    const clash = {
      ...(turned ?? missing(run, into.origin, 'modify-delete')),
      base: into.origin.value,
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
