import { expect, test } from 'vitest';
import { violations } from './invariants.js';
import { runSchedule } from './schedule.js';

/** `SIMULATION_SEED=123` replays one schedule; `SIMULATION_COUNT=1000000` soaks. */
const only = process.env.SIMULATION_SEED;
const count = Number(process.env.SIMULATION_COUNT ?? 10_000);
const first = only === undefined ? Number(process.env.SIMULATION_FIRST ?? 1) : Number(only);
const last = only === undefined ? first + count - 1 : first;

test(
  'nothing is lost, doubled or left behind, whatever the network does',
  async () => {
    const broken: string[] = [];
    const kinds = { accepted: 0, failed: 0, 'in-doubt': 0, aborted: 0 };
    for (let seed = first; seed <= last; seed += 1) {
      const report = await runSchedule(seed);
      for (const { kind } of report.outcomes) kinds[kind] += 1;
      const found = violations(report);
      if (found.length > 0) {
        broken.push(
          `SIMULATION_SEED=${seed} npx vitest run --config test/vitest.config.ts test/simulation: ${found.join('; ')}`,
        );
      }
      if (broken.length >= 5) break;
    }
    expect(broken).toEqual([]);
    console.log(`${last - first + 1} schedules: ${JSON.stringify(kinds)}`);
    // A simulation in which everything fails would hold every promise.
    expect(kinds.accepted).toBeGreaterThan(kinds.failed + kinds['in-doubt']);
  },
  24 * 60 * 60 * 1_000,
);
