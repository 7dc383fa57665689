import { describe, expect, test } from 'vitest';
import { settle } from './fake-clock.js';
import { failed, found, missing } from './fake-port.js';
import { bench, outcomeOf } from './fake-run.js';

function reading(reads: NonNullable<Parameters<typeof bench>[0]>['reads'], signal?: AbortSignal) {
  const on = bench({ reads: reads ?? [] });
  return { on, read: () => on.resource.read(on.port, on.clock, signal, true) };
}

test('a read is the state that was found, kept on the shelf', async () => {
  const { on, read } = reading([found('"1"', { a: 1 })]);
  await expect(read()).resolves.toEqual({ value: { a: 1 }, version: '"1"' });
  expect(on.resource.state).toEqual({ value: { a: 1 }, version: '"1"' });
});

test('reads at the same time share one request', async () => {
  const { on, read } = reading([found('"1"', { a: 1 })]);
  const [one, two] = await Promise.all([read(), read()]);
  expect(on.port.reads).toHaveLength(1);
  expect(one).toBe(two);
});

test('what is missing is the error as it came, and the shelf knows that it is gone', async () => {
  const { on, read } = reading([missing]);
  await expect(read()).rejects.toThrow('404');
  expect(on.resource.status).toBe('gone');
});

test('a 404 that was under way before a create of ours landed does not lose what was made', async () => {
  const on = bench({ reads: [() => settle().then(() => missing)] });
  const read = on.resource.read(on.port, on.clock, undefined, true);
  on.resource.keep({ value: 1, version: '"1"' }, true);
  await expect(read).resolves.toMatchObject({ version: '"1"' });
  expect(on.resource).toMatchObject({ status: 'idle', state: { version: '"1"' } });
});

test('what failed is the error as it came, and the state stays', async () => {
  const { on, read } = reading([failed(true)]);
  on.resource.keep({ value: 1, version: '"1"' }, false);
  await expect(read()).rejects.toThrow('the read failed');
  expect(on.resource.state).toMatchObject({ version: '"1"' });
});

describe('a version already left', () => {
  test('is asked for again after a while, and the snapshot is not moved back meanwhile', async () => {
    const { on, read } = reading([found('"1"', 1), found('"2"', 2)]);
    on.resource.keep({ value: 1, version: '"1"' }, false);
    on.resource.keep({ value: 2, version: '"2"' }, true);
    const outcome = outcomeOf(read());
    await on.clock.advance(1_199);
    expect(on.resource.state).toMatchObject({ version: '"2"' });
    await on.clock.advance(1);
    await expect(outcome).resolves.toMatchObject({ version: '"2"' });
  });

  test('by others, that is still shown then has come back for good', async () => {
    const { on, read } = reading([found('"1"', 1)]);
    on.resource.keep({ value: 1, version: '"1"' }, false);
    on.resource.keep({ value: 2, version: '"2"' }, false);
    const outcome = outcomeOf(read());
    await on.clock.advance(2_000);
    await expect(outcome).resolves.toMatchObject({ version: '"1"' });
  });

  test('by an own write does not come back within 10 s of it: replicas lag that far, and nobody’s save is to vanish', async () => {
    const { on, read } = reading(Array.from({ length: 6 }, () => found('"1"', 1)));
    on.resource.keep({ value: 1, version: '"1"' }, false);
    on.resource.keep({ value: 2, version: '"2"' }, true);
    const seen: unknown[] = [];
    for (const waited of [0, 5_000, 5_000]) {
      await on.clock.advance(waited);
      const outcome = outcomeOf(read());
      await on.clock.advance(1_200);
      seen.push((await outcome) === on.resource.state, on.resource.state?.version);
    }
    expect(seen).toEqual([true, '"2"', true, '"2"', true, '"1"']);
  });
});

test("an abort ends a read at once with the caller's reason, and a wait too", async () => {
  const controller = new AbortController();
  const { on, read } = reading([() => new Promise(() => {})], controller.signal);
  const outcome = outcomeOf(read());
  await settle();
  controller.abort('mine');
  await expect(outcome).resolves.toBe('mine');

  const later = new AbortController();
  const waiting = reading([found('"1"', 1)], later.signal);
  waiting.on.resource.keep({ value: 1, version: '"1"' }, false);
  waiting.on.resource.keep({ value: 2, version: '"2"' }, true);
  const second = outcomeOf(waiting.read());
  await settle();
  later.abort('mine too');
  await expect(second).resolves.toBe('mine too');
  expect(waiting.on.clock.pending).toBe(0);
  expect(on.clock.pending).toBe(0);
});
