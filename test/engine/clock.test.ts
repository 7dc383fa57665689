import { describe, expect, test } from 'vitest';
import { sleep, systemClock, untilAborted } from '../../src/engine/clock.js';
import { fakeClock, settle } from './fake-clock.js';

const never = new AbortController().signal;

describe('sleep', () => {
  test('ends when its time is over, and not before', async () => {
    const clock = fakeClock();
    let awake = false;
    const sleeping = sleep(clock, 100, never).then(() => (awake = true));
    await clock.advance(99);
    expect(awake).toBe(false);
    await clock.advance(1);
    await sleeping;
    expect(clock.pending).toBe(0);
  });

  test('ends with the reason at once when the signal aborts, and leaves no timer', async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const sleeping = sleep(clock, 100, controller.signal);
    controller.abort('enough');
    await expect(sleeping).rejects.toBe('enough');
    expect(clock.pending).toBe(0);
  });

  test('never begins under a signal that has aborted', async () => {
    const clock = fakeClock();
    await expect(sleep(clock, 100, AbortSignal.abort('too late'))).rejects.toBe('too late');
    expect(clock.pending).toBe(0);
  });

  test('leaves no listener when it ends', async () => {
    const clock = fakeClock();
    const counted = countingSignal();
    const sleeping = sleep(clock, 100, counted.signal);
    expect(counted.listeners()).toBe(1);
    await clock.advance(100);
    await sleeping;
    expect(counted.listeners()).toBe(0);
  });
});

describe('untilAborted', () => {
  test('is the result of the work', async () => {
    await expect(untilAborted(Promise.resolve(1), never)).resolves.toBe(1);
  });

  test('is the failure of the work', async () => {
    await expect(untilAborted(Promise.reject(new Error('no')), never)).rejects.toThrow('no');
  });

  test('is the reason of the abort, even if the work never ends', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(new Promise(() => {}), controller.signal);
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
  });

  test('is the reason where the signal had aborted before', async () => {
    await expect(untilAborted(new Promise(() => {}), AbortSignal.abort('too late'))).rejects.toBe('too late');
  });

  test('keeps a later failure of the work to itself', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const controller = new AbortController();
      const work = withResolvers<number>();
      const waiting = untilAborted(work.promise, controller.signal);
      controller.abort('enough');
      await expect(waiting).rejects.toBe('enough');
      work.reject(new Error('late'));
      await settle();
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  test('leaves no listener when the work is done', async () => {
    const counted = countingSignal();
    await untilAborted(Promise.resolve(1), counted.signal);
    await settle();
    expect(counted.listeners()).toBe(0);
  });
});

describe('the system clock', () => {
  test('calls back after a while, and not once it is cancelled', async () => {
    const calls: string[] = [];
    const done = new Promise<void>((resolve) => {
      const cancel = systemClock.after(0, () => calls.push('cancelled'));
      cancel();
      systemClock.after(1, () => {
        calls.push('kept');
        resolve();
      });
    });
    await done;
    expect(calls).toEqual(['kept']);
  });

  test('a wait beyond what setTimeout can hold does not fire at once', async () => {
    let fired = false;
    const cancel = systemClock.after(2 ** 31 + 10, () => (fired = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(fired).toBe(false);
    cancel();
  });

  test('chance is uniform in [0, 1)', () => {
    for (let i = 0; i < 100; i += 1) {
      const chance = systemClock.random();
      expect(chance >= 0 && chance < 1).toBe(true);
    }
  });
});

function withResolvers<T>() {
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((_resolve, fail) => {
    reject = fail;
  });
  return { promise, reject };
}

/** A signal that knows how many listen to it. */
function countingSignal(): { readonly signal: AbortSignal; readonly listeners: () => number } {
  const { signal } = new AbortController();
  const open = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: object) => {
    open.add(listener);
    add(type, listener, options);
  };
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    open.delete(listener);
    remove(type, listener);
  };
  return { signal, listeners: () => open.size };
}
