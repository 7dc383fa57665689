import { preload } from 'unconflict';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { runDoors } from './schedule.js';

/** `DOORS_SEED=123` plays one schedule and tells what became of each token; `DOORS=6000` plays as many. */
const only = process.env.DOORS_SEED;
const SCHEDULES = Number(process.env.DOORS ?? 300);
const PARTS = 3;

// Loading takes time that a faked clock does not give.
beforeAll(() => preload());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const SIZE = SCHEDULES / PARTS;
const parts = Array.from({ length: PARTS }, (_, part) => [part * SIZE + 1, (part + 1) * SIZE] as const);
test.each(only === undefined ? parts : [[Number(only), Number(only)] as const])(
  'whatever door they take, writes land once and lose nothing: schedules %i to %i',
  async (from, to) => {
    const broken: string[] = [];
    const ends = { accepted: 0, failed: 0, unknown: 0 };
    for (let seed = from; seed <= to; seed += 1) {
      const report = await runDoors(seed);
      if (only !== undefined) console.log(report.fates);
      for (const { end } of report.fates) ends[end] += 1;
      broken.push(...report.broken.map((what) => `DOORS_SEED=${seed} # ${what}`));
    }
    expect(broken).toEqual([]);
    // Where everything fails, nothing can be lost.
    expect(ends.accepted).toBeGreaterThan(3 * (ends.failed + ends.unknown));
  },
  300_000,
);
