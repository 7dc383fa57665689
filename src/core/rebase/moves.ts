import type { Change } from '../diff/change.js';
import { changeOf, isChangedInside } from '../diff/change.js';
import type { JsonValue } from '../json.js';
import { value as ruleOf } from '../pattern.js';
import { settle } from './conflict.js';
import { alignmentOf, hintFor, imageOf, nearOf, placeOf, wouldBe } from './image.js';
import type { Run } from './run.js';
import { isMarked } from './run.js';
import type { Traced } from './traced.js';
import { childrenOf, isFromBase, operationsOf, plainOf } from './traced.js';

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
  if (origin === undefined) return run.merging.tree(run, node);
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
          return run.merging.covered(run, node);
        },
        remote: () => undefined,
      },
    );
  }
  const place = placeOf(run, origin, image.tokens);
  const merged = run.merging.value(run, origin.value, node, image.value, place);
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
  if (!isFromBase(local)) return true;
  let isMore = local.members === undefined && local.inner === undefined && local.items === undefined;
  for (const child of childrenOf(local)) {
    const { origin } = child;
    const image = origin && origin.parent === local.origin ? imageOf(run, origin) : undefined;
    if (origin === undefined || image?.isElsewhere !== true) {
      if (follow(run, child)) isMore = true;
      continue;
    }
    const change = run.merging.value(run, origin.value, child, image.value, placeOf(run, origin, image.tokens));
    if (change === undefined || change.was === 'new' || isChangedInside(change))
      run.elsewhere.push({ tokens: image.tokens, change: change ?? null, leaves: undefined });
  }
  for (const left of local.gone?.values() ?? []) if (!removeElsewhere(run, left)) isMore = true;
  return isMore;
}

/** Removes what local took out of something before that was removed as well, where remote has carried it elsewhere. */
export function followRemovals(run: Run, local: Traced): void {
  if (!isFromBase(local)) return;
  for (const left of local.gone?.values() ?? []) removeElsewhere(run, left);
  for (const child of childrenOf(local)) followRemovals(run, child);
}

function removeElsewhere(run: Run, left: Traced): boolean {
  const image = left.origin && !run.present.has(left) ? imageOf(run, left.origin) : undefined;
  if (left.origin === undefined || image?.isElsewhere !== true) return false;
  const place = placeOf(run, left.origin, image.tokens);
  const change = run.merging.removal(run, left, left.origin.value, image.value, place);
  if (change === undefined || isMarked(run, change) || isChangedInside(change))
    run.elsewhere.push({ tokens: image.tokens, change: change ?? null, leaves: undefined });
  return true;
}

/** Remote's value at a place that local moved something away from: it leaves if that arrives. */
export function leave(run: Run, node: Traced, remote: JsonValue): Change {
  const change = changeOf(remote, 'here');
  run.leaving.set(change, node);
  return change;
}
