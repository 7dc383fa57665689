import { describe, expect, test } from 'vitest';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { accepted, answered, found, unknown } from './fake-port.js';
import { bench, outcomeOf } from './fake-run.js';

describe('the state the caller of a delete saw', () => {
  const state = { value: { a: 1, b: 1 }, version: '"1"' };
  const removal = { id: 'd', base: undefined, onStale: 'error', signal: undefined, emit: () => {} } as const;

  async function afterAnEdit(script: Parameters<typeof bench>[0]) {
    const on = bench(script);
    on.shelf.keep(state, false);
    const edit = outcomeOf(on.submit(state, { a: 2, b: 1 }));
    const outcome = outcomeOf(on.lane.remove({ ...removal, port: on.port, policy: on.policy }));
    await on.clock.advance(10_000);
    await edit;
    return { on, outcome: await outcome };
  }

  test('is what is deleted, with his own edits on it', async () => {
    const { on, outcome } = await afterAnEdit({ writes: [accepted('"2"'), accepted(undefined)] });
    expect(outcome).toBe(true);
    expect(on.port.writes[1]).toMatchObject({ kind: 'delete', base: { version: '"2"' } });
  });

  test('is his own too where a read met his edit before its answer was known', async () => {
    const { on, outcome } = await afterAnEdit({
      writes: [unknown(), accepted(undefined)],
      reads: [found('"2"', { a: 2, b: 1 })],
    });
    expect(outcome).toBe(true);
    expect(on.port.writes[1]).toMatchObject({ kind: 'delete', base: { version: '"2"' } });
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
