import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expect, test } from 'vitest';
import type { ConflictResolver } from '../../src/contract/resolver.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { RefusedError } from '../../src/errors/outcome-errors.js';
import { settle } from './fake-clock.js';
import { accepted, answered, found, never, unknown } from './fake-port.js';
import { bench, outcomeOf } from './fake-run.js';

const v1 = { value: { a: 1, b: 1, c: 1 }, version: '"1"' };
const onTop = (value: { a: number; b: number; c: number }) => ({ value, version: undefined });

function three(script: Parameters<typeof bench>[0], change: Parameters<typeof bench>[1] = {}) {
  const on = bench(script, change);
  on.resource.keep(v1, false);
  const a = { a: 2, b: 1, c: 1 };
  const ab = { a: 2, b: 2, c: 1 };
  const abc = { a: 2, b: 2, c: 2 };
  const results = [on.submit(v1, a), on.submit(onTop(a), ab), on.submit(onTop(ab), abc)].map(outcomeOf);
  return { on, results, abc };
}

describe('edits made together', () => {
  test('are sent as one write: each gets its own result, and what landed for all', async () => {
    const { on, results, abc } = three({ writes: [accepted('"2"')] });
    expect(on.resource.value).toEqual(abc);
    await on.clock.advance(1_000);
    const got = await Promise.all(results);
    expect(on.port.writes).toHaveLength(1);
    expect(on.port.writes[0]).toMatchObject({ kind: 'update', base: v1, local: abc });
    const patch = [{ path: '/a' }, { path: '/b' }, { path: '/c' }];
    expect(got).toMatchObject(results.map(() => ({ value: abc, version: '"2"', attempts: 1, patch })));
  });

  test('that wait for a write under way are sent together after it', async () => {
    let land: () => void = () => {};
    const gate = new Promise<void>((resolve) => (land = resolve));
    const on = bench({ writes: [() => gate.then(() => accepted('"2"')), accepted('"3"')] });
    on.resource.keep(v1, false);
    const first = on.submit(v1, { a: 2, b: 1, c: 1 });
    await settle();
    const more = [
      on.submit(onTop({ a: 2, b: 1, c: 1 }), { a: 2, b: 2, c: 1 }),
      on.submit(onTop({ a: 2, b: 2, c: 1 }), { a: 2, b: 2, c: 2 }),
    ];
    expect(on.resource.value).toEqual({ a: 2, b: 2, c: 2 });
    land();
    await Promise.all([first, ...more]);
    expect(on.port.writes).toHaveLength(2);
    expect(on.port.writes[1]).toMatchObject({ base: { version: '"2"' }, local: { a: 2, b: 2, c: 2 } });
  });

  test('are rebased together', async () => {
    const { on, results } = three({
      writes: [answered(412), accepted('"3"')],
      reads: [found('"2"', { ...v1.value, d: 9 })],
    });
    await on.clock.advance(1_000);
    await expect(Promise.all(results)).resolves.toMatchObject([
      { rebased: true },
      { rebased: true },
      { rebased: true },
    ]);
    expect(on.port.writes[1]).toMatchObject({ local: { a: 2, b: 2, c: 2, d: 9 } });
  });

  test('are told apart by their events', async () => {
    const { on, results } = three({ writes: [accepted('"2"')] });
    await on.clock.advance(1_000);
    await Promise.all(results);
    expect(on.told().filter((type) => type === 'accepted')).toHaveLength(3);
  });
});

