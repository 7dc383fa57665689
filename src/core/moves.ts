import { deepEqual } from './deep-equal.js';
import { alignmentOf, baseTokens, imageOf, placeOf, wouldBe } from './images.js';
import type { JsonValue } from './json.js';
import { isObject } from './json.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { matchAt } from './pattern.js';
import { memberPlace } from './place-in-merge.js';
import type { TracedMove } from './trace.js';
import type { Origin, Traced } from './traced.js';
import { isFromBase, memberOf, operationsOf, plainOf } from './traced.js';

/** What becomes of a value that local moved from one container to another. */
export type Fate =
  /** It goes where local put it, with remote's edits to it. */
  | { readonly kind: 'travels' }
  /** This stands where local put it. */
  | { readonly kind: 'here'; readonly value: Maybe }
  /** Remote's own value stands there. */
  | { readonly kind: 'elsewhere' };

const TRAVELS: Fate = { kind: 'travels' };

export function fateOf(run: MergeRun, node: Traced): Fate {
  return run.fates.get(node) ?? TRAVELS;
}

/** Decides on every move between containers before anything is merged: source and target are met at different times, and must agree. */
export function decideMoves(run: MergeRun, moves: readonly TracedMove[]): void {
  for (const move of moves) {
    const { node, into } = move;
    const { origin } = node;
    if (origin === undefined || !isAttached(move)) continue;
    // Within one list it is a change of order.
    if (move.name === undefined && origin.parent === into.origin) continue;
    const fate = decide(run, move, origin);
    run.fates.set(node, fate.stays ? { kind: 'elsewhere' } : fate.fate);
    for (const op of node.ops) (fate.stays ? run.staying : run.moving).add(op);
  }
}

interface Decision {
  readonly fate: Fate;
  /** The source stays where it is. */
  readonly stays: boolean;
}

function decide(run: MergeRun, { node, into, name }: TracedMove, origin: Origin): Decision {
  const value = plainOf(node);
  const image = imageOf(run, origin);
  const target = isFromBase(into) && into.origin !== undefined ? imageOf(run, into.origin) : undefined;
  const theirs =
    name === undefined ? insertedTwin(run, into, target?.value, value) : memberOf(target?.value ?? null, name);
  if (theirs !== undefined && image === undefined && deepEqual(theirs, value)) {
    run.evidence.yes = true;
    for (const op of operationsOf(node)) run.dropped.add(op);
    return { fate: { kind: 'elsewhere' }, stays: false };
  }
  const operations = operationsOf(node);
  if (image === undefined) {
    const place = placeOf(run, origin, wouldBe(run, origin));
    const settled = settle(run, {
      kind: 'move',
      place,
      base: origin.value,
      local: value,
      remote: undefined,
      operations,
    });
    return {
      fate: settled.value === undefined ? { kind: 'elsewhere' } : { kind: 'here', value: settled.value },
      stays: false,
    };
  }
  if (isFromBase(into) && into.origin !== undefined && target === undefined) {
    // Remote has removed what it was moved into. What stands there decides whether the source goes.
    const place = placeOf(run, into.origin, wouldBe(run, into.origin));
    const mine = plainOf(into);
    const ops = operationsOf(into);
    const settled = settle(run, {
      kind: 'modify-delete',
      place,
      base: into.value,
      local: mine,
      remote: undefined,
      operations: ops,
    });
    run.decided.set(into, settled);
    return { fate: TRAVELS, stays: settled.value === undefined };
  }
  const before = name !== undefined && isFromBase(into) ? memberOf(into.value, name) : undefined;
  if (name === undefined || theirs === undefined || (before !== undefined && deepEqual(before, theirs))) {
    return { fate: TRAVELS, stays: false };
  }
  const parent = into.origin === undefined ? undefined : placeOf(run, into.origin, target?.tokens ?? []);
  if (parent === undefined) return { fate: TRAVELS, stays: false };
  const place = memberPlace(parent, name, before !== undefined);
  const kind = before === undefined ? 'add-add' : 'value';
  const settled = settle(run, { kind, place, base: before, local: value, remote: theirs, operations });
  const isTheirs = settled.value === theirs;
  return { fate: { kind: 'here', value: settled.value }, stays: isTheirs };
}

/** Whether it still is where the move has put it. */
function isAttached({ node, into, name }: TracedMove): boolean {
  return name === undefined ? (into.items?.includes(node) ?? false) : into.members?.get(name) === node;
}

/** The same value, inserted into the target list by remote too. */
function insertedTwin(run: MergeRun, into: Traced, list: Maybe, value: JsonValue): Maybe {
  if (!Array.isArray(list) || !Array.isArray(into.value) || !isObject(value)) return undefined;
  const rule = into.origin === undefined ? undefined : matchAt(run.rules.align, baseTokens(into.origin));
  const { toB } = alignmentOf(run, into.value, list, rule);
  return list.find((item, at) => (toB[at] ?? -1) < 0 && deepEqual(item, value));
}
