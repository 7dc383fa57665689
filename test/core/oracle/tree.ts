import type { JsonObject, JsonValue } from '../../../src/core/index.js';
import { pointerOf, shuffled } from '../tools.js';
import type { Random } from './random.js';

/** A thing that stays the same thing wherever it goes. What stands in a document is made from it, and never the other way round. */
export interface Thing {
  readonly id: string;
  readonly fields: Map<string, string>;
  /** The list inside, of which the things know their holder. */
  readonly kids: Thing[] | undefined;
  holder: Thing | undefined;
}

/** How things are written down: a board of columns, lanes by name, or blocks three deep. */
export type Style = 'board' | 'lanes' | 'blocks';

/** A document as things; the root holds the columns, lanes or outermost blocks. */
export interface Tree {
  readonly style: Style;
  readonly key: string;
  readonly root: Thing;
  readonly things: Map<string, Thing>;
}

/** What is inside a thing is called otherwise in each style. */
const INSIDE = { board: 'cards', lanes: 'cards', blocks: 'kids' } as const;
const OUTSIDE = { board: 'cols', lanes: 'lanes', blocks: 'blocks' } as const;

const LEVELS = { board: 2, lanes: 2, blocks: 3 } as const;

/** How many holders are around a thing: 1 for a column. */
export function levelOf(thing: Thing): number {
  return thing.holder === undefined ? 0 : 1 + levelOf(thing.holder);
}

export function makeThing(
  tree: Tree,
  id: string,
  level: number,
  fields: readonly (readonly [string, string])[],
): Thing {
  const thing: Thing = {
    id,
    fields: new Map(fields),
    kids: level < LEVELS[tree.style] ? [] : undefined,
    holder: undefined,
  };
  tree.things.set(id, thing);
  return thing;
}

/** A few of everything, all with values of their own. */
export function plantTree(random: Random, style: Style, key: string): Tree {
  const root: Thing = { id: '', fields: new Map(), kids: [], holder: undefined };
  const tree: Tree = { style, key, root, things: new Map([['', root]]) };
  let made = 0;
  const fill = (holder: Thing, level: number): void => {
    if (holder.kids === undefined) return;
    const count = level === 1 ? 2 + random.below(3) : random.below(5);
    for (let at = 0; at < count; at++) {
      const id = `b${made++}`;
      const bare = style === 'lanes' && level === 1;
      const names = bare ? [] : ['t', 'v', 'w'];
      const thing = makeThing(
        tree,
        id,
        level,
        names.map((name) => [name, `${id}.${name}`]),
      );
      thing.holder = holder;
      holder.kids.push(thing);
      fill(thing, level + 1);
    }
  };
  fill(root, 1);
  return tree;
}

/** The same things once more, for a side to work on. */
export function copyTree({ style, key, root }: Tree): Tree {
  const things = new Map<string, Thing>();
  const copy = ({ id, fields, kids }: Thing, holder: Thing | undefined): Thing => {
    const thing: Thing = { id, fields: new Map(fields), kids: kids === undefined ? undefined : [], holder };
    for (const kid of kids ?? []) thing.kids?.push(copy(kid, thing));
    things.set(id, thing);
    return thing;
  };
  return { style, key, root: copy(root, undefined), things };
}

/** The pointer to a thing in the document of the moment. */
export function placeOf(tree: Tree, thing: Thing): string {
  return pointerOf(tokensTo(tree, thing));
}

/** The pointer to the list inside. */
export function insideOf(tree: Tree, thing: Thing): string {
  if (thing.holder === undefined) return pointerOf([OUTSIDE[tree.style]]);
  const tokens = tokensTo(tree, thing);
  return pointerOf(tree.style === 'lanes' ? tokens : [...tokens, INSIDE[tree.style]]);
}

function tokensTo(tree: Tree, thing: Thing): (string | number)[] {
  const { holder } = thing;
  if (holder === undefined) return [];
  const at = holder.kids?.indexOf(thing) ?? -1;
  if (holder.holder === undefined) return [OUTSIDE[tree.style], tree.style === 'lanes' ? thing.id : at];
  const around = tokensTo(tree, holder);
  return tree.style === 'lanes' ? [...around, at] : [...around, INSIDE[tree.style], at];
}

/** What the thing looks like in the document. */
export function writeThing(tree: Tree, { id, fields, kids }: Thing): JsonObject {
  const inside = kids === undefined ? {} : { [INSIDE[tree.style]]: kids.map((kid) => writeThing(tree, kid)) };
  return { [tree.key]: id, ...Object.fromEntries(fields), ...inside };
}

/** The document. */
export function writeTree(tree: Tree, otherOrder = false): JsonValue {
  const { root, style } = tree;
  const list = (thing: Thing): JsonValue => (thing.kids ?? []).map((kid) => writeThing(tree, kid));
  const inside =
    style === 'lanes' ? Object.fromEntries((root.kids ?? []).map((lane) => [lane.id, list(lane)])) : list(root);
  const document = { [OUTSIDE[style]]: inside };
  return otherOrder ? shuffled(document) : document;
}

/** The patterns of the lists, for those whose keys have to be declared. */
export function patternsOf(style: Style): string[] {
  if (style === 'board') return ['/cols', '/cols/*/cards'];
  if (style === 'lanes') return ['/lanes/*'];
  return ['/blocks', '/blocks/*/kids', '/blocks/*/kids/*/kids'];
}
