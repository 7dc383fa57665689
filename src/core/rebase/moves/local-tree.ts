import type { ConflictKind } from '../../conflict.js';
import { deepEqual } from '../../deep-equal.js';
import type { Change } from '../../diff/change.js';
import { changeOf, isTouchedInside, wholeOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { isObject, memberOf } from '../../json.js';
import { empty } from '../../pattern.js';
import { withServers } from '../../rules/server.js';
import { clashOf, settle } from '../conflict.js';
import { imageOf } from '../image.js';
import type { MergePlace } from '../place.js';
import type { Maybe, Run } from '../run.js';
import type { Traced } from '../traced.js';
import { isArrival, isAtHome, leftAt, nodesOf, traced } from '../traced.js';
import { arrive } from './moves.js';

/** Remote's value as it is. */
export function asIs(remote: Maybe): Change | undefined {
  return remote === undefined ? undefined : changeOf(remote, 'here');
}

/** Tells a clash over what local has, and what stands there then. */
export function clash(
  run: Run,
  kind: ConflictKind,
  place: MergePlace,
  base: Maybe,
  local: Traced,
  remote: Maybe,
): Change | undefined {
  const sides = clashOf(kind, place, base, local, remote);
  return settle(run, sides, {
    local: () => asLocal(run, local, place, remote),
    remote: () => asIs(remote),
    besides: (aside) => asLocal(aside, local, place),
  });
}

/** What local has, by an answer: that covers whatever local has put into it, too. */
export function asLocal(run: Run, local: Traced, place?: MergePlace, remote?: Maybe): Change {
  const { covered } = run;
  run.covered = [...covered, local];
  const change = localTree(run, local, place, remote);
  run.covered = covered;
  return change;
}

/** The whole value as local has it: new, but for what local moved into it, which brings along what remote did to it, and what the server owns of remote's. */
export function localTree(run: Run, local: Traced, place?: MergePlace, remote?: Maybe): Change {
  const change = localChange(run, local);
  if (!run.rules.hasServer || place === undefined || empty(place.decide) || isTouchedInside(change)) return change;
  return changeOf(withServers(change.value, remote, place.decide) ?? null, 'new');
}

function localChange(run: Run, local: Traced): Change {
  let holdsArrivals = false;
  for (const node of nodesOf(local)) if (node !== local && isArrival(node)) holdsArrivals = true;
  if (!holdsArrivals) {
    const change = changeOf(wholeOf(local), 'new');
    const image = local.copied && !isTouchedInside(local) ? imageOf(run, local.copied) : undefined;
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
  const entries = local.items ?? local.value.map((_, at) => at);
  change.items = entries.flatMap((entry) => {
    const item = typeof entry === 'number' ? entry : inside(entry);
    return item === undefined ? [] : [item];
  });
  return change;
}

/** An object that took the place of another one, as an edit of its members. */
export function byMembers(base: JsonValue, local: Traced): Traced {
  const mine = wholeOf(local);
  const node = traced(base, local.origin, false, local.ops);
  node.members = new Map();
  node.gone = new Map();
  if (!isObject(base) || !isObject(mine)) return node;
  const leftOf = (name: string, member: JsonValue): Traced =>
    leftAt(local, name) ?? traced(member, undefined, false, local.ops);
  for (const [name, member] of Object.entries(base)) {
    if (memberOf(mine, name) !== undefined) continue;
    node.members.set(name, null);
    node.gone.set(name, leftOf(name, member));
  }
  for (const [name, member] of Object.entries(mine)) {
    const known = local.members?.get(name);
    const before = memberOf(base, name);
    if (known && isArrival(known)) {
      node.members.set(name, known);
      if (before !== undefined) node.gone.set(name, leftOf(name, before));
    } else if (before === undefined || !deepEqual(before, member)) {
      const origin = before === undefined ? undefined : { parent: local.origin, token: name, value: before };
      const made = known ?? { ...traced(member, origin, true, local.ops), before: leftAt(local, name) };
      node.members.set(name, { ...made, origin, replaced: true });
    }
  }
  return node;
}
