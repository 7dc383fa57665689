import { describe, expect, test } from 'vitest';
import type { DeleteRequest } from '../../src/engine/queue/edit-input.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import {
  FailedError,
  InDoubtError,
  LockedError,
  RefusedError,
  RetryLimitError,
} from '../../src/errors/outcome-errors.js';
import { ClosedError } from '../../src/errors/usage-errors.js';
import { settle } from './fake-clock.js';
import { accepted, answered, deaf, failed, found, missing, never, unknown } from './fake-port.js';
import type { PolicyChange } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

/** What a delete that succeeded comes to. */
const deleted = { version: undefined, patch: [] };
const v1 = { value: { a: 1 }, version: '"1"' as string | undefined };
interface Options {
  readonly onStale?: DeleteRequest['onStale'];
  readonly change?: PolicyChange;
  readonly base?: typeof v1;
}

async function removed(
  script: Parameters<typeof bench>[0],
  { onStale = 'error', change = {}, base = v1 }: Options = {},
) {
  const on = bench(script, change);
  on.resource.keep(v1, false);
  const { port, policy } = on;
  const outcome = outcomeOf(
    on.delete({
      id: 'd',
      base,
      onStale,
      port,
      policy,
      signal: undefined,
      emit: (event) => on.events.push(event),
    }),
  );
  await on.clock.advance(120_000);
  return { on, outcome: await outcome };
}

describe('a delete', () => {
  test('names the version it deletes', async () => {
    const { on, outcome } = await removed({ writes: [accepted(undefined, undefined, 204)] });
    expect(outcome).toMatchObject(deleted);
    expect(on.port.writes).toMatchObject([{ kind: 'delete', base: v1 }]);
    expect(on.resource.status).toBe('gone');
    expect(on.told()).toEqual(['attempt', 'accepted']);
    expect(on.clock.pending).toBe(0);
  });

  test.each([404, 410])('of what is gone already (%i) is a success', async (status) => {
    const { on, outcome } = await removed({ writes: [answered(status)], reads: [missing] });
    expect(outcome).toMatchObject(deleted);
    expect(on.resource.status).toBe('gone');
  });

  test('learns the version it lacks', async () => {
    const base = { value: { a: 1 }, version: undefined };
    const { on, outcome } = await removed({ writes: [accepted(undefined)], reads: [found('"1"', { a: 1 })] }, { base });
    expect(outcome).toMatchObject(deleted);
    expect(on.port.writes).toMatchObject([{ base: { version: '"1"' } }]);
  });

  test('that failed before somebody made the resource anew may have been carried out, however often it fails after that', async () => {
    const fails = Array.from({ length: 8 }, () => answered(503));
    const anew = { value: { a: 2 }, version: '"2"' };
    const { on, outcome } = await removed(
      { writes: fails, reads: [found(anew.version, anew.value)] },
      { onStale: 'delete' },
    );
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(on.port.writes).toMatchObject([{ base: v1 }, ...Array.from({ length: 3 }, () => ({ base: anew }))]);
  });

  test('of a version that stands there after every failure has failed', async () => {
    const fails = Array.from({ length: 8 }, () => answered(503));
    const { outcome } = await removed({ writes: fails, reads: [found('"1"', v1.value)] }, { onStale: 'delete' });
    expect(outcome).toBeInstanceOf(FailedError);
  });

  test('waits for a lock', async () => {
    const { outcome } = await removed({ writes: [answered(423), accepted(undefined)] });
    expect(outcome).toMatchObject(deleted);
  });

  test('gives up on a lock where told so', async () => {
    const { outcome } = await removed({ writes: [answered(423)] }, { change: { lock: { maxWait: 0 } } });
    expect(outcome).toBeInstanceOf(LockedError);
  });

  test('refused by a rule is told', async () => {
    const { outcome } = await removed({ writes: [answered(409)], reads: [found('"1"', { a: 1 })] });
    expect(outcome).toBeInstanceOf(RefusedError);
  });

  test("that is forbidden is told, with the server's own error as the cause", async () => {
    const { outcome } = await removed({ writes: [answered(403)] });
    expect(outcome).toMatchObject({ code: 'ERR_REFUSED', status: 403, cause: { message: 'status 403' } });
  });
});

