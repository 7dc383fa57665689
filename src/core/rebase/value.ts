import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { wholeOf } from '../diff/change.js';
import type { JsonValue } from '../json.js';
import { isContainer, isObject, kindOf } from '../json.js';
import { empty, value as ruleOf } from '../pattern.js';
import { mergeSet } from '../rules/set.js';
import { mergeList } from './list.js';
import { asIs, byMembers, clash, localTree } from './local-tree.js';
import { follow } from './moves.js';
import { mergeObject } from './object.js';
import type { MergePlace } from './place.js';
import { isRuledBy } from './place.js';
import { isOnlyLeft, isPartOf } from './removals.js';
import type { Maybe, Run } from './run.js';
import type { Traced } from './traced.js';
import { isArrival, isEdited, isFromBase, nodesOf } from './traced.js';

/** Merges one value that base and local both have; `undefined`: it is gone. `remote` undefined: removed there. */
export function mergeValue(
  run: Run,
  base: JsonValue,
  local: Traced,
  remote: Maybe,
  place: MergePlace,
): Change | undefined {
  if (!isEdited(local) || isRuledBy(place, 'server')) return asIs(remote);
  const mine = wholeOf(local);
  if (remote === undefined) {
    // To take a part out of what remote has removed whole is no contradiction.
    const isMore = follow(run, local);
    if (isPartOf(mine, base)) run.isThere = true;
    if (!isMore || isPartOf(mine, base)) return undefined;
    return clash(run, 'modify-delete', place, base, local, remote);
  }
  if (!isFromBase(local)) return mergeReplaced(run, base, local, remote, place);
  if (kindOf(remote) !== kindOf(base)) {
    if (isOnlyLeft(run, local) || deepEqual(mine, base)) return asIs(remote);
    return clash(run, 'type-change', place, base, local, remote);
  }
  const align = ruleOf(place.align)?.rule;
  if (align === 'atomic' || align === 'set' || isRuledBy(place, 'latest'))
    return mergeReplaced(run, base, local, remote, place);
  return mergeInside(run, base, local, remote, place);
}

/** The whole value was replaced, or is one thing by rule. */
function mergeReplaced(
  run: Run,
  base: JsonValue,
  local: Traced,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  const mine = wholeOf(local);
  if (deepEqual(mine, base)) return asIs(remote);
  const align = ruleOf(place.align)?.rule;
  const isCounted = isRuledBy(place, 'counter') && !run.inDoubt;
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
  if (isAlike && isContainer(base) && align !== 'atomic' && !isRuledBy(place, 'latest'))
    return mergeInside(run, base, local, remote, place);
  const isValue =
    isAlike || align === 'atomic' || isOne || kinds[1] === kinds[2] || kinds.every((kind) => kind === 'scalar');
  return clash(run, isValue ? 'value' : 'type-change', place, base, local, remote);
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
