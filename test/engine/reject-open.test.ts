import { describe, expect, test } from 'vitest';
import type { ConflictResolver } from '../../src/contract/resolver.js';
import type { JsonValue } from '../../src/core/json.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { InDoubtError } from '../../src/errors/outcome-errors.js';
import { accepted, answered, found, missing, unknown } from './fake-port.js';
import type { Bench } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

/** `ConflictError.retry(answer)`: the answer holds for what was shown, and for nothing that has come since. */

const v1 = { value: { a: 1, b: 1, c: 1 }, version: '"1"' };
const onTop = (value: JsonValue) => ({ value, version: undefined });

async function conflictOf(on: Bench, promise: Promise<unknown>): Promise<ConflictError> {
  const outcome = outcomeOf(promise);
  await on.clock.advance(5_000);
  const error = await outcome;
  if (!(error instanceof ConflictError)) throw new Error(`no conflict: ${String(error)}`);
  return error;
}

async function retried(on: Bench, error: ConflictError, answer: Parameters<ConflictError['retry']>[0]) {
  const outcome = outcomeOf(error.retry(answer));
  await on.clock.advance(10_000);
  return outcome;
}

/** Gives its answers one after the other, then none. */
function answers(...given: readonly Awaited<ReturnType<ConflictResolver<unknown>>>[]) {
  const asked: string[][] = [];
  const resolve: ConflictResolver<unknown> = ({ conflicts }) => {
    asked.push(conflicts.map(({ path }) => path));
    return given[asked.length - 1];
  };
  return { asked, resolve };
}

/** An edit of a that met another one, and then somebody changed c. */
async function stopped(writes: NonNullable<Parameters<typeof bench>[0]>['writes']) {
  const on = bench({ writes: [answered(412), ...(writes ?? [])], reads: [found('"2"', { a: 7, b: 1, c: 1 })] });
  on.resource.keep(v1, false);
  const error = await conflictOf(on, on.submit(v1, { a: 2, b: 1, c: 1 }));
  on.resource.keep({ value: { a: 7, b: 1, c: 99 }, version: '"3"' }, false);
  return { on, error };
}

describe('an edit that is taken up again', () => {
  test('with a whole value does not undo what others have done since', async () => {
    const { on, error } = await stopped([accepted('"4"')]);
    const result = await retried(on, error, { value: { a: 2, b: 1, c: 1 } });
    expect(result).toMatchObject({ value: { a: 2, b: 1, c: 99 } });
  });

  test("with 'discard' writes nothing, and has the latest state", async () => {
    const { on, error } = await stopped([]);
    const result = await retried(on, error, 'discard');
    expect(result).toMatchObject({
      value: { a: 7, b: 1, c: 99 },
      version: '"3"',
      patch: [],
      resolved: [{ path: '/a', resolution: 'remote' }],
    });
    expect(on.port.writes).toHaveLength(1);
  });

  test.each([undefined, 'abort'] as const)('with %s stays stopped, and nothing is sent', async (answer) => {
    const { on, error } = await stopped([]);
    await expect(retried(on, error, answer)).resolves.toMatchObject({
      code: 'ERR_CONFLICT',
      conflicts: [{ path: '/a' }],
    });
    expect(on.port.writes).toHaveLength(1);
  });

  test('with what is no answer says so, and can still be answered', async () => {
    const { on, error } = await stopped([accepted('"4"')]);
    const again = await retried(on, error, JSON.parse('"mine"'));
    expect(again).toMatchObject({ code: 'ERR_CONFLICT', cause: { message: expect.stringContaining('"mine"') } });
    if (!(again instanceof ConflictError)) throw again;
    await expect(retried(on, again, 'local')).resolves.toMatchObject({ value: { a: 2, b: 1, c: 99 } });
  });

  test("with 'local' leaves a later conflict at another place to the resolver", async () => {
    const { asked, resolve } = answers();
    const on = bench({ writes: [answered(412)], reads: [found('"2"', { a: 7, b: 1, c: 1 })] }, { resolve });
    on.resource.keep(v1, false);
    const error = await conflictOf(on, on.submit(v1, { a: 2, b: 2, c: 1 }));
    on.resource.keep({ value: { a: 7, b: 55, c: 1 }, version: '"3"' }, false);
    await expect(retried(on, error, 'local')).resolves.toMatchObject({ conflicts: [{ path: '/b' }] });
    expect(asked).toEqual([['/a'], ['/b']]);
  });

  test('goes on from the answers given before', async () => {
    const { resolve } = answers({ resolutions: { '/a': 'local' } });
    const on = bench(
      {
        writes: [answered(412), answered(412), accepted('"4"')],
        reads: [found('"2"', { a: 7, b: 1, c: 1 }), found('"3"', { a: 7, b: 8, c: 1 })],
      },
      { resolve },
    );
    on.resource.keep(v1, false);
    const error = await conflictOf(on, on.submit(v1, { a: 2, b: 2, c: 1 }));
    expect(error.conflicts).toMatchObject([{ path: '/b' }]);
    const result = await retried(on, error, { resolutions: { '/b': 'local' } });
    expect(result).toMatchObject({ value: { a: 2, b: 2, c: 1 } });
  });

  test('after a whole value of a resolver names no version that its base never had', async () => {
    const { resolve } = answers({ value: { a: 2, b: 2, c: 1 } });
    const on = bench(
      {
        writes: [answered(412), answered(412), accepted('"x"')],
        reads: [found('"B"', { a: 7, b: 2, c: 1 }), found('"C"', { a: 8, b: 2, c: 1 })],
      },
      { resolve },
    );
    // This lane has never seen version A.
    const edit = on.submit({ value: v1.value, version: '"A"' }, { a: 2, b: 1, c: 1 }, { combinable: false });
    await retried(on, await conflictOf(on, edit), 'local');
    expect(on.port.writes.at(-1)).toMatchObject({ base: { version: '"C"', value: { a: 8, b: 2, c: 1 } } });
  });
});

