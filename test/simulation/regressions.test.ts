import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/core/json.js';
import type { PortWrite } from '../../src/engine/port.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { InDoubtError, RetryLimitError } from '../../src/errors/outcome-errors.js';
import { accepted, answered, found, never, unknown } from '../engine/fake-port.js';
import { bench, outcomeOf } from '../engine/fake-run.js';

/** What schedules of the simulation once broke, each told in the fewest steps. */

const state = (version: string, value: JsonValue) => ({ value, version });
const onTop = (value: JsonValue) => ({ value, version: undefined });

describe('a lost answer', () => {
  test('is looked for although a refusal tells the latest state: an append is not made twice', async () => {
    const v1 = state('"1"', { log: ['x'], n: 0 });
    const landed = state('"3"', { log: ['x', 'z', 'y'], n: 0 });
    const on = bench({
      // The first write is late: it lands when the client has given up on it and looked for it.
      writes: [unknown(), answered(412, { latest: landed })],
      reads: [found('"1"', v1.value), found('"3"', landed.value)],
    });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { log: ['x', 'z'], n: 0 }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ alreadyApplied: true, attempts: 2 });
    expect(on.port.writes).toHaveLength(2);
  });

  test('of an append of what was there before is in doubt: somebody else may have appended the same', async () => {
    const v1 = state('"1"', { log: ['x'] });
    const on = bench({ writes: [unknown()], reads: [found('"2"', { log: ['x', 'x'], seen: true })] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { log: ['x', 'x'] }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(InDoubtError);
    expect(on.port.writes).toHaveLength(1);
  });

  test("does not take somebody else's create from the same template for its own", async () => {
    const template = { title: 'New', tags: ['start'], log: [] };
    const mine = { ...template, tags: ['start', 'mine'] };
    const theirs = { ...template, tags: ['start', 'theirs'] };
    const on = bench({ writes: [unknown()], reads: [found('"1"', theirs)] });
    const outcome = outcomeOf(on.submit(onTop({}), mine, { kind: 'create', combinable: false }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(InDoubtError);
    await expect(outcome).resolves.toMatchObject({ local: mine });
  });

  test('does not believe to have claimed what somebody else has claimed', async () => {
    const free = state('"1"', { status: 'free', owner: null });
    const on = bench({ writes: [unknown()], reads: [found('"2"', { status: 'claimed', owner: 'them' })] });
    on.resource.keep(free, false);
    const outcome = outcomeOf(on.submit(free, { status: 'claimed', owner: 'me' }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(InDoubtError);
  });

  test('is still recognised below what somebody else did elsewhere', async () => {
    const free = state('"1"', { status: 'free', owner: null, seen: 0 });
    const on = bench({ writes: [unknown()], reads: [found('"3"', { status: 'claimed', owner: 'me', seen: 1 })] });
    on.resource.keep(free, false);
    const outcome = outcomeOf(on.submit(free, { status: 'claimed', owner: 'me', seen: 0 }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ alreadyApplied: true });
  });
});

describe('a conflict met while a write is in doubt', () => {
  const v1 = state('"1"', { title: 'start', list: ['x'] });
  const restored = found('"3"', { title: 'start', list: ['x'], restored: true });
  const theirs = { title: 'theirs', list: ['x'], restored: true };

  test('is no definite end: it is the cause of the doubt, and can be answered', async () => {
    const on = bench({
      writes: [unknown(), answered(412), accepted('"5"')],
      reads: [restored, found('"4"', theirs)],
    });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { title: 'mine', list: ['x', 'mine'] }));
    await on.clock.advance(10_000);
    const error = await outcome;
    expect(error).toBeInstanceOf(InDoubtError);
    if (!(error instanceof InDoubtError) || !(error.cause instanceof ConflictError)) throw error;
    expect(error.cause.conflicts).toMatchObject([{ path: '/title' }]);
    const mine = { ...theirs, title: 'mine', list: ['x', 'mine'] };
    await expect(error.cause.retry('local')).resolves.toMatchObject({ value: mine });
  });

  test('leaves the doubt to what goes on from it: a refusal is no definite end', async () => {
    const on = bench({
      writes: [unknown(), answered(412), answered(403)],
      reads: [restored, found('"4"', theirs)],
    });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { title: 'mine', list: ['x', 'mine'] }));
    await on.clock.advance(10_000);
    const error = await outcome;
    if (!(error instanceof InDoubtError) || !(error.cause instanceof ConflictError)) throw error;
    await expect(error.cause.retry('local')).rejects.toMatchObject({ code: 'ERR_IN_DOUBT' });
    expect(on.port.writes).toHaveLength(3);
  });

  test('is none either for an edit that was taken out of the doubtful company because of it', async () => {
    const on = bench({
      // Both edits land with the first write, and somebody restores the state from before it.
      writes: [unknown(), answered(412), accepted('"5"')],
      reads: [restored, found('"4"', theirs)],
    });
    on.resource.keep(v1, false);
    const title = outcomeOf(on.submit(v1, { title: 'mine', list: ['x'] }));
    const list = outcomeOf(on.submit(onTop({ title: 'mine', list: ['x'] }), { title: 'mine', list: ['x', 'mine'] }));
    await on.clock.advance(10_000);
    await expect(list).resolves.toMatchObject({ value: { ...theirs, list: ['x', 'mine'] } });
    await expect(title).resolves.toBeInstanceOf(InDoubtError);
    await expect(title).resolves.toMatchObject({ local: { title: 'mine' }, cause: { code: 'ERR_CONFLICT' } });
  });
});

