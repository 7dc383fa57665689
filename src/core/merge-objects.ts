import { deepEqual } from './deep-equal.js';
import { isPartOf } from './is-part-of.js';
import type { Job } from './job.js';
import type { JsonObject } from './json.js';
import { isObject, setOwn } from './json.js';
import { isServer } from './merge-rules.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { settle } from './merge-run.js';
import { fateOf } from './moves.js';
import { value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { memberPlace } from './place-in-merge.js';
import type { Traced } from './traced.js';
import { isFromBase, memberOf, plainOf, traced } from './traced.js';

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
  if (local === null) return removed(run, base, remote, parent, place);
  if (local.moved) {
    const fate = fateOf(run, local);
    if (fate.kind === 'elsewhere') return remote;
    if (fate.kind === 'here') return fate.value;
    return yield run.merging.addition(run, local);
  }
  if (base !== undefined) return yield run.merging.value(run, base, local, remote, place);
  return yield run.merging.added(run, local, remote, place);
}

/** Local removed what base had, or moved it away. */
function removed(run: MergeRun, base: Maybe, remote: Maybe, parent: Traced, place: MergePlace): Maybe {
  if (base === undefined) return remote;
  // Taken out by an operation of its own, or missing in what took the whole object's place.
  const own = parent.gone?.get(place.local);
  const ops = own ?? parent.ops;
  if (isServer(ruleOf(place.decide))) {
    for (const op of ops) run.dropped.add(op);
    return remote;
  }
  if (own?.some((op) => run.staying.has(op))) return remote;
  if (own?.some((op) => run.moving.has(op))) return undefined;
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
