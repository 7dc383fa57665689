import { describe, expect, test } from 'vitest';
import type { ConflictContext, ConflictResolver } from '../../src/contract/resolver.js';
import type { ReadAnswer } from '../../src/engine/port.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { accepted, answered, found, missing } from './fake-port.js';
import { bench, outcomeOf } from './fake-run.js';

const v1 = { value: { a: 1, b: 1 }, version: '"1"' };

/** An edit of a and b, refused once, while others have changed a; what the resolver reads after that comes from `later`. */
async function asked(resolve: ConflictResolver<unknown>, later: ReadAnswer[], writes = [accepted('"4"')]) {
  const on = bench(
    { writes: [answered(412), ...writes], reads: [found('"2"', { a: 7, b: 1 }), ...later] },
    { resolve },
  );
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2, b: 2 }));
  await on.clock.advance(60_000);
  return { on, outcome: await outcome };
}

const latestOf = async (context: ConflictContext<unknown>): Promise<ConflictContext<unknown>> => {
  if (context.edit === undefined) throw new Error('no edit');
  return context.edit.latest();
};

describe('a resolver that looks again', () => {
  test('is put the newest question, and its answer is made on the newest state, without a write that must fail', async () => {
    const { on, outcome } = await asked(
      async (context) => {
        const newest = await latestOf(context);
        expect(newest).toMatchObject({ remote: { a: 7, b: 9 }, conflicts: [{ path: '/a' }, { path: '/b' }] });
        return 'local';
      },
      [found('"3"', { a: 7, b: 9 })],
    );
    expect(outcome).toMatchObject({ value: { a: 2, b: 2 }, attempts: 2 });
    expect(on.port.writes[1]).toMatchObject({ base: { version: '"3"' } });
  });

  test('gets the very same question where nothing has moved', async () => {
    let same = false;
    await asked(
      async (context) => {
        same = (await latestOf(context)) === context;
        return 'local';
      },
      [found('"2"', { a: 7, b: 1 })],
    );
    expect(same).toBe(true);
  });

  test('is not led back by a replica that lags', async () => {
    let seen: unknown;
    await asked(
      async (context) => {
        seen = (await latestOf(context)).remote;
        return 'local';
      },
      [found('"1"', { a: 1, b: 1 })],
    );
    expect(seen).toEqual({ a: 7, b: 1 });
  });

  test('may discard what is newest', async () => {
    const { outcome } = await asked(
      async (context) => {
        await latestOf(context);
        return 'discard';
      },
      [found('"3"', { a: 8, b: 9 })],
    );
    expect(outcome).toMatchObject({ value: { a: 8, b: 9 }, version: '"3"' });
  });

  test('may answer with a whole value, which is then made on the newest state', async () => {
    const { on } = await asked(
      async (context) => {
        await latestOf(context);
        return { value: { a: 5, b: 5 } };
      },
      [found('"3"', { a: 8, b: 9 })],
    );
    expect(on.port.writes[1]).toMatchObject({ base: { version: '"3"' }, local: { a: 5, b: 5 } });
  });

  test('gives up with the newest conflicts in the error', async () => {
    const { outcome } = await asked(
      async (context) => {
        await latestOf(context);
        return undefined;
      },
      [found('"3"', { a: 8, b: 9 })],
    );
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(outcome).toMatchObject({ remote: { a: 8, b: 9 }, conflicts: [{ path: '/a' }, { path: '/b' }] });
  });

  test('meets a deletion, and is then asked about that', async () => {
    const reasons: string[] = [];
    const { on, outcome } = await asked(
      async (context) => {
        reasons.push(context.reason);
        if (reasons.length === 1) reasons.push((await latestOf(context)).reason);
        return 'local';
      },
      [missing],
    );
    expect(reasons).toEqual(['stale', 'gone', 'gone']);
    expect(on.port.writes[1]).toMatchObject({ kind: 'create', local: { a: 2, b: 2 } });
    expect(outcome).toMatchObject({ value: { a: 2, b: 2 } });
  });

  test('may not answer for what is not open any more', async () => {
    const { outcome } = await asked(
      async (context) => {
        await latestOf(context);
        return { resolutions: { '/a': 'local' } };
      },
      [found('"3"', { a: 1, b: 9 })],
    );
    expect(outcome).toMatchObject({ code: 'ERR_CONFLICT', cause: { message: expect.stringContaining('"/a"') } });
  });

  test('can still ask what answers would come to, and what became of the edit', async () => {
    let edit: ConflictContext<unknown>['edit'];
    const { outcome } = await asked((context) => {
      edit = context.edit;
      expect(context.edit?.preview({ '/a': { value: 3 } })).toMatchObject({ value: { a: 3, b: 2 }, conflicts: [] });
      expect(context.edit?.preview({})).toMatchObject({ value: { a: 7, b: 2 }, conflicts: [{ path: '/a' }] });
      return 'local';
    }, []);
    expect(edit).toMatchObject({ id: 'edit1', version: '"1"', derived: false });
    expect(await edit?.outcome).toBe(outcome);
  });
});