test('an edit is not refused for the fault of one that travelled with it and has left', async () => {
  const v1 = state('"1"', { a: 1, b: 1 });
  let refuse: () => void = () => {};
  const gate = new Promise<void>((resolve) => (refuse = resolve));
  const on = bench({
    writes: [(write) => gate.then(() => answered(409)(write)), accepted('"2"')],
    reads: [found('"1"', v1.value)],
  });
  on.resource.keep(v1, false);
  const bad = new AbortController();
  const left = outcomeOf(on.submit(v1, { a: 'bad', b: 1 }, { signal: bad.signal }));
  const neighbour = outcomeOf(on.submit(onTop({ a: 'bad', b: 1 }), { a: 'bad', b: 2 }));
  await on.clock.advance(0);
  bad.abort('enough');
  refuse();
  await on.clock.advance(10_000);
  expect(await left).toBe('enough');
  await expect(neighbour).resolves.toMatchObject({ value: { a: 1, b: 2 } });
});

test('nobody sees an edit in the snapshot and once more on top of it', async () => {
  const v1 = state('"1"', { list: ['x'] });
  const on = bench({ writes: [accepted(undefined)] });
  on.resource.keep(v1, false);
  const seen: (JsonValue | undefined)[] = [];
  on.resource.subscribe(() => seen.push(on.resource.value));
  const once = { list: ['x', 'x'] };
  const twice = { list: ['x', 'x', 'x'] };
  const told = { emit: () => seen.push(on.resource.value) };
  const first = on.submit(v1, once, told);
  const second = on.submit(onTop(once), twice, told);
  await Promise.all([first, second]);
  expect(new Set(seen.map((value) => JSON.stringify(value)))).toEqual(
    new Set([v1.value, once, twice].map((value) => JSON.stringify(value))),
  );
  expect(seen.at(-1)).toEqual(twice);
});

test('a create that is tried again does not hide the edits that were made meanwhile', async () => {
  const mine = { title: 'mine', map: {} };
  const theirs = { title: 'theirs', map: {} };
  const on = bench(
    // The edit's write is on its way for as long as this test lasts.
    { writes: [answered(412), never], reads: [found('"1"', theirs)] },
    { exists: 'merge' },
  );
  const created = outcomeOf(on.submit(onTop({}), mine, { kind: 'create', combinable: false }));
  const edited = outcomeOf(on.submit(onTop(mine), { ...mine, map: { later: true } }));
  await on.clock.advance(10_000);
  const error = await created;
  if (!(error instanceof ConflictError)) throw error;
  const again = outcomeOf(error.retry('local'));
  expect(on.resource.pending).toHaveLength(2);
  expect(on.resource.value).toEqual({ title: 'mine', map: { later: true } });
  await on.clock.advance(60_000);
  await Promise.all([again, edited]);
});

test('a create behind an edit and a delete is what is seen', async () => {
  const v1 = state('"1"', { a: 1, b: 1 });
  const on = bench({
    writes: [accepted('"2"'), accepted(undefined), accepted('"3"')],
    reads: [{ kind: 'missing', error: new Error('404') }],
  });
  on.resource.keep(v1, false);
  const { port, policy } = on;
  const removal = {
    id: 'd',
    base: undefined,
    onStale: 'error',
    signal: undefined,
    emit: () => {},
    port,
    policy,
  } as const;
  const edited = outcomeOf(on.submit(v1, { a: 2, b: 1 }));
  const removed = outcomeOf(on.delete(removal));
  const created = outcomeOf(on.submit(onTop({}), { a: 5 }, { kind: 'create', combinable: false }));
  expect(on.resource.value).toEqual({ a: 5 });
  await on.clock.advance(10_000);
  await Promise.all([edited, removed, created]);
  expect(on.resource.state?.value).toEqual({ a: 5 });
});

