import type { ConflictKind } from '../../conflict.js';
import { deepEqual } from '../../deep-equal.js';
import type { Change } from '../../diff/change.js';
import { changeOf, isTouchedInside, wholeOf } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { isContainer, isObject, memberOf } from '../../json.js';
import { empty } from '../../pattern.js';
import { withServers } from '../../rules/server.js';
import { clashOf, settle } from '../conflict.js';
import { imageOf } from '../image.js';
import type { MergePlace } from '../place.js';
import type { Maybe, Run } from '../run.js';
import type { Traced } from '../traced.js';
import { isArrival, isAtHome, isFromBase, leftAt, originOf, traced } from '../traced.js';
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
  const { value } = local;
  const whole = changeOf(wholeOf(local), 'new');
  const image = local.copied && !isTouchedInside(local) ? imageOf(run, local.copied) : undefined;
  if (image !== undefined && deepEqual(image.value, value)) whole.copied = image.tokens;
  // What an answer puts back comes from where remote has carried it, if it has: it is there once.
  const isPutBack = run.covered.length > 0 && isFromBase(local);
  if (!isPutBack && !isTouchedInside(local)) return whole;
  let holdsArrivals = false;
  const inside = (child: Traced): Change | undefined => {
    const isHome = isAtHome(local, child);
    const comes = isHome
      ? isPutBack && Array.isArray(value) && child.origin && imageOf(run, child.origin)?.isElsewhere === true
      : isArrival(child);
    const made = comes ? arrive(run, child) : localChange(run, child);
    holdsArrivals ||= comes || (made !== undefined && isTouchedInside(made));
    return made;
  };
  const enter = (token: string | number, child: JsonValue): Change | undefined =>
    inside(traced(child, originOf(local, token, child), false, []));
  const change = changeOf(value, 'new');
  change.whole = undefined;
  if (Array.isArray(value)) {
    const entries = local.items ?? value.map((_, at) => at);
    change.items = entries.flatMap((entry) => {
      if (typeof entry === 'object') return inside(entry) ?? [];
      const item = value[entry] ?? null;
      return isPutBack && isContainer(item) ? (enter(entry, item) ?? []) : entry;
    });
  } else if (isObject(value)) {
    change.members = new Map();
    for (const [name, child] of local.members ?? []) change.members.set(name, (child && inside(child)) ?? null);
    for (const [name, member] of isPutBack ? Object.entries(value) : [])
      if (isContainer(member) && !local.members?.has(name)) change.members.set(name, enter(name, member) ?? null);
  }
  return holdsArrivals ? change : whole;
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
    // What base has here was moved away: this is not what has become of it.
    const isNew = local.before?.gone?.get(name)?.moved === true;
    if (isNew || (known && isArrival(known))) {
      node.members.set(name, known ?? traced(member, undefined, true, local.ops));
      if (before !== undefined) node.gone.set(name, leftOf(name, before));
    } else if (before === undefined || !deepEqual(before, member)) {
      const origin = before === undefined ? undefined : { parent: local.origin, token: name, value: before };
      const made = known ?? { ...traced(member, origin, true, local.ops), before: leftAt(local, name) };
      node.members.set(name, { ...made, origin, replaced: true });
    }
  }
  return node;
}
