import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { changeOf, childrenOf, wholeOf } from '../diff/change.js';
import type { JsonObject, JsonValue } from '../json.js';
import { isContainer, isObject, kindOf, memberOf } from '../json.js';
import { empty, value as ruleOf } from '../pattern.js';
import { withServers } from '../rules/server.js';
import { mergeSet } from '../rules/set.js';
import { clashOf, settle } from './conflict.js';
import { isIdle, tellMember } from './evidence.js';
import { mergeList } from './list/list.js';
import { asIs, asLocal, byMembers, clash, localTree } from './moves/local-tree.js';
import { arrive, follow, leave, removeElsewhere, settleThere } from './moves/moves.js';
import { apart, behindMoved, isCarried, isOnlyLeft, isPartOf, movedOutOf, removeThere } from './moves/removals.js';
import type { MergePlace } from './place.js';
import { childPlace, isRuledBy } from './place.js';
import type { Clash, Maybe, Run } from './run.js';
import { isTouched, tell } from './run.js';
import type { Traced } from './traced.js';
import { isArrival, isAtHome, isEdited, isFromBase, nodesOf, operationsOf, traced } from './traced.js';

/** Merges one value that base and local both have; `undefined`: it is gone. `remote` undefined: removed there. */
export function mergeValue(
  run: Run,
  base: JsonValue,
  local: Traced,
  remote: Maybe,
  place: MergePlace,
): Change | undefined {
  if (!isEdited(local) || isRuledBy(place, 'server')) return asIs(remote);
  // What base had already, or what the edit itself takes back, tells nothing.
  if (run.evidence && deepEqual(wholeOf(local), base)) return asIs(remote);
  if (remote === undefined) {
    // To take a part out of what remote has removed whole is no contradiction.
    const isMore = follow(run, local);
    const isLess = isPartOf(apart(run, wholeOf(local), place), apart(run, base, place));
    if (isLess) run.isThere = true;
    if (!(isLess ? isCarried(run, wholeOf(local), base, place, run.remote) : isMore)) return undefined;
    return clash(run, 'modify-delete', place, base, local, remote);
  }
  if (!isFromBase(local)) return mergeReplaced(run, base, local, remote, place);
  if (kindOf(remote) !== kindOf(base)) {
    if (isOnlyLeft(run, local) || deepEqual(apart(run, wholeOf(local), place), apart(run, base, place)))
      return asIs(remote);
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
  const change = mergeWhole(run, base, local, remote, place);
  return behindMoved(run, local.before, remote, change, () => clashOf('value', place, base, local, remote));
}

function mergeWhole(
  run: Run,
  base: JsonValue,
  local: Traced,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  const mine = wholeOf(local);
  const before = apart(run, base, place);
  if (deepEqual(apart(run, mine, place), before)) return asIs(remote);
  const align = ruleOf(place.align)?.rule;
  const isSet = align === 'set' && Array.isArray(base) && Array.isArray(mine) && Array.isArray(remote);
  if (isSet && run.evidence) return mergeSet(base, mine, remote, (isThere) => tell(run, isThere));
  const isCounted = isRuledBy(place, 'counter') && !run.inDoubt;
  const mayCount =
    run.rules.hasCounter && isContainer(mine) && !run.inDoubt && !empty(place.decide) && align !== 'atomic';
  if (!isCounted && !mayCount && deepEqual(mine, remote)) {
    run.isThere = true;
    tell(run, true);
    for (const node of nodesOf(local)) if (isArrival(node)) run.settled.add(node);
    return asIs(remote);
  }
  if (deepEqual(apart(run, remote, place), before) && !(mayCount && run.evidence)) {
    if (!isCounted) tell(run, false);
    // What is moved out of it may have to stay in it.
    const isWhole =
      align === 'set' || align === 'atomic' || isRuledBy(place, 'latest') || kindOf(mine) !== kindOf(base);
    const isEmptied = !isWhole && local.before !== undefined && movedOutOf(run, local.before, remote).length > 0;
    return isEmptied || (isFromBase(local) && align !== 'set')
      ? mergeInside(run, base, local, remote, place)
      : localTree(run, local, place, remote);
  }
  if (isSet) return mergeSet(base, mine, remote);
  // The items of a list that was replaced as a whole tell nothing one by one.
  if (run.evidence && Array.isArray(mine)) return asIs(remote);
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

/** Merges member by member, those that local touched. */
function mergeObject(run: Run, base: JsonObject, local: Traced, remote: JsonObject, place: MergePlace): Change {
  const change = changeOf(remote, 'here');
  if (hasSwapped(run, base, local, remote)) return change;
  // An iterator would need a larger frame, of which there are as many as levels.
  const names = Array.from(local.members?.keys() ?? []);
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at] ?? '';
    const before = memberOf(base, name);
    const there = memberOf(remote, name);
    const after = mergeMember(
      run,
      name,
      local.members?.get(name) ?? null,
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
  // Mostly nothing was moved away from here.
  if (local.gone === undefined) return false;
  const members = [...(local.members ?? [])];
  const isSwap = ([name, child]: [string, Traced | null]): boolean =>
    child !== null && isArrival(child) && child.origin?.parent === local.origin && local.gone?.has(name) === true;
  if (!members.some(isSwap) || deepEqual(remote, base)) return false;
  for (const [name, child] of members) {
    const there = memberOf(remote, name);
    if (child === null ? there !== undefined : there === undefined || !deepEqual(there, wholeOf(child))) return false;
  }
  for (const child of childrenOf(local)) settleThere(run, child);
  tell(run, true);
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
  if (child === null) return left === undefined ? asIs(remote) : takeOut(run, left, base, remote, place);
  if (base !== undefined && left === undefined && (child.replaced || isAtHome(local, child)))
    return mergeValue(run, base, child, remote, place);
  if (isRuledBy(place, 'server') || (run.evidence && isIdle(run, child, base))) return asIs(remote);
  if (run.evidence) tellMember(run, child, base, remote, place);
  return remote === undefined ? arrival(run, child, place) : mergeOver(run, child, left, base, remote, place);
}

/** What stands now where remote has something. */
function mergeOver(
  run: Run,
  child: Traced,
  left: Traced | undefined,
  base: Maybe,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  const sides = (): Clash => clashOf('value', place, base, child, remote);
  // What stood here has been moved away, or was overwritten.
  if (base !== undefined && left !== undefined && run.present.has(left)) {
    const goes = leave(run, left, remote);
    const comes = arrival(run, child, place);
    if (comes !== undefined) run.waits.set(comes, { out: [left], goes, clash: sides() });
    return comes ?? goes;
  }
  const isFree = base !== undefined && isPartOf(remote, base, place.align);
  const comes = isFree ? arrival(run, child, place) : meet(run, child, base, remote, place);
  return behindMoved(run, left, remote, comes, sides);
}

/** What local removed or moved away. */
export function takeOut(run: Run, left: Traced, base: Maybe, remote: Maybe, place: MergePlace): Change | undefined {
  if (isRuledBy(place, 'server') || base === undefined) return asIs(remote);
  if (run.present.has(left)) return remote === undefined ? undefined : leave(run, left, remote);
  if (remote !== undefined) {
    if (run.evidence && deepEqual(remote, base)) tell(run, false);
    return removeThere(run, left, base, remote, place);
  }
  if (removeElsewhere(run, left)) return undefined;
  run.isThere = true;
  tell(run, true);
  return undefined;
}

/** What stands now where nothing stands in the way: something new, or something that was moved here. */
function arrival(run: Run, child: Traced, place: MergePlace): Change | undefined {
  return isArrival(child) ? arrive(run, child) : localTree(run, child, place);
}

/** Both put something here. */
export function meet(run: Run, child: Traced, base: Maybe, remote: JsonValue, place: MergePlace): Change | undefined {
  if (isRuledBy(place, 'server')) return asIs(remote);
  const mine = wholeOf(child);
  const isCounted = isRuledBy(place, 'counter') && !run.inDoubt;
  if (!isCounted && deepEqual(run.rules.hasServer ? (withServers(mine, remote, place.decide) ?? mine) : mine, remote)) {
    settleThere(run, child);
    return asIs(remote);
  }
  if (base === undefined && isRuledBy(place, 'merge') && isObject(mine) && isObject(remote))
    return mergeObject(run, {}, byMembers({}, traced(mine, undefined, true, operationsOf(child))), remote, place);
  const kind = base === undefined ? 'add-add' : 'value';
  return settle(run, clashOf(kind, place, base, child, remote), {
    local: () => (isArrival(child) ? arrive(run, child, true) : asLocal(run, child, place, remote)),
    remote: () => asIs(remote),
    besides: (aside) => (isArrival(child) ? arrive(aside, child, true) : asLocal(aside, child, place)),
  });
}