test('an edit that has ended is told of no more, while the schema of its neighbour takes its time', async () => {
  const v1 = state('"1"', { a: 1, b: 1 });
  let judged: () => void = () => {};
  const validate = (value: unknown) =>
    new Promise<{ value: unknown }>((resolve) => (judged = () => resolve({ value })));
  const on = bench(
    { writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 1, b: 1, c: 1 })] },
    { schema: { '~standard': { version: 1, vendor: 'test', validate } } },
  );
  on.resource.keep(v1, false);
  const told: string[] = [];
  const leaver = new AbortController();
  const first = outcomeOf(on.submit(v1, { a: 2, b: 1 }));
  const second = outcomeOf(
    on.submit(onTop({ a: 2, b: 1 }), { a: 2, b: 2 }, { signal: leaver.signal, emit: ({ type }) => told.push(type) }),
  );
  await on.clock.advance(0);
  judged();
  await on.clock.advance(0);
  judged();
  await on.clock.advance(1_000);
  leaver.abort('enough');
  for (let round = 0; round < 3; round += 1) {
    judged();
    await on.clock.advance(1_000);
  }
  expect(await second).toBe('enough');
  await expect(first).resolves.toMatchObject({ value: { a: 2, b: 1, c: 1 } });
  expect(told.at(-1)).toBe('rejected');
});

test('a delete that has to read first ends at the deadline where the server is silent', async () => {
  const on = bench({ reads: [() => new Promise(() => {})] });
  const { port, policy } = on;
  const outcome = outcomeOf(
    on.delete({ id: 'd', base: undefined, onStale: 'error', port, policy, signal: undefined, emit: () => {} }),
  );
  await on.clock.advance(30_000);
  await expect(outcome).resolves.toBeInstanceOf(RetryLimitError);
  expect(on.clock.pending).toBe(0);
  expect(on.resource.status).toBe('failed');
});

test('a delete of whatever is there waits between two tries, also where refusals tell the latest state', async () => {
  let version = 1;
  const moved = () => {
    version += 1;
    return state(`"${version}"`, version);
  };
  const on = bench({
    reads: [() => ({ kind: 'found', state: state(`"${version}"`, version) })],
    writes: Array.from({ length: 1_000 }, () => (write: PortWrite) => answered(412, { latest: moved() })(write)),
  });
  const { port, policy } = on;
  const base = state('"1"', 1);
  const outcome = outcomeOf(
    on.delete({ id: 'd', base, onStale: 'delete', port, policy, signal: undefined, emit: () => {} }),
  );
  await on.clock.advance(30_000);
  await expect(outcome).resolves.toBeInstanceOf(RetryLimitError);
  expect(on.port.unwritten).toBeGreaterThan(0);
});

test('every version whose tag grows strong is written to once more, not only the first', async () => {
  const v1 = state('W/"1"', { a: 1 });
  const on = bench({
    // Apache: a tag is weak for a second after a write, and matches nothing meanwhile.
    writes: [answered(412), answered(412), answered(412), accepted('"3"')],
    reads: [
      ...[found('W/"1"', v1.value), found('"1"', v1.value)],
      ...[found('W/"2"', { a: 1, b: 1 }), found('W/"2"', { a: 1, b: 1 }), found('"2"', { a: 1, b: 1 })],
    ],
  });
  on.resource.tagsAsked = true;
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2 }));
  await on.clock.advance(20_000);
  await expect(outcome).resolves.toMatchObject({ value: { a: 2, b: 1 }, version: '"3"' });
});

