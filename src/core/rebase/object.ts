import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { changeOf, childrenOf, wholeOf } from '../diff/change.js';
import type { JsonObject, JsonValue } from '../json.js';
import { isObject } from '../json.js';
import { withoutServer } from '../rules/server.js';
import { clashOf, settle } from './conflict.js';
import { asIs, asLocal, byMembers, localTree } from './local-tree.js';
import { arrive, leave, removeElsewhere, settleThere } from './moves.js';
import type { MergePlace } from './place.js';
import { childPlace, isRuledBy } from './place.js';
import { isPartOf, removeThere } from './removals.js';
import type { Maybe, Run } from './run.js';
import { isTouched } from './run.js';
import type { Traced } from './traced.js';
import { isArrival, isAtHome, memberOf, operationsOf, traced } from './traced.js';

/** Merges member by member, those that local touched. */
export function mergeObject(run: Run, base: JsonObject, local: Traced, remote: JsonObject, place: MergePlace): Change {
  const change = changeOf(remote, 'here');
  if (hasSwapped(run, base, local, remote)) return change;
  for (const [name, child] of local.members ?? []) {
    const before = memberOf(base, name);
    const there = memberOf(remote, name);
    const after = mergeMember(
      run,
      name,
      child,
      local,
      before,
      there,
      childPlace(place, before === undefined ? undefined : name, name, name),
    );
    if (after === undefined ? there === undefined : !isTouched(run, after)) continue;
    change.members ??= new Map();
    change.members.set(name, after ?? null);
  }
  return change;
}

/** Whether what local moved about among these members stands there already. */
function hasSwapped(run: Run, base: JsonObject, local: Traced, remote: JsonObject): boolean {
  const members = [...(local.members ?? [])];
  const isSwap = ([name, child]: [string, Traced | null]): boolean =>
    child !== null && isArrival(child) && child.origin?.parent === local.origin && local.gone?.has(name) === true;
  if (!members.some(isSwap) || deepEqual(remote, base)) return false;
  for (const [name, child] of members) {
    const there = memberOf(remote, name);
    if (child === null ? there !== undefined : there === undefined || !deepEqual(there, wholeOf(child))) return false;
  }
  for (const child of childrenOf(local)) settleThere(run, child);
  return true;
}

function mergeMember(
  run: Run,
  name: string,
  child: Traced | null,
  local: Traced,
  base: Maybe,
  remote: Maybe,
  place: MergePlace,
): Change | undefined {
  const left = local.gone?.get(name);
  if (child === null) return left === undefined ? asIs(remote) : removeMember(run, left, base, remote, place);
  if (base !== undefined && left === undefined && (child.replaced || isAtHome(local, child)))
    return run.merging.value(run, base, child, remote, place);
  if (isRuledBy(place, 'server')) return asIs(remote);
  if (remote === undefined) return arrival(run, child, place);
  if (base !== undefined) {
    // What stood here has been moved away, or was overwritten.
    if (left !== undefined && run.present.has(left)) {
      const goes = leave(run, left, remote);
      const comes = arrival(run, child, place);
      if (comes !== undefined) run.under.set(comes, goes);
      return comes ?? goes;
    }
    if (isPartOf(remote, base)) return arrival(run, child, place);
  }
  return meet(run, child, base, remote, place);
}

function removeMember(run: Run, left: Traced, base: Maybe, remote: Maybe, place: MergePlace): Change | undefined {
  if (isRuledBy(place, 'server') || base === undefined) return asIs(remote);
  if (run.present.has(left)) return remote === undefined ? undefined : leave(run, left, remote);
  if (remote !== undefined) return removeThere(run, left, base, remote, place);
  if (!removeElsewhere(run, left)) run.isThere = true;
  return undefined;
}

/** What stands now where nothing stands in the way: something new, or something that was moved here. */
function arrival(run: Run, child: Traced, place: MergePlace): Change | undefined {
  return isArrival(child) ? arrive(run, child) : localTree(run, child, place);
}

/** Both put something here. */
function meet(run: Run, child: Traced, base: Maybe, remote: JsonValue, place: MergePlace): Change | undefined {
  const mine = wholeOf(child);
  const isCounted = isRuledBy(place, 'counter') && !run.inDoubt;
  if (!isCounted && deepEqual(run.rules.hasServer ? (withoutServer(mine, place.decide) ?? mine) : mine, remote)) {
    settleThere(run, child);
    return asIs(remote);
  }
  if (base === undefined && isRuledBy(place, 'merge') && isObject(mine) && isObject(remote))
    return mergeObject(run, {}, byMembers({}, traced(mine, undefined, true, operationsOf(child))), remote, place);
  const kind = base === undefined ? 'add-add' : 'value';
  return settle(run, clashOf(kind, place, base, child, remote), {
    local: () => (isArrival(child) ? arrive(run, child) : asLocal(run, child, place)),
    remote: () => asIs(remote),
  });
}
