import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff } from '../../src/engine/budget.js';
import { fakeClock } from './fake-clock.js';

const range = { minDelay: 25, maxDelay: 2_000 };

const delays: [title: string, failures: number, chance: number, ms: number][] = [
  ['the shortest wait is minDelay', 1, 0, 25],
  ['the first failure draws up to 8 times minDelay', 1, 0.999_999, 200],
  ['the second up to 16 times', 2, 0.999_999, 400],
  ['the fourth up to 64 times', 4, 0.999_999, 1_600],
  ['the fifth is capped at maxDelay', 5, 0.999_999, 2_000],
  ['the thousandth is too', 1_000, 0.999_999, 2_000],
  ['late failures still draw from the whole range', 1_000, 0, 25],
];
test.each(delays)('%s', (_title, failures, chance, ms) => {
  const clock = fakeClock();
  clock.chance = chance;
  expect(backoff(range, failures, clock)).toBe(ms);
});

test('without delays there is no wait', () => {
  expect(backoff({ minDelay: 0, maxDelay: 0 }, 5, fakeClock())).toBe(0);
});

test('a minDelay of 0 waits for nothing, whatever maxDelay is', () => {
  expect(backoff({ minDelay: 0, maxDelay: 2_000 }, 9, fakeClock())).toBe(0);
});

test('a wait is a whole number between minDelay and maxDelay', () => {
  const cases = fc.record({
    minDelay: fc.integer({ min: 0, max: 5_000 }),
    spread: fc.integer({ min: 0, max: 60_000 }),
    failures: fc.integer({ min: 1, max: 10_000 }),
    chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ minDelay, spread, failures, chance }) => {
      const clock = fakeClock();
      clock.chance = chance;
      const ms = backoff({ minDelay, maxDelay: minDelay + spread }, failures, clock);
      expect(Number.isInteger(ms)).toBe(true);
      expect(ms).toBeGreaterThanOrEqual(minDelay);
      expect(ms).toBeLessThanOrEqual(minDelay + spread);
    }),
  );
});
