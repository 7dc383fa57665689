import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { changeOf } from '../diff/change.js';
import type { JsonValue } from '../json.js';
import { isContainer, isObject, kindOf } from '../json.js';
import { empty, value as ruleOf } from '../pattern.js';
import type { MergeRule } from '../rule.js';
import { isServer } from '../rules/merge-rules.js';
import { withoutServer } from '../rules/server-owned.js';
import { mergeSet } from '../rules/set-merge.js';
import type { Clash } from './conflict.js';
import { settle } from './conflict.js';
import { hintFor, imageOf } from './image.js';
import { isPartOf } from './is-part-of.js';
import { mergeList } from './list.js';
import { arrive, follow, isOnlyLeft } from './moves.js';
import { mergeObject } from './object.js';
import type { MergePlace } from './place.js';
import type { Maybe, Run } from './run.js';
import type { Traced } from './traced.js';
import { isAtHome, isEditedInside, isFromBase, memberOf, nodesOf, operationsOf, plainOf, traced } from './traced.js';

/** Merges one value that base and local both have; `undefined`: it is gone. `remote` undefined: removed there. */
export function mergeValue(
  run: Run,
  base: JsonValue,
  local: Traced,
  remote: Maybe,
  place: MergePlace,
): Change | undefined {
  if ((!local.replaced && !isEditedInside(local)) || isServer(ruleOf(place.decide))) return asIs(remote);
  const mine = plainOf(local);
  if (remote === undefined) {
    // To take a part out of what remote has removed whole is no contradiction.
    if (isPartOf(mine, base)) {
      run.isThere = true;
      return undefined;
    }
    if (!follow(run, local)) return undefined;
    return clash(run, 'modify-delete', base, local, remote, place);
  }
  if (!isFromBase(local)) return mergeReplaced(run, base, local, remote, place);
  if (kindOf(remote) !== kindOf(base)) {
    if (isOnlyLeft(run, local) || deepEqual(mine, base)) return asIs(remote);
    return clash(run, 'type-change', base, local, remote, place);
  }
  const align = ruleOf(place.align)?.rule;
  if (align === 'atomic' || align === 'set' || isLatest(ruleOf(place.decide)))
    return mergeReplaced(run, base, local, remote, place);
  return mergeInside(run, base, local, remote, place);
}

/** Remote's value as it is. */
export function asIs(remote: Maybe): Change | undefined {
  return remote === undefined ? undefined : changeOf(remote, 'here');
}

/** The whole value was replaced, or is one thing by rule. */
function mergeReplaced(
  run: Run,
  base: JsonValue,
  local: Traced,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  const mine = plainOf(local);
  if (deepEqual(mine, base)) return asIs(remote);
  const rule = ruleOf(place.decide);
  const align = ruleOf(place.align)?.rule;
  const isCounted = typeof rule === 'object' && rule.rule === 'counter' && !run.inDoubt;
  if (
    !isCounted &&
    deepEqual(mine, remote) &&
    !(run.rules.hasCounter && isContainer(mine) && !run.inDoubt && !empty(place.decide))
  ) {
    run.isThere = true;
    for (const node of nodesOf(local)) if (isArrival(node)) run.settled.add(node);
    return asIs(remote);
  }
  if (deepEqual(remote, base))
    return isFromBase(local) && align !== 'set'
      ? mergeInside(run, base, local, remote, place)
      : localTree(run, local, place);
  if (align === 'set' && Array.isArray(base) && Array.isArray(mine) && Array.isArray(remote))
    return mergeSet(base, mine, remote);
  const kinds = [kindOf(base), kindOf(mine), kindOf(remote)];
  // The whole document replaced is one thing, whatever it is made of.
  const isOne = place.parent === undefined && run.wholeIsOne;
  const isAlike = !isOne && kinds.every((kind) => kind === kinds[0]);
  if (isAlike && isContainer(base) && align !== 'atomic' && !isLatest(rule))
    return mergeInside(run, base, local, remote, place);
  const isValue =
    isAlike || align === 'atomic' || isOne || kinds[1] === kinds[2] || kinds.every((kind) => kind === 'scalar');
  return clash(run, isValue ? 'value' : 'type-change', base, local, remote, place);
}

