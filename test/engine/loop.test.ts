import { describe, expect, test } from 'vitest';
import { InDoubtError, LockedError, RefusedError, RetryLimitError } from '../../src/errors/outcome-errors.js';
import { MissingVersionError } from '../../src/errors/usage-errors.js';
import { etag } from '../../src/protocol/versions/etag.js';
import { unversioned } from '../../src/protocol/versions/unversioned.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';
import { settle } from './fake-clock.js';
import { accepted, answered, deaf, failed, found, headOnly, missing, never, unknown } from './fake-port.js';
import type { Bench, PolicyChange } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

const v1 = { value: { a: 1, b: 1 }, version: '"1"' };
const mine = { a: 2, b: 1 };
const moved = { a: 1, b: 9 };
const both = { a: 2, b: 9 };

/** An edit that takes a from 1 to 2, made on version 1, given all the time in the world. */
async function saved(script: Parameters<typeof bench>[0], change: PolicyChange = {}, forms = 0) {
  const on = bench(script, change);
  on.port.forms = forms;
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, mine));
  await on.clock.advance(120_000);
  return { on, outcome: await outcome };
}

const sent = ({ port }: Bench): unknown[] =>
  port.writes.map((write) =>
    write.kind === 'create' ? 'create' : [write.base.version, write.kind === 'update' && write.local],
  );

describe('a write', () => {
  test('that is accepted is all there is', async () => {
    const { on, outcome } = await saved({ writes: [accepted('"2"', mine)] });
    expect(outcome).toEqual({
      url: 'https://example.com/a',
      value: mine,
      version: '"2"',
      attempts: 1,
      rebased: false,
      alreadyApplied: false,
      patch: [{ op: 'replace', path: '/a', value: 2 }],
      resolved: [],
    });
    expect(on.told()).toEqual(['attempt', 'accepted']);
    expect(on.port.reads).toEqual([]);
  });

  test('that is stale is looked into, rebased and sent again', async () => {
    const { on, outcome } = await saved({
      writes: [answered(412), accepted('"3"', both)],
      reads: [found('"2"', moved)],
    });
    expect(outcome).toMatchObject({ value: both, version: '"3"', attempts: 2, rebased: true, alreadyApplied: false });
    expect(sent(on)).toEqual([
      ['"1"', mine],
      ['"2"', both],
    ]);
    expect(on.told()).toEqual(['attempt', 'stale', 'wait', 'refetch', 'rebase', 'attempt', 'accepted']);
  });

  test('that is stale again and again is rebased from the original each time', async () => {
    const { on, outcome } = await saved({
      writes: [answered(412), answered(412), answered(409), accepted('"9"')],
      reads: [found('"2"', { a: 1, b: 2 }), found('"3"', { a: 1, b: 3 }), found('"4"', { a: 1, b: 4 })],
    });
    expect(outcome).toMatchObject({ value: { a: 2, b: 4 }, attempts: 4 });
    expect(sent(on).at(-1)).toEqual(['"4"', { a: 2, b: 4 }]);
  });

  test('whose change is there already is a success without another write', async () => {
    const { on, outcome } = await saved({ writes: [answered(412)], reads: [found('"2"', { a: 2, b: 7 })] });
    expect(outcome).toMatchObject({ alreadyApplied: true, version: '"2"', value: { a: 2, b: 7 }, patch: [] });
    expect(on.port.writes).toHaveLength(1);
  });

  test('that the answer told nothing of leaves what was sent as the value', async () => {
    const { on, outcome } = await saved({ writes: [accepted(undefined)] });
    expect(outcome).toMatchObject({ value: mine, version: undefined });
    expect(on.resource.state).toEqual({ value: mine, version: undefined });
  });

  test('uses the latest state out of the refusal where it is told', async () => {
    const latest = { value: moved, version: '"2"' };
    const { on, outcome } = await saved({ writes: [answered(412, { latest }), accepted('"3"')] });
    expect(outcome).toMatchObject({ value: both, attempts: 2 });
    expect(on.port.reads).toEqual([]);
    expect(on.events.find(({ type }) => type === 'refetch')).toMatchObject({ fromConflictBody: true, version: '"2"' });
  });
});