test('a create that was answered to write over is a create no more', async () => {
  const { resolve } = answers('local');
  const on = bench(
    {
      writes: [answered(412), answered(412), accepted('"9"')],
      reads: [found('"1"', { a: 7, b: 7 }), found('"2"', { a: 8, b: 7 })],
    },
    { resolve },
  );
  const error = await conflictOf(on, on.submit(onTop({}), { a: 1, b: 1 }, { kind: 'create', combinable: false }));
  expect(error.conflicts).toMatchObject([{ path: '/a' }]);
  await expect(retried(on, error, 'remote')).resolves.toMatchObject({ value: { a: 8, b: 1 } });
  expect(on.port.writes.map(({ kind }) => kind)).toEqual(['create', 'update', 'update']);
});

test('what was answered to a deletion is not said to what somebody has put there since', async () => {
  const { asked, resolve } = answers();
  const on = bench(
    { writes: [answered(404), answered(412)], reads: [missing, found('"8"', { a: 77, b: 1, c: 1 })] },
    { resolve },
  );
  on.resource.keep(v1, false);
  const error = await conflictOf(on, on.submit(v1, { a: 2, b: 1, c: 1 }));
  await expect(retried(on, error, 'local')).resolves.toMatchObject({ conflicts: [{ path: '/a' }] });
  expect(asked).toEqual([[''], ['/a']]);
});

test.each<[answer: Parameters<ConflictError['retry']>[0], value: JsonValue]>([
  ['local', { a: 1, b: 1 }],
  ['remote', { a: 7, b: 7 }],
  [{ value: { a: 3, b: 3 } }, { a: 3, b: 3 }],
  [{ resolutions: { '/a': 'local', '/b': 'remote' } }, { a: 1, b: 7 }],
])('a create that met something can be answered later: %j', async (answer, value) => {
  const { resolve } = answers();
  const on = bench(
    { writes: [answered(412), answered(412), accepted('"9"')], reads: [found('"1"', { a: 7, b: 7 })] },
    { resolve },
  );
  const error = await conflictOf(on, on.submit(onTop({}), { a: 1, b: 1 }, { kind: 'create', combinable: false }));
  await expect(retried(on, error, answer)).resolves.toMatchObject({ value });
});

test('a create in doubt stays so when it is taken up again', async () => {
  const { resolve } = answers();
  const on = bench({ writes: [unknown(), answered(422), answered(422)], reads: [found('"1"', { z: 7 })] }, { resolve });
  const outcome = outcomeOf(on.submit(onTop({}), { a: 1, b: 1 }, { kind: 'create', combinable: false }));
  await on.clock.advance(10_000);
  const error = await outcome;
  if (!(error instanceof InDoubtError && error.cause instanceof ConflictError)) throw error;
  await expect(retried(on, error.cause, 'local')).resolves.toBeInstanceOf(InDoubtError);
});
