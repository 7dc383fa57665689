import { describe, expect, test } from 'vitest';
import type { LockContext } from '../../src/contract/resource-options.js';
import { meetLock } from '../../src/engine/lock.js';
import type { Refusal } from '../../src/engine/turn.js';
import { Progress } from '../../src/engine/turn.js';
import type { PolicyChange } from './fake-run.js';
import { bench, runOf, URL_A } from './fake-run.js';

const refusal = (retryAfter?: number): Refusal => ({
  answer: {
    status: 423,
    headers: new Headers(),
    body: undefined,
    sent: { method: 'PUT', url: URL_A, version: '"1"', create: false },
  },
  problem: undefined,
  error: new Error('status 423'),
  retryAfter,
});

async function meet(lock: NonNullable<PolicyChange['lock']>, retryAfter?: number, signal?: AbortSignal) {
  const on = bench({}, { lock });
  const run = runOf(on, signal);
  const progress = new Progress();
  const turn = await meetLock(run, progress, refusal(retryAfter)).finally(() => run.budget.close());
  return { on, progress, turn };
}

describe('a lock is waited for', () => {
  test('with backoff where the server does not say how long', async () => {
    const { turn, progress, on } = await meet({});
    expect(turn).toEqual({ turn: 'resend', pause: { ms: 45, reason: 'lock' } });
    expect(progress).toMatchObject({ uncounted: 1, lockWaited: 45 });
    expect(on.shelf.status).toBe('waiting');
  });

  test('for as long as Retry-After says', async () => {
    const { turn } = await meet({}, 2_000);
    expect(turn).toEqual({ turn: 'resend', pause: { ms: 2_000, reason: 'lock' } });
  });
});

const given: [title: string, lock: NonNullable<PolicyChange['lock']>, retryAfter: number | undefined][] = [
  ['at once where waiting is not allowed', { maxWait: 0 }, 1],
  ['where Retry-After is longer than maxWait', { maxWait: 1_999 }, 2_000],
  ['where Retry-After is longer than maxRetryAfter', {}, 30_001],
];
test.each(given)('it gives up %s', async (_title, lock, retryAfter) => {
  const { turn } = await meet(lock, retryAfter);
  expect(turn).toMatchObject({ turn: 'fail', failure: { kind: 'locked', refusal: { retryAfter } } });
});

test('maxWait counts all the waits of one edit', async () => {
  const on = bench({}, { lock: { maxWait: 3_000 } });
  const run = runOf(on);
  const progress = new Progress();
  await expect(meetLock(run, progress, refusal(2_000))).resolves.toMatchObject({ turn: 'resend' });
  await expect(meetLock(run, progress, refusal(2_000))).resolves.toMatchObject({ turn: 'fail' });
  run.budget.close();
});

describe('the release hook', () => {
  test('is told of the lock, once for each refusal, and the write is sent again', async () => {
    const contexts: LockContext[] = [];
    const { turn } = await meet({ release: (context) => void contexts.push(context) }, 500);
    expect(turn).toMatchObject({ turn: 'resend' });
    expect(contexts).toHaveLength(1);
    expect(contexts[0]).toMatchObject({ url: URL_A, retryAfter: 500, answer: { status: 423 } });
    expect(Object.isFrozen(contexts[0])).toBe(true);
  });

  test('that fails ends in a lock whose cause it is', async () => {
    const cause = new Error('no key');
    const { turn } = await meet({ release: () => Promise.reject(cause) });
    expect(turn).toMatchObject({ turn: 'fail', failure: { kind: 'locked', cause } });
  });

  test('that never ends is ended by the caller', async () => {
    const controller = new AbortController();
    const meeting = meet({ release: () => new Promise<void>(() => {}) }, undefined, controller.signal);
    controller.abort('mine');
    await expect(meeting).rejects.toBe('mine');
  });

  test('that never ends is ended by a client that is closed', async () => {
    const on = bench({}, { lock: { release: () => new Promise<void>(() => {}) } });
    const run = runOf(on);
    const meeting = meetLock(run, new Progress(), refusal());
    const closed = new Error('closed');
    on.closing.abort(closed);
    await expect(meeting).resolves.toMatchObject({ turn: 'fail', failure: { kind: 'locked', cause: closed } });
    run.budget.close();
    expect(on.clock.pending).toBe(0);
  });

  test('that takes longer than hookDeadline is told to stop: the lock is given up, with that as the cause', async () => {
    const on = bench({}, { lock: { release: () => new Promise<void>(() => {}) }, retry: { hookDeadline: 2_000 } });
    const run = runOf(on);
    const meeting = meetLock(run, new Progress(), refusal());
    await on.clock.advance(2_000);
    await expect(meeting).resolves.toMatchObject({
      turn: 'fail',
      failure: { kind: 'locked', cause: { name: 'TimeoutError' } },
    });
    run.budget.close();
    expect(on.clock.pending).toBe(0);
  });

  test('that does not help is not asked for longer than maxWait', async () => {
    const on = bench({}, { lock: { maxWait: 100, release: () => {} } });
    const run = runOf(on);
    const progress = new Progress();
    const turns: string[] = [];
    for (let i = 0; i < 50 && turns.at(-1) !== 'fail'; i += 1) {
      turns.push((await meetLock(run, progress, refusal())).turn);
    }
    run.budget.close();
    expect(turns.at(-1)).toBe('fail');
  });
});
