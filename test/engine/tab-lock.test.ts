import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/core/json.js';
import type { TabLocks } from '../../src/engine/queue/tab-lock.js';
import { TabLock } from '../../src/engine/queue/tab-lock.js';
import { fakeClock, settle } from './fake-clock.js';
import { fakeLocks } from './fake-locks.js';
import { accepted, answered, found, never, unknown } from './fake-port.js';
import { type Bench, bench, outcomeOf, URL_A } from './fake-run.js';

const v1 = { value: { a: 1, b: 1 }, version: '"1"' };
const NAME = `unconflict:${URL_A}`;

/** Another tab that holds the lock until it is told to let go. */
async function otherTab(locks: ReturnType<typeof fakeLocks>): Promise<() => void> {
  let letGo: () => void = () => {};
  void locks.request(NAME, { signal: new AbortController().signal }, () => new Promise<void>((done) => (letGo = done)));
  await settle();
  return letGo;
}

/** A lane that knows the first state. */
function tab(
  locks: ReturnType<typeof fakeLocks> | undefined,
  script: Parameters<typeof bench>[0],
  change: Parameters<typeof bench>[1] = {},
): Bench {
  const on = bench(script, change, locks);
  on.resource.keep(v1, false);
  return on;
}

const editA = (on: Bench, signal?: AbortSignal, local: JsonValue = { a: 2, b: 1 }) => on.submit(v1, local, { signal });

describe('the lock of a resource', () => {
  test('is held while a write is on its way, and let go when the edit has ended', async () => {
    const locks = fakeLocks();
    const held: string[][] = [];
    const on = tab(locks, {
      writes: [
        () => {
          held.push([...locks.held]);
          return accepted('"2"');
        },
      ],
    });
    await editA(on);
    expect(held).toEqual([[NAME]]);
    await settle();
    expect(locks.held).toEqual([]);
    expect(on.clock.pending).toBe(0);
  });

  test('lets two tabs write one after the other', async () => {
    const locks = fakeLocks();
    const order: string[] = [];
    const slow = (name: string) => async () => {
      order.push(`${name} begins`);
      await settle();
      order.push(`${name} ends`);
      return accepted('"2"');
    };
    const tabs = ['one', 'two', 'three'].map((name) => tab(locks, { writes: [slow(name)] }));
    await Promise.all(tabs.map((on) => editA(on)));
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
  });

  test('is kept through a refusal, its backoff and the write after it', async () => {
    const locks = fakeLocks();
    const on = tab(locks, { writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 1, b: 2 })] });
    const edit = editA(on);
    await settle();
    expect(locks.held).toEqual([NAME]);
    const other = await otherTab(locks);
    await on.clock.advance(1_000);
    await expect(edit).resolves.toMatchObject({ attempts: 2, value: { a: 2, b: 2 } });
    expect(locks.asked).toBe(2);
    other();
  });

  test('is not asked for where nothing is to be sent', async () => {
    const locks = fakeLocks();
    await editA(tab(locks, {}), undefined, v1.value);
    expect(locks.asked).toBe(0);
  });

  test('is held by a delete too, and let go after it', async () => {
    const locks = fakeLocks();
    const on = tab(locks, {
      writes: [
        () => {
          expect(locks.held).toEqual([NAME]);
          return accepted(undefined, undefined, 204);
        },
      ],
    });
    const { port, policy } = on;
    const removing = on.delete({
      id: 'x',
      base: v1,
      onStale: 'error',
      port,
      policy,
      signal: undefined,
      emit: () => {},
    });
    await expect(removing).resolves.toMatchObject({ version: undefined });
    await settle();
    expect(locks.held).toEqual([]);
  });
});

describe('who waits for another tab', () => {
  test('goes on without the lock after five seconds: a tab that hangs blocks nobody', async () => {
    const locks = fakeLocks();
    await otherTab(locks);
    const on = tab(locks, { writes: [accepted('"2"')] });
    const edit = editA(on);
    await on.clock.advance(4_999);
    expect(on.port.writes).toHaveLength(0);
    await on.clock.advance(1);
    await expect(edit).resolves.toMatchObject({ version: '"2"' });
    expect(locks.waiting).toBe(0);
    expect(on.clock.pending).toBe(0);
  });

  test('leaves at once when its caller aborts, with the reason, and nothing is sent', async () => {
    const locks = fakeLocks();
    await otherTab(locks);
    const on = tab(locks, {});
    const controller = new AbortController();
    const edit = outcomeOf(editA(on, controller.signal));
    await settle();
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(edit).resolves.toBe(reason);
    await settle();
    expect(locks.waiting).toBe(0);
    expect(on.clock.pending).toBe(0);
  });

  test('is ended by its deadline', async () => {
    const locks = fakeLocks();
    await otherTab(locks);
    const on = tab(locks, {}, { retry: { deadline: 1_000 } });
    const edit = outcomeOf(editA(on));
    await on.clock.advance(1_000);
    await expect(edit).resolves.toMatchObject({ code: 'ERR_RETRY_LIMIT', attempts: 0 });
    expect(locks.waiting).toBe(0);
  });

  test('takes those along that came meanwhile only if their callers are still there', async () => {
    const locks = fakeLocks();
    const letGo = await otherTab(locks);
    const on = tab(locks, { writes: [accepted('"2"')] });
    const controller = new AbortController();
    const left = outcomeOf(editA(on, controller.signal));
    const stays = on.submit({ value: { a: 2, b: 1 }, version: undefined }, { a: 2, b: 2 });
    await settle();
    controller.abort('gone');
    letGo();
    await expect(stays).resolves.toMatchObject({ value: { a: 1, b: 2 } });
    await expect(left).resolves.toBe('gone');
    expect(on.port.writes).toHaveLength(1);
  });
});

