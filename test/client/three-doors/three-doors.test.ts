import { preload } from 'unconflict';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tokensBy } from './judge.js';
import { KINDS } from './kinds.js';
import { runDoors } from './schedule.js';
import { storyOf } from './story.js';

/**
 * `DOORS_SEED=123` plays one schedule of each kind and tells what became of each token; `DOORS=6000` plays as many of each;
 * `DOORS_KIND=tenants` plays that kind only; `DOORS_FIRST=1001` begins there.
 */
const { DOORS_SEED: only, DOORS = '60', DOORS_KIND, DOORS_FIRST = '1' } = process.env;
const [from, to] =
  only === undefined ? [Number(DOORS_FIRST), Number(DOORS_FIRST) + Number(DOORS) - 1] : [Number(only), Number(only)];

// Loading takes time that a faked clock does not give.
beforeAll(() => preload());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each(KINDS.filter((kind) => DOORS_KIND === undefined || kind === DOORS_KIND))(
  `whatever door they take, writes land once and lose nothing: %s, schedules ${from} to ${to}`,
  async (kind) => {
    const broken: string[] = [];
    const ends = { accepted: 0, failed: 0, unknown: 0 };
    for (let seed = from; seed <= to; seed += 1) {
      const played = await runDoors(kind, seed);
      if (only !== undefined) console.log(storyOf(played));
      for (const { end } of played.fates) ends[end] += 1;
      broken.push(...played.broken.map((what) => `DOORS_KIND='${kind}' DOORS_SEED=${seed} # ${what}`));
    }
    if (DOORS_KIND !== undefined) console.log(kind, ends);
    expect(broken).toEqual([]);
    // Where everything fails, nothing can be lost.
    if (only === undefined) expect(ends.accepted).toBeGreaterThan(2 * (ends.failed + ends.unknown));
  },
  3_600_000,
);

test.each([1155, 51, 112])(
  'what the server sorted and trimmed is no reason to take an own save back, or to ask: schedule %s',
  async (seed) => {
    expect((await runDoors('other forms', seed)).broken).toEqual([]);
  },
);

test('what a person sees of an edit’s own id is no leak of another’s document: schedule 701214', async () => {
  const ids = ['bc7a41f09d2e4c6b8a1f3e5d7c9b0a12', 'af3'.padEnd(32, '0'), 'bf10'.padEnd(32, 'c')];
  for (const id of ids) for (const person of ['a', 'b']) expect(tokensBy(person).test(`edits: ['${id}']`)).toBe(false);
  for (const token of ['bc0t1', 'BC0T1', 'bf3']) expect(tokensBy('b').test(`"log":["start"," ${token} "]`)).toBe(true);
  expect((await runDoors('tenants', 701214)).broken).toEqual([]);
});
