import { describe, expect, test } from 'vitest';
import { afterAnswer, isTooLong, nextForm } from '../../src/engine/after-answer.js';
import type { PortWrite, WriteAnswer } from '../../src/engine/port.js';
import { Progress } from '../../src/engine/turn.js';
import { answered } from './fake-port.js';
import type { PolicyChange } from './fake-run.js';
import { bench, runOf } from './fake-run.js';

const base = { value: { a: 1 }, version: '"1"' as string | undefined };
const update: PortWrite = { kind: 'update', base, local: { a: 2 }, patch: [], key: 'k' };
const unguarded: PortWrite = { ...update, base: { ...base, version: undefined } };
const create: PortWrite = { kind: 'create', local: { a: 2 }, key: 'k' };
const remove: PortWrite = { kind: 'delete', base, key: 'k' };
type Answered = Extract<WriteAnswer, { kind: 'answered' }>;

async function read(
  write: PortWrite,
  status: number,
  told: Parameters<typeof answered>[1] = {},
  change: PolicyChange = {},
) {
  const on = bench({}, change);
  const run = runOf(on);
  const progress = new Progress();
  const answer = answered(status, told)(write);
  if (answer.kind !== 'answered') throw new Error('no answer');
  const given: Answered = answer;
  const turn = await afterAnswer(run, progress, write, given).finally(() => run.budget.close());
  return { turn, progress, events: on.events, error: given.error };
}

const looks = { turn: 'look' };
const stale = { turn: 'look', why: 'stale' };
const missing = { turn: 'look', why: 'missing' };
const doubts = { turn: 'doubt' };
const resends = { turn: 'resend' };
const refused = { turn: 'fail', failure: { kind: 'refused' } };
const passed = { turn: 'fail', failure: { kind: 'passed-on' } };

const turns: [title: string, write: PortWrite, status: number, turn: object][] = [
  ['412 to a guarded update is looked into', update, 412, stale],
  ['409 to a guarded update is looked into', update, 409, stale],
  ['409 to an unguarded update is a refusal', unguarded, 409, refused],
  ['412 to a create means that it exists', create, 412, { turn: 'exists' }],
  ['409 to a create means that it exists', create, 409, { turn: 'exists' }],
  ['409 to a guarded delete is looked into', remove, 409, stale],
  ['423 is a lock', update, 423, { turn: 'resend', pause: { reason: 'lock' } }],
  ['410 is looked into', update, 410, missing],
  ['404 to an update is looked into', update, 404, missing],
  ['404 to an unguarded update is looked into', unguarded, 404, missing],
  ['404 to a create passes', create, 404, passed],
  ['400 to an update is looked into: the form may be what is wrong', update, 400, missing],
  ['400 to a create passes', create, 400, passed],
  ['400 to a delete passes', remove, 400, passed],
  ['428 to an unguarded update has a version learned', unguarded, 428, { ...looks, why: 'version' }],
  ['428 to a guarded update is told', update, 428, { turn: 'fail', failure: { kind: 'no-version' } }],
  ['449 is sent again as it is', update, 449, resends],
  ['425 is sent again as it is', update, 425, resends],
  ['429 is sent again as it is', update, 429, resends],
  ['408 is a doubt', update, 408, doubts],
  ['500 is a doubt', update, 500, doubts],
  ['502 is a doubt', update, 502, doubts],
  ['503 is a doubt', update, 503, doubts],
  ['504 to a create is a doubt', create, 504, doubts],
  ['500 to a delete is a doubt', remove, 500, doubts],
  ['401 passes', update, 401, passed],
  ['403 passes', update, 403, passed],
  ['422 passes', update, 422, passed],
  ['413 passes', update, 413, passed],
  ['307 that was not followed passes', update, 307, passed],
  ['405 without another form passes', update, 405, passed],
  ['415 without another form passes', update, 415, passed],
  ['501 without another form passes', update, 501, passed],
  ['405 to a delete passes', remove, 405, passed],
];
test.each(turns)('%s', async (_title, write, status, turn) => {
  expect((await read(write, status)).turn).toMatchObject(turn);
});

