import { expect, test } from 'vitest';
import type { JsonValue, Patch, RebaseOutput, Resolution } from '../../../src/core/index.js';
import { apply, rebase } from '../../../src/core/index.js';
import { randomFrom } from '../oracle/random.js';
import { editsIn, movesIn, tokenDocument, tokensIn } from '../oracle/tokens.js';
import { equal, valueAt } from '../tools.js';

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

test(`what waited for a move is made or asked of, whatever the move was answered, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  let asked = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const random = randomFrom(seed);
    const base = tokenDocument({ random, mark: 'base', made: 0 }, 3);
    const here = { random, mark: 'local', made: 0 };
    const moves = movesIn(base, here, 1 + random.below(2));
    const around = moves[0]?.op === 'move' ? moves[0].from.replace(/\/[^/]*$/, '') : '';
    const isThere = valueAt(apply(base, moves), around) !== undefined;
    if (around === '' || !isThere) continue;
    const over: Patch = random.chance(0.3)
      ? [{ op: 'remove', path: around }]
      : [{ op: 'replace', path: around, value: tokenDocument(here, 1) }];
    const patch = [...moves, ...over];
    const remote = apply(base, editsIn(base, { random, mark: 'remote', made: 0 }, 1 + random.below(3)));
    const call = `LAW_SEED=${seed} LAW_RUNS=1: ${JSON.stringify({ base, patch, remote })}`;
    const [ofLocal, ofRemote] = [apply(base, patch), remote].map(tokensIn).map((tokens) => new Set(tokens));
    if (ofLocal === undefined || ofRemote === undefined) continue;
    for (const answer of ['local', 'remote'] as const) {
      const { value, resolved, rounds } = answeredBy(answer, { base, patch, remote });
      if (rounds > 1) asked++;
      const merged = tokensIn(value);
      const kept = new Set(merged);
      expect(merged.length, `doubled by '${answer}': ${call}`).toBe(kept.size);
      const shown = (side: 'local' | 'remote'): Set<string> =>
        new Set(resolved.flatMap(({ [side]: one }) => (one.present ? tokensIn(one.value) : [])));
      const [mine, theirs] = [shown('local'), shown('remote')];
      const lost = [
        ...[...ofLocal].filter((token) => token.startsWith('local') && !mine.has(token)),
        ...[...ofRemote].filter((token) => (ofLocal.has(token) || token.startsWith('remote')) && !theirs.has(token)),
      ];
      expect(
        lost.filter((token) => !kept.has(token)),
        `lost by '${answer}', and no conflict showed it: ${call}`,
      ).toEqual([]);
    }
  }
  expect(asked).toBeGreaterThan(RUNS / 100 - 1);
});

/** The same answer to all that is asked, until nothing is. */
function answeredBy(
  answer: 'local' | 'remote',
  input: { readonly base: JsonValue; readonly patch: Patch; readonly remote: JsonValue },
): RebaseOutput & { readonly rounds: number } {
  const resolutions: Record<string, Resolution> = {};
  for (let rounds = 0; rounds < 9; rounds++) {
    const output = rebase({ ...input, resolutions });
    if (output.conflicts.length === 0) return { ...output, rounds };
    for (const { basePath } of output.conflicts) resolutions[basePath] = answer;
  }
  throw new Error(`asked for ever: ${JSON.stringify(input)}`);
}
