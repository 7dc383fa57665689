import type { JsonObject, JsonValue } from '../../../src/core/index.js';
import { hasOwn, isObject, setOwn } from '../tools.js';
import type { ItemPlan, ListPlan, MapPlan, Owner, Plan } from './plan.js';
import { isPlan } from './plan.js';

/** The items that play this role. */
export function identitiesOf(plan: ListPlan, wanted: ItemPlan['role']): ReadonlySet<string | number> {
  return new Set(plan.items.filter(({ role }) => role === wanted).map(({ identity }) => identity));
}

/** An item's identity: its key, or itself. */
export function identityIn(plan: ListPlan, item: JsonValue | undefined): string | number {
  const identity = plan.key !== undefined && isObject(item) ? item[plan.key] : item;
  if (typeof identity === 'string' || typeof identity === 'number') return identity;
  throw new Error(`an item without identity: ${JSON.stringify(item)}`);
}

/**
 * The only right merge of two disjoint edits. Every part is taken from its owner's document and found by its identity; no index of one
 * document is ever used in the other.
 */
export function rightMerge(plan: MapPlan, local: JsonValue, remote: JsonValue): JsonObject {
  const sides = { local, remote };
  const merged: JsonObject = {};
  for (const [name, { owner, value }] of plan.members) {
    const inner = (): Sides => ({ local: memberOf(local, name), remote: memberOf(remote, name) });
    if (isPlan(value)) setOwn(merged, name, rightInside(value, inner()));
    else if (isObject(sides[owner]) && hasOwn(sides[owner], name)) setOwn(merged, name, memberOf(sides[owner], name));
  }
  return merged;
}

type Sides = { readonly [side in Owner]: JsonValue };

function rightInside(plan: Plan, sides: Sides): JsonValue {
  return plan.kind === 'list' ? rightList(plan, sides) : rightMerge(plan, sides.local, sides.remote);
}

function memberOf(object: JsonValue, name: string): JsonValue {
  const member = isObject(object) && hasOwn(object, name) ? object[name] : undefined;
  if (member === undefined) throw new Error(`no member ${name}`);
  return member;
}

function rightList(plan: ListPlan, sides: Sides): JsonValue {
  const cuts = { local: cutUp(plan, sides.local), remote: cutUp(plan, sides.remote) };
  const merged: JsonValue[] = [];
  plan.stretches.forEach((owner, at) => {
    for (const item of cuts[owner].stretches[at] ?? []) merged.push(rightItem(plan, cuts, item));
    const fixed = cuts[owner].fixed[at];
    if (fixed !== undefined) merged.push(rightItem(plan, cuts, fixed));
  });
  return merged;
}

interface Cut {
  readonly stretches: readonly (readonly JsonValue[])[];
  readonly fixed: readonly JsonValue[];
  readonly byIdentity: ReadonlyMap<string | number, JsonValue>;
}

function cutUp(plan: ListPlan, list: JsonValue): Cut {
  const fixedOnes = identitiesOf(plan, 'fixed');
  const stretches: JsonValue[][] = [[]];
  const fixed: JsonValue[] = [];
  const byIdentity = new Map<string | number, JsonValue>();
  for (const item of Array.isArray(list) ? list : []) {
    const identity = identityIn(plan, item);
    byIdentity.set(identity, item);
    if (fixedOnes.has(identity)) {
      fixed.push(item);
      stretches.push([]);
    } else {
      stretches.at(-1)?.push(item);
    }
  }
  return { stretches, fixed, byIdentity };
}

/** An item that was in base is merged inside; a new one is its maker's alone. */
function rightItem(plan: ListPlan, cuts: { readonly [side in Owner]: Cut }, item: JsonValue): JsonValue {
  const identity = identityIn(plan, item);
  const inside = plan.items.find((known) => known.identity === identity)?.inside;
  const local = cuts.local.byIdentity.get(identity);
  const remote = cuts.remote.byIdentity.get(identity);
  if (plan.key === undefined || inside === undefined || local === undefined || remote === undefined) return item;
  return { [plan.key]: identity, ...rightMerge(inside, local, remote) };
}
