import { describe, expect, test } from 'vitest';
import { kinds } from './kinds.js';
import { play } from './verdict.js';

/** The long proof: `npm run oracle` (100,000 trials of each). `ORACLE_SEED` begins elsewhere. */
const TRIALS = Number(process.env.ORACLE_TRIALS ?? 500);
const FIRST_SEED = Number(process.env.ORACLE_SEED ?? 1);

describe('what is clean is what both meant, and what is unknowable is asked', () => {
  test.each(kinds)(
    `%s, ${TRIALS} trials from seed ${FIRST_SEED}`,
    (name, ceiling, scene) => {
      const { mistakes, idle, ...tally } = play(FIRST_SEED, TRIALS, scene);
      console.log(
        `${name}: ${Object.entries(tally)
          .map(([kind, count]) => `${count} ${kind}`)
          .join(', ')}`,
      );
      if (process.env.ORACLE_SHOW === 'idle') console.log(idle.slice(0, 8).join('\n'));
      expect(mistakes.slice(0, 5), `${mistakes.length} of ${TRIALS} are wrong`).toEqual([]);
      expect(tally['asked for nothing']).toBeLessThanOrEqual(2 + (ceiling * TRIALS) / 1000);
    },
    3_600_000,
  );
});