describe('a refusal', () => {
  test('whose version has not moved is one, after one patient look', async () => {
    const { on, outcome } = await saved({
      writes: [answered(409, { body: { detail: 'Name taken.' } })],
      reads: [found('"1"', v1.value)],
    });
    expect(outcome).toBeInstanceOf(RefusedError);
    expect(outcome).toMatchObject({
      problem: { detail: 'Name taken.' },
      attempts: 1,
      edit: { base: v1.value, local: mine },
    });
    expect(on.port.reads).toHaveLength(2);
    expect(on.events.filter(({ type }) => type === 'wait')).toMatchObject([{}, { ms: 1_200 }]);
  });

  test('of a lagging replica is seen through by the patient look', async () => {
    const { outcome } = await saved({
      writes: [answered(412), accepted('"3"')],
      reads: [found('"1"', v1.value), found('"2"', moved)],
    });
    expect(outcome).toMatchObject({ value: both, attempts: 2 });
  });

  test('is one too where the tag had been weak, after one more write with the strong one', async () => {
    const { on, outcome } = await saved({
      writes: [answered(412), answered(412)],
      reads: [found('W/"1"', v1.value), found('"1"', v1.value)],
    });
    expect(on.port.writes).toHaveLength(2);
    expect(outcome).toMatchObject({ code: 'ERR_RETRY_LIMIT', message: expect.stringContaining('the one it shows') });
  });
});

describe('weak tags', () => {
  const weak = { value: v1.value, version: 'W/"1"' };

  async function onWeak(script: Parameters<typeof bench>[0], change: PolicyChange = {}) {
    const on = bench(script, change);
    on.resource.keep(weak, false);
    const outcome = outcomeOf(on.submit(weak, mine));
    await on.clock.advance(120_000);
    return { on, outcome: await outcome };
  }

  test('are asked for again without content coding', async () => {
    const { on, outcome } = await onWeak({ reads: [found('"1"', v1.value)], writes: [accepted('"2"')] });
    expect(on.port.reads.map(({ plain }) => plain)).toEqual([true]);
    expect(sent(on)).toEqual([['"1"', mine]]);
    expect(outcome).toMatchObject({ attempts: 1, rebased: false });
  });

  test('are asked for once more when they may have grown strong', async () => {
    const { on } = await onWeak({
      reads: [found('W/"1"', v1.value), found('"1"', v1.value)],
      writes: [accepted('"2"')],
    });
    expect(on.port.reads).toHaveLength(2);
    expect(sent(on)).toEqual([['"1"', mine]]);
  });

  test('that stay weak are asked for only once per resource', async () => {
    const { on } = await onWeak({ reads: [found('W/"1"', v1.value)], writes: [accepted('W/"2"'), accepted('W/"3"')] });
    expect(on.port.reads).toHaveLength(2);
    const again = outcomeOf(on.submit({ value: mine, version: 'W/"2"' }, { a: 3, b: 1 }));
    await on.clock.advance(10_000);
    await expect(again).resolves.toMatchObject({ attempts: 1 });
    expect(on.port.reads).toHaveLength(2);
  });

  test('are refused where the scheme says so, and nothing is sent', async () => {
    const { on, outcome } = await onWeak({}, { codec: codecOf(etag({ weak: 'refuse' })) });
    expect(outcome).toBeInstanceOf(MissingVersionError);
    expect(on.port.writes).toEqual([]);
  });
});

