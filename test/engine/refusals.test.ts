import { describe, expect, test } from 'vitest';
import type { ConflictResolver } from '../../src/contract/resolver.js';
import type { JsonValue } from '../../src/core/json.js';
import type { PortWrite, WriteAnswer } from '../../src/engine/port.js';
import { EditError } from '../../src/errors/edit-error.js';
import { accepted, answered, found, missing, unknown } from './fake-port.js';
import type { Bench, PolicyChange } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

/** What a refused or failed write comes to: an error that says so and keeps the edit, calmly. */

const v1 = { value: { a: 1, b: 1 }, version: '"1"' };
const mine = { a: 2, b: 1 };
const same = found('"1"', v1.value);
type Script = NonNullable<Parameters<typeof bench>[0]>;

async function failed(script: Script, change: PolicyChange = {}) {
  const on = bench(script, change);
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, mine));
  await on.clock.advance(120_000);
  const error = await outcome;
  if (!(error instanceof EditError)) throw new Error(`no EditError: ${String(error)}`);
  return { on, error };
}

const often = (status: number, body?: unknown): Script['writes'] =>
  Array.from({ length: 30 }, () => answered(status, { body }));

describe.each([400, 401, 403, 404, 413, 422, 429, 500, 503])('a write that is answered with %i', (status) => {
  const problem = { title: 'Nope', detail: 'because of reasons' };

  test('ends in an error with the status, the words and the edit', async () => {
    const { error } = await failed(
      { writes: often(status, problem) ?? [], reads: [same] },
      { retry: { deadline: 5_000 } },
    );
    expect(error).toMatchObject({
      status,
      problem,
      message: expect.stringContaining('because of reasons'),
      edit: { base: v1.value, local: mine, patch: [{ path: '/a' }] },
      local: mine,
    });
  });
});

describe('error.retry()', () => {
  test('makes the edit again, once, however often it is called', async () => {
    const { on, error } = await failed({ writes: [answered(422), accepted('"2"')] });
    const again = [error.retry(), error.retry()].map(outcomeOf);
    await on.clock.advance(10_000);
    await expect(Promise.all(again)).resolves.toMatchObject([{ value: mine }, { value: mine }]);
    expect(on.port.writes).toHaveLength(2);
  });

  test('of an edit in doubt looks first, and finds what has landed', async () => {
    const { on, error } = await failed({
      writes: [unknown()],
      reads: [{ kind: 'failed', error: new Error('no'), retryable: false, retryAfter: undefined }, found('"2"', mine)],
    });
    expect(error.code).toBe('ERR_IN_DOUBT');
    const again = outcomeOf(error.retry());
    await on.clock.advance(10_000);
    await expect(again).resolves.toMatchObject({ value: mine, alreadyApplied: true });
    expect(on.port.writes).toHaveLength(1);
  });
});

describe('calm:', () => {
  test.each([500, 503])('a server that always answers %i is asked four times', async (status) => {
    const { on, error } = await failed({ writes: often(status) ?? [], reads: [same] });
    expect(error).toMatchObject({ code: 'ERR_FAILED', status, attempts: 4 });
    expect(on.port.reads.length).toBeLessThanOrEqual(5);
  });

  test('a gateway that always answers 504 leaves it in doubt, after four times', async () => {
    const { error } = await failed({ writes: often(504) ?? [], reads: [same] });
    expect(error).toMatchObject({ code: 'ERR_IN_DOUBT', status: 504, attempts: 4, cause: { code: 'ERR_FAILED' } });
  });

  test('a page in place of an answer is no answer, four times', async () => {
    const page: WriteAnswer = { kind: 'unknown', error: new Error('a page'), status: 200 };
    const { error } = await failed({ writes: Array.from({ length: 30 }, () => page), reads: [same] });
    expect(error).toMatchObject({ code: 'ERR_FAILED', status: 200, attempts: 4 });
  });

  test.each([500, 202])('a server that saved it, answered %i, and shows it late is believed', async (status) => {
    const page: WriteAnswer = { kind: 'unknown', error: new Error('a page'), status };
    const writes = status === 500 ? (often(500) ?? []) : Array.from({ length: 4 }, () => page);
    const on = bench({ writes, reads: [same, same, same, same, found('"2"', mine)] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, mine));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ alreadyApplied: true, version: '"2"' });
  });

  test('a create that is always answered 500 while nothing is there has failed after four times', async () => {
    const on = bench({ writes: often(500) ?? [], reads: [missing] });
    const input = { kind: 'create', combinable: false } as const;
    const outcome = outcomeOf(on.submit({ value: {}, version: undefined }, mine, input));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ code: 'ERR_FAILED', status: 500, attempts: 4 });
  });

  test('a 400 costs one request, whatever forms there are', async () => {
    const on = bench({ writes: [answered(400)], reads: [same] });
    on.port.forms = 2;
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, mine));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ code: 'ERR_REFUSED', attempts: 1 });
    expect(on.port.reads).toHaveLength(0);
  });

  test('a create that is refused while nothing is there does not loop', async () => {
    const on = bench({ writes: often(412) ?? [], reads: [missing] });
    const input = { kind: 'create', combinable: false } as const;
    const outcome = outcomeOf(on.submit({ value: {}, version: undefined }, mine, input));
    await on.clock.advance(120_000);
    await expect(outcome).resolves.toMatchObject({ code: 'ERR_REFUSED', attempts: 4 });
  });
});

