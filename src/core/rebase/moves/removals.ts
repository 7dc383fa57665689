import { deepEqual } from '../../deep-equal.js';
import type { Change } from '../../diff/change.js';
import { changeOf, childrenOf, isTouchedInside, wholeOf, without } from '../../diff/change.js';
import type { JsonValue } from '../../json.js';
import { hasOwn, isObject } from '../../json.js';
import type { Clash } from '../conflict.js';
import { settle } from '../conflict.js';
import { alignmentOf, ruleFor } from '../image.js';
import type { MergePlace } from '../place.js';
import type { Run } from '../run.js';
import type { Traced } from '../traced.js';
import { isFromBase, memberOf } from '../traced.js';
import { followRemovals, leave } from './moves.js';

/** Local removed what remote still has. What local moved out of it before is no part of that. */
export function removeThere(
  run: Run,
  left: Traced,
  base: JsonValue,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  followRemovals(run, left);
  const moved: Traced[] = [];
  const rest = withoutMoved(run, left, remote, moved);
  if (moved.length > 0) {
    rest.whole = undefined;
    if (isPartOf(without(rest, (child) => run.leaving.has(child)).value, baseWithout(run, left))) {
      run.emptied.set(rest, moved);
      return rest;
    }
  } else if (isPartOf(remote, base)) return undefined;
  const sides: Clash = { kind: 'delete-modify', place, base, local: undefined, remote, operations: left.ops };
  return settle(run, sides, {
    local: () => {
      if (moved.length > 0) run.emptied.set(rest, moved);
      return moved.length > 0 ? rest : undefined;
    },
    remote: () => rest,
  });
}

/** Remote's value with what local moved out of it marked as leaving. */
function withoutMoved(run: Run, left: Traced, remote: JsonValue, moved: Traced[]): Change {
  const change = changeOf(remote, 'here');
  if (!isFromBase(left)) return change;
  const { value } = left;
  const visit = (child: Traced, there: JsonValue | undefined): Change | undefined => {
    if (there === undefined) return undefined;
    if (run.present.has(child)) {
      moved.push(child);
      return leave(run, child, there);
    }
    const inside = withoutMoved(run, child, there, moved);
    return isTouchedInside(inside) ? inside : undefined;
  };
  const nodes = [...childrenOf(left), ...(left.gone?.values() ?? [])];
  if (Array.isArray(value) && Array.isArray(remote)) {
    const items: (number | Change)[] = remote.map((_, at) => at);
    const { toR, unsure } = alignmentOf(run, value, remote, left.origin && ruleFor(run, left.origin));
    for (const child of nodes) {
      if (child.origin?.parent !== left.origin) continue;
      const at = Number(child.origin?.token);
      const to = unsure[at] === 1 ? -1 : (toR[at] ?? -1);
      const inside = visit(child, remote[to]);
      if (inside === undefined) continue;
      inside.at = to;
      items[to] = inside;
      change.items = items;
    }
  } else if (isObject(value) && isObject(remote)) {
    for (const child of nodes) {
      const name = child.origin?.token;
      if (name === undefined || child.origin?.parent !== left.origin) continue;
      const inside = visit(child, memberOf(remote, name));
      if (inside === undefined) continue;
      change.members ??= new Map();
      change.members.set(name, inside);
    }
  }
  return change;
}

/** What base had in something, without what local moved out of it. */
function baseWithout(run: Run, left: Traced): JsonValue {
  const { value } = left;
  if (!isFromBase(left)) return left.origin?.value ?? value;
  const kept = new Map<string, JsonValue | undefined>();
  for (const child of [...childrenOf(left), ...(left.gone?.values() ?? [])])
    if (child.origin !== undefined && child.origin.parent === left.origin)
      kept.set(child.origin.token, run.present.has(child) ? undefined : baseWithout(run, child));
  const entry = (token: string, inner: JsonValue): JsonValue | undefined => (kept.has(token) ? kept.get(token) : inner);
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => {
      const left = entry(`${at}`, item);
      return left === undefined ? [] : [left];
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const left = entry(name, member);
      return left === undefined ? [] : [[name, left]];
    }),
  );
}

/** Whether local has done nothing to a container but to move things out of it. */
export function isOnlyLeft(run: Run, node: Traced): boolean {
  return !node.replaced && deepEqual(wholeOf(node), baseWithout(run, node));
}

/** Whether `value` is what is left of `whole` after something was taken out, at whatever depth, and nothing put in or changed. */
export function isPartOf(value: JsonValue, whole: JsonValue): boolean {
  if (value === whole) return true;
  if (Array.isArray(value) && Array.isArray(whole)) {
    let at = 0;
    for (const item of whole) {
      const next = value[at];
      if (next === undefined) break;
      if (isPartOf(next, item)) at += 1;
    }
    return at === value.length;
  }
  if (!isObject(value) || !isObject(whole)) return deepEqual(value, whole);
  return Object.entries(value).every(([name, member]) => {
    const before = hasOwn(whole, name) ? whole[name] : undefined;
    return before !== undefined && isPartOf(member, before);
  });
}