describe('without a version', () => {
  const bare = { value: v1.value, version: undefined };

  test('it is read first', async () => {
    const on = bench({ reads: [found('"1"', v1.value)], writes: [accepted('"2"')] });
    const outcome = outcomeOf(on.submit(bare, mine));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ version: '"2"', rebased: false });
    expect(sent(on)).toEqual([['"1"', mine]]);
  });

  test('anywhere the write is refused, and the error says where it should be and what CORS must expose', async () => {
    const on = bench({ reads: [found(undefined, v1.value)] });
    const outcome = outcomeOf(on.submit(bare, mine));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({
      code: 'ERR_MISSING_VERSION',
      message: expect.stringMatching(/ETag header.*Access-Control-Expose-Headers: ETag/s),
    });
    expect(on.port.writes).toEqual([]);
  });

  test('a conflict is only reported', async () => {
    const on = bench({ writes: [answered(409)] }, { codec: codecOf(unversioned()), requireVersion: false });
    const outcome = outcomeOf(on.submit(bare, mine));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(RefusedError);
    expect(on.port.reads).toEqual([]);
  });

  test('but with a versioned scheme and a state already known, a write is never sent unguarded once the version was', async () => {
    const on = bench(
      { writes: [accepted(undefined), accepted('"4"')], reads: [found('"3"', { a: 2, b: 9 })] },
      { requireVersion: false },
    );
    on.resource.keep(v1, false);
    const first = outcomeOf(on.submit(v1, mine));
    await on.clock.advance(10_000);
    await first;
    const second = outcomeOf(on.submit(v1, { a: 1, b: 1, c: 5 }));
    await on.clock.advance(10_000);
    await second;
    expect(on.port.writes).toHaveLength(2);
    for (const write of on.port.writes) expect(write).toMatchObject({ base: { version: expect.any(String) } });
  });
});

