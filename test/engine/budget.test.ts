import { describe, expect, test } from 'vitest';
import { Budget, DeadlineReached } from '../../src/engine/budget.js';
import type { RetryPolicy } from '../../src/engine/policy.js';
import { fakeClock, settle } from './fake-clock.js';

const policy: RetryPolicy = {
  attempts: 3,
  attemptsWhileMoving: 3,
  minDelay: 10,
  maxDelay: 100,
  deadline: 1_000,
  maxRetryAfter: 1_000,
  hookDeadline: Number.POSITIVE_INFINITY,
};
const never = new AbortController().signal;

describe('time', () => {
  test('runs from the start', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock, never);
    await clock.advance(400);
    expect(budget.remaining).toBe(600);
    expect(budget.exhausted).toBe(false);
    budget.close();
  });

  test('is up at the deadline: the signal says so', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock, never);
    await clock.advance(1_000);
    expect(budget.signal.reason).toBeInstanceOf(DeadlineReached);
    expect(budget.exhausted).toBe(true);
    budget.close();
  });

  test('without a deadline it is never up, and there is no timer', () => {
    const clock = fakeClock();
    const budget = new Budget({ ...policy, deadline: Number.POSITIVE_INFINITY }, clock, never);
    expect(clock.pending).toBe(0);
    expect(budget.exhausted).toBe(false);
    budget.close();
  });

  test('a wait ends when its time is over', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock, never);
    const waiting = budget.wait(300);
    await clock.advance(300);
    await waiting;
    expect(budget.remaining).toBe(700);
    budget.close();
    expect(clock.pending).toBe(0);
  });

  test('a wait that would outlast the deadline is not begun: time is up now', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock, never);
    await expect(budget.wait(1_000)).rejects.toBeInstanceOf(DeadlineReached);
    expect(budget.signal.aborted).toBe(true);
    expect(clock.now()).toBe(fakeClock().now());
    budget.close();
    expect(clock.pending).toBe(0);
  });

  test('a wait of nothing is over at once', async () => {
    const budget = new Budget(policy, fakeClock(), never);
    await budget.wait(0);
    budget.close();
  });
});

describe('attempts', () => {
  test('are used up when as many were made as allowed', () => {
    const budget = new Budget(policy, fakeClock(), never);
    budget.attempts = 2;
    expect(budget.exhausted).toBe(false);
    budget.attempts = 3;
    expect(budget.exhausted).toBe(true);
    budget.close();
  });
});

describe('off the clock', () => {
  test('time stands still while somebody else is at work', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock, never);
    await clock.advance(400);
    let done: (value: string) => void = () => {};
    const working = budget.offTheClock(() => new Promise<string>((resolve) => (done = resolve)));
    await clock.advance(60_000);
    expect(budget.signal.aborted).toBe(false);
    done('answer');
    await expect(working).resolves.toBe('answer');
    expect(budget.remaining).toBe(600);
    await clock.advance(600);
    expect(budget.signal.reason).toBeInstanceOf(DeadlineReached);
    budget.close();
  });

  test('time runs on when the work fails', async () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock, never);
    await expect(budget.offTheClock(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(clock.pending).toBe(1);
    budget.close();
    expect(clock.pending).toBe(0);
  });
});

describe('the caller', () => {
  test('who aborts ends waits with his own reason', async () => {
    const clock = fakeClock();
    const caller = new AbortController();
    const budget = new Budget(policy, clock, caller.signal);
    const waiting = budget.wait(500);
    caller.abort('mine');
    await expect(waiting).rejects.toBe('mine');
    expect(budget.signal.reason).toBe('mine');
    budget.close();
    expect(clock.pending).toBe(0);
  });

  test('who aborted before is obeyed from the start', () => {
    const clock = fakeClock();
    const budget = new Budget(policy, clock, AbortSignal.abort('mine'));
    expect(budget.signal.reason).toBe('mine');
    budget.close();
    expect(clock.pending).toBe(0);
  });

  test('is not listened to any more after the end', async () => {
    const caller = new AbortController();
    const budget = new Budget(policy, fakeClock(), caller.signal);
    budget.close();
    caller.abort('late');
    await settle();
    expect(budget.signal.aborted).toBe(false);
  });
});
