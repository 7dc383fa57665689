import type { JsonObject, JsonValue } from '../../../src/core/index.js';
import { setOwn } from '../tools.js';
import type { Random } from './random.js';

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

/** What a document is made of. */
export interface Shape {
  /** The member that identifies items: `id` is inferred, `sku` has to be declared. */
  readonly key: 'id' | 'sku';
  /** The names of other members. */
  readonly names: readonly string[];
}

/** Names like those of most documents; digits among them, which are no indices here. */
export const PLAIN_NAMES: readonly string[] = ['name', 'note', 'price', 'count', 'state', '0', '1'];

/** The same with names that go wrong elsewhere. */
export const HOSTILE_NAMES: readonly string[] = [
  ...PLAIN_NAMES,
  'a/b',
  '~',
  '',
  '-',
  'constructor',
  'toString',
  '__proto__',
];

function planMap(random: Random, shape: Shape, depth: number): MapPlan {
  const members: MapPlan['members'] = new Map();
  for (const name of shape.names) {
    if (random.chance(0.5)) members.set(name, { owner: owner(random), value: random.below(100) });
  }
  if (depth > 0 && random.chance(0.6))
    members.set('children', { owner: 'local', value: planList(random, shape, shape.key, depth - 1, 6) });
  if (random.chance(0.4)) members.set('tags', { owner: 'local', value: planList(random, shape, undefined, 0, 6) });
  if (depth > 0 && random.chance(0.3)) members.set('at', { owner: 'local', value: planMap(random, shape, depth - 1) });
  return { kind: 'map', members };
}

let made = 0;

function planList(random: Random, shape: Shape, key: string | undefined, depth: number, most: number): ListPlan {
  const numbered = key !== undefined && random.chance(0.5);
  const items: ItemPlan[] = [];
  const density = random.pick([0.15, 0.4, 0.8]);
  for (let count = random.below(most + 1); count > 0; count--) {
    const identity = numbered ? ++made : `i${++made}`;
    const role = random.chance(density) ? 'fixed' : random.chance(0.5) ? 'kept' : 'loose';
    items.push({ identity, role, inside: key === undefined ? undefined : planMap(random, shape, depth) });
  }
  const stretches = Array.from({ length: items.filter(({ role }) => role === 'fixed').length + 1 }, () =>
    owner(random),
  );
  return { kind: 'list', key, stretches, items };
}

/** A document of items with ids, lists and maps in them, and a map beside. */
export function planDocument(random: Random, shape: Shape): MapPlan {
  made = 0;
  const items = planList(random, shape, shape.key, 1, random.pick([4, 8, 20]));
  return {
    kind: 'map',
    members: new Map<string, { owner: Owner; value: JsonValue | Plan }>([
      ['items', { owner: 'local', value: items }],
      ['map', { owner: 'local', value: planMap(random, shape, 1) }],
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
export function baseOf(plan: MapPlan): JsonObject {
  const base: JsonObject = {};
  for (const [name, { value }] of plan.members) {
    if (!isPlan(value)) setOwn(base, name, value);
    else setOwn(base, name, value.kind === 'map' ? baseOf(value) : baseList(value));
  }
  return base;
}

function baseList({ key, items }: ListPlan): JsonValue[] {
  return items.map(({ identity, inside }) =>
    key === undefined || inside === undefined ? identity : { [key]: identity, ...baseOf(inside) },
  );
}