describe('a write whose answer was lost', () => {
  test('and that landed is a success, sent once', async () => {
    const { on, outcome } = await saved({ writes: [unknown()], reads: [found('"2"', mine)] });
    expect(outcome).toMatchObject({ attempts: 1, alreadyApplied: true, version: '"2"' });
    expect(on.told()).toEqual(['attempt', 'in-doubt', 'wait', 'refetch', 'accepted']);
  });

  test('and that did not land is sent again with the same key', async () => {
    const { on, outcome } = await saved({ writes: [unknown(), accepted('"2"')], reads: [found('"1"', v1.value)] });
    expect(outcome).toMatchObject({ attempts: 2, alreadyApplied: false, rebased: false });
    const [first, second] = on.port.writes;
    expect(second).toEqual(first);
    expect(on.port.reads).toHaveLength(1);
  });

  test("and that landed under somebody else's edit is a success", async () => {
    const { on, outcome } = await saved({ writes: [unknown()], reads: [found('"3"', both)] });
    expect(outcome).toMatchObject({ attempts: 1, value: both });
    expect(on.port.writes).toHaveLength(1);
  });

  test("and that did not land before somebody else's edit is made again on that", async () => {
    const { on, outcome } = await saved({ writes: [unknown(), accepted('"3"')], reads: [found('"2"', moved)] });
    expect(outcome).toMatchObject({ attempts: 2, value: both });
    expect(sent(on)).toEqual([
      ['"1"', mine],
      ['"2"', both],
    ]);
  });

  test('is in doubt when the server cannot be asked until the deadline, and the local value is kept', async () => {
    const cause = new Error('socket closed');
    const { on, outcome } = await saved({ writes: [unknown(cause)], reads: [failed(true)] });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(outcome).toMatchObject({ local: mine, attempts: 1 });
    expect(on.clock.pending).toBe(0);
  });

  test('is in doubt when a read says something else that is final, which is its cause', async () => {
    const { outcome } = await saved({ writes: [unknown()], reads: [failed(false)] });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(outcome).toMatchObject({ cause: { code: 'ERR_FAILED', cause: { message: 'the read failed' } } });
  });

  test('is in doubt when a part of it is there and a part is not, and tells what is there', async () => {
    const on = bench({ writes: [unknown()], reads: [found('"2"', { a: 2, b: 7 })] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { a: 2, b: 2 }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(InDoubtError);
    await expect(outcome).resolves.toMatchObject({ edit: { remote: { a: 2, b: 7 } } });
  });

  test('stays in doubt through a later refusal: no definite error is given', async () => {
    const { outcome } = await saved({ writes: [unknown(), answered(403)], reads: [found('"1"', v1.value)] });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(outcome).toMatchObject({ cause: { code: 'ERR_REFUSED', cause: { message: 'status 403' } } });
  });

  test('stays in doubt when the resource is gone', async () => {
    const { outcome } = await saved({ writes: [unknown()], reads: [missing] });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(outcome).toMatchObject({ cause: { code: 'ERR_GONE' }, edit: { remote: undefined } });
  });

  test('and stale when sent again had landed the first time', async () => {
    // The first write was still on its way when the look saw the old state.
    const { on, outcome } = await saved({
      writes: [unknown(), answered(412)],
      reads: [found('"1"', v1.value), found('"2"', mine)],
    });
    expect(outcome).toMatchObject({ alreadyApplied: true, attempts: 2, version: '"2"' });
    expect(on.port.writes).toHaveLength(2);
  });

  test('is a 5xx too, with a Retry-After of ten years: it is looked for all the same', async () => {
    const { outcome } = await saved({
      writes: [answered(503, { retryAfter: 315_360_000_000 })],
      reads: [found('"2"', mine)],
    });
    expect(outcome).toMatchObject({ alreadyApplied: true });
  });
});

describe('it ends', () => {
  test('after as many writes as allowed', async () => {
    let version = 1;
    const { on, outcome } = await saved(
      {
        writes: Array.from({ length: 9 }, () => answered(412)),
        reads: [() => found(`"${++version}"`, { a: 1, b: version })],
      },
      { retry: { attempts: 3, attemptsWhileMoving: 3 } },
    );
    expect(outcome).toBeInstanceOf(RetryLimitError);
    expect(outcome).toMatchObject({ attempts: 3, cause: { message: 'status 412' } });
    expect(on.port.writes).toHaveLength(3);
  });

  test('at the deadline while the version keeps moving', async () => {
    let version = 1;
    const { on, outcome } = await saved(
      {
        writes: Array.from({ length: 5_000 }, () => answered(412)),
        reads: [() => found(`"${++version}"`, { a: 1, b: version })],
      },
      { retry: { attempts: Number.POSITIVE_INFINITY, deadline: 5_000 } },
    );
    expect(outcome).toBeInstanceOf(RetryLimitError);
    expect(on.clock.pending).toBe(0);
  });

  test('where the server can never be read, even without a deadline: refetches count too', async () => {
    const on = bench(
      { writes: [answered(412)], reads: [failed(true)] },
      { retry: { attempts: 3, deadline: Number.POSITIVE_INFINITY } },
    );
    on.resource.keep(v1, false);
    const controller = new AbortController();
    const outcome = outcomeOf(on.submit(v1, mine, { signal: controller.signal }));
    await on.clock.advance(60_000);
    controller.abort('the test gave up');
    await expect(outcome).resolves.toBeInstanceOf(Error);
    expect(on.port.reads.length).toBeLessThan(60);
  });

  test('where the same write is asked for again and again', async () => {
    const { outcome, on } = await saved(
      { writes: Array.from({ length: 99 }, () => answered(429)) },
      { retry: { attempts: 5 } },
    );
    expect(outcome).toBeInstanceOf(RetryLimitError);
    expect(on.port.writes).toHaveLength(5);
  });

  test('with the lock where that is why', async () => {
    const { outcome, on } = await saved({ writes: Array.from({ length: 9_999 }, () => answered(423)) });
    expect(outcome).toBeInstanceOf(LockedError);
    expect(on.port.writes.length).toBeGreaterThan(20);
    expect(on.clock.pending).toBe(0);
  });

  test('in doubt where the last write is still out there at the deadline', async () => {
    const { outcome, on } = await saved({ writes: [never] }, { retry: { deadline: 1_000 } });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(on.told()).toEqual(['attempt', 'in-doubt', 'rejected']);
    expect(on.clock.pending).toBe(0);
  });

  test('in doubt also where the request does not listen to its signal', async () => {
    const { outcome, on } = await withinTime(saved({ writes: [deaf] }, { retry: { deadline: 1_000 } }));
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(on.clock.pending).toBe(0);
  });

  test('on a Retry-After of ten years', async () => {
    const { outcome, on } = await saved({ writes: [answered(429, { retryAfter: 315_360_000_000 })] });
    expect(outcome).toBeInstanceOf(RetryLimitError);
    expect(outcome).toMatchObject({ retryAfter: 315_360_000_000 });
    expect(on.port.writes).toHaveLength(1);
  });

  test('as landed where the head of the answer was there at the deadline', async () => {
    const { outcome, on } = await withinTime(saved({ writes: [headOnly(200)] }, { retry: { deadline: 1_000 } }));
    expect(outcome).toMatchObject({ value: mine, version: '"2"', alreadyApplied: false });
    expect(on.told()).toEqual(['attempt', 'accepted']);
  });

  test('in doubt where that head says 201, and it may have to be taken back', async () => {
    const change = { retry: { deadline: 1_000 }, createdMeansRecreated: true };
    const { outcome } = await withinTime(saved({ writes: [headOnly(201)] }, change));
    expect(outcome).toBeInstanceOf(InDoubtError);
  });

  test('as landed where it is a create: a 201 is what it is to be answered with', async () => {
    const on = bench({ writes: [headOnly(201)] }, { createdMeansRecreated: true, retry: { deadline: 1_000 } });
    const create = on.submit({ value: {}, version: undefined }, { a: 1 }, { kind: 'create', combinable: false });
    const outcome = outcomeOf(create);
    await on.clock.advance(5_000);
    await expect(outcome).resolves.toMatchObject({ value: { a: 1 } });
  });

  test('on a Retry-After beyond the deadline without sitting it out', async () => {
    const { outcome, on } = await saved(
      { writes: [answered(429, { retryAfter: 20_000 })] },
      { retry: { deadline: 5_000 } },
    );
    expect(outcome).toBeInstanceOf(RetryLimitError);
    expect(on.told().at(-1)).toBe('rejected');
    expect(on.events.at(-1)).toMatchObject({ ms: 0 });
  });
});

describe('a lock', () => {
  test('is waited out with the same bytes and the same key, and is no attempt', async () => {
    const { on, outcome } = await saved(
      { writes: [answered(423), answered(423), answered(423), accepted('"2"')] },
      { retry: { attempts: 1 } },
    );
    expect(outcome).toMatchObject({ version: '"2"', rebased: false });
    expect(new Set(on.port.writes.map(({ key }) => key)).size).toBe(1);
    expect(on.told()).not.toContain('refetch');
  });

  test('lets the status say waiting, and saving again when the write is sent again', async () => {
    const on = bench({ writes: [answered(423, { retryAfter: 100 }), never] });
    on.resource.keep(v1, false);
    const controller = new AbortController();
    const outcome = outcomeOf(on.submit(v1, mine, { signal: controller.signal }));
    await settle();
    expect(on.resource.status).toBe('waiting');
    await on.clock.advance(100);
    expect(on.resource.status).toBe('saving');
    controller.abort('over');
    await outcome;
  });
});

describe('another form of writing', () => {
  test('sends other bytes, and so another key', async () => {
    const { on, outcome } = await saved({ writes: [answered(415), accepted('"2"')] }, {}, 1);
    expect(outcome).toMatchObject({ version: '"2"', attempts: 2 });
    expect(new Set(on.port.writes.map(({ key }) => key)).size).toBe(2);
  });

  test('is taken where 404 is said of the form and the resource is there', async () => {
    const { on, outcome } = await saved(
      { writes: [answered(404), accepted('"2"')], reads: [found('"1"', v1.value)] },
      {},
      1,
    );
    expect(outcome).toMatchObject({ version: '"2"' });
    expect(on.port.reads).toHaveLength(1);
  });

  test('is taken where nothing could be sent in this one', async () => {
    const unsendable = { kind: 'unsendable', error: new TypeError('no way') } as const;
    const { outcome } = await saved({ writes: [unsendable, accepted('"2"')] }, {}, 1);
    expect(outcome).toMatchObject({ version: '"2"' });
  });

  test('that is not there makes what could not be sent the error', async () => {
    const error = new TypeError('no way');
    const { outcome } = await saved({ writes: [{ kind: 'unsendable', error }] });
    expect(outcome).toBe(error);
  });
});

describe('a key', () => {
  test('is new for a rebased body', async () => {
    const { on } = await saved({ writes: [answered(412), accepted('"3"')], reads: [found('"2"', moved)] });
    const keys = on.port.writes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });
});

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it never ended')), 1_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
