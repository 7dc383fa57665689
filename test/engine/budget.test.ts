import { describe, expect, test } from 'vitest';
import { Budget, DeadlineReached } from '../../src/engine/budget.js';
import type { RetryPolicy } from '../../src/engine/policy.js';
import { fakeClock } from './fake-clock.js';

const policy: RetryPolicy = {
  attempts: 3,
  attemptsWhileMoving: 3,
  minDelay: 10,
  maxDelay: 100,
  deadline: 1_000,
  maxRetryAfter: 1_000,
  hookDeadline: Number.POSITIVE_INFINITY,
};

describe('time', () => {
  test('runs from the start', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock);
    await clock.advance(400);
    expect(budget.left).toBe(600);
    budget.close();
  });

  test('is up at the deadline: the signal says so', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock);
    await clock.advance(1_000);
    expect(budget.signal.reason).toBeInstanceOf(DeadlineReached);
    budget.close();
  });

  test('without a deadline it is never up, and there is no timer', () => {
    const clock = fakeClock();
    const budget = new Budget({ ...policy, deadline: Number.POSITIVE_INFINITY }, clock);
    expect(clock.pending).toBe(0);
    budget.close();
  });

  test('a wait ends when its time is over', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock);
    const waiting = budget.wait(300);
    await clock.advance(300);
    await waiting;
    expect(budget.left).toBe(700);
    budget.close();
    expect(clock.pending).toBe(0);
  });

  test('a wait that would outlast the deadline is not begun: time is up now', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock);
    await expect(budget.wait(1_000)).rejects.toBeInstanceOf(DeadlineReached);
    expect(budget.signal.aborted).toBe(true);
    expect(clock.now()).toBe(fakeClock().now());
    budget.close();
    expect(clock.pending).toBe(0);
  });

  test('a wait of nothing is over at once', async () => {
    const budget = new Budget(policy, fakeClock());
    await budget.wait(0);
    budget.close();
  });
});

describe('attempts', () => {
  test('are used up when as many were made as allowed', () => {
    const budget = new Budget(policy, fakeClock());
    budget.attempts = 2;
    expect(budget.exhausted).toBe(false);
    budget.attempts = 3;
    expect(budget.exhausted).toBe(true);
    budget.close();
  });

  test('do not count where they met a lock, nor while the version keeps moving', () => {
    const budget = new Budget({ ...policy, attemptsWhileMoving: 9 }, fakeClock());
    budget.attempts = 5;
    budget.uncounted = 1;
    budget.moved = 2;
    expect(budget.exhausted).toBe(false);
    budget.attempts = 6;
    expect(budget.exhausted).toBe(true);
    budget.close();
  });
});

describe('off the clock', () => {
  test('time stands still while somebody else is at work', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock);
    await clock.advance(400);
    let done: (value: string) => void = () => {};
    const working = budget.offTheClock(() => new Promise<string>((resolve) => (done = resolve)));
    await clock.advance(60_000);
    expect(budget.signal.aborted).toBe(false);
    done('answer');
    await expect(working).resolves.toBe('answer');
    expect(budget.left).toBe(600);
    await clock.advance(600);
    expect(budget.signal.reason).toBeInstanceOf(DeadlineReached);
    budget.close();
  });

  test('time runs on when the work fails', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock);
    await expect(budget.offTheClock(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(clock.pending).toBe(1);
    budget.close();
    expect(clock.pending).toBe(0);
  });
});

describe('who aborts it', () => {
  test('ends waits with a reason of their own', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock);
    const waiting = budget.wait(500);
    budget.abort('mine');
    await expect(waiting).rejects.toBe('mine');
    expect(budget.signal.reason).toBe('mine');
    budget.close();
    expect(clock.pending).toBe(0);
  });

  test('ends work that does not listen', async () => {
    const budget = new Budget(policy, fakeClock());
    const working = budget.until(new Promise(() => {}));
    budget.abort('mine');
    await expect(working).rejects.toBe('mine');
    budget.close();
  });
});

test('what an earlier batch has used of it is gone', () => {
  const spent = { attempts: 2, failures: 1, moved: 1, uncounted: 0, lockWaited: 5, left: 300 };
  const budget = new Budget(policy, fakeClock(), spent);
  expect(budget.spent).toEqual(spent);
  expect(budget.exhausted).toBe(false);
  budget.attempts = 3;
  expect(budget.exhausted).toBe(true);
  budget.close();
});
