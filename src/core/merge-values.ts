import { deepEqual } from './deep-equal.js';
import { hintFor } from './images.js';
import { isPartOf } from './is-part-of.js';
import type { Job } from './job.js';
import type { JsonValue } from './json.js';
import { isContainer, isObject, kindOf } from './json.js';
import { plainInPlace } from './merge-additions.js';
import { mergeList } from './merge-list.js';
import { mergeObject } from './merge-objects.js';
import { isServer } from './merge-rules.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { dropped, settle } from './merge-run.js';
import { empty, value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import type { MergeRule } from './rule.js';
import { mergeSet } from './rules/set-merge.js';
import type { Traced } from './traced.js';
import { isEditedInside, isFromBase, operationsOf, plainOf } from './traced.js';

/** Merges one value that base and local both have. `remote` undefined: removed there. */
export function* mergeValue(
  run: MergeRun,
  base: JsonValue,
  local: Traced,
  remote: Maybe,
  place: MergePlace,
): Job<Maybe> {
  const inside = isEditedInside(local);
  if (!local.replaced && !inside) return remote;
  const decided = run.decided.get(local);
  if (decided !== undefined) return decided.value;
  if (isServer(ruleOf(place.decide))) return dropped(run, local, remote);
  if (remote === undefined) return deletedUnder(run, base, local, place);
  if (isFromBase(local)) {
    if (kindOf(remote) === kindOf(base)) {
      const align = ruleOf(place.align);
      if (align?.rule !== 'atomic' && align?.rule !== 'set' && !isLatest(ruleOf(place.decide)))
        return yield mergeInside(run, base, local, remote, place);
    } else if (!deepEqual(plainOf(local), base)) {
      return clash(run, 'type-change', base, local, remote, place);
    }
  }
  return yield mergeReplaced(run, base, local, remote, place);
}

/** The whole value was replaced, or is one thing by rule. */
function* mergeReplaced(
  run: MergeRun,
  base: JsonValue,
  local: Traced,
  remote: JsonValue,
  place: MergePlace,
): Job<Maybe> {
  const mine = yield plainInPlace(run, local);
  if (mine === undefined || deepEqual(mine, base))
    return deepEqual(remote, base) ? remote : dropped(run, local, remote);
  const untouched = deepEqual(remote, base);
  if (untouched) {
    run.evidence.no = true;
    if (!run.rules.hasServer || empty(place.decide)) return mine;
  }
  const rule = ruleOf(place.decide);
  const adds = typeof rule === 'object' && rule.rule === 'counter';
  if ((!adds || run.inDoubt) && deepEqual(mine, remote)) {
    // Two clients going 5 → 6 look alike, so a counter proves nothing; but what may be ours is not counted twice.
    if (adds) run.evidence.open = true;
    else run.evidence.yes = true;
    return dropped(run, local, remote);
  }
  const align = ruleOf(place.align)?.rule;
  if (align === 'set' && Array.isArray(base) && Array.isArray(mine) && Array.isArray(remote)) {
    const merged = mergeSet(base, mine, remote);
    if (deepEqual(merged, remote)) {
      run.evidence.yes = true;
      return dropped(run, local, remote);
    }
    return merged;
  }
  const kinds = [kindOf(base), kindOf(mine), kindOf(remote)];
  // The whole document replaced is one thing, whatever it is made of.
  const isOne = place.parent === undefined && run.wholeIsOne;
  const alike = !isOne && kinds.every((kind) => kind === kinds[0]);
  if (alike && isContainer(base) && align !== 'atomic' && !isLatest(rule))
    return yield mergeInside(run, base, local, remote, place);
  if (untouched) return mine;
  const scalars = kinds.every((kind) => kind === 'scalar');
  const whole = scalars || alike || align === 'atomic' || kinds[1] === kinds[2] || isOne;
  return clash(run, whole ? 'value' : 'type-change', base, local, remote, place);
}

/** The larger of two values: taken whole, or the parts of one would be mixed with those of the other. */
function isLatest(rule: MergeRule | undefined): boolean {
  return typeof rule === 'object' && rule.rule === 'latest';
}

function* mergeInside(run: MergeRun, base: JsonValue, local: Traced, remote: JsonValue, place: MergePlace): Job<Maybe> {
  if (Array.isArray(base) && Array.isArray(remote)) return yield mergeList(run, base, local, remote, place);
  if (isObject(base) && isObject(remote)) return yield mergeObject(run, base, local, remote, place);
  return remote;
}

function deletedUnder(run: MergeRun, base: JsonValue, local: Traced, place: MergePlace): Maybe {
  // To take a part out of what remote has removed whole is no contradiction.
  if (isPartOf(plainOf(local), base)) return dropped(run, local, undefined);
  return clash(run, 'modify-delete', base, local, undefined, place);
}

/** Tells a clash of whole values, and how it ended. */
function clash(
  run: MergeRun,
  kind: 'value' | 'type-change' | 'modify-delete' | 'ambiguous-array',
  base: Maybe,
  local: Traced,
  remote: Maybe,
  place: MergePlace,
): Maybe {
  const hint = kind === 'modify-delete' && base !== undefined ? hintFor(run, base, place) : undefined;
  return settle(run, { kind, place, base, local: plainOf(local), remote, operations: operationsOf(local), hint }).value;
}