/** The larger of two values: taken whole, or the parts of one would be mixed with those of the other. */
function isLatest(rule: MergeRule | undefined): boolean {
  return typeof rule === 'object' && rule.rule === 'latest';
}

function isArrival(node: Traced): boolean {
  return node.moved && node.origin !== undefined;
}

function mergeInside(
  run: Run,
  base: JsonValue,
  local: Traced,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  if (Array.isArray(base) && Array.isArray(remote)) return mergeList(run, base, local, remote, place);
  if (isObject(base) && isObject(remote))
    return mergeObject(run, base, isFromBase(local) ? local : byMembers(base, local), remote, place);
  return asIs(remote);
}

/** An object that took the place of another one, as an edit of its members. */
export function byMembers(base: JsonValue, local: Traced): Traced {
  const mine = plainOf(local);
  const node = traced(base, local.origin, false, local.ops);
  node.members = new Map();
  node.gone = new Map();
  if (!isObject(base) || !isObject(mine)) return node;
  for (const [name, member] of Object.entries(base)) {
    if (memberOf(mine, name) !== undefined) continue;
    node.members.set(name, null);
    node.gone.set(name, traced(member, undefined, false, local.ops));
  }
  for (const [name, member] of Object.entries(mine)) {
    const known = local.members?.get(name);
    const before = memberOf(base, name);
    if (known && isArrival(known)) {
      node.members.set(name, known);
      if (before !== undefined) node.gone.set(name, traced(before, undefined, false, local.ops));
    } else if (before === undefined || !deepEqual(before, member)) {
      const origin = before === undefined ? undefined : { parent: local.origin, token: name, value: before };
      node.members.set(name, known ? { ...known, origin, replaced: true } : traced(member, origin, true, local.ops));
    }
  }
  return node;
}

/** Tells a clash of whole values, and how it ended. */
function clash(
  run: Run,
  kind: Clash['kind'],
  base: JsonValue,
  local: Traced,
  remote: Maybe,
  place: MergePlace,
): Change | undefined {
  const hint = kind === 'modify-delete' ? hintFor(run, base, place) : undefined;
  const sides = { kind, place, base, local: plainOf(local), remote, operations: operationsOf(local), hint };
  return settle(run, sides, { local: () => asLocal(run, local, place), remote: () => asIs(remote) });
}

/** What local has, by an answer: that covers whatever local has put into it, too. */
export function asLocal(run: Run, local: Traced, place?: MergePlace): Change {
  run.covered += 1;
  const change = localTree(run, local, place);
  run.covered -= 1;
  return change;
}

/** The whole value as local has it: new, but for what local moved into it, which brings along what remote did to it. */
export function localTree(run: Run, local: Traced, place?: MergePlace): Change {
  const change = localChange(run, local);
  if (
    !run.rules.hasServer ||
    place === undefined ||
    empty(place.decide) ||
    change.members ||
    change.items ||
    change.inner
  )
    return change;
  return changeOf(withoutServer(change.value, place.decide) ?? null, 'new');
}

function localChange(run: Run, local: Traced): Change {
  let holdsArrivals = false;
  for (const node of nodesOf(local)) if (node !== local && isArrival(node)) holdsArrivals = true;
  if (!holdsArrivals) {
    const change = changeOf(plainOf(local), 'new');
    const image = local.copied && !isEditedInside(local) ? imageOf(run, local.copied) : undefined;
    if (image !== undefined && deepEqual(image.value, local.value)) change.copied = image.tokens;
    return change;
  }
  const change = changeOf(local.value, 'new');
  change.whole = undefined;
  const inside = (child: Traced): Change | undefined =>
    isArrival(child) && !isAtHome(local, child) ? arrive(run, child) : localChange(run, child);
  if (local.members !== undefined) {
    change.members = new Map();
    for (const [name, child] of local.members) change.members.set(name, (child && inside(child)) ?? null);
  }
  if (!Array.isArray(local.value)) return change;
  const entries = local.items ?? local.value.map((_, at) => local.inner?.get(at) ?? at);
  change.items = entries.flatMap((entry) => {
    const item = typeof entry === 'number' ? entry : inside(entry);
    return item === undefined ? [] : [item];
  });
  return change;
}
