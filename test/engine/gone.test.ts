import { describe, expect, test } from 'vitest';
import type { ConflictAnswer } from '../../src/contract/resolver.js';
import type { PortWrite, WriteAnswer } from '../../src/engine/port.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { GoneError } from '../../src/errors/outcome-errors.js';
import { accepted, answered, found, missing, unknown } from './fake-port.js';
import type { PolicyChange } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

const v1 = { value: { a: 1 }, version: '"1"' };
const local = { a: 2 };
/** A server where nothing is: updates fail, a create is taken. */
const onlyCreates = (write: PortWrite): WriteAnswer =>
  write.kind === 'create' ? accepted('"5"') : answered(412)(write);
type Script = NonNullable<Parameters<typeof bench>[0]>;

async function deleted(change: PolicyChange, writes: Script['writes'] = [], reads: Script['reads'] = [missing]) {
  const on = bench({ writes: [answered(412), ...(writes ?? [])], reads }, change);
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, local));
  await on.clock.advance(60_000);
  return { on, outcome: await outcome };
}

test.each([404, 410, 412, 409])(
  'a resource found gone after a %i is an error that keeps what was to be saved',
  async (status) => {
    const on = bench({ writes: [answered(status)], reads: [missing] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, local));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(GoneError);
    await expect(outcome).resolves.toMatchObject({ local, attempts: 1, edit: { base: v1.value, remote: undefined } });
    expect(on.resource.status).toBe('gone');
    expect(on.resource.state).toBeUndefined();
    expect(on.told().filter((type) => type === 'gone')).toHaveLength(1);
  },
);

test('a file that is not found while a server replaces it is not gone', async () => {
  const theirs = { a: 1, b: 2 };
  const { on, outcome } = await deleted({ gone: 'recreate' }, [accepted('"3"')], [missing, found('"2"', theirs)]);
  expect(outcome).toMatchObject({ value: { a: 2, b: 2 }, version: '"3"', rebased: true });
  expect(on.port.writes.map(({ kind }) => kind)).toEqual(['update', 'update']);
});

test("gone: 'discard' resolves with the local value and no version", async () => {
  const { on, outcome } = await deleted({ gone: 'discard' });
  expect(outcome).toMatchObject({ value: local, version: undefined, patch: [] });
  expect(on.port.writes).toHaveLength(1);
  expect(on.resource.status).toBe('gone');
});

describe("gone: 'recreate'", () => {
  test('creates it again, and only if nothing is there', async () => {
    const { on, outcome } = await deleted({ gone: 'recreate' }, [accepted('"5"', undefined, 201)]);
    expect(outcome).toMatchObject({ value: local, version: '"5"', attempts: 2, rebased: true });
    expect(on.port.writes[1]).toMatchObject({ kind: 'create', local });
    expect(on.resource.state).toMatchObject({ version: '"5"', value: local });
    expect(on.resource.status).toBe('idle');
  });

  test("that meets somebody else's new one overwrites nothing, and is an error", async () => {
    const { on, outcome } = await deleted(
      { gone: 'recreate' },
      [answered(412)],
      [missing, missing, found('"9"', { other: 1 })],
    );
    expect(outcome).toMatchObject({ code: expect.stringMatching(/^ERR_(EXISTS|CONFLICT)$/) });
    expect(on.port.writes).toHaveLength(2);
  });

  test('whose answer was lost is recognised', async () => {
    const { on, outcome } = await deleted({ gone: 'recreate' }, [unknown()], [missing, missing, found('"5"', local)]);
    expect(outcome).toMatchObject({ version: '"5"', alreadyApplied: true });
    expect(on.port.writes).toHaveLength(2);
  });
});

