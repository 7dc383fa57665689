import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './invariants.js';
import { runSchedule } from './schedule.js';
import { storyOf } from './story.js';
import { newTally, playInto } from './tally.js';

/** `SIMULATION_SEED=123` plays one schedule and tells its story. Millions: `npm run soak`. */
const only = process.env.SIMULATION_SEED;
const SCHEDULES = 10_000;
const PARTS = 4;

const stackTraceLimit = Error.stackTraceLimit;
beforeAll(() => {
  // Schedules throw errors by the thousand, and nobody looks at their stacks.
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

if (only === undefined) describe('nothing is lost, doubled or left behind, whatever the network does', everySchedule);
else test(`schedule ${only} keeps every promise`, () => tellSchedule(Number(only)));

function everySchedule(): void {
  const size = SCHEDULES / PARTS;
  const parts = Array.from({ length: PARTS }, (_, part) => [part * size + 1, (part + 1) * size] as const);

  test.each(parts)(
    'in schedules %i to %i',
    async (from, to) => {
      const tally = newTally();
      for (let seed = from; seed <= to && tally.broken.length < 5; seed += 1) await playInto(tally, seed);
      expect(tally.broken).toEqual([]);
      const { accepted, failed, 'in-doubt': inDoubt } = tally.outcomes;
      // A simulation in which everything fails would hold every promise.
      expect(accepted).toBeGreaterThan(2 * (failed + inDoubt));
      expect(Object.values(tally.outcomes).every((times) => times > 0)).toBe(true);
    },
    600_000,
  );

  test('and a schedule is played again to the same end', async () => {
    const [first, second] = [await runSchedule(4711), await runSchedule(4711)];
    expect(storyOf(second)).toBe(storyOf(first));
  });
}

async function tellSchedule(seed: number): Promise<void> {
  const report = await runSchedule(seed);
  console.log(storyOf(report));
  expect(violations(report)).toEqual([]);
}
