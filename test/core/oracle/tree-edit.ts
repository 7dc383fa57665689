import type { Operation } from 'fast-json-patch';
import type { Patch } from '../../../src/core/index.js';
import type { Random } from './random.js';
import type { Thing, Tree } from './tree.js';
import { insideOf, levelOf, makeThing, placeOf, writeThing } from './tree.js';

/** One side at work: what it has made of the things, as operations and as intents. */
export interface Hand {
  readonly mark: string;
  readonly tree: Tree;
  readonly patch: Patch;
  /** Things that were taken out by name, not with what held them. */
  readonly removed: Set<string>;
  readonly moved: Set<string>;
  /** Everything it laid hands on, and the holders of the lists in which it moved something. */
  readonly touched: Set<string>;
  made: number;
}

export function handOn(tree: Tree, mark: string): Hand {
  return { mark, tree, patch: [], removed: new Set(), moved: new Set(), touched: new Set(), made: 0 };
}

/** What a side may wish for. */
export type Wish = 'edit' | 'insert' | 'remove' | 'carry' | 'reorder' | 'empty';

function pickThing(hand: Hand, random: Random, least: number): Thing | undefined {
  const all = [...hand.tree.things.values()].filter((thing) => levelOf(thing) >= least);
  return all[random.below(all.length)];
}

/** Does what is wished, where that can be. */
export function grant(hand: Hand, random: Random, wish: Wish): void {
  const lanes = hand.tree.style === 'lanes';
  const thing = pickThing(hand, random, lanes ? 2 : 1);
  if (thing === undefined) return;
  if (wish === 'edit') edit(hand, random, thing);
  else if (wish === 'insert') insert(hand, random);
  else if (wish === 'remove') remove(hand, thing);
  else if (wish === 'reorder') move(hand, thing, thing.holder, random.below(thing.holder?.kids?.length ?? 0));
  else if (wish === 'carry') carry(hand, random, thing);
  else if (wish === 'empty') empty(hand, random);
}

function tell(hand: Hand, operation: Operation): void {
  hand.patch.push(operation);
}

function edit(hand: Hand, random: Random, thing: Thing): void {
  const names = [...thing.fields.keys()];
  const name = names[random.below(names.length)];
  if (name === undefined) return;
  const path = `${placeOf(hand.tree, thing)}/${name}`;
  const value = `${hand.mark}${hand.made++}`;
  thing.fields.set(name, value);
  hand.touched.add(thing.id);
  tell(hand, { op: 'replace', path, value });
}

function insert(hand: Hand, random: Random): void {
  const holders = [...hand.tree.things.values()].filter(
    ({ kids, holder }) => kids !== undefined && (hand.tree.style !== 'lanes' || holder !== undefined),
  );
  const holder = holders[random.below(holders.length)];
  if (holder?.kids === undefined) return;
  const id = `${hand.mark}${hand.made++}`;
  const thing = makeThing(hand.tree, id, levelOf(holder) + 1, [
    ['t', `${id}.t`],
    ['v', `${id}.v`],
    ['w', `${id}.w`],
  ]);
  const at = random.below(holder.kids.length + 1);
  tell(hand, { op: 'add', path: `${insideOf(hand.tree, holder)}/${at}`, value: writeThing(hand.tree, thing) });
  holder.kids.splice(at, 0, thing);
  thing.holder = holder;
  hand.touched.add(id).add(holder.id);
}

function remove(hand: Hand, thing: Thing): void {
  tell(hand, { op: 'remove', path: placeOf(hand.tree, thing) });
  hand.removed.add(thing.id);
  if (thing.holder !== undefined) hand.touched.add(thing.holder.id);
  thing.holder?.kids?.splice(thing.holder.kids.indexOf(thing), 1);
  const forget = (one: Thing): void => {
    hand.tree.things.delete(one.id);
    hand.touched.add(one.id);
    one.kids?.forEach(forget);
  };
  forget(thing);
}

function move(hand: Hand, thing: Thing, target: Thing | undefined, at: number): void {
  const { holder } = thing;
  if (target?.kids === undefined || holder?.kids === undefined) return;
  const from = placeOf(hand.tree, thing);
  if (holder === target && holder.kids.indexOf(thing) === at) return;
  // The pointer to the target is one of the moment after the thing is taken out.
  holder.kids.splice(holder.kids.indexOf(thing), 1);
  const path = `${insideOf(hand.tree, target)}/${at}`;
  target.kids.splice(at, 0, thing);
  thing.holder = target;
  hand.moved.add(thing.id);
  for (const id of [thing.id, holder.id, target.id]) hand.touched.add(id);
  tell(hand, { op: 'move', from, path });
}

/** To another list of the same level. */
function carry(hand: Hand, random: Random, thing: Thing): void {
  const level = levelOf(thing);
  const targets = [...hand.tree.things.values()].filter(
    (one) => one.kids !== undefined && one !== thing.holder && levelOf(one) === level - 1,
  );
  const target = targets[random.below(targets.length)];
  if (target?.kids !== undefined) move(hand, thing, target, random.below(target.kids.length + 1));
}

/** Carries out all, or nearly all, that a thing holds, and removes it. */
function empty(hand: Hand, random: Random): void {
  const holders = [...hand.tree.things.values()].filter(
    ({ kids, holder }) => kids !== undefined && holder !== undefined,
  );
  const holder = holders[random.below(holders.length)];
  if (holder === undefined) return;
  for (const kid of [...(holder.kids ?? [])]) if (!random.chance(0.1)) carry(hand, random, kid);
  if (hand.tree.style !== 'lanes' || holder.kids?.length === 0) remove(hand, holder);
}
