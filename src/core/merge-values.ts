import { deepEqual } from './deep-equal.js';
import { hintFor, imageOf, placeOf } from './images.js';
import { isPartOf } from './is-part-of.js';
import type { Job } from './job.js';
import type { JsonObject, JsonValue } from './json.js';
import { isContainer, isObject, setOwn } from './json.js';
import { mergeList } from './merge-list.js';
import { isServer } from './merge-rules.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { fateOf } from './moves.js';
import { empty, value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { memberPlace } from './place-in-merge.js';
import type { MergeRule } from './rule.js';
import { mergeSet } from './rules/set-merge.js';
import { withoutServerBelow } from './server-below.js';
import type { Traced } from './traced.js';
import { isEditedInside, isFromBase, memberOf, nodesOf, operationsOf, plainOf, traced } from './traced.js';

export type { Maybe } from './merge-run.js';

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
  const alike = place.parent !== undefined && kinds.every((kind) => kind === kinds[0]);
  if (alike && isContainer(base) && align !== 'atomic' && !isLatest(rule))
    return yield mergeInside(run, base, local, remote, place);
  if (untouched) return mine;
  const scalars = kinds.every((kind) => kind === 'scalar');
  const whole = scalars || alike || align === 'atomic' || kinds[1] === kinds[2] || place.parent === undefined;
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

/** Merges member by member, those that local touched. */
export function* mergeObject(
  run: MergeRun,
  base: JsonObject,
  local: Traced,
  remote: JsonObject,
  place: MergePlace,
): Job<Maybe> {
  let merged: JsonObject = remote;
  for (const [name, child] of touchedMembers(base, local)) {
    const before = memberOf(remote, name);
    const after = yield mergeMember(
      run,
      memberOf(base, name),
      child,
      before,
      local,
      memberPlace(place, name, memberOf(base, name) !== undefined),
    );
    if (after === before) continue;
    if (merged === remote) merged = { ...remote };
    if (after === undefined) delete merged[name];
    else setOwn(merged, name, after);
  }
  return merged;
}

function touchedMembers(base: JsonObject, local: Traced): Iterable<readonly [string, Traced | null]> {
  if (isFromBase(local)) return local.members ?? [];
  const mine = plainOf(local);
  const members: [string, Traced | null][] = [];
  for (const name of Object.keys(base)) if (memberOf(mine, name) === undefined) members.push([name, null]);
  for (const name of Object.keys(isObject(mine) ? mine : {})) {
    const known = local.members?.get(name);
    const value = memberOf(mine, name) ?? null;
    const before = memberOf(base, name);
    if (known?.moved) members.push([name, known]);
    else if (before === undefined || !deepEqual(before, value)) {
      members.push([
        name,
        traced(
          value,
          before === undefined ? undefined : { parent: undefined, token: name, value: before },
          true,
          local.ops,
        ),
      ]);
    }
  }
  return members;
}

function* mergeMember(
  run: MergeRun,
  base: Maybe,
  local: Traced | null,
  remote: Maybe,
  parent: Traced,
  place: MergePlace,
): Job<Maybe> {
  if (local === null) return removed(run, base, remote, parent.gone?.get(place.local) ?? parent.ops, place);
  if (local.moved) {
    const fate = fateOf(run, local);
    if (fate.kind === 'elsewhere') return remote;
    if (fate.kind === 'here') return fate.value;
    return yield addition(run, local);
  }
  if (base !== undefined) return yield mergeValue(run, base, local, remote, place);
  return yield added(run, local, remote, place);
}

/** Local removed what base had, or moved it away. */
function removed(run: MergeRun, base: Maybe, remote: Maybe, ops: readonly number[], place: MergePlace): Maybe {
  if (base === undefined) return remote;
  if (isServer(ruleOf(place.decide))) {
    for (const op of ops) run.dropped.add(op);
    return remote;
  }
  const stays = ops.some((op) => run.staying.has(op));
  if (stays) return remote;
  if (ops.some((op) => run.moving.has(op))) return undefined;
  if (remote === undefined) {
    run.evidence.yes = true;
    for (const op of ops) run.dropped.add(op);
    return undefined;
  }
  if (isPartOf(remote, base)) {
    run.evidence.no = true;
    return undefined;
  }
  return settle(run, { kind: 'delete-modify', place, base, local: undefined, remote, operations: ops }).value;
}

/** Local added what base lacks. */
export function* added(run: MergeRun, local: Traced, remote: Maybe, place: MergePlace): Job<Maybe> {
  if (isServer(ruleOf(place.decide))) return dropped(run, local, remote);
  const value = yield addition(run, local);
  if (value === undefined) return remote;
  if (remote === undefined) {
    run.evidence.no = true;
    return run.rules.hasServer ? withoutServerBelow(value, place.decide) : value;
  }
  if (deepEqual(value, remote)) {
    run.evidence.yes = true;
    return dropped(run, local, remote);
  }
  const rule = ruleOf(place.decide);
  if (typeof rule === 'object' && rule.rule === 'merge' && isObject(value) && isObject(remote)) {
    return yield mergeObject(run, {}, traced(value, undefined, true, operationsOf(local)), remote, place);
  }
  const operations = operationsOf(local);
  return settle(run, { kind: 'add-add', place, base: undefined, local: value, remote, operations }).value;
}

/** What an added value is, with remote's edits to whatever was moved into it. */
export function* addition(run: MergeRun, local: Traced): Job<Maybe> {
  if (local.moved && local.origin !== undefined) {
    const { origin } = local;
    const image = imageOf(run, origin);
    if (image === undefined) return undefined;
    const place = placeOf(run, origin, image.tokens);
    return yield mergeValue(run, origin.value, local, image.value, place);
  }
  return yield plainInPlace(run, local);
}

/** The plain value, but for what was moved into it. */
function* plainInPlace(run: MergeRun, local: Traced): Job<Maybe> {
  if (!isEditedInside(local) || !holdsMoved(local)) return plainOf(local);
  const { value } = local;
  if (Array.isArray(value)) {
    const list: JsonValue[] = [];
    const entries = local.items ?? value.map((_, at) => local.inner?.get(at) ?? at);
    for (const entry of entries) {
      const item = typeof entry === 'number' ? value[entry] : yield inPlace(run, entry);
      if (item !== undefined) list.push(item);
    }
    return list;
  }
  const object: JsonObject = { ...(isObject(value) ? value : {}) };
  for (const [name, child] of local.members ?? []) {
    const item = child === null ? undefined : yield inPlace(run, child);
    if (item === undefined) delete object[name];
    else setOwn(object, name, item);
  }
  return object;
}

function* inPlace(run: MergeRun, child: Traced): Job<Maybe> {
  if (!child.moved) return yield plainInPlace(run, child);
  const fate = fateOf(run, child);
  if (fate.kind === 'elsewhere') return undefined;
  return fate.kind === 'here' ? fate.value : yield addition(run, child);
}

function holdsMoved(local: Traced): boolean {
  for (const node of nodesOf(local)) if (node.moved) return true;
  return false;
}

function deletedUnder(run: MergeRun, base: JsonValue, local: Traced, place: MergePlace): Maybe {
  // To take a part out of what remote has removed whole is no contradiction.
  if (isPartOf(plainOf(local), base)) return dropped(run, local, undefined);
  return clash(run, 'modify-delete', base, local, undefined, place);
}

/** Tells a clash of whole values, and how it ended. */
export function clash(
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

/** Remote's stands, and the operations that would change it are not sent. */
export function dropped(run: MergeRun, local: Traced, remote: Maybe): Maybe {
  for (const op of operationsOf(local)) run.dropped.add(op);
  return remote;
}

export function kindOf(value: JsonValue): 'list' | 'object' | 'scalar' {
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : 'scalar';
}