describe('one bad edit among several', () => {
  test('refused by the schema is taken out, and its neighbours land', async () => {
    const schema: StandardSchemaV1 = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) =>
          JSON.stringify(value).includes('"b":2') ? { issues: [{ message: 'b must not be 2' }] } : { value },
      },
    };
    const { on, results } = three({ writes: [accepted('"2"')] }, { schema });
    await on.clock.advance(1_000);
    const [a, b, c] = await Promise.all(results);
    expect(a).toMatchObject({ version: '"2"' });
    expect(b).toMatchObject({ code: 'ERR_INVALID_MERGE', issues: [{ message: 'b must not be 2' }] });
    expect(c).toMatchObject({ version: '"2"', value: { a: 2, b: 1, c: 2 } });
  });

  test('refused by the server is found by halving, and its neighbours land', async () => {
    const rule = (write: Parameters<ReturnType<typeof answered>>[0]) =>
      write.kind === 'update' && JSON.stringify(write.local).includes('"b":2')
        ? answered(422)(write)
        : accepted(`"${++version}"`);
    let version = 1;
    const { on, results } = three({ writes: [rule, rule, rule, rule, rule] });
    await on.clock.advance(5_000);
    const [a, b, c] = await Promise.all(results);
    expect(a).toMatchObject({ version: '"2"' });
    expect(b).toMatchObject({ code: 'ERR_REFUSED', status: 422, cause: { message: 'status 422' } });
    expect(c).toMatchObject({ version: '"3"', value: { a: 2, b: 1, c: 2 } });
  });

  test('sent by itself after that goes under another key than the batch', async () => {
    let version = 1;
    const rule = (write: Parameters<ReturnType<typeof answered>>[0]) =>
      write.kind === 'update' && JSON.stringify(write.local).includes('"b":2')
        ? answered(422)(write)
        : accepted(`"${++version}"`);
    const { on, results } = three({ writes: [rule, rule, rule, rule, rule] });
    await on.clock.advance(5_000);
    await Promise.all(results);
    const keys = on.port.writes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('edits that wait are one, after a conflict too', () => {
  const abc = { a: 2, b: 2, c: 2 };
  const moved = found('"2"', { ...v1.value, b: 7 });

  /** Answers every question like this, and counts them. */
  function asking(answer: Awaited<ReturnType<ConflictResolver<unknown>>>) {
    const asked: unknown[] = [];
    const resolve: ConflictResolver<unknown> = ({ base, local }) => {
      asked.push({ base, local });
      return answer;
    };
    return { asked, resolve };
  }

  test('one question, whose local is what is on the screen, and one write', async () => {
    const { asked, resolve } = asking('local');
    const { on, results } = three({ writes: [answered(412), accepted('"3"')], reads: [moved] }, { resolve });
    await on.clock.advance(5_000);
    await expect(Promise.all(results)).resolves.toMatchObject(results.map(() => ({ value: abc, version: '"3"' })));
    expect(asked).toEqual([{ base: v1.value, local: abc }]);
    expect(on.port.writes).toHaveLength(2);
  });

  test("answered 'remote', each resolves", async () => {
    const { resolve } = asking('remote');
    const { on, results } = three({ writes: [answered(412), accepted('"3"')], reads: [moved] }, { resolve });
    await on.clock.advance(5_000);
    const value = { a: 2, b: 7, c: 2 };
    await expect(Promise.all(results)).resolves.toMatchObject(results.map(() => ({ value })));
  });

  test("answered 'discard', each resolves with what is there, and nothing is written", async () => {
    const { resolve } = asking('discard');
    const { on, results } = three({ writes: [answered(412)], reads: [moved] }, { resolve });
    await on.clock.advance(5_000);
    const value = { ...v1.value, b: 7 };
    await expect(Promise.all(results)).resolves.toMatchObject(results.map(() => ({ value, patch: [] })));
  });

  test('answered with a whole value, that is what shows and what is written, however often it is made again', async () => {
    const { asked, resolve } = asking({ value: { a: 5, b: 5, c: 5 } });
    const { on, results } = three(
      {
        writes: [answered(412), answered(412), accepted('"4"')],
        reads: [moved, found('"3"', { ...v1.value, b: 7, d: 1 })],
      },
      { resolve },
    );
    await on.clock.advance(5_000);
    const value = { a: 5, b: 5, c: 5, d: 1 };
    await expect(Promise.all(results)).resolves.toMatchObject(results.map(() => ({ value, version: '"4"' })));
    expect(asked).toHaveLength(1);
  });

  test('what came while the write was on its way comes along when it is made again', async () => {
    const { asked, resolve } = asking('local');
    const late = { ...v1.value, b: 3 };
    const on = bench(
      {
        writes: [
          (write) => {
            void on.submit(onTop({ ...v1.value, b: 2 }), late).catch(() => {});
            return answered(412)(write);
          },
          accepted('"3"'),
        ],
        reads: [moved],
      },
      { resolve },
    );
    on.resource.keep(v1, false);
    const first = outcomeOf(on.submit(v1, { ...v1.value, b: 2 }));
    await on.clock.advance(5_000);
    await expect(first).resolves.toMatchObject({ value: late });
    expect(asked).toEqual([{ base: v1.value, local: late }]);
    expect(on.port.writes).toHaveLength(2);
  });

  test('with nobody to ask, those that conflict end, and the others land', async () => {
    const { on, results } = three({ writes: [answered(412), accepted('"3"')], reads: [moved] });
    await on.clock.advance(5_000);
    const [a, b, c] = await Promise.all(results);
    expect(b).toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ path: '/b' }] });
    for (const landed of [a, c]) expect(landed).toMatchObject({ value: { a: 2, b: 7, c: 2 }, version: '"3"' });
  });

  test('a question that nobody answers is put once, and ends those that conflict', async () => {
    const { asked, resolve } = asking(undefined);
    const { on, results } = three({ writes: [answered(412), accepted('"3"')], reads: [moved] }, { resolve });
    await on.clock.advance(5_000);
    const [a, b, c] = await Promise.all(results);
    expect(asked).toHaveLength(1);
    expect(b).toMatchObject({ code: 'ERR_CONFLICT' });
    for (const landed of [a, c]) expect(landed).toMatchObject({ version: '"3"' });
  });

  test('one that leaves after a whole value was answered leaves the question open again', async () => {
    const leaver = new AbortController();
    const asked: unknown[] = [];
    const resolve: ConflictResolver<unknown> = ({ local }) => {
      asked.push(local);
      if (asked.length === 1) leaver.abort('mine');
      return { value: { ...v1.value, b: 50 + asked.length } };
    };
    const on = bench({ writes: [answered(412), accepted('"3"')], reads: [moved] }, { resolve });
    on.resource.keep(v1, false);
    const a = { ...v1.value, b: 2 };
    const stays = outcomeOf(on.submit(v1, a));
    const leaves = outcomeOf(on.submit(onTop(a), { ...a, b: 3 }, { signal: leaver.signal }));
    await on.clock.advance(5_000);
    await expect(leaves).resolves.toBe('mine');
    await expect(stays).resolves.toMatchObject({ value: { b: 52 } });
    expect(asked).toEqual([{ ...a, b: 3 }, a]);
  });

  test('those that came late have the time that is theirs', async () => {
    const on = bench(
      {
        writes: [
          (write) => {
            void on.submit(onTop({ ...v1.value, a: 2 }), { ...v1.value, a: 2, c: 9 }).then(landed, landed);
            return answered(412)(write);
          },
          answered(429),
          accepted('"3"'),
        ],
        reads: [moved],
      },
      { retry: { attempts: 2, attemptsWhileMoving: 2 } },
    );
    const ends: unknown[] = [];
    const landed = (outcome: unknown) => ends.push(outcome);
    on.resource.keep(v1, false);
    const first = outcomeOf(on.submit(v1, { ...v1.value, a: 2 }));
    await on.clock.advance(20_000);
    await expect(first).resolves.toMatchObject({ code: 'ERR_RETRY_LIMIT' });
    expect(ends).toMatchObject([{ value: { a: 1, b: 7, c: 9 } }]);
  });
});

