import { describe, expect, test } from 'vitest';
import { SingleFlight } from '../../src/engine/resource/single-flight.js';
import { settle } from './fake-clock.js';

interface Started {
  readonly signal: AbortSignal;
  readonly land: (value: string) => void;
  readonly crash: (error: unknown) => void;
}

function flights() {
  const started: Started[] = [];
  const start = (signal: AbortSignal): Promise<string> =>
    new Promise((land, crash) => {
      started.push({ signal, land, crash });
    });
  return { flight: new SingleFlight<string>(), start, started };
}
const never = new AbortController().signal;

describe('a flight', () => {
  test('is shared by all who ask while it is under way', async () => {
    const { flight, start, started } = flights();
    const both = [flight.run(start, never, false), flight.run(start, never, false)];
    expect(started.length).toBe(1);
    started[0]?.land('one');
    await expect(Promise.all(both)).resolves.toEqual(['one', 'one']);
  });

  test('is begun anew when all who shared the last one have left', async () => {
    const { flight, start, started } = flights();
    const leaver = new AbortController();
    const left = flight.run(start, leaver.signal, false);
    leaver.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const second = flight.run(start, never, false);
    started[0]?.crash(new Error('aborted'));
    started[1]?.land('two');
    await expect(second).resolves.toBe('two');
  });

  test('is begun anew when the last one has landed', async () => {
    const { flight, start, started } = flights();
    const first = flight.run(start, never, false);
    started[0]?.land('one');
    await first;
    const second = flight.run(start, never, false);
    expect(started.length).toBe(2);
    started[1]?.land('two');
    await expect(second).resolves.toBe('two');
  });

  test('that crashed is not shared with those who come later', async () => {
    const { flight, start, started } = flights();
    const first = flight.run(start, never, false);
    started[0]?.crash(new Error('down'));
    await expect(first).rejects.toThrow('down');
    const second = flight.run(start, never, false);
    started[1]?.land('two');
    await expect(second).resolves.toBe('two');
  });

  test('is begun anew for who needs a fresh one, and shared from then on', async () => {
    const { flight, start, started } = flights();
    const old = flight.run(start, never, false);
    const fresh = flight.run(start, never, true);
    const joined = flight.run(start, never, false);
    expect(started.length).toBe(2);
    started[1]?.land('fresh');
    started[0]?.land('old');
    await expect(Promise.all([old, fresh, joined])).resolves.toEqual(['old', 'fresh', 'fresh']);
  });
});

describe('who gives up', () => {
  test('leaves at once with his own reason, and the others fly on', async () => {
    const { flight, start, started } = flights();
    const controller = new AbortController();
    const leaving = flight.run(start, controller.signal, false);
    const staying = flight.run(start, never, false);
    controller.abort('mine');
    await expect(leaving).rejects.toBe('mine');
    expect(started[0]?.signal.aborted).toBe(false);
    started[0]?.land('one');
    await expect(staying).resolves.toBe('one');
  });

  test('last ends the flight', async () => {
    const { flight, start, started } = flights();
    const controllers = [new AbortController(), new AbortController()];
    const leaving = controllers.map(({ signal }) => flight.run(start, signal, false).catch((error: unknown) => error));
    for (const controller of controllers) controller.abort('mine');
    await expect(Promise.all(leaving)).resolves.toEqual(['mine', 'mine']);
    expect(started[0]?.signal.aborted).toBe(true);
  });

  test('last does not take those along who come right after', async () => {
    const { flight, start, started } = flights();
    const controller = new AbortController();
    const leaving = flight.run(start, controller.signal, false).catch((error: unknown) => error);
    controller.abort('mine');
    await leaving;
    const late = flight.run(start, never, false);
    started.at(-1)?.land('late');
    started[0]?.crash(new Error('aborted'));
    await expect(late).resolves.toBe('late');
    await settle();
  });
});
