import type { JsonObject, JsonValue, MergeRule, RebaseInput } from '../../../src/core/index.js';
import { apply, counter } from '../../../src/core/index.js';
import { equal, isObject } from '../tools.js';
import type { Random } from './random.js';
import { rulesOf, wishesOf } from './scene-tree.js';
import { copyTree, plantTree, writeTree } from './tree.js';
import type { Hand } from './tree-edit.js';
import { handOn } from './tree-edit.js';
import { anyBothReordered, truthOf, wrongIn } from './tree-truth.js';
import type { Scene } from './verdict.js';

/** A tree with a counter and a few names beside it. */
function documentOf(hand: Hand | undefined, tree: Hand['tree'], aside: JsonObject, otherOrder = false): JsonObject {
  const written = writeTree(hand?.tree ?? tree, otherOrder);
  return { ...(isObject(written) ? written : {}), ...aside };
}

/**
 * A write whose answer was lost: remote has made more of base or of what was written. The documents tell which, unless remote laid hands on
 * the very things, or nothing but a counter was written.
 */
export function doubtScene(random: Random): Scene | undefined {
  const base = plantTree(random, random.pick(['board', 'lanes', 'blocks']), random.pick(['id', 'sku']));
  const aside = { n: 5, o: { a: 'o.a', b: { x: 'o.b.x' } } };
  const local = handOn(copyTree(base), 'L');
  wishesOf(local, random, ['edit', 'carry', 'carry', 'reorder', 'insert', 'remove'], 3);
  const telling = local.patch.length > 0 && !equal(writeTree(base), writeTree(local.tree));
  const counts = random.chance(0.5);
  const renames = random.chance(0.3);
  if (counts) local.patch.push({ op: 'replace', path: '/n', value: 6 });
  if (renames) local.patch.push({ op: 'move', from: '/o/a', path: '/o/c' });
  const landed = random.chance(0.5);
  const remote = handOn(copyTree(landed ? local.tree : base), 'R');
  if (random.chance(0.8)) wishesOf(remote, random, ['edit', 'carry', 'reorder', 'insert', 'remove'], 3);
  const added = random.below(3);
  const written: JsonObject = {
    n: counts && landed ? 6 : 5,
    o: renames && landed ? { c: 'o.a', b: aside.o.b } : aside.o,
  };
  const there: JsonValue = documentOf(remote, base, { ...written, n: Number(written.n) + added }, random.chance(0.3));
  const start = documentOf(undefined, base, aside);
  const merge: Record<string, MergeRule> = { ...rulesOf(base), '/n': counter() };
  const input: RebaseInput = { base: start, patch: local.patch, remote: there, merge, inDoubt: true };
  if (equal(start, there)) return undefined;
  const met = [...local.touched].some((id) => remote.touched.has(id));
  const truth = landed ? undefined : truthOf(base, local, remote);
  const reordered = anyBothReordered(base, local.tree, remote.tree) ? 'both reordered' : undefined;
  const mine = apply(start, local.patch);
  return {
    input,
    must: undefined,
    may: met ? 'remote touched the same' : (truth?.must[0] ?? truth?.may[0] ?? reordered),
    always: (output) => {
      if (met) return undefined;
      if (landed && output.landed === 'no') return 'told as not landed, and it did';
      if (!landed && output.landed === 'yes') return 'told as landed, and it did not';
      if ((telling || renames) && output.landed === 'unknown' && truth?.may.length === 0 && reordered === undefined)
        return 'told as unknown, and the documents tell';
      return undefined;
    },
    wrong: ({ value, landed: told }) => {
      // Told as unknown, nobody sends anything: somebody is asked.
      if (told === 'unknown') return undefined;
      if (landed) return equal(value, there) ? undefined : 'sent again, and it had landed';
      if (truth === undefined || !isObject(value) || !isObject(mine)) return undefined;
      const sum = 5 + added + (counts ? 1 : 0);
      if (value.n !== sum) return `n is ${value.n}, not ${sum}`;
      if (!equal(value.o, mine.o)) return 'o is not as renamed';
      const { n: _n, o: _o, ...tree } = value;
      return wrongIn(truth, base, local.tree, remote.tree, tree);
    },
  };
}
