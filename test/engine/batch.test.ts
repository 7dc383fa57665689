import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/core/json.js';
import { InDoubtError } from '../../src/errors/outcome-errors.js';
import { accepted, answered, found, unknown } from './fake-port.js';
import type { Bench } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

/** Edits that travel together, and somebody else's code that fails while they do. */

const v1 = { value: { a: 1, b: 1, c: 1 }, version: '"1"' };
const onTop = (value: JsonValue) => ({ value, version: undefined });

function pair(on: Bench, change: Parameters<Bench['submit']>[2] = {}) {
  on.resource.keep(v1, false);
  const first = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }, change));
  const second = outcomeOf(on.submit(onTop({ a: 2, b: 1, c: 1 }), { a: 2, b: 2, c: 1 }));
  return { first, second };
}

describe('one budget holds for an edit, also when its company is taken apart:', () => {
  test('its writes count on, but for the one that was refused for a neighbour', async () => {
    const refusals = Array.from({ length: 6 }, () => answered(429));
    const on = bench(
      { writes: [answered(429), answered(422), ...refusals], reads: [found('"1"', v1.value)] },
      { retry: { attempts: 2 } },
    );
    const { first, second } = pair(on);
    await on.clock.advance(60_000);
    await expect(first).resolves.toMatchObject({ code: 'ERR_RETRY_LIMIT', attempts: 3 });
    await expect(second).resolves.toMatchObject({ code: 'ERR_RETRY_LIMIT', attempts: 3 });
  });

  test('its deadline stays where it was', async () => {
    const slow = (...[write]: Parameters<ReturnType<typeof answered>>) =>
      new Promise<Awaited<ReturnType<ReturnType<typeof answered>>>>((resolve) => {
        on.clock.after(25_000, async () => resolve(await answered(422)(write)));
      });
    const on: Bench = bench({ writes: [slow, slow, slow, slow], reads: [found('"1"', v1.value)] });
    const startedAt = on.clock.now();
    const { first } = pair(on);
    const ended = first.then(() => on.clock.now() - startedAt);
    for (let step = 0; step < 20; step += 1) await on.clock.advance(5_000);
    expect(await ended).toBe(30_000);
  });
});

describe("somebody else's code that fails", () => {
  test('in a merge rule ends the edit whose rule it is, and no neighbour', async () => {
    const broken = new Error('the rule is broken');
    const merge = {
      '/a': () => {
        throw broken;
      },
    };
    const on = bench(
      { writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 7, b: 1, c: 1 })] },
      { merge },
    );
    const { first, second } = pair(on);
    await on.clock.advance(10_000);
    await expect(first).resolves.toBe(broken);
    await expect(second).resolves.toMatchObject({ value: { a: 7, b: 2, c: 1 } });
  });

  test('in a merge rule leaves what was typed visible', async () => {
    const merge = {
      '/a': () => {
        throw new Error('the rule is broken');
      },
    };
    const on = bench({ writes: [answered(412)], reads: [found('"2"', v1.value)] }, { merge });
    const { first, second } = pair(on);
    on.resource.keep({ value: { a: 7, b: 1, c: 1 }, version: '"2"' }, false);
    expect(on.resource.value).toEqual({ a: 2, b: 2, c: 1 });
    await on.clock.advance(60_000);
    await Promise.all([first, second]);
  });

  const nines = { value: { a: 1, b: 9, c: 1 } };
  test.each<[what: string, change: Parameters<typeof bench>[1], own: Parameters<Bench['submit']>[2]]>([
    [
      'a schema',
      {
        schema: {
          '~standard': {
            version: 1,
            vendor: 'test',
            validate: (value) =>
              JSON.stringify(value).includes('9') ? { issues: [{ message: 'no nines' }] } : { value },
          },
        },
      },
      {},
    ],
    [
      'a recipe that is run again',
      {},
      {
        combinable: false,
        replay: () => {
          throw new Error('no nines');
        },
      },
    ],
  ])('while a write is in doubt (%s) is told as its cause', async (_what, change, own) => {
    const on = bench({ writes: [unknown()], reads: [found('"2"', nines.value)] }, change);
    on.resource.keep(v1, false);
    const first = own?.replay === undefined ? own : { ...own, replay: replayOnce(own.replay) };
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }, first));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(InDoubtError);
    await expect(outcome).resolves.toMatchObject({ cause: { message: expect.stringContaining('no nines') } });
    expect(on.port.writes).toHaveLength(1);
  });

  test('while a write is in doubt (a hook that does not let the next one go) is told as its cause', async () => {
    const noToken = new Error('no token');
    const on = bench({ writes: [unknown(), () => Promise.reject(noToken)], reads: [found('"1"', v1.value)] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(InDoubtError);
    await expect(outcome).resolves.toMatchObject({ cause: noToken });
  });
});

/** Does for the first write, and fails from then on. */
function replayOnce(failing: NonNullable<NonNullable<Parameters<Bench['submit']>[2]>['replay']>): typeof failing {
  let times = 0;
  return (value) => {
    times += 1;
    if (times > 1) return failing(value);
    return { base: value, local: { a: 2, b: 1, c: 1 }, patch: [{ op: 'replace', path: '/a', value: 2 }] };
  };
}

test('while a company is halved, its edits stay visible', async () => {
  const on = bench({ writes: [answered(422), accepted('"2"'), answered(422)], reads: [found('"1"', v1.value)] });
  const seen: unknown[] = [];
  const { first, second } = pair(on);
  const stop = on.resource.subscribe(() => seen.push(on.resource.value));
  void first.then(stop);
  await on.clock.advance(60_000);
  await second;
  expect(seen).not.toContainEqual(v1.value);
});
