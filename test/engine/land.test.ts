import { describe, expect, test } from 'vitest';
import type { WriteAnswer } from '../../src/engine/port.js';
import { GoneError, InDoubtError } from '../../src/errors/outcome-errors.js';
import { accepted, answered, failed, found, missing, never, unknown } from './fake-port.js';
import { bench, outcomeOf } from './fake-run.js';

const v1 = { value: { a: 1 }, version: '"1"' };
const recreated = accepted('"7"', undefined, 201);

/** A server that answered an update with 201: it made a deleted resource anew. */
async function undone(script: NonNullable<Parameters<typeof bench>[0]>) {
  const on = bench({ ...script, writes: [recreated, ...(script.writes ?? [])] }, { createdMeansRecreated: true });
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2 }));
  await on.clock.advance(60_000);
  return { on, outcome: await outcome };
}

describe('what was recreated unasked is deleted again', () => {
  test('by the version it got, under a key of its own, and told as gone', async () => {
    const { on, outcome } = await undone({ writes: [accepted(undefined, undefined, 204)] });
    expect(outcome).toBeInstanceOf(GoneError);
    expect(on.port.writes[1]).toMatchObject({ kind: 'delete', base: { version: '"7"' } });
    expect(on.port.writes[1]?.key).not.toBe(on.port.writes[0]?.key);
    expect(on.resource.status).toBe('gone');
  });

  test.each([404, 410])('and is gone where somebody else did it first (%i)', async (status) => {
    const { outcome } = await undone({ writes: [answered(status)], reads: [missing] });
    expect(outcome).toBeInstanceOf(GoneError);
  });

  test('and where that was refused the error says that it is there again', async () => {
    const { on, outcome } = await undone({ writes: [answered(403)], reads: [found('"7"', { a: 2 })] });
    expect(outcome).toMatchObject({ code: 'ERR_GONE', message: expect.stringContaining('could not be deleted again') });
    expect(on.resource.state).toMatchObject({ version: '"7"' });
  });

  test('and is not deleted without a precondition: its version is looked up where the answer named none', async () => {
    const on = bench(
      { writes: [accepted(undefined, undefined, 201), accepted(undefined)], reads: [found('"7"', { a: 2 })] },
      { createdMeansRecreated: true },
    );
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { a: 2 }));
    await on.clock.advance(60_000);
    await expect(outcome).resolves.toBeInstanceOf(GoneError);
    expect(on.port.writes[1]).toMatchObject({ kind: 'delete', base: { version: '"7"' } });
  });

  test('and what somebody else has made of it meanwhile is not deleted: the edit stands', async () => {
    const on = bench(
      { writes: [accepted(undefined, undefined, 201)], reads: [found('"8"', { a: 2, b: 7 })] },
      { createdMeansRecreated: true },
    );
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { a: 2 }));
    await on.clock.advance(60_000);
    await expect(outcome).resolves.toMatchObject({ value: { a: 2 }, alreadyApplied: false });
    expect(on.resource.state).toEqual({ value: { a: 2, b: 7 }, version: '"8"' });
    expect(on.port.writes).toHaveLength(1);
  });

  const inDoubt: [title: string, script: NonNullable<Parameters<typeof bench>[0]>][] = [
    ['no answer to that came until the deadline', { writes: [never] }],
    ['the answer to that was lost, and it is still there', { writes: [unknown()], reads: [found('"7"', { a: 2 })] }],
    ['nobody could ask whether it is still there', { writes: [answered(403)], reads: [failed(false)] }],
  ];
  test.each(inDoubt)('and where %s, the edit is in doubt', async (_title, script) => {
    const { outcome } = await undone(script);
    expect(outcome).toBeInstanceOf(InDoubtError);
  });

  const lost: WriteAnswer = unknown();
  test('and where the answer to that was lost, success is not claimed of what is gone', async () => {
    const { outcome } = await undone({ writes: [lost], reads: [missing] });
    expect(outcome).toBeInstanceOf(Error);
  });
});

test('a value in the answer goes before what was sent', async () => {
  const on = bench({ writes: [accepted('"2"', { a: 2, server: true })] });
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2 }));
  await on.clock.advance(10);
  await expect(outcome).resolves.toMatchObject({ value: { a: 2, server: true } });
  expect(on.resource.state).toMatchObject({ value: { a: 2, server: true } });
});

test('what a read has shown of our own write goes before what was sent, where the answer brings no value', async () => {
  const shown = { value: { a: 2, server: true }, version: '"2"' };
  const on = bench({
    writes: [
      () => {
        on.resource.keep(shown, false);
        return accepted('"2"');
      },
    ],
  });
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2 }));
  await on.clock.advance(10);
  await expect(outcome).resolves.toMatchObject({ version: '"2"' });
  expect(on.resource.state).toEqual(shown);
  expect(on.resource.moves).toBe(0);
});

test('a read that asks for ten years while a write is in doubt leaves it in doubt, at once', async () => {
  const on = bench({ writes: [unknown()], reads: [failed(true, 315_360_000_000)] });
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2 }));
  await on.clock.advance(1_000);
  await expect(outcome).resolves.toMatchObject({ code: 'ERR_IN_DOUBT', cause: { code: 'ERR_RETRY_LIMIT' } });
});

test('a delete whose weak tag turns out to be of a newer state is a conflict, and nothing is deleted', async () => {
  const on = bench({ reads: [found('"2"', { a: 9 })] });
  const weak = { value: { a: 1 }, version: 'W/"1"' };
  on.resource.keep(weak, false);
  const { port, policy } = on;
  const removing = outcomeOf(
    on.delete({ id: 'd', base: weak, onStale: 'error', port, policy, signal: undefined, emit: () => {} }),
  );
  await on.clock.advance(10_000);
  await expect(removing).resolves.toMatchObject({ code: 'ERR_CONFLICT', remote: { a: 9 } });
  expect(on.port.writes).toEqual([]);
});