describe('a newer state', () => {
  const newer = { writes: [answered(412), accepted(undefined)], reads: [found('"2"', { a: 2 })] };

  test('is never deleted unasked', async () => {
    const { on, outcome } = await removed(newer);
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(outcome).toMatchObject({
      base: { a: 1 },
      remote: { a: 2 },
      conflicts: [{ kind: 'delete-modify', path: '' }],
    });
    expect(on.port.writes).toHaveLength(1);
  });

  test('is deleted where asked, by its own version', async () => {
    const { on, outcome } = await removed(newer, { onStale: 'delete' });
    expect(outcome).toMatchObject(deleted);
    expect(on.port.writes[1]).toMatchObject({ base: { version: '"2"' } });
  });

  test('is deleted by a request of its own key', async () => {
    const { on } = await removed(newer, { onStale: 'delete' });
    expect(new Set(on.port.writes.map(({ key }) => key)).size).toBe(2);
  });

  test('is kept where asked', async () => {
    const { on, outcome } = await removed(newer, { onStale: 'keep' });
    expect(outcome).toMatchObject({ version: '"2"' });
    expect(on.port.writes).toHaveLength(1);
    expect(on.resource.status).toBe('idle');
    expect(on.resource.state).toMatchObject({ version: '"2"' });
  });

  test('is deleted after all by retry("local")', async () => {
    const { on, outcome } = await removed(newer);
    if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
    const retried = outcome.retry('local');
    await on.clock.advance(1_000);
    await expect(retried).resolves.toMatchObject({ version: undefined });
    expect(on.port.writes[1]).toMatchObject({ base: { version: '"2"' } });
    expect(on.port.writes.map(({ key }) => key)).toEqual(['d-1', 'd-2']);
  });

  test('is not deleted any more once the client is closed', async () => {
    const { on, outcome } = await removed(newer);
    if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
    on.closing.abort();
    await expect(outcome.retry('local')).rejects.toBeInstanceOf(ClosedError);
    expect(on.port.writes).toHaveLength(1);
  });

  test('is kept by retry("remote"), without a request', async () => {
    const { on, outcome } = await removed(newer);
    if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
    await expect(outcome.retry('remote')).resolves.toMatchObject({ version: '"2"', value: { a: 2 } });
    expect(on.port.writes).toHaveLength(1);
  });

  test('answered with a value is refused with a word on what may be answered', async () => {
    const { outcome } = await removed(newer);
    if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
    await expect(outcome.retry({ value: { a: 3 } })).rejects.toThrow(/'local'.*'remote'/);
  });
});

describe('a delete whose answer was lost', () => {
  test('and that landed is a success', async () => {
    const { on, outcome } = await removed({ writes: [unknown()], reads: [missing] });
    expect(outcome).toMatchObject(deleted);
    expect(on.port.writes).toHaveLength(1);
  });

  test('and that did not land is sent again', async () => {
    const { on, outcome } = await removed({
      writes: [unknown(), accepted(undefined)],
      reads: [found('"1"', { a: 1 })],
    });
    expect(outcome).toMatchObject(deleted);
    expect(on.port.writes).toHaveLength(2);
  });

  test('and is there again in a newer state is in doubt', async () => {
    const { outcome } = await removed({ writes: [unknown()], reads: [found('"2"', { a: 2 })] });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(outcome).toMatchObject({ edit: { base: { a: 1 }, remote: { a: 2 } } });
  });

  test('stays in doubt when a hook does not let the next request go', async () => {
    const cause = new Error('no token');
    const { outcome } = await removed({
      writes: [unknown(), () => Promise.reject(cause)],
      reads: [found('"1"', { a: 1 })],
    });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(outcome).toMatchObject({ cause });
  });

  test('is in doubt when the server cannot be asked until the deadline', async () => {
    const { on, outcome } = await removed({ writes: [unknown()], reads: [failed(true)] });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(on.clock.pending).toBe(0);
  });
});

describe('a delete without a version', () => {
  const base = { value: { a: 1 }, version: undefined };
  const change = { requireVersion: false };

  test('looks first, also where none is required', async () => {
    const { on, outcome } = await removed(
      { writes: [accepted(undefined)], reads: [found('"2"', { a: 2 })] },
      { base, change },
    );
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(on.port.writes).toEqual([]);
  });

  test('goes out where the server names none', async () => {
    const { on, outcome } = await removed(
      { writes: [accepted(undefined)], reads: [found(undefined, { a: 1 })] },
      { base, change },
    );
    expect(outcome).toMatchObject(deleted);
    expect(on.port.reads).toHaveLength(1);
  });
});

describe('it ends', () => {
  test('after as many writes as allowed', async () => {
    const { on, outcome } = await removed(
      { writes: Array.from({ length: 99 }, () => answered(429)) },
      { change: { retry: { attempts: 4 } } },
    );
    expect(outcome).toBeInstanceOf(RetryLimitError);
    expect(on.port.writes).toHaveLength(4);
  });

  test('where the server can never be read, even without a deadline', async () => {
    const on = bench(
      { writes: [answered(412)], reads: [failed(true)] },
      { retry: { attempts: 3, deadline: Number.POSITIVE_INFINITY } },
    );
    on.resource.keep(v1, false);
    const { port, policy } = on;
    const controller = new AbortController();
    const outcome = outcomeOf(
      on.delete({ id: 'd', base: v1, onStale: 'error', port, policy, signal: controller.signal, emit: () => {} }),
    );
    await on.clock.advance(60_000);
    controller.abort('the test gave up');
    await expect(outcome).resolves.toBeInstanceOf(Error);
    expect(on.port.reads.length).toBeLessThan(60);
  });

  test('in doubt at the deadline while the write is out there', async () => {
    const { on, outcome } = await removed({ writes: [never] }, { change: { retry: { deadline: 1_000 } } });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(on.clock.pending).toBe(0);
  });

  test.each([
    ['an error', new Error('mine')],
    ['a string', 'mine'],
  ])("with the caller's own reason, %s, at once", async (_title, reason) => {
    for (const writing of [never, deaf]) {
      const on = bench({ writes: [writing] });
      on.resource.keep(v1, false);
      const { port, policy } = on;
      const controller = new AbortController();
      let outcome: unknown = 'nothing yet';
      on.delete({
        id: 'd',
        base: v1,
        onStale: 'error',
        port,
        policy,
        signal: controller.signal,
        emit: (event) => on.events.push(event),
      }).catch((error: unknown) => (outcome = error));
      await settle();
      controller.abort(reason);
      await settle();
      expect(outcome).toBe(reason);
      expect(on.told()).toEqual(['attempt', 'in-doubt', 'rejected']);
      expect(on.clock.pending).toBe(0);
    }
  });
});
