import { describe, expect, test } from 'vitest';
import type { Pause, Step } from '../../src/engine/loop.js';
import { loop } from '../../src/engine/loop.js';

const never = new AbortController().signal;
const noWait = async (): Promise<void> => {};

function steps<T>(...script: (Step<T> | Error)[]): {
  readonly step: () => Promise<Step<T>>;
  readonly taken: () => number;
} {
  let taken = 0;
  return {
    taken: () => taken,
    step: async () => {
      const next = script[taken];
      taken += 1;
      if (next === undefined) throw new Error('the script is over');
      if (next instanceof Error) throw next;
      return next;
    },
  };
}

const again: Step<string> = { done: false, pause: undefined };
const done: Step<string> = { done: true, result: 'done' };

describe('a loop', () => {
  test('ends with the result of the first step that is done', async () => {
    const { step, taken } = steps(again, again, done);
    await expect(loop(step, noWait, never)).resolves.toBe('done');
    expect(taken()).toBe(3);
  });

  test('takes hundreds of steps without waiting where none asks for it', async () => {
    const { step, taken } = steps(...Array.from({ length: 500 }, () => again), done);
    await loop(step, noWait, never);
    expect(taken()).toBe(501);
  });

  test('waits between steps for as long as the step said', async () => {
    const waits: Pause[] = [];
    const pauses: Pause[] = [
      { ms: 5, reason: 'backoff' },
      { ms: 7, reason: 'lock' },
    ];
    const { step } = steps(...pauses.map((pause): Step<string> => ({ done: false, pause })), again, done);
    await loop(step, async (pause) => void waits.push(pause), never);
    expect(waits).toEqual(pauses);
  });
});

const failures: [title: string, error: Error][] = [
  ['an error', new Error('broken')],
  ['a TypeError', new TypeError('broken')],
  ['a TypeError that looks like a network failure', new TypeError('fetch failed')],
];
test.each(failures)('%s in a step ends the loop with that very error', async (_title, error) => {
  const { step, taken } = steps(again, error, done);
  await expect(loop(step, noWait, never)).rejects.toBe(error);
  expect(taken()).toBe(2);
});

test('an error in a wait ends the loop with that very error', async () => {
  const error = new TypeError('cannot wait');
  const { step } = steps({ done: false, pause: { ms: 1, reason: 'backoff' } }, done);
  await expect(loop(step, () => Promise.reject(error), never)).rejects.toBe(error);
});

describe('an abort', () => {
  test.each([
    ['an error', new Error('mine')],
    ['a string', 'mine'],
    ['nothing at all', null],
  ])('with %s for a reason ends the loop with that very reason', async (_title, reason) => {
    const controller = new AbortController();
    const step = async (): Promise<Step<string>> => {
      controller.abort(reason);
      controller.signal.throwIfAborted();
      return done;
    };
    const outcome = await loop(step, noWait, controller.signal).catch((error: unknown) => ({ error }));
    expect(outcome).toEqual({ error: controller.signal.reason });
  });

  test('before the first step takes none', async () => {
    const { step, taken } = steps(done);
    await expect(loop(step, noWait, AbortSignal.abort('mine'))).rejects.toBe('mine');
    expect(taken()).toBe(0);
  });

  test('during a wait ends the loop with its reason', async () => {
    const controller = new AbortController();
    const { step, taken } = steps({ done: false, pause: { ms: 1, reason: 'backoff' } }, done);
    const wait = async (): Promise<void> => {
      controller.abort('mine');
      throw controller.signal.reason;
    };
    await expect(loop(step, wait, controller.signal)).rejects.toBe('mine');
    expect(taken()).toBe(1);
  });
});