describe('what is to be taken out and is not there, where a replica still shows a state from before it was put in,', () => {
  const before = found('"4"', { list: ['x'] });
  const own = state('"5"', { list: ['x', 'mine'] });
  const now = found('"6"', { list: ['x', 'mine'], seen: true });

  test('is looked at once more after a refusal, and taken out', async () => {
    const on = bench({ writes: [answered(412), accepted('"7"')], reads: [before, now] });
    on.resource.keep(own, false);
    const outcome = outcomeOf(on.submit(own, { list: ['x'] }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ value: { list: ['x'], seen: true }, attempts: 2 });
    expect(on.port.writes).toHaveLength(2);
  });

  test('is looked at once more after a lost request, and taken out', async () => {
    const on = bench({ writes: [unknown(), accepted('"7"')], reads: [before, now] });
    on.resource.keep(own, false);
    const outcome = outcomeOf(on.submit(own, { list: ['x'] }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ value: { list: ['x'], seen: true }, attempts: 2 });
  });

  test('is believed to be gone when it still is', async () => {
    const on = bench({ writes: [unknown()], reads: [found('"6"', { list: ['x'] }), found('"6"', { list: ['x'] })] });
    on.resource.keep(own, false);
    const outcome = outcomeOf(on.submit(own, { list: ['x'] }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ alreadyApplied: true, attempts: 1 });
  });
});

describe('the snapshot does not go back', () => {
  test('to what our write made, when a read has seen that and what came after it', async () => {
    const [v1, v2, v3] = [state('"1"', { n: 1 }), state('"2"', { n: 2 }), state('"3"', { n: 2, other: true })];
    const on = bench({
      writes: [
        () => {
          for (const seen of [v2, v3]) on.resource.keep(seen, false);
          return accepted('"2"');
        },
      ],
    });
    on.resource.keep(v1, false);
    await expect(on.submit(v1, v2.value)).resolves.toMatchObject({ version: '"2"', attempts: 1 });
    expect(on.resource.state).toMatchObject(v3);
  });

  test('to what a refusal tells, when a read has seen that and what came after it', async () => {
    const [v1, v2, v3] = [state('"1"', { n: 1 }), state('"2"', { n: 1, a: 1 }), state('"3"', { n: 1, a: 2 })];
    const on = bench({
      writes: [
        (write) => {
          for (const seen of [v2, v3]) on.resource.keep(seen, false);
          return answered(412, { latest: v2 })(write);
        },
        accepted('"4"'),
      ],
    });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { n: 5 }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ value: { n: 5, a: 2 }, attempts: 2 });
    expect(on.port.writes[1]).toMatchObject({ base: v3 });
  });

  function lagging(on: ReturnType<typeof bench>): void {
    on.resource.keep(state('"1"', 1), false);
    on.resource.keep(state('"2"', 2), false);
  }

  test('to what a patient read found, where more was learnt meanwhile', async () => {
    const on = bench({ reads: [found('"1"', 1)] });
    lagging(on);
    const outcome = on.resource.read(on.port, on.clock, undefined, true);
    await on.clock.advance(1_000);
    on.resource.keep(state('"3"', 3), true);
    await on.clock.advance(1_000);
    await expect(outcome).resolves.toMatchObject({ version: '"3"' });
    expect(on.resource.state).toMatchObject({ version: '"3"' });
  });

  test('to the version a lost write named, which a replica still shows', async () => {
    const v1 = state('"1"', { a: 1 });
    const on = bench({
      // Somebody reads the new version while the answer is being lost.
      writes: [() => learn(), answered(412), accepted('"3"')],
      reads: [found('"1"', v1.value), found('"2"', { a: 1, b: 1 })],
    });
    const learn = () => {
      on.resource.keep(state('"2"', { a: 1, b: 1 }), false);
      return unknown();
    };
    on.resource.keep(v1, false);
    const versions: (string | undefined)[] = [];
    on.resource.subscribe(() => versions.push(on.resource.state?.version));
    const outcome = outcomeOf(on.submit(v1, { a: 2 }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ value: { a: 2, b: 1 } });
    expect(versions.slice(versions.indexOf('"2"'))).not.toContain('"1"');
  });
});

test('a read that has ended is not aborted after all', async () => {
  const on = bench({ reads: [found('"1"', 1)] });
  await on.resource.read(on.port, on.clock, undefined, true);
  await on.clock.advance(0);
  expect(on.port.reads[0]?.signal.aborted).toBe(false);
});

test('where a server is silent, an abort ends a delete that has to read first', async () => {
  const on = bench({ reads: [() => new Promise(() => {})], writes: [never] });
  const caller = new AbortController();
  const { port, policy } = on;
  const outcome = outcomeOf(
    on.delete({
      id: 'd',
      base: undefined,
      onStale: 'error',
      port,
      policy,
      signal: caller.signal,
      emit: () => {},
    }),
  );
  await on.clock.advance(10);
  caller.abort('mine');
  await on.clock.advance(0);
  expect(await outcome).toBe('mine');
  expect(on.clock.pending).toBe(0);
});
