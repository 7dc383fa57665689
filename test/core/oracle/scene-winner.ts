import type { JsonValue, MergeRule, RebaseInput, RebaseOutput, Resolution } from '../../../src/core/index.js';
import { apply, rebase } from '../../../src/core/index.js';
import type { Random } from './random.js';
import type { Mint } from './tokens.js';
import { editsIn, movesIn, tokenDocument, tokensIn } from './tokens.js';
import type { Scene } from './verdict.js';

/**
 * One side wins everywhere, by a rule or by answers, in documents of objects and lists with keys and without. Every value is there once, and
 * of what the winner made nothing is missing.
 */
export function winnerScene(random: Random): Scene {
  const mint = (mark: string): Mint => ({ random, mark, made: 0 });
  const base = tokenDocument(mint('base'), 2 + random.below(2));
  const hand = mint('local');
  const edits = editsIn(base, hand, random.below(3));
  const patch = [...edits, ...movesIn(apply(base, edits), hand, random.below(3))];
  // What remote carried to another place without a key is another thing to everybody, so it only edits.
  const remote = apply(base, editsIn(base, mint('remote'), 1 + random.below(3)));
  const winner = random.pick<'local' | 'remote'>(['local', 'remote']);
  const byRule = random.chance(0.5);
  const merge: Record<string, MergeRule> = byRule ? { '/**': winner } : {};
  const input: RebaseInput = { base, patch, remote, merge };
  return {
    input,
    must: undefined,
    may: 'they meet anywhere',
    wrong: () => undefined,
    always: (output) => {
      const settled = byRule ? output : answered(input, output, winner);
      if (settled.conflicts.length > 0)
        return `${winner} wins, and open: ${settled.conflicts.map(({ kind, path }) => `${kind} ${path}`).join(', ')}`;
      const merged = tokensIn(settled.value);
      const there = new Set(merged);
      if (there.size < merged.length)
        return `${winner} wins, doubled: ${merged.filter((token, at) => merged.indexOf(token) !== at).join(' ')}: ${JSON.stringify(settled.value)}`;
      const made: JsonValue = winner === 'local' ? apply(base, patch) : remote;
      const lost = tokensIn(made).filter((token) => token.startsWith(winner) && !there.has(token));
      return lost.length > 0 ? `${winner} wins, lost: ${lost.join(' ')}: ${JSON.stringify(settled.value)}` : undefined;
    },
  };
}

function answered(input: RebaseInput, { conflicts }: RebaseOutput, answer: Resolution): RebaseOutput {
  return rebase({ ...input, resolutions: Object.fromEntries(conflicts.map(({ basePath }) => [basePath, answer])) });
}
