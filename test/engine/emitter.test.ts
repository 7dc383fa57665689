import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { ClientEvent } from '../../src/contract/events.js';
import { Emitter, observe } from '../../src/engine/emitter.js';
import { settle } from './fake-clock.js';

const event: ClientEvent = {
  url: 'https://example.com/a',
  pattern: undefined,
  editId: '1',
  at: 1,
  type: 'attempt',
  attempt: 1,
  method: 'PUT',
  version: '"1"',
};

describe('listeners', () => {
  test('hear every event, in the order they came', () => {
    const emitter = new Emitter<ClientEvent>(() => {});
    const heard: string[] = [];
    emitter.on(() => heard.push('first'));
    emitter.on(() => heard.push('second'));
    emitter.emit(event);
    emitter.emit(event);
    expect(heard).toEqual(['first', 'second', 'first', 'second']);
  });

  test('hear nothing once they have left', () => {
    const emitter = new Emitter<ClientEvent>(() => {});
    const heard: ClientEvent[] = [];
    const leave = emitter.on((heardEvent) => heard.push(heardEvent));
    leave();
    leave();
    emitter.emit(event);
    expect(heard).toEqual([]);
  });

  test('added twice are called twice, and leave one by one', () => {
    const emitter = new Emitter<ClientEvent>(() => {});
    let calls = 0;
    const listener = (): void => {
      calls += 1;
    };
    const leave = emitter.on(listener);
    emitter.on(listener);
    emitter.emit(event);
    expect(calls).toBe(2);
    leave();
    emitter.emit(event);
    expect(calls).toBe(3);
  });

  test('are known to be there or not', () => {
    const emitter = new Emitter<ClientEvent>(() => {});
    const leave = emitter.on(() => {});
    const heard = [emitter.isHeard];
    leave();
    expect([...heard, emitter.isHeard]).toEqual([true, false]);
  });

  test('may leave and join while an event is told', () => {
    const emitter = new Emitter<ClientEvent>(() => {});
    const heard: string[] = [];
    const leave = emitter.on(() => {
      heard.push('first');
      leave();
      emitter.on(() => heard.push('late'));
    });
    emitter.on(() => heard.push('second'));
    emitter.emit(event);
    expect(heard).toEqual(['first', 'second']);
  });

  test('that throw keep nobody else from hearing', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<ClientEvent>((error) => errors.push(error));
    const heard: string[] = [];
    const error = new Error('broken');
    emitter.on(() => {
      throw error;
    });
    emitter.on(() => heard.push('second'));
    expect(() => emitter.emit(event)).not.toThrow();
    expect(heard).toEqual(['second']);
    expect(errors).toEqual([error]);
  });

  test('are all gone after clear()', () => {
    const emitter = new Emitter<ClientEvent>(() => {});
    let calls = 0;
    emitter.on(() => (calls += 1));
    emitter.clear();
    emitter.emit(event);
    expect(calls).toBe(0);
  });
});

describe('observe', () => {
  test('reports what is thrown later', async () => {
    const errors: unknown[] = [];
    observe(
      async () => {
        throw new Error('later');
      },
      (error) => errors.push(error),
    );
    await settle();
    expect(errors).toEqual([new Error('later')]);
  });

  test('reports what a promise of another realm rejects with', async () => {
    const errors: unknown[] = [];
    observe(
      () => runInNewContext("Promise.reject('later')"),
      (error) => errors.push(error),
    );
    await settle();
    expect(errors).toEqual(['later']);
  });

  test('a reporter that throws harms nobody', async () => {
    const report = (): never => {
      throw new Error('the logger is broken too');
    };
    expect(() =>
      observe(() => {
        throw new Error('now');
      }, report),
    ).not.toThrow();
    observe(() => Promise.reject(new Error('later')), report);
    await settle();
  });
});