describe('Retry-After', () => {
  test('is obeyed before the look', async () => {
    const { turn } = await read(update, 412, { retryAfter: 700 });
    expect(turn).toMatchObject({ turn: 'look', pause: { ms: 700, reason: 'retry-after' } });
  });

  test('of zero is no wait of its own', async () => {
    const { turn } = await read(update, 412, { retryAfter: 0 });
    expect(turn).toMatchObject({ turn: 'look', pause: { reason: 'backoff' } });
  });

  test.each([412, 429, 449])(
    'longer than maxRetryAfter ends the edit on %i with an error that carries it',
    async (status) => {
      const { turn } = await read(update, status, { retryAfter: 31_000 });
      expect(turn).toMatchObject({ turn: 'fail', failure: { kind: 'limit', retryAfter: 31_000 } });
    },
  );

  test.each([500, 502, 503, 504, 408])(
    'longer than maxRetryAfter does not make a definite failure of a %i that may have landed',
    async (status) => {
      const { turn } = await read(update, status, { retryAfter: 31_000 });
      expect(turn).toMatchObject({ turn: 'doubt' });
    },
  );

  test('of exactly maxRetryAfter is obeyed', () => {
    const run = runOf(bench());
    run.budget.close();
    expect(isTooLong(run, 30_000)).toBe(false);
    expect(isTooLong(run, 30_001)).toBe(true);
    expect(isTooLong(run, undefined)).toBe(false);
  });
});

describe('events', () => {
  test('name the verdict, the status and the problem', async () => {
    const { events } = await read(update, 409, { body: { title: 'Conflict', detail: 'Too late.' } });
    expect(events).toMatchObject([{ type: 'stale', status: 409, problem: { title: 'Conflict', detail: 'Too late.' } }]);
  });

  test('say in doubt, with the cause', async () => {
    const { events, error } = await read(update, 502);
    expect(events).toEqual([{ type: 'in-doubt', attempt: 0, cause: error }]);
  });
});

describe('what the caller knows of the API', () => {
  test('goes first', async () => {
    const { turn } = await read(update, 400, {}, { classify: ({ status }) => (status === 400 ? 'stale' : undefined) });
    expect(turn).toMatchObject(stale);
  });

  test('may call an update that met another resource refused', async () => {
    const { turn } = await read(update, 409, {}, { classify: () => 'exists' });
    expect(turn).toMatchObject(refused);
  });
});

test('a state told by the refusal is written to without a look', async () => {
  const latest = { value: { a: 9 }, version: '"9"' };
  expect((await read(update, 412, { latest })).turn).toMatchObject({ turn: 'write', target: latest });
});

describe('another form', () => {
  test('is taken where the server does not know this one', async () => {
    const on = bench();
    on.port.forms = 1;
    const run = runOf(on);
    const progress = new Progress();
    const first = answered(415)(update);
    const second = answered(405)(update);
    if (first.kind !== 'answered' || second.kind !== 'answered') throw new Error('no answer');
    await expect(afterAnswer(run, progress, update, first)).resolves.toMatchObject({ turn: 'resend' });
    await expect(afterAnswer(run, progress, update, second)).resolves.toEqual({
      turn: 'fail',
      failure: { kind: 'passed-on', error: first.error },
    });
    run.budget.close();
  });

  test('that the server understood gives its own words when it says no', async () => {
    const on = bench();
    on.port.forms = 1;
    const run = runOf(on);
    const progress = new Progress();
    const first = answered(415)(update);
    const second = answered(403)(update);
    if (first.kind !== 'answered' || second.kind !== 'answered') throw new Error('no answer');
    await afterAnswer(run, progress, update, first);
    const turn = await afterAnswer(run, progress, update, second);
    run.budget.close();
    expect(turn).toEqual({ turn: 'fail', failure: { kind: 'passed-on', error: second.error } });
  });

  test('is never taken for a create', async () => {
    const on = bench();
    on.port.forms = 1;
    const run = runOf(on);
    const answer = answered(405)(create);
    if (answer.kind !== 'answered') throw new Error('no answer');
    await expect(afterAnswer(run, new Progress(), create, answer)).resolves.toMatchObject(passed);
    run.budget.close();
  });

  test('is only asked for surely where the status can mean nothing else', () => {
    const asked: boolean[] = [];
    const on = bench();
    const run = { ...runOf(on), port: { ...on.port, nextForm: (surely: boolean) => asked.push(surely) > 0 } };
    run.budget.close();
    for (const status of [405, 400, 404, 501]) {
      const answer = answered(status)(update);
      if (answer.kind !== 'answered') throw new Error('no answer');
      nextForm(run, new Progress(), { ...answer, problem: undefined });
    }
    expect(asked).toEqual([true, false, false, true]);
  });
});