describe('the optimistic value', () => {
  test('is the same object until something changes', () => {
    const { on } = three({ writes: [never] });
    expect(on.resource.value).toBe(on.resource.value);
  });

  test('falls back when an edit is rejected', async () => {
    const on = bench({ writes: [answered(403)] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    expect(on.resource.value).toEqual({ a: 2, b: 1, c: 1 });
    await on.clock.advance(1_000);
    await outcome;
    expect(on.resource.value).toEqual(v1.value);
    expect(on.resource.status).toBe('failed');
  });

  test('shows what the person typed where an edit conflicts', async () => {
    const resolve: ConflictResolver<unknown> = () => new Promise(() => {});
    const on = bench({ writes: [answered(412)], reads: [found('"2"', { a: 7, b: 7, c: 1 })] }, { resolve });
    on.resource.keep(v1, false);
    const controller = new AbortController();
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }, { signal: controller.signal }));
    await on.clock.advance(1_000);
    expect(on.resource.status).toBe('conflicted');
    expect(on.resource.value).toEqual({ a: 2, b: 7, c: 1 });
    controller.abort('over');
    await outcome;
    await settle();
    expect(on.resource.value).toEqual({ a: 7, b: 7, c: 1 });
  });

  test('is told to listeners with every change', async () => {
    const { on, results } = three({ writes: [accepted('"2"')] });
    const seen: unknown[] = [];
    on.resource.subscribe(() => seen.push([on.resource.status, on.resource.pending.length]));
    await on.clock.advance(1_000);
    await Promise.all(results);
    expect(seen.at(-1)).toEqual(['idle', 0]);
    expect(on.resource.value).toEqual({ a: 2, b: 2, c: 2 });
  });
});

