import { expect, test } from 'vitest';
import { apply, rebase } from '../../../src/core/index.js';
import { randomFrom } from '../oracle/random.js';
import { editsIn, movesIn, tokenDocument, tokensIn } from '../oracle/tokens.js';
import { equal } from '../tools.js';

const RUNS = Number(process.env.LAW_RUNS ?? 1_500);
const FIRST_SEED = Number(process.env.LAW_SEED ?? 1);

test(`moves lose nothing and double nothing, whatever the other side did, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  let moved = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const random = randomFrom(seed);
    const base = tokenDocument({ random, mark: 'base', made: 0 });
    const patch = movesIn(base, { random, mark: 'local', made: 0 }, 1 + random.below(4));
    const there = { random, mark: 'remote', made: 0 };
    const edited = apply(base, editsIn(base, there, random.below(4)));
    const remote = apply(edited, movesIn(edited, there, random.below(3)));
    const output = rebase({ base, patch, remote });
    const call = `LAW_SEED=${seed} LAW_RUNS=1: ${JSON.stringify({ base, patch, remote })}`;
    expect(equal(apply(remote, output.patch), output.value), call).toBe(true);
    expect(tokensIn(output.value), call).toEqual(tokensIn(remote));
    if (output.patch.length > 0) moved++;
  }
  expect(moved).toBeGreaterThan(RUNS / 5 - 1);
});

test(`whatever both did, no leaf is doubled, and none that both kept or remote brought is lost, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const random = randomFrom(seed);
    const base = tokenDocument({ random, mark: 'base', made: 0 }, 2);
    const here = { random, mark: 'local', made: 0 };
    const edits = editsIn(base, here, random.below(4));
    const patch = [...edits, ...movesIn(apply(base, edits), here, random.below(3))];
    const there = { random, mark: 'remote', made: 0 };
    const remote = apply(base, editsIn(base, there, 1 + random.below(3)));
    const { value, conflicts } = rebase({ base, patch, remote });
    const call = `LAW_SEED=${seed} LAW_RUNS=1: ${JSON.stringify({ base, patch, remote })}`;
    const [ofLocal, ofRemote, merged] = [apply(base, patch), remote, value]
      .map(tokensIn)
      .map((tokens) => new Set(tokens));
    if (ofLocal === undefined || ofRemote === undefined || merged === undefined) continue;
    expect(tokensIn(value).length, `doubled: ${call}`).toBe(merged.size);
    const ours = (token: string): boolean => token.startsWith('local');
    const kept = [...ofRemote].filter((token) => ofLocal.has(token) || token.startsWith('remote'));
    expect(
      kept.filter((token) => !merged.has(token)),
      `lost: ${call}`,
    ).toEqual([]);
    if (conflicts.length > 0) continue;
    expect(
      [...ofLocal].filter((token) => ours(token) && !merged.has(token)),
      `lost ours: ${call}`,
    ).toEqual([]);
  }
});
