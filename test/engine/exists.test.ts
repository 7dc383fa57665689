import { describe, expect, test } from 'vitest';
import type { ConflictAnswer } from '../../src/contract/resolver.js';
import type { JsonValue } from '../../src/core/json.js';
import { emptyLike } from '../../src/engine/queue/edit.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { ExistsError, InDoubtError } from '../../src/errors/outcome-errors.js';
import { accepted, answered, failed, found, missing, unknown } from './fake-port.js';
import type { PolicyChange } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

const mine = { name: 'mine', a: 1 };
const theirs = { name: 'other', b: 2 };

async function created(script: Parameters<typeof bench>[0], change: PolicyChange = {}, value: JsonValue = mine) {
  const on = bench(script, change);
  const base = { value: emptyLike(value), version: undefined };
  const outcome = outcomeOf(on.submit(base, value, { kind: 'create', combinable: false }));
  await on.clock.advance(120_000);
  return { on, outcome: await outcome };
}

test.each([
  ['an object', { a: 1 }, {}],
  ['a list', [1], null],
  ['a word', 'x', null],
  ['null', null, null],
])('a create of %s starts from nothing of its kind', (_title, value, empty) => {
  expect(emptyLike(value)).toEqual(empty);
});

describe('a create', () => {
  test('is one request', async () => {
    const { on, outcome } = await created({ writes: [accepted('"1"', undefined, 201)] });
    expect(outcome).toMatchObject({ value: mine, version: '"1"', attempts: 1, rebased: false, alreadyApplied: false });
    expect(on.port.writes).toMatchObject([{ kind: 'create', local: mine }]);
    expect(on.resource.status).toBe('idle');
  });

  test('of an empty object is sent, though it changes nothing', async () => {
    const { on, outcome } = await created({ writes: [accepted('"1"', undefined, 201)] }, {}, {});
    expect(on.port.writes).toHaveLength(1);
    expect(outcome).toMatchObject({ value: {}, alreadyApplied: false });
  });

  test.each([
    ['a list', [1, 2]],
    ['null', null],
    ['a number', 5],
  ])('of %s is sent as it is', async (_title, value) => {
    const { on, outcome } = await created({ writes: [accepted('"1"')] }, {}, value);
    expect(on.port.writes).toMatchObject([{ kind: 'create', local: value }]);
    expect(outcome).toMatchObject({ value });
  });
});

describe('what is there already', () => {
  const met = { writes: [answered(412), accepted('"2"')], reads: [found('"1"', theirs)] };

  test('is an error', async () => {
    const { on, outcome } = await created(met);
    expect(outcome).toBeInstanceOf(ExistsError);
    expect(outcome).toMatchObject({ edit: { local: mine, remote: theirs } });
    expect(on.port.writes).toHaveLength(1);
  });

  test("exists: 'adopt' takes it as it is", async () => {
    const { on, outcome } = await created(met, { exists: 'adopt' });
    expect(outcome).toMatchObject({ value: theirs, version: '"1"', alreadyApplied: true, patch: [] });
    expect(on.port.writes).toHaveLength(1);
  });

  test("exists: 'merge' merges, guarded by its version, and asks where the two differ", async () => {
    const resolve = (): ConflictAnswer<unknown> => 'local';
    const { on, outcome } = await created(met, { exists: 'merge', resolve });
    expect(outcome).toMatchObject({ value: { name: 'mine', a: 1, b: 2 }, version: '"2"', rebased: true });
    expect(on.port.writes[1]).toMatchObject({
      kind: 'update',
      base: { version: '"1"' },
      local: { name: 'mine', a: 1, b: 2 },
    });
  });

  test("exists: 'merge' without anybody to ask is a conflict where the two differ", async () => {
    const { on, outcome } = await created(met, { exists: 'merge' });
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(on.port.writes).toHaveLength(1);
  });

  test('the very same value is a success', async () => {
    const { on, outcome } = await created({ ...met, reads: [found('"1"', mine)] }, { exists: 'merge' });
    expect(outcome).toMatchObject({ alreadyApplied: true });
    expect(on.port.writes).toHaveLength(1);
  });
});

const answers: [title: string, answer: ConflictAnswer<unknown>, expected: object, written: JsonValue | undefined][] = [
  ["'remote' adopts", 'remote', { value: theirs, version: '"1"' }, undefined],
  ["'discard' adopts", 'discard', { value: theirs, version: '"1"' }, undefined],
  ["'local' writes over it", 'local', { value: mine, version: '"2"' }, mine],
  ['{ value } writes that over it', { value: { z: 1 } }, { value: { z: 1 }, version: '"2"' }, { z: 1 }],
  ['{ resolutions } merges', { resolutions: { '/name': 'local' } }, { version: '"2"' }, { name: 'mine', a: 1, b: 2 }],
  ["'abort' rejects", 'abort', { code: 'ERR_CONFLICT' }, undefined],
];
test.each(answers)('a resolver told of an existing resource: %s', async (_title, answer, expected, written) => {
  const reasons: string[] = [];
  const { on, outcome } = await created(
    { writes: [answered(412), accepted('"2"')], reads: [found('"1"', theirs)] },
    {
      resolve: ({ reason, base }) => {
        reasons.push(`${reason} ${String(base)}`);
        return answer;
      },
    },
  );
  expect(outcome).toMatchObject(expected);
  expect(reasons).toEqual(['exists undefined']);
  const [, second] = on.port.writes;
  if (written === undefined) expect(second).toBeUndefined();
  else expect(second).toMatchObject({ kind: 'update', base: { version: '"1"' }, local: written });
});

describe('a create whose answer was lost', () => {
  test('and that landed is recognised', async () => {
    const { on, outcome } = await created({ writes: [unknown()], reads: [found('"1"', mine)] });
    expect(outcome).toMatchObject({ alreadyApplied: true, version: '"1"', attempts: 1 });
    expect(on.port.writes).toHaveLength(1);
  });

  test('and that did not land is sent again', async () => {
    const { on, outcome } = await created({ writes: [unknown(), accepted('"1"')], reads: [missing] });
    expect(outcome).toMatchObject({ version: '"1"', attempts: 2 });
    expect(on.port.writes[1]).toEqual(on.port.writes[0]);
  });

  test('and meets "exists" when sent again, is recognised (Datasync#360: 409 for ever)', async () => {
    const { on, outcome } = await created({ writes: [unknown(), answered(409)], reads: [missing, found('"1"', mine)] });
    expect(outcome).toMatchObject({ alreadyApplied: true, version: '"1"' });
    expect(on.port.writes).toHaveLength(2);
  });

  test('is in doubt when the server cannot be asked', async () => {
    const { outcome } = await created({ writes: [unknown()], reads: [failed(true)] });
    expect(outcome).toBeInstanceOf(InDoubtError);
    expect(outcome).toMatchObject({ local: mine });
  });
});

test('"exists" of a server that shows nothing there ends', async () => {
  const { on, outcome } = await created({ writes: Array.from({ length: 99 }, () => answered(412)), reads: [missing] });
  expect(outcome).toBeInstanceOf(Error);
  expect(on.port.writes.length).toBeLessThanOrEqual(20);
});
