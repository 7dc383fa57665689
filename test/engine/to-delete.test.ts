import { describe, expect, test } from 'vitest';
import { server } from '../../src/core/index.js';
import type { ReadAnswer, State } from '../../src/engine/port.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { field } from '../../src/protocol/versions/field.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { accepted, answered, found, missing, unknown } from './fake-port.js';
import type { PolicyChange } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

const deleted = { version: undefined, patch: [] };

describe('the state the caller of a delete saw', () => {
  const state: State = { value: { a: 1, b: 1 }, version: '"1"' };
  const removal = { id: 'd', base: undefined, onStale: 'error', signal: undefined, emit: () => {} } as const;

  async function afterAnEdit(script: Parameters<typeof bench>[0], change: PolicyChange = {}, start = state) {
    const on = bench(script, change);
    on.resource.keep(start, false);
    const edit = outcomeOf(on.submit(start, { ...Object(start.value), a: 2 }));
    const outcome = outcomeOf(on.delete({ ...removal, port: on.port, policy: on.policy }));
    await on.clock.advance(10_000);
    await edit;
    return { on, outcome: await outcome };
  }

  test('is what is deleted, with his own edits on it', async () => {
    const { on, outcome } = await afterAnEdit({ writes: [accepted('"2"'), accepted(undefined)] });
    expect(outcome).toMatchObject(deleted);
    expect(on.port.writes[1]).toMatchObject({ kind: 'delete', base: { version: '"2"' } });
  });

  test('is his own too where a read met his edit before its answer was known', async () => {
    const { on, outcome } = await afterAnEdit({
      writes: [unknown(), accepted(undefined)],
      reads: [found('"2"', { a: 2, b: 1 })],
    });
    expect(outcome).toMatchObject(deleted);
    expect(on.port.writes[1]).toMatchObject({ kind: 'delete', base: { version: '"2"' } });
  });

  test.each<[what: string, change: PolicyChange, start: State, met: ReadAnswer]>([
    [
      'its version in the body',
      { codec: codecOf(field('/rev')) },
      { value: { a: 1, b: 1, rev: 1 }, version: '1' },
      found('2', { a: 2, b: 1, rev: 2 }),
    ],
    [
      'members of its own in it',
      { merge: { '/at': server() } },
      { value: { a: 1, b: 1, at: 1 }, version: '"1"' },
      found('"2"', { a: 2, b: 1, at: 2 }),
    ],
  ])('is his own too where the server has put %s', async (_what, change, start, met) => {
    const { outcome } = await afterAnEdit({ writes: [unknown(), accepted(undefined)], reads: [met] }, change, start);
    expect(outcome).toMatchObject(deleted);
  });

  test('is not what others have put there after it was found gone', async () => {
    const { on, outcome } = await afterAnEdit({
      writes: [answered(412)],
      reads: [missing, found('"9"', { z: 9 })],
    });
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(on.port.writes.map(({ kind }) => kind)).toEqual(['update']);
  });

  test("is not what others made of it before the delete's turn came", async () => {
    const { on, outcome } = await afterAnEdit({
      writes: [answered(412), accepted('"3"', { a: 2, b: 9 })],
      reads: [found('"2"', { a: 1, b: 9 }), found('"3"', { a: 2, b: 9 })],
    });
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(outcome).toMatchObject({ base: { a: 2, b: 1 }, remote: { a: 2, b: 9 } });
    expect(on.port.writes.map(({ kind }) => kind)).toEqual(['update', 'update']);
  });
});
