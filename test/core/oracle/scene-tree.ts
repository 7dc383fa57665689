import type { MergeRule, RebaseInput } from '../../../src/core/index.js';
import { list } from '../../../src/core/index.js';
import type { Random } from './random.js';
import type { Style, Tree } from './tree.js';
import { copyTree, patternsOf, plantTree, writeTree } from './tree.js';
import type { Hand, Wish } from './tree-edit.js';
import { grant, handOn } from './tree-edit.js';
import { anyBothReordered, truthOf, wrongIn } from './tree-truth.js';
import type { Scene } from './verdict.js';

export interface TreeOptions {
  readonly styles: readonly [Style, ...Style[]];
  readonly local: readonly [Wish, ...Wish[]];
  readonly remote: readonly [Wish, ...Wish[]];
}

export function wishesOf(hand: Hand, random: Random, wishes: readonly [Wish, ...Wish[]], most: number): void {
  for (let count = 1 + random.below(most); count > 0; count--) grant(hand, random, random.pick(wishes));
}

export function rulesOf(tree: Tree): Record<string, MergeRule> | undefined {
  if (tree.key === 'id') return undefined;
  return Object.fromEntries(patternsOf(tree.style).map((path) => [path, list({ key: tree.key })]));
}

/** Two hands on a board, on lanes or on blocks, with keys inferred or declared, in doubt or not. */
export function treeScene(options: TreeOptions): (random: Random) => Scene {
  return (random) => {
    const style = random.pick(options.styles);
    const base = plantTree(random, style, random.pick(['id', 'sku']));
    const most = random.pick([1, 2, 4]);
    const local = handOn(copyTree(base), 'L');
    wishesOf(local, random, options.local, most);
    const remote = handOn(copyTree(base), 'R');
    wishesOf(remote, random, options.remote, most);
    const truth = truthOf(base, local, remote);
    const merge = rulesOf(base);
    const input: RebaseInput = {
      base: writeTree(base),
      patch: local.patch,
      remote: writeTree(remote.tree, random.chance(0.3)),
      ...(merge === undefined ? {} : { merge }),
    };
    const reordered = anyBothReordered(base, local.tree, remote.tree) ? 'both reordered a list' : undefined;
    return {
      input,
      must: truth.must[0],
      may: truth.may[0] ?? reordered,
      wrong: ({ value }) => wrongIn(truth, base, local.tree, remote.tree, value),
    };
  };
}