describe('an abort', () => {
  test('of an edit that waits takes it out at once', async () => {
    const on = bench({ writes: [never] });
    on.resource.keep(v1, false);
    const first = new AbortController();
    const second = new AbortController();
    const results = [on.submit(v1, { a: 2, b: 1, c: 1 }, { signal: first.signal }), undefined];
    await settle();
    const waiting = outcomeOf(on.submit(onTop({ a: 2, b: 1, c: 1 }), { a: 2, b: 2, c: 1 }, { signal: second.signal }));
    let told = 0;
    on.resource.subscribe(() => (told += 1));
    second.abort('mine');
    await expect(waiting).resolves.toBe('mine');
    expect(on.resource.pending).toHaveLength(1);
    expect(told).toBeGreaterThan(0);
    first.abort('over');
    await expect(results[0]).rejects.toBe('over');
  });

  test('of a write under way says that it is in doubt, and the port is told', async () => {
    const on = bench({ writes: [never] });
    on.resource.keep(v1, false);
    const controller = new AbortController();
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }, { signal: controller.signal }));
    await settle();
    const reason = new Error('mine');
    controller.abort(reason);
    await expect(outcome).resolves.toBe(reason);
    expect(on.told()).toEqual(['attempt', 'in-doubt', 'rejected']);
    await settle();
    expect(on.clock.pending).toBe(0);
    await on.queue.settled();
  });

  test('of one of several that travel together lets the others land', async () => {
    let land: () => void = () => {};
    const gate = new Promise<void>((resolve) => (land = resolve));
    const on = bench({ writes: [() => gate.then(() => accepted('"2"'))] });
    on.resource.keep(v1, false);
    const controller = new AbortController();
    const leaving = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }, { signal: controller.signal }));
    const staying = on.submit(onTop({ a: 2, b: 1, c: 1 }), { a: 2, b: 2, c: 1 });
    await settle();
    controller.abort('mine');
    await expect(leaving).resolves.toBe('mine');
    land();
    await expect(staying).resolves.toMatchObject({ version: '"2"' });
  });

  test('before the edit was made makes it fail without a request', async () => {
    const on = bench();
    await expect(on.submit(v1, { a: 2, b: 1, c: 1 }, { signal: AbortSignal.abort('mine') })).rejects.toBe('mine');
    await settle();
    expect(on.port.writes).toEqual([]);
  });

  test('of a delete that waits for its turn takes it out at once', async () => {
    const on = bench({ writes: [never] });
    on.resource.keep(v1, false);
    const first = new AbortController();
    const edit = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }, { signal: first.signal }));
    await settle();
    const controller = new AbortController();
    const { port, policy } = on;
    let outcome: unknown = 'nothing yet';
    const removing = on
      .delete({ id: 'd', base: v1, onStale: 'error', port, policy, signal: controller.signal, emit: () => {} })
      .catch((error: unknown) => (outcome = error));
    controller.abort('mine');
    await settle();
    expect(outcome).toBe('mine');
    first.abort('over');
    await edit;
    await removing;
  });
});

describe('the lane goes on', () => {
  test('after a failed edit', async () => {
    const on = bench({ writes: [answered(403), accepted('"2"')] });
    on.resource.keep(v1, false);
    const first = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    await on.clock.advance(1_000);
    await first;
    const second = on.submit(v1, { a: 3, b: 1, c: 1 });
    await on.clock.advance(1_000);
    await expect(second).resolves.toMatchObject({ version: '"2"' });
    expect(on.resource.status).toBe('idle');
  });

  test('after a port that throws', async () => {
    const on = bench({
      writes: [
        () => {
          throw new Error('a bug in the port');
        },
        accepted('"2"'),
      ],
    });
    on.resource.keep(v1, false);
    const first = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    await on.clock.advance(1_000);
    await expect(first).resolves.toMatchObject({ message: 'a bug in the port' });
    const second = on.submit(v1, { a: 3, b: 1, c: 1 });
    await on.clock.advance(1_000);
    await expect(second).resolves.toMatchObject({ version: '"2"' });
    expect(on.clock.pending).toBe(0);
  });
});

