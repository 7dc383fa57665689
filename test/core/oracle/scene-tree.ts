import type { MergeRule, RebaseInput, Resolution } from '../../../src/core/index.js';
import { apply, list, rebase } from '../../../src/core/index.js';
import { equal } from '../tools.js';
import type { Random } from './random.js';
import type { Style, Tree } from './tree.js';
import { copyTree, patternsOf, plantTree, writeTree } from './tree.js';
import type { Hand, Wish } from './tree-edit.js';
import { grant, handOn } from './tree-edit.js';
import { anyBothReordered, truthOf, wrongIn } from './tree-truth.js';
import type { Scene } from './verdict.js';
import { wrongTokens } from './verdict.js';

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

/** Each conflict is answered for one of the sides: all are settled by that, and nothing is there twice. */
export function answeredScene(options: TreeOptions): (random: Random) => Scene {
  const draw = treeScene(options);
  return (random) => {
    const scene = draw(random);
    return {
      ...scene,
      may: 'all are answered',
      always: ({ conflicts }) => {
        const answers = conflicts.map(({ basePath }) => [
          basePath,
          random.pick<Resolution>(['local', 'local', 'remote']),
        ]);
        const input = { ...scene.input, resolutions: Object.fromEntries(answers) };
        const settled = rebase(input);
        const told = (what: string): string =>
          `${what} by ${JSON.stringify(input.resolutions)}: ${JSON.stringify(settled)}`;
        if (settled.conflicts.length > 0) return told('left open');
        if (!equal(apply(input.remote, settled.patch), settled.value)) return told('the patch does not give the value');
        const wrong = wrongTokens(input, settled);
        return wrong?.startsWith('doubled') === true ? told(wrong) : undefined;
      },
    };
  };
}
