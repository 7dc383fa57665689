import { deepEqual } from './deep-equal.js';
import { imageOf, placeOf } from './images.js';
import type { Job } from './job.js';
import type { JsonObject, JsonValue } from './json.js';
import { isObject, setOwn } from './json.js';
import { mergeObject } from './merge-objects.js';
import { isServer } from './merge-rules.js';
import type { Maybe, MergeRun } from './merge-run.js';
import { dropped, settle } from './merge-run.js';
import { fateOf } from './moves.js';
import { value as ruleOf } from './pattern.js';
import type { MergePlace } from './place-in-merge.js';
import { withoutServerBelow } from './server-below.js';
import type { Traced } from './traced.js';
import { isEditedInside, nodesOf, operationsOf, plainOf, traced } from './traced.js';

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
    return yield run.merging.value(run, origin.value, local, image.value, place);
  }
  return yield plainInPlace(run, local);
}

/** The plain value, but for what was moved into it. */
export function* plainInPlace(run: MergeRun, local: Traced): Job<Maybe> {
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