describe('an edit and then a delete, without waiting between them', () => {
  test('delete what the edit made: our own edit is no newer state', async () => {
    const on = bench({
      writes: [
        accepted('"2"'),
        (write) =>
          write.kind === 'delete' && write.base.version === '"2"' ? accepted(undefined) : answered(412)(write),
      ],
      reads: [found('"2"', { a: 2, b: 1, c: 1 })],
    });
    on.resource.keep(v1, false);
    const edit = on.submit(v1, { a: 2, b: 1, c: 1 });
    const { port, policy } = on;
    const removing = outcomeOf(
      on.delete({ id: 'd', base: undefined, onStale: 'error', port, policy, signal: undefined, emit: () => {} }),
    );
    await on.clock.advance(10_000);
    await edit;
    await expect(removing).resolves.toMatchObject({ version: undefined, attempts: 1 });
  });
});

describe('ConflictError.retry', () => {
  const conflicting = () => {
    const on = bench({
      writes: [answered(412), accepted('"3"')],
      reads: [found('"2"', { a: 7, b: 1, c: 1 })],
    });
    on.resource.keep(v1, false);
    return on;
  };

  test('goes on with the answer', async () => {
    const on = conflicting();
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    await on.clock.advance(1_000);
    const error = await outcome;
    if (!(error instanceof ConflictError)) throw new Error('no conflict');
    expect(error).toMatchObject({ base: v1.value, local: { a: 2 }, remote: { a: 7 }, merged: { a: 7 }, attempts: 1 });
    const retried = error.retry('local');
    await on.clock.advance(1_000);
    await expect(retried).resolves.toMatchObject({ value: { a: 2 }, version: '"3"', rebased: true });
  });

  test('sends its bytes under a key of their own', async () => {
    const on = conflicting();
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    await on.clock.advance(1_000);
    const error = await outcome;
    if (!(error instanceof ConflictError)) throw new Error('no conflict');
    const retried = error.retry({ value: { a: 5, b: 1, c: 1 } });
    await on.clock.advance(1_000);
    await retried;
    const keys = on.port.writes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  test('with an answer that settles nothing is a conflict again', async () => {
    const on = conflicting();
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    await on.clock.advance(1_000);
    const error = await outcome;
    if (!(error instanceof ConflictError)) throw new Error('no conflict');
    const retried = outcomeOf(error.retry('abort'));
    await on.clock.advance(1_000);
    await expect(retried).resolves.toBeInstanceOf(ConflictError);
  });

  test('that waits behind others is part of the optimistic value', async () => {
    const on = conflicting();
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
    await on.clock.advance(1_000);
    const error = await outcome;
    if (!(error instanceof ConflictError)) throw new Error('no conflict');
    expect(on.resource.value).toEqual({ a: 7, b: 1, c: 1 });
    const retried = error.retry('local');
    expect(on.resource.value).toEqual({ a: 2, b: 1, c: 1 });
    await on.clock.advance(1_000);
    await retried;
  });
});

test('a lost answer of several together is recognised for all of them', async () => {
  const { on, results, abc } = three({ writes: [unknown()], reads: [found('"2"', { a: 2, b: 2, c: 2 })] });
  await on.clock.advance(1_000);
  await expect(Promise.all(results)).resolves.toMatchObject([
    { alreadyApplied: true, value: abc },
    { alreadyApplied: true, value: abc },
    { alreadyApplied: true, value: abc },
  ]);
  expect(on.port.writes).toHaveLength(1);
});

test('a rule broken by a lone edit is told as what it is', async () => {
  const on = bench({ writes: [answered(409)], reads: [found('"1"', v1.value)] });
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2, b: 1, c: 1 }));
  await on.clock.advance(10_000);
  await expect(outcome).resolves.toBeInstanceOf(RefusedError);
});
