import type { Operation } from 'fast-json-patch';
import type { JsonObject, JsonValue, Patch } from '../../../src/core/index.js';
import { apply } from '../../../src/core/index.js';
import { hasOwn, isObject, pointerOf } from '../tools.js';
import { identitiesOf, identityIn } from './merge.js';
import type { ListPlan, MapPlan, Owner } from './plan.js';
import { isPlan } from './plan.js';
import type { Random } from './random.js';

/** An edit in the making: the document of the moment, and the operations that led there. */
interface Draft {
  readonly owner: Owner;
  readonly random: Random;
  readonly patch: Patch;
  document: JsonValue;
  fresh: number;
}

/** What one side does: operations in index coordinates of the moment, and the document they lead to. */
export interface Edit {
  readonly patch: Patch;
  readonly document: JsonValue;
}

/** A random edit by one owner, which touches nothing of the other's. */
export function editBy(owner: Owner, plan: MapPlan, base: JsonValue, random: Random, wishes: number): Edit {
  const draft: Draft = { owner, random, patch: [], document: base, fresh: 0 };
  for (let wish = 0; wish < wishes; wish++) editMap(draft, plan, draft.document, []);
  return { patch: draft.patch, document: draft.document };
}

function make(draft: Draft, operation: Operation): void {
  draft.document = apply(draft.document, [operation]);
  draft.patch.push(operation);
}

function editMap(draft: Draft, plan: MapPlan, here: JsonValue, path: readonly (string | number)[]): void {
  if (!isObject(here)) return;
  const names = [...plan.members.keys()];
  const name = names[draft.random.below(names.length)];
  const member = name === undefined ? undefined : plan.members.get(name);
  if (name === undefined || member === undefined) return;
  const inner = [...path, name];
  const there = hasOwn(here, name) ? here[name] : undefined;
  if (isPlan(member.value)) {
    if (there === undefined) return;
    if (member.value.kind === 'map') editMap(draft, member.value, there, inner);
    else if (Array.isArray(there)) editList(draft, member.value, there, inner);
    return;
  }
  if (member.owner !== draft.owner) return;
  const pointer = pointerOf(inner);
  if (there !== undefined && draft.random.chance(0.3)) make(draft, { op: 'remove', path: pointer });
  else make(draft, { op: there === undefined ? 'add' : 'replace', path: pointer, value: newValue(draft) });
}

function newValue({ owner, random }: Draft): JsonValue {
  const text = `${owner} ${random.below(100)}`;
  return random.pick<JsonValue>([text, text, null, [text, 1], { x: text }, { id: random.below(3) }]);
}

/** Where the owner's stretches are in the list of the moment: from behind one fixed item to before the next. */
function stretchesOf(plan: ListPlan, list: readonly JsonValue[], owner: Owner): { from: number; to: number }[] {
  const fixed = identitiesOf(plan, 'fixed');
  const found: { from: number; to: number }[] = [];
  let from = 0;
  let at = 0;
  for (let to = 0; to <= list.length; to++) {
    if (to < list.length && !fixed.has(identityIn(plan, list[to]))) continue;
    if (plan.stretches[at++] === owner) found.push({ from, to });
    from = to + 1;
  }
  return found;
}

function editList(draft: Draft, plan: ListPlan, list: readonly JsonValue[], path: readonly (string | number)[]): void {
  const { random, owner } = draft;
  if (plan.key !== undefined && list.length > 0 && random.chance(0.4)) {
    const at = random.below(list.length);
    const inside = plan.items.find(({ identity }) => identity === identityIn(plan, list[at]))?.inside;
    const item = list[at];
    if (inside !== undefined && item !== undefined && mayEnter(plan, list, at, owner))
      editMap(draft, inside, item, [...path, at]);
    return;
  }
  const stretches = stretchesOf(plan, list, owner);
  const stretch = stretches[random.below(stretches.length)];
  if (stretch === undefined) return;
  const size = stretch.to - stretch.from;
  const at = stretch.from + random.below(size);
  const kind = random.below(plan.key === undefined ? 2 : 3);
  if (kind === 0 || size === 0) {
    const place = stretch.from + random.below(size + 1);
    const end = place === list.length && random.chance(0.5);
    make(draft, { op: 'add', path: pointerOf([...path, end ? '-' : place]), value: newItem(draft, plan) });
  } else if (kind === 1) {
    if (!identitiesOf(plan, 'kept').has(identityIn(plan, list[at])))
      make(draft, { op: 'remove', path: pointerOf([...path, at]) });
  } else {
    const goal = stretches[random.below(stretches.length)] ?? stretch;
    // Indices of the moment after the item is taken out.
    const [from, to] =
      goal.from > at ? [goal.from - 1, goal.to - 1] : goal.to > at ? [goal.from, goal.to - 1] : [goal.from, goal.to];
    const place = from + random.below(to - from + 1);
    if (place !== at) make(draft, { op: 'move', from: pointerOf([...path, at]), path: pointerOf([...path, place]) });
  }
}

/** An item that stays is edited inside by both, each its own members; one that may be removed only by who may remove it. */
function mayEnter(plan: ListPlan, list: readonly JsonValue[], at: number, owner: Owner): boolean {
  const item = plan.items.find(({ identity }) => identity === identityIn(plan, list[at]));
  return (
    (item !== undefined && item.role !== 'loose') ||
    stretchesOf(plan, list, owner).some(({ from, to }) => from <= at && at < to)
  );
}

function newItem(draft: Draft, plan: ListPlan): JsonValue {
  const identity = `${draft.owner[0]}${draft.fresh++}`;
  if (plan.key === undefined) return identity;
  const item: JsonObject = { [plan.key]: identity };
  if (draft.random.chance(0.5)) item.name = draft.random.below(100);
  if (draft.random.chance(0.2)) item.children = [];
  return item;
}
