import { describe, expect, test } from 'vitest';
import type { LockContext } from '../../src/contract/resource-options.js';
import type { Batch } from '../../src/engine/batch.js';
import { waitForLock } from '../../src/engine/conflict/read-answer.js';
import type { Refusal } from '../../src/engine/decision.js';
import type { Bench, PolicyChange } from './fake-run.js';
import { batchOf, bench, editOf, URL_A } from './fake-run.js';

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

function writing(on: Bench): Batch {
  const start = { value: { a: 1 }, version: '"1"' };
  return batchOf(on, [editOf(on, start, { a: 2 })], start);
}

async function meet(lock: NonNullable<PolicyChange['lock']>, retryAfter?: number, signal?: AbortSignal) {
  const on = bench({}, { lock });
  const batch = writing(on);
  signal?.addEventListener('abort', () => batch.budget.abort(signal.reason));
  const turn = await waitForLock(batch, refusal(retryAfter)).finally(() => batch.close());
  return { on, budget: batch.budget, turn };
}

describe('a lock is waited for', () => {
  test('with backoff where the server does not say how long', async () => {
    const { turn, budget, on } = await meet({});
    expect(turn).toEqual({ next: 'send', pause: { ms: 45, reason: 'lock' } });
    expect(budget).toMatchObject({ uncounted: 1, lockWaited: 45 });
    expect(on.resource.status).toBe('waiting');
  });

  test('for as long as Retry-After says', async () => {
    const { turn } = await meet({}, 2_000);
    expect(turn).toEqual({ next: 'send', pause: { ms: 2_000, reason: 'lock' } });
  });
});

const given: [title: string, lock: NonNullable<PolicyChange['lock']>, retryAfter: number | undefined][] = [
  ['at once where waiting is not allowed', { maxWait: 0 }, 1],
  ['where Retry-After is longer than maxWait', { maxWait: 1_999 }, 2_000],
  ['where Retry-After is longer than maxRetryAfter', {}, 30_001],
];
test.each(given)('it gives up %s', async (_title, lock, retryAfter) => {
  const { turn } = await meet(lock, retryAfter);
  expect(turn).toMatchObject({ next: 'fail', failure: { kind: 'locked', refusal: { retryAfter } } });
});

test('maxWait counts all the waits of one edit', async () => {
  const on = bench({}, { lock: { maxWait: 3_000 } });
  const batch = writing(on);
  await expect(waitForLock(batch, refusal(2_000))).resolves.toMatchObject({ next: 'send' });
  await expect(waitForLock(batch, refusal(2_000))).resolves.toMatchObject({ next: 'fail' });
  batch.close();
});

describe('the release hook', () => {
  test('is told of the lock, once for each refusal, and the write is sent again', async () => {
    const contexts: LockContext[] = [];
    const { turn } = await meet({ release: (context) => void contexts.push(context) }, 500);
    expect(turn).toMatchObject({ next: 'send' });
    expect(contexts).toHaveLength(1);
    expect(contexts[0]).toMatchObject({ url: URL_A, retryAfter: 500, answer: { status: 423 } });
    expect(Object.isFrozen(contexts[0])).toBe(true);
  });

  test('that fails ends in a lock whose cause it is', async () => {
    const cause = new Error('no key');
    const { turn } = await meet({ release: () => Promise.reject(cause) });
    expect(turn).toMatchObject({ next: 'fail', failure: { kind: 'locked', cause } });
  });

  test('that never ends is ended by the caller', async () => {
    const controller = new AbortController();
    const meeting = meet({ release: () => new Promise<void>(() => {}) }, undefined, controller.signal);
    controller.abort('mine');
    await expect(meeting).rejects.toBe('mine');
  });

  test('that never ends is ended by a client that is closed', async () => {
    const on = bench({}, { lock: { release: () => new Promise<void>(() => {}) } });
    const batch = writing(on);
    const meeting = waitForLock(batch, refusal());
    const closed = new Error('closed');
    on.closing.abort(closed);
    await expect(meeting).resolves.toMatchObject({ next: 'fail', failure: { kind: 'locked', cause: closed } });
    batch.close();
    expect(on.clock.pending).toBe(0);
  });

  test('that takes longer than hookDeadline is told to stop: the lock is given up, with that as the cause', async () => {
    const on = bench({}, { lock: { release: () => new Promise<void>(() => {}) }, retry: { hookDeadline: 2_000 } });
    const batch = writing(on);
    const meeting = waitForLock(batch, refusal());
    await on.clock.advance(2_000);
    await expect(meeting).resolves.toMatchObject({
      next: 'fail',
      failure: { kind: 'locked', cause: { name: 'TimeoutError' } },
    });
    batch.close();
    expect(on.clock.pending).toBe(0);
  });

  test('that does not help is not asked for longer than maxWait', async () => {
    const on = bench({}, { lock: { maxWait: 100, release: () => {} } });
    const batch = writing(on);
    const turns: string[] = [];
    for (let i = 0; i < 50 && turns.at(-1) !== 'fail'; i += 1) {
      turns.push((await waitForLock(batch, refusal())).next);
    }
    batch.close();
    expect(turns.at(-1)).toBe('fail');
  });
});