describe('a refused precondition is no rule:', () => {
  test('where reads lag behind, it is looked at until they do not', async () => {
    const on = bench({
      writes: [answered(412), accepted('"3"')],
      reads: [same, same, same, found('"2"', { a: 1, b: 9 })],
    });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, mine));
    await on.clock.advance(20_000);
    await expect(outcome).resolves.toMatchObject({ value: { a: 2, b: 9 }, attempts: 2 });
  });

  test('where reads come from a cache for ever, the error says so', async () => {
    const cached = { ...same, fromCache: 'Age: 2' } as typeof same;
    const { error } = await failed({ writes: [answered(412)], reads: [cached] }, { retry: { deadline: 5_000 } });
    expect(error).toMatchObject({ code: 'ERR_RETRY_LIMIT', message: expect.stringMatching(/cache \(Age: 2\)/) });
  });

  test('a 409 that says when to come again is asked again as it is', async () => {
    const on = bench({ writes: [answered(409, { retryAfter: 1_000 }), accepted('"2"')], reads: [same] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, mine));
    await on.clock.advance(20_000);
    await expect(outcome).resolves.toMatchObject({ value: mine, attempts: 2 });
  });
});

describe('what was made on a create', () => {
  const onTop = (value: JsonValue) => ({ value, version: undefined });

  function createThenEdit(on: Bench) {
    const created = outcomeOf(on.submit(onTop({}), { a: 1 }, { kind: 'create', combinable: false }));
    const edited = outcomeOf(on.submit(onTop({ a: 1 }), { a: 2 }));
    return Promise.all([on.clock.advance(60_000), created, edited]);
  }

  test("fails with it, and is not written into a stranger's document", async () => {
    const on = bench({ writes: [answered(412)], reads: [found('"9"', { a: 1, owner: 'else' })] });
    const [, created, edited] = await createThenEdit(on);
    expect([created, edited]).toMatchObject([
      { code: 'ERR_EXISTS' },
      { code: 'ERR_EXISTS', edit: { local: { a: 2 } } },
    ]);
    expect(on.port.writes).toHaveLength(1);
  });

  test('lands where it does', async () => {
    const on = bench({ writes: [accepted('"1"'), accepted('"2"')] });
    const [, created, edited] = await createThenEdit(on);
    expect([created, edited]).toMatchObject([{ version: '"1"' }, { version: '"2"' }]);
  });
});

test.each(['edit', 'delete'] as const)(
  'a resolver that makes an %s of its own resource gets an error, and no hang',
  async (what) => {
    let inner: unknown;
    const resolve: ConflictResolver<unknown> = async () => {
      const { port, policy, resource } = on;
      const base = resource.state ?? v1;
      const rest = { port, policy, signal: undefined, emit: () => {} };
      inner = await outcomeOf(
        what === 'edit' ? on.submit(base, { a: 5, b: 5 }) : on.delete({ id: 'd', base, onStale: 'error', ...rest }),
      );
      return 'local';
    };
    const on = bench({ writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 7, b: 1 })] }, { resolve });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, mine));
    await on.clock.advance(20_000);
    await expect(outcome).resolves.toMatchObject({ value: { a: 2 } });
    expect(inner).toMatchObject({ code: 'ERR_DEADLOCK' });
  },
);

describe('a 201 to an update, where nobody has said what it means,', () => {
  /** Answers updates like this, one after the other. */
  const updates =
    (...statuses: number[]) =>
    (write: PortWrite): WriteAnswer => {
      const status = write.kind === 'delete' ? 204 : (statuses.shift() ?? 200);
      return accepted(`"${9 - statuses.length}"`, undefined, status);
    };

  test('is a recreation where the server answers the next one otherwise: taken back, and told as gone', async () => {
    const answer = updates(201, 200);
    const { on, error } = await failed({ writes: [answer, answer, answer] }, { createdMeansRecreated: undefined });
    expect(error.code).toBe('ERR_GONE');
    expect(on.port.writes.map(({ kind }) => kind)).toEqual(['update', 'update', 'delete']);
  });

  test('is how this server answers where the next one is a 201 too: nothing is deleted, and it is not asked twice', async () => {
    const answer = updates(201, 201, 201);
    const on = bench({ writes: [answer, answer, answer] }, { createdMeansRecreated: undefined });
    on.resource.keep(v1, false);
    const first = outcomeOf(on.submit(v1, mine));
    await on.clock.advance(1_000);
    const second = outcomeOf(on.submit(on.resource.state ?? v1, { a: 3, b: 1 }));
    await on.clock.advance(1_000);
    await expect(Promise.all([first, second])).resolves.toMatchObject([{ value: mine }, { value: { a: 3 } }]);
    expect(on.port.writes.map(({ kind }) => kind)).toEqual(['update', 'update', 'update']);
  });
});
