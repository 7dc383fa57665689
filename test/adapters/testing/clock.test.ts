import { afterEach, expect, test, vi } from 'vitest';
import { createWaits, systemClock } from '../../../src/testing/wire/clock.js';

afterEach(() => {
  vi.useRealTimers();
});

test('fake timers installed later are obeyed', async () => {
  vi.useFakeTimers({ now: 1_000 });
  const waits = createWaits(systemClock);
  const whole = waits.wait(500);
  await vi.advanceTimersByTimeAsync(500);
  expect([await whole, systemClock.now()]).toEqual([true, 1_500]);
});

test('waits that are ended leave no timer', async () => {
  vi.useFakeTimers();
  const waits = createWaits(systemClock);
  const ended = [waits.wait(500), waits.wait(1_000)];
  expect(vi.getTimerCount()).toBe(2);
  waits.end();
  expect([vi.getTimerCount(), ...(await Promise.all(ended))]).toEqual([0, false, false]);
});

test('no time at all is no timer', async () => {
  vi.useFakeTimers();
  expect([await createWaits(systemClock).wait(0), vi.getTimerCount()]).toEqual([true, 0]);
});