const answers: [title: string, answer: ConflictAnswer<unknown>, expected: object, writes: number][] = [
  ["'local' recreates", 'local', { value: local, version: '"5"' }, 2],
  ['{ value } recreates that', { value: { a: 5 } }, { value: { a: 5 }, version: '"5"' }, 2],
  ["'remote' accepts the deletion", 'remote', { version: undefined }, 1],
  ["'discard' accepts the deletion", 'discard', { version: undefined }, 1],
  ["'abort' rejects", 'abort', { code: 'ERR_CONFLICT' }, 1],
  ['undefined rejects', undefined, { code: 'ERR_CONFLICT' }, 1],
  [
    '{ resolutions } rejects with a word on what may be answered',
    { resolutions: { '': 'local' } },
    { code: 'ERR_CONFLICT', cause: { name: 'TypeError' } },
    1,
  ],
];
test.each(answers)('a resolver told of a deletion: %s', async (_title, answer, expected, writes) => {
  const reasons: string[] = [];
  const { on, outcome } = await deleted(
    {
      resolve: ({ reason }) => {
        reasons.push(reason);
        return answer;
      },
    },
    [accepted('"5"')],
  );
  expect(outcome).toMatchObject(expected);
  expect(reasons).toEqual(['gone']);
  expect(on.port.writes).toHaveLength(writes);
});

test.each(['remote', 'discard'] as const)(
  "where the resolver accepted the deletion by '%s' the status tells it",
  async (answer) => {
    const { on } = await deleted({ resolve: () => answer });
    expect(on.resource.status).toBe('gone');
  },
);

test('the option goes before the resolver', async () => {
  const { outcome } = await deleted({ gone: 'error', resolve: () => 'local' });
  expect(outcome).toBeInstanceOf(GoneError);
});

test('ConflictError.retry after a deletion can recreate', async () => {
  const { on, outcome } = await deleted({ resolve: () => 'abort' }, [onlyCreates, onlyCreates]);
  if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
  const retried = outcomeOf(outcome.retry('local'));
  await on.clock.advance(10_000);
  await expect(retried).resolves.toMatchObject({ value: local });
  expect(on.port.writes.at(-1)).toMatchObject({ kind: 'create', local });
});

test('several edits that meet a deletion are each told', async () => {
  const on = bench({ writes: [answered(412), answered(412), answered(412)], reads: [missing] });
  on.resource.keep(v1, false);
  const outcomes = [on.submit(v1, local), on.submit({ value: local, version: undefined }, { a: 2, b: 2 })].map(
    outcomeOf,
  );
  await on.clock.advance(10_000);
  await expect(Promise.all(outcomes)).resolves.toMatchObject([{ code: 'ERR_GONE' }, { code: 'ERR_GONE' }]);
});

test('several edits under recreate make one resource again, with every edit in it', async () => {
  const server = (write: PortWrite): WriteAnswer =>
    write.kind === 'update' && write.base.version === '"5"' ? accepted('"6"') : onlyCreates(write);
  const on = bench({ writes: Array.from({ length: 9 }, () => server), reads: [missing] }, { gone: 'recreate' });
  on.resource.keep(v1, false);
  const outcomes = [on.submit(v1, local), on.submit({ value: local, version: undefined }, { a: 2, b: 2 })].map(
    outcomeOf,
  );
  await on.clock.advance(20_000);
  await expect(Promise.all(outcomes)).resolves.toMatchObject([{ version: '"5"' }, { value: { a: 2, b: 2 } }]);
  expect(on.resource.state?.value).toEqual({ a: 2, b: 2 });
  expect(on.port.writes.filter(({ kind }) => kind === 'create')).toHaveLength(1);
});

describe('createdMeansRecreated', () => {
  test('takes back an update that made a deleted resource anew, and tells that it is gone', async () => {
    const on = bench(
      { writes: [accepted('"7"', undefined, 201), accepted(undefined, undefined, 204)] },
      { createdMeansRecreated: true },
    );
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, local));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toBeInstanceOf(GoneError);
    expect(on.port.writes[1]).toMatchObject({ kind: 'delete', base: { version: '"7"' } });
  });

  test('is not assumed of servers that answer every write with 201', async () => {
    const on = bench({ writes: [accepted('"7"', undefined, 201)] });
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, local));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ version: '"7"' });
  });
});
