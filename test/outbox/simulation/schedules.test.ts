import { afterAll, beforeAll, expect, test } from 'vitest';
import { playSchedule } from './schedule.js';

/** `OUTBOX_SEED=123` plays one schedule and tells its story. Many: `npm run soak -- --outbox`. */
const only = process.env.OUTBOX_SEED;
const SCHEDULES = 100;

const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

if (only === undefined) test('an outbox loses nothing and doubles nothing, whatever dies when', manySchedules, 600_000);
else
  test(`schedule ${only} keeps every promise`, async () => {
    const { wrong, story } = await playSchedule(Number(only));
    console.log(story.join('\n'));
    expect(wrong).toEqual([]);
  });

async function manySchedules(): Promise<void> {
  const broken: string[] = [];
  const sum = { edits: 0, saved: 0, crashes: 0 };
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const { edits, saved, crashes, wrong } = await playSchedule(seed);
    sum.edits += edits;
    sum.saved += saved;
    sum.crashes += crashes;
    if (wrong.length > 0) broken.push(`${seed}: ${wrong.join('; ')}`);
  }
  expect(broken).toEqual([]);
  // A simulation in which nothing is saved, or nothing dies, would hold every promise.
  expect(sum.saved).toBeGreaterThan(sum.edits / 2);
  expect(sum.crashes).toBeGreaterThan(SCHEDULES);
}
