import { describe, expect, test } from 'vitest';
import type { RebaseInput } from '../../../src/core/index.js';
import { list, rebase } from '../../../src/core/index.js';
import { equal } from '../tools.js';
import type { Trial } from './trial.js';
import { trialOf } from './trial.js';

/** The long proof: `npm run oracle` (100,000 trials). `ORACLE_SEED` begins elsewhere. */
const TRIALS = Number(process.env.ORACLE_TRIALS ?? 2_000);
const FIRST_SEED = Number(process.env.ORACLE_SEED ?? 1);

const ways: [name: string, key: 'id' | 'sku', input: (trial: Trial) => RebaseInput][] = [
  ['keys inferred', 'id', ({ base, local, remote }) => ({ base, patch: local.patch, remote: remote.document })],
  [
    'keys declared',
    'sku',
    ({ base, local, remote }) => ({
      base,
      patch: local.patch,
      remote: remote.document,
      merge: { '/**': list({ key: 'sku' }) },
    }),
  ],
  [
    'the edit given as a value',
    'id',
    ({ base, local, remote }) => ({ base, local: local.document, remote: remote.document }),
  ],
];

/** What is wrong with the rebase of one trial, as a line to find it again. */
function mistake(trial: Trial, input: RebaseInput): string | undefined {
  const { value, conflicts } = rebase(input);
  if (conflicts.length === 0 && equal(value, trial.right)) return undefined;
  const { base, local, remote, right } = trial;
  return `seed ${trial.seed}: ${JSON.stringify({ base, patch: local.patch, remote: remote.document, got: value, right, conflicts })}`;
}

describe('disjoint edits have one right merge, computed by identities', () => {
  test('the trials are not trivial', () => {
    const trials = Array.from({ length: 500 }, (_, at) => trialOf(at, 'id'));
    const both = trials.filter(
      ({ base, local, remote }) => !equal(base, local.document) && !equal(base, remote.document),
    );
    expect(both.length).toBeGreaterThan(300);
    const operations = new Set(trials.flatMap(({ local }) => local.patch.map(({ op }) => op)));
    expect([...operations].sort()).toEqual(['add', 'move', 'remove', 'replace']);
  });

  test.each(ways)(
    `%s: right every time, ${TRIALS} trials from seed ${FIRST_SEED}`,
    (_name, key, input) => {
      const mistakes: string[] = [];
      for (let seed = FIRST_SEED; seed < FIRST_SEED + TRIALS; seed++) {
        const trial = trialOf(seed, key);
        const found = mistake(trial, input(trial));
        if (found !== undefined) mistakes.push(found);
      }
      expect(mistakes.slice(0, 3), `${mistakes.length} of ${TRIALS} are wrong`).toEqual([]);
    },
    3_600_000,
  );
});
