import { deepEqual } from '../deep-equal.js';
import type { Change } from '../diff/change.js';
import { changeOf, changesIn, isChangedInside, resultOf } from '../diff/change.js';
import type { JsonValue } from '../json.js';
import { isObject } from '../json.js';
import { value as ruleOf } from '../pattern.js';
import type { Clash } from './conflict.js';
import { settle } from './conflict.js';
import { alignmentOf, hintFor, imageOf, nearOf, placeOf, wouldBe } from './image.js';
import { isPartOf } from './is-part-of.js';
import type { MergePlace } from './place.js';
import type { Run } from './run.js';
import type { Traced } from './traced.js';
import { childrenOf, isFromBase, memberOf, operationsOf, plainOf } from './traced.js';
import { asLocal, localTree, mergeValue } from './value.js';

/** What stands where local moved something to, with remote's edits to it. `undefined`: it does not come. */
export function arrive(run: Run, node: Traced): Change | undefined {
  if (run.arrived.has(node)) return run.arrived.get(node);
  const change = bring(run, node);
  run.arrived.set(node, change);
  if (change !== undefined) run.arrivals.set(change, node);
  return change;
}

function bring(run: Run, node: Traced): Change | undefined {
  const { origin } = node;
  if (origin === undefined) return localTree(run, node);
  const image = imageOf(run, origin);
  const sides = { base: origin.value, local: plainOf(node), operations: operationsOf(node) };
  if (image === undefined) {
    // The source is gone, or nobody can tell which item it is now.
    const near = nearOf(run, origin);
    const place = placeOf(run, origin, near?.tokens ?? wouldBe(run, origin));
    const kind = near === undefined ? 'move' : 'ambiguous-array';
    const hint = near === undefined ? hintFor(run, origin.value, place) : undefined;
    return settle(
      run,
      { ...sides, kind, place, remote: near?.value, hint },
      {
        local: () => {
          if (near !== undefined)
            run.elsewhere.push({ tokens: near.tokens, change: changeOf(near.value, 'here'), leaves: node });
          return asLocal(run, node);
        },
        remote: () => undefined,
      },
    );
  }
  const place = placeOf(run, origin, image.tokens);
  const merged = mergeValue(run, origin.value, node, image.value, place);
  if (merged === undefined) {
    run.settled.add(node);
    return undefined;
  }
  if (!image.isElsewhere && !hasMovedWithin(run, node))
    return { ...merged, was: merged.was === 'here' ? image.tokens : merged.was, at: -1 };
  // Remote carried it to another place.
  const stays = (): undefined => {
    if (isChangedInside(merged) || merged.was === 'new')
      run.elsewhere.push({ tokens: image.tokens, change: merged, leaves: undefined });
    return undefined;
  };
  return settle(
    run,
    { ...sides, kind: 'order', place, remote: image.value },
    {
      local: () => {
        run.elsewhere.push({ tokens: image.tokens, change: changeOf(image.value, 'here'), leaves: node });
        return { ...merged, was: merged.was === 'here' ? image.tokens : merged.was, at: -1 };
      },
      remote: stays,
    },
  );
}

/** Whether remote has moved an item to another place of its list. */
function hasMovedWithin(run: Run, { origin }: Traced): boolean {
  const list = origin?.parent;
  const there = list && imageOf(run, list);
  if (list === undefined || there === undefined || !Array.isArray(list.value) || !Array.isArray(there.value))
    return false;
  const { stayed } = alignmentOf(run, list.value, there.value, ruleOf(placeOf(run, list, []).align));
  return stayed()?.[Number(origin?.token)] === 0;
}

/**
 * Makes local's edits inside of something that remote removed, but for items that it carried elsewhere before: there they go on. True: there
 * is more to it.
 */
export function follow(run: Run, local: Traced): boolean {
  if (!isFromBase(local) || run.present.size === 1) return true;
  let isMore = false;
  for (const child of childrenOf(local)) {
    const { origin } = child;
    const image = origin && origin.parent === local.origin ? imageOf(run, origin) : undefined;
    if (origin !== undefined && image?.isElsewhere === true) {
      const change = mergeValue(run, origin.value, child, image.value, placeOf(run, origin, image.tokens));
      if (change === undefined || change.was === 'new' || isChangedInside(change))
        run.elsewhere.push({ tokens: image.tokens, change: change ?? null, leaves: undefined });
    } else if (follow(run, child)) isMore = true;
  }
  if (local.members !== undefined) for (const child of local.members.values()) if (child === null) isMore = true;
  return isMore || (local.gone !== undefined && local.gone.size > 0) || !hasChildren(local);
}

