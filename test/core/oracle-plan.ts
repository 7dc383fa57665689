import type { JsonObject, JsonValue } from '../../src/core/json.js';
import type { Random } from './oracle-random.js';

/** Whose a part of the document is: only its owner edits it, so two edits never meet. */
export type Owner = 'local' | 'remote';

/** A document that knows who may edit which of its parts, and from which the right merge can be read off without an index. */
export type Plan = MapPlan | ListPlan;

/** An object. Each member has an owner, also those that are not there yet; members with an inside are planned further. */
export interface MapPlan {
  readonly kind: 'map';
  readonly members: Map<string, { readonly owner: Owner; readonly value: JsonValue | Plan }>;
}

/**
 * A list, cut into stretches by items that stay where they are. Inserts, removals and moves happen within the stretches of their owner, so
 * their order is never in question: it is the owner's.
 */
export interface ListPlan {
  readonly kind: 'list';
  /** The name of the key, or `undefined` for a list of strings. */
  readonly key: string | undefined;
  readonly stretches: readonly Owner[];
  readonly items: readonly ItemPlan[];
}

/** An item of base. A fixed one ends a stretch and begins the next; a kept one may be moved by its stretch's owner, but not removed. */
export interface ItemPlan {
  readonly identity: string | number;
  readonly role: 'fixed' | 'kept' | 'loose';
  readonly inside: MapPlan | undefined;
}

const owner = (random: Random): Owner => (random.chance(0.5) ? 'local' : 'remote');

/** Names that go wrong elsewhere, next to ordinary ones. */
const NAMES = ['name', 'note', 'price', '0', '1', 'a/b', '~', '', '-', 'constructor', 'toString'] as const;

function planMap(random: Random, key: string, depth: number): MapPlan {
  const members: MapPlan['members'] = new Map();
  for (const name of NAMES) {
    if (random.chance(0.5)) members.set(name, { owner: owner(random), value: random.below(100) });
  }
  if (depth > 0 && random.chance(0.6))
    members.set('children', { owner: 'local', value: planList(random, key, depth - 1, 6) });
  if (random.chance(0.4)) members.set('tags', { owner: 'local', value: planList(random, undefined, 0, 6) });
  if (depth > 0 && random.chance(0.3)) members.set('at', { owner: 'local', value: planMap(random, key, depth - 1) });
  return { kind: 'map', members };
}

let made = 0;

function planList(random: Random, key: string | undefined, depth: number, most: number): ListPlan {
  const numbered = key !== undefined && random.chance(0.5);
  const items: ItemPlan[] = [];
  const density = random.pick([0.15, 0.4, 0.8]);
  for (let count = random.below(most + 1); count > 0; count--) {
    const identity = numbered ? ++made : `i${++made}`;
    const role = random.chance(density) ? 'fixed' : random.chance(0.5) ? 'kept' : 'loose';
    items.push({ identity, role, inside: key === undefined ? undefined : planMap(random, key, depth) });
  }
  const stretches = Array.from({ length: items.filter(({ role }) => role === 'fixed').length + 1 }, () =>
    owner(random),
  );
  return { kind: 'list', key, stretches, items };
}

/** A document of items with ids, lists and maps in them, and a map beside. */
export function planDocument(random: Random, key: string): MapPlan {
  made = 0;
  const items = planList(random, key, 1, random.pick([4, 8, 20]));
  return {
    kind: 'map',
    members: new Map<string, { owner: Owner; value: JsonValue | Plan }>([
      ['items', { owner: 'local', value: items }],
      ['map', { owner: 'local', value: planMap(random, key, 1) }],
      ['title', { owner: owner(random), value: 'title' }],
    ]),
  };
}

export function isPlan(value: JsonValue | Plan): value is Plan {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'map' || value.kind === 'list') &&
    !Array.isArray(value)
  );
}

/** The base document. */
export function baseOf(plan: Plan): JsonValue {
  if (plan.kind === 'map') {
    const entries = [...plan.members].map(([name, { value }]): [string, JsonValue] => [
      name,
      isPlan(value) ? baseOf(value) : value,
    ]);
    return Object.fromEntries(entries);
  }
  return plan.items.map(({ identity, inside }): JsonValue => {
    if (plan.key === undefined || inside === undefined) return identity;
    const item: JsonObject = { [plan.key]: identity };
    return Object.assign(item, baseOf(inside));
  });
}