describe('while somebody or something else takes its time, other tabs may write:', () => {
  test('a resolver', async () => {
    const locks = fakeLocks();
    let answer: (value: 'local') => void = () => {};
    const on = tab(
      locks,
      { writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 9, b: 1 })] },
      { resolve: () => new Promise((resolve) => (answer = resolve)) },
    );
    const edit = editA(on);
    await on.clock.advance(100);
    expect(locks.held).toEqual([]);
    answer('local');
    await edit;
    expect(locks.asked).toBe(2);
  });

  test('a lock of the server, and the hook that may release it', async () => {
    const locks = fakeLocks();
    const held: number[] = [];
    const on = tab(
      locks,
      { writes: [answered(423), accepted('"2"')] },
      {
        lock: {
          release: async () => {
            await settle();
            held.push(locks.held.length);
          },
        },
      },
    );
    const edit = editA(on);
    await settle();
    held.push(locks.held.length);
    await on.clock.advance(1_000);
    await edit;
    expect(held).toEqual([0, 0]);
    expect(locks.asked).toBe(2);
  });

  test('a Retry-After', async () => {
    const locks = fakeLocks();
    const on = tab(locks, { writes: [answered(429, { retryAfter: 5_000 }), accepted('"2"')] });
    const edit = editA(on);
    await settle();
    expect(locks.held).toEqual([]);
    await on.clock.advance(5_000);
    await edit;
  });
});

test('an edit whose caller leaves while its company waits for a lock of the server is not sent with it', async () => {
  const on = tab(undefined, { writes: [answered(423), accepted('"2"')] });
  const controller = new AbortController();
  const left = outcomeOf(editA(on, controller.signal));
  const stays = on.submit({ value: { a: 2, b: 1 }, version: undefined }, { a: 2, b: 2 });
  await settle();
  controller.abort('gone');
  await on.clock.advance(10_000);
  await expect(left).resolves.toBe('gone');
  await expect(stays).resolves.toMatchObject({ value: { a: 1, b: 2 } });
  expect(on.port.writes.map((write) => 'local' in write && write.local)).toEqual([
    { a: 2, b: 2 },
    { a: 1, b: 2 },
  ]);
});

describe('whatever ends an edit gives the lock back:', () => {
  const endings: [title: string, script: Parameters<typeof bench>[0], after?: (controller: AbortController) => void][] =
    [
      ['a refusal', { writes: [answered(403)] }],
      [
        'a doubt',
        {
          writes: Array.from({ length: 30 }, () => unknown()),
          reads: [{ kind: 'failed', error: new Error('x'), retryable: false, retryAfter: undefined }],
        },
      ],
      ['an abort in flight', { writes: [never] }, (controller) => controller.abort(new Error('enough'))],
      ['the deadline', { writes: [never] }],
    ];
  test.each(endings)('%s', async (_title, script, after) => {
    const locks = fakeLocks();
    const on = tab(locks, script);
    const controller = new AbortController();
    const edit = outcomeOf(editA(on, controller.signal));
    await settle();
    after?.(controller);
    await on.clock.advance(31_000);
    await expect(edit).resolves.toBeInstanceOf(Error);
    await settle();
    expect(locks.held).toEqual([]);
    expect(on.clock.pending).toBe(0);
  });
});

describe('a lock manager', () => {
  test('that refuses, as in a page of an opaque origin, is done without', async () => {
    for (const request of [
      () => Promise.reject(new Error('SecurityError')),
      () => {
        throw new Error('SecurityError');
      },
    ]) {
      const clock = fakeClock();
      const lock = new TabLock({ request }, URL_A, clock);
      await lock.take(new AbortController().signal);
      lock.leave();
      expect(clock.pending).toBe(0);
    }
  });

  test('that grants too late, after the wait was given up, gets its lock back at once', async () => {
    const clock = fakeClock();
    let late: (lock: object) => Promise<void> = async () => {};
    const locks: TabLocks = {
      request: (_name, _options, whileHeld) => new Promise(() => (late = whileHeld)),
    };
    const lock = new TabLock(locks, URL_A, clock);
    const taking = lock.take(new AbortController().signal);
    await clock.advance(5_000);
    await taking;
    await late({});
  });

  test('is asked once for as long as it is held, and again after it was let go', async () => {
    const locks = fakeLocks();
    const lock = new TabLock(locks, URL_A, fakeClock());
    const { signal } = new AbortController();
    await lock.take(signal);
    await lock.take(signal);
    expect(locks.asked).toBe(1);
    lock.leave();
    lock.leave();
    await lock.take(signal);
    expect(locks.asked).toBe(2);
  });
});