function hasChildren(node: Traced): boolean {
  for (const _ of childrenOf(node)) return true;
  return false;
}

/** Remote's value at a place that local moved something away from: it leaves if that arrives. */
export function leave(run: Run, node: Traced, remote: JsonValue): Change {
  const change = changeOf(remote, 'here');
  run.leaving.set(change, node);
  return change;
}

/** Local removed what remote still has. What local moved out of it before is no part of that. */
export function removeThere(
  run: Run,
  left: Traced,
  base: JsonValue,
  remote: JsonValue,
  place: MergePlace,
): Change | undefined {
  const moved: Traced[] = [];
  const rest = withoutMoved(run, left, remote, moved);
  if (moved.length > 0) {
    rest.whole = undefined;
    if (isPartOf(resultWithout(run, rest), baseWithout(run, left))) {
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
    return isChangedInside(inside) ? inside : undefined;
  };
  const nodes = [...childrenOf(left), ...(left.gone?.values() ?? [])];
  if (Array.isArray(value) && Array.isArray(remote)) {
    const items: (number | Change)[] = remote.map((_, at) => at);
    const rule = left.origin && ruleOf(placeOf(run, left.origin, []).align);
    const { toR, unsure } = alignmentOf(run, value, remote, rule);
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

/** What would be left of a value if everything that may leave it left. */
function resultWithout(run: Run, change: Change): JsonValue {
  const copy: Change = { ...change, whole: undefined };
  const keep = (child: Change): Change | null =>
    run.leaving.has(child) ? null : changeOf(resultWithout(run, child), 'new');
  if (change.members !== undefined)
    copy.members = new Map([...change.members].map(([name, child]) => [name, child && keep(child)]));
  copy.items = change.items?.flatMap((item) => {
    const kept = typeof item === 'number' ? item : keep(item);
    return kept === null ? [] : [kept];
  });
  return resultOf(copy);
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
  return !node.replaced && deepEqual(plainOf(node), baseWithout(run, node));
}

/**
 * Decides, once everything is merged, which of local's moves are made: those whose target is there in the end. What does not arrive stays
 * where it was, and is told unless a conflict has told it already.
 */
export function settleMoves(run: Run, root: Change): Change {
  for (const { tokens, change, leaves } of run.elsewhere) {
    if (change !== null && leaves !== undefined) run.leaving.set(change, leaves);
    putAt(root, tokens, change);
  }
  const held = new Set(run.leaving.values());
  for (const node of run.arrivals.values()) {
    // Its container may have been kept as remote has it.
    const image = held.has(node) ? undefined : node.origin && imageOf(run, node.origin);
    if (image !== undefined) putAt(root, image.tokens, leave(run, node, image.value));
  }
  if (run.leaving.size === 0 && run.emptied.size === 0) return root;
  const stays = new Set<Traced>();
  for (const node of run.leaving.values()) if (!run.arrived.get(node) && !run.settled.has(node)) stays.add(node);
  for (;;) {
    const placed = reach(run, root, stays, new Set());
    const stranded = [...run.arrivals.values()].find(
      (node) => !placed.has(node) && !stays.has(node) && isHeld(run, node),
    );
    if (stranded === undefined) break;
    stays.add(stranded);
  }
  for (const node of stays) tellStay(run, node);
  return resolved(run, root, stays) ?? root;
}

/** Whether its source is one that may still be left. */
function isHeld(run: Run, node: Traced): boolean {
  for (const other of run.leaving.values()) if (other === node) return true;
  return false;
}

function reach(run: Run, change: Change, stays: ReadonlySet<Traced>, placed: Set<Traced>): Set<Traced> {
  for (const child of changesIn(change)) {
    const under = run.under.get(child);
    const held = under && run.leaving.get(under);
    if (held !== undefined && stays.has(held)) continue;
    const leaves = run.leaving.get(child);
    if (leaves !== undefined && !stays.has(leaves)) continue;
    const node = run.arrivals.get(child);
    if (node !== undefined && stays.has(node)) continue;
    if (node !== undefined) placed.add(node);
    reach(run, child, stays, placed);
  }
  return placed;
}

function tellStay(run: Run, node: Traced): void {
  const { origin } = node;
  const told = [...run.conflicts, ...run.resolved].some(({ operations }) =>
    node.ops.some((op) => operations.includes(op)),
  );
  if (told || origin === undefined) return;
  const image = imageOf(run, origin);
  const place = placeOf(run, origin, image?.tokens ?? wouldBe(run, origin));
  settle(
    run,
    {
      kind: 'move',
      place,
      base: origin.value,
      local: plainOf(node),
      remote: image?.value,
      operations: operationsOf(node),
    },
    { local: () => undefined, remote: () => undefined },
  );
}

/** The change without what leaves and what does not arrive; `undefined`: it goes itself. */
function resolved(run: Run, change: Change, stays: ReadonlySet<Traced>): Change | undefined {
  const under = run.under.get(change);
  const held = under && run.leaving.get(under);
  if (under !== undefined && held !== undefined && stays.has(held)) return resolved(run, under, stays);
  const leaves = run.leaving.get(change);
  if (leaves !== undefined && !stays.has(leaves)) return undefined;
  const node = run.arrivals.get(change);
  if (node !== undefined && stays.has(node)) return undefined;
  if (run.emptied.get(change)?.every((one) => !stays.has(one)) === true) return undefined;
  if (!isChangedInside(change)) return change;
  change.whole = undefined;
  if (change.members !== undefined)
    for (const [name, child] of change.members)
      if (child !== null) change.members.set(name, resolved(run, child, stays) ?? null);
  if (change.inner !== undefined && Array.isArray(change.value)) {
    const { value } = change;
    const gone: number[] = [];
    for (const [at, child] of change.inner) {
      const kept = resolved(run, child, stays);
      if (kept === undefined) gone.push(at);
      else change.inner.set(at, kept);
    }
    if (gone.length > 0) {
      const { inner } = change;
      change.items = value.map((_, at) => inner.get(at) ?? at).filter((_, at) => !gone.includes(at));
      change.inner = undefined;
    }
  } else {
    change.items = change.items?.flatMap((item) => {
      const kept = typeof item === 'number' ? item : resolved(run, item, stays);
      return kept === undefined ? [] : [kept];
    });
  }
  return change;
}

/** Puts what became of something into the place that remote has it at, as far as that is still there. */
function putAt(root: Change, tokens: readonly string[], change: Change | null): void {
  let here = root;
  for (const [depth, token] of tokens.entries()) {
    const isLast = depth === tokens.length - 1;
    if (here.was === 'new') return;
    if (Array.isArray(here.value)) {
      const at = Number(token);
      const index = here.items?.findIndex((item) => (typeof item === 'number' ? item : item.at) === at) ?? -1;
      if (here.items !== undefined && index < 0) return;
      const known = here.items?.[index] ?? here.inner?.get(at);
      if (isLast) {
        if (change !== null) change.at = at;
        if (here.items === undefined && change !== null) {
          here.inner ??= new Map();
          here.inner.set(at, change);
          return;
        }
        here.items ??= here.value.map((_, place) => here.inner?.get(place) ?? place);
        here.inner = undefined;
        const place = index >= 0 ? index : at;
        here.items.splice(place, 1, ...(change === null ? [] : [change]));
        return;
      }
      if (typeof known === 'object') {
        here = known;
        continue;
      }
      const next = changeOf(here.value[at] ?? null, 'here', at);
      if (here.items !== undefined) here.items[index] = next;
      else {
        here.inner ??= new Map();
        here.inner.set(at, next);
      }
      here = next;
      continue;
    }
    here.members ??= new Map();
    const known = here.members.get(token);
    if (known === null) return;
    if (isLast) {
      here.members.set(token, change);
      return;
    }
    const next = known ?? changeOf(memberOf(here.value, token) ?? null, 'here');
    here.members.set(token, next);
    here = next;
  }
}
