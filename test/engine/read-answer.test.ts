import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/engine/batch.js';
import { isTooLong, nextForm, readAnswer } from '../../src/engine/conflict/read-answer.js';
import type { PortWrite, WriteAnswer } from '../../src/engine/port.js';
import { answered } from './fake-port.js';
import type { Bench, PolicyChange } from './fake-run.js';
import { batchOf, bench, editOf } from './fake-run.js';

const base = { value: { a: 1 }, version: '"1"' as string | undefined };
const update: PortWrite = { kind: 'update', base, local: { a: 2 }, patch: [], key: 'k' };
const unguarded: PortWrite = { ...update, base: { ...base, version: undefined } };
const create: PortWrite = { kind: 'create', local: { a: 2 }, key: 'k' };
const remove: PortWrite = { kind: 'delete', base, key: 'k' };
type Answered = Extract<WriteAnswer, { kind: 'answered' }>;

/** A batch that has sent such a write. */
function sending(on: Bench, write: PortWrite): Batch {
  const edit = editOf(on, { ...base, version: '"1"' }, { a: 2 }, { kind: write.kind });
  const batch = batchOf(on, [edit], write.kind === 'create' ? { value: {}, version: undefined } : write.base);
  batch.sent = [edit];
  batch.budget.close();
  return batch;
}

async function read(
  write: PortWrite,
  status: number,
  told: Parameters<typeof answered>[1] = {},
  change: PolicyChange = {},
) {
  const on = bench({}, change);
  const batch = sending(on, write);
  const answer = answered(status, told)(write);
  if (answer.kind !== 'answered') throw new Error('no answer');
  const given: Answered = answer;
  const turn = await readAnswer(batch, write, given);
  return { turn, batch, events: on.events, error: given.error };
}

const looks = { next: 'refetch' };
const stale = { next: 'refetch', why: 'stale' };
const missing = { next: 'refetch', why: 'missing' };
const doubts = { next: 'refetch', why: 'doubt' };
const resends = { next: 'send' };
const refused = { next: 'fail', failure: { kind: 'refused' } };

const turns: [title: string, write: PortWrite, status: number, turn: object][] = [
  ['412 to a guarded update is looked into', update, 412, stale],
  ['409 to a guarded update is looked into', update, 409, stale],
  ['409 to an unguarded update is a refusal', unguarded, 409, refused],
  ['412 to a create means that it exists', create, 412, stale],
  ['409 to a create means that it exists', create, 409, stale],
  ['409 to a guarded delete is looked into', remove, 409, stale],
  ['423 is a lock', update, 423, { next: 'send', pause: { reason: 'lock' } }],
  ['410 is looked into', update, 410, missing],
  ['404 to an update is looked into', update, 404, missing],
  ['404 to an unguarded update is looked into', unguarded, 404, missing],
  ['404 to a create is a refusal', create, 404, refused],
  ['400 to an update is a refusal', update, 400, refused],
  ['400 to a create is a refusal', create, 400, refused],
  ['400 to a delete is a refusal', remove, 400, refused],
  ['428 to an unguarded update has a version learned', unguarded, 428, { ...looks, why: 'version' }],
  ['428 to a guarded update is told', update, 428, { next: 'fail', failure: { kind: 'no-version' } }],
  ['449 is sent again as it is', update, 449, resends],
  ['425 is sent again as it is', update, 425, resends],
  ['429 is sent again as it is', update, 429, resends],
  ['408 is a doubt', update, 408, doubts],
  ['500 is a doubt', update, 500, doubts],
  ['502 is a doubt', update, 502, doubts],
  ['503 is a doubt', update, 503, doubts],
  ['504 to a create is a doubt', create, 504, doubts],
  ['500 to a delete is a doubt', remove, 500, doubts],
  ['401 is a refusal', update, 401, refused],
  ['403 is a refusal', update, 403, refused],
  ['422 is a refusal', update, 422, refused],
  ['413 is a refusal', update, 413, refused],
  ['307 that was not followed is a refusal', update, 307, refused],
  ['405 without another form is a refusal', update, 405, refused],
  ['415 without another form is a refusal', update, 415, refused],
  ['501 without another form is a refusal', update, 501, refused],
  ['405 to a delete is a refusal', remove, 405, refused],
];
test.each(turns)('%s', async (_title, write, status, turn) => {
  expect((await read(write, status)).turn).toMatchObject(turn);
});

describe('Retry-After', () => {
  test('is obeyed before the look', async () => {
    const { turn } = await read(update, 412, { retryAfter: 700 });
    expect(turn).toMatchObject({ next: 'refetch', pause: { ms: 700, reason: 'retry-after' } });
  });

  test('of zero is no wait of its own', async () => {
    const { turn } = await read(update, 412, { retryAfter: 0 });
    expect(turn).toMatchObject({ next: 'refetch', pause: { reason: 'backoff' } });
  });

  test.each([412, 429, 449])(
    'longer than maxRetryAfter ends the edit on %i with an error that carries it',
    async (status) => {
      const { turn } = await read(update, status, { retryAfter: 31_000 });
      expect(turn).toMatchObject({ next: 'fail', failure: { kind: 'limit', retryAfter: 31_000 } });
    },
  );

  test.each([500, 502, 503, 504, 408])(
    'longer than maxRetryAfter does not make a definite failure of a %i that may have landed',
    async (status) => {
      const { turn } = await read(update, status, { retryAfter: 31_000 });
      expect(turn).toMatchObject({ next: 'refetch', why: 'doubt' });
    },
  );

  test('of exactly maxRetryAfter is obeyed', () => {
    const batch = sending(bench(), update);
    expect(isTooLong(batch, 30_000)).toBe(false);
    expect(isTooLong(batch, 30_001)).toBe(true);
    expect(isTooLong(batch, undefined)).toBe(false);
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
  const { turn, batch } = await read(update, 412, { latest });
  expect(turn).toMatchObject({ next: 'prepare' });
  expect(batch.target).toBe(latest);
});

describe('another form', () => {
  test.each([
    'Unsupported media type application/json-patch+json',
    { detail: 'The content type must be application/json.' },
    'Cannot PATCH /articles/1',
  ])('is taken where a 400 speaks of the form: %j', async (body) => {
    const on = bench();
    on.port.forms = 1;
    const answer = answered(400, { body })(update);
    expect(await readAnswer(sending(on, update), update, answer)).toMatchObject({ next: 'send' });
  });

  test('is taken where the server does not know this one', async () => {
    const on = bench();
    on.port.forms = 1;
    const batch = sending(on, update);
    const first = answered(415)(update);
    const second = answered(405)(update);
    if (first.kind !== 'answered' || second.kind !== 'answered') throw new Error('no answer');
    expect(await readAnswer(batch, update, first)).toMatchObject({ next: 'send' });
    expect(await readAnswer(batch, update, second)).toMatchObject({
      next: 'fail',
      failure: { kind: 'refused', refusal: { error: first.error } },
    });
  });

  test('that the server understood gives its own words when it says no', async () => {
    const on = bench();
    on.port.forms = 1;
    const batch = sending(on, update);
    const first = answered(415)(update);
    const second = answered(403)(update);
    if (first.kind !== 'answered' || second.kind !== 'answered') throw new Error('no answer');
    await readAnswer(batch, update, first);
    const turn = await readAnswer(batch, update, second);
    expect(turn).toMatchObject({ next: 'fail', failure: { kind: 'refused', refusal: { error: second.error } } });
  });

  test('is never taken for a create', async () => {
    const on = bench();
    on.port.forms = 1;
    const batch = sending(on, create);
    const answer = answered(405)(create);
    if (answer.kind !== 'answered') throw new Error('no answer');
    expect(await readAnswer(batch, create, answer)).toMatchObject(refused);
  });

  test('is only asked for surely where the status can mean nothing else', () => {
    const asked: boolean[] = [];
    const on = bench();
    const batch = sending(on, update);
    on.port.nextForm = (surely) => asked.push(surely) > 0;
    for (const status of [405, 400, 404, 501]) {
      const answer = answered(status)(update);
      if (answer.kind !== 'answered') throw new Error('no answer');
      nextForm(batch, { ...answer, problem: undefined });
    }
    expect(asked).toEqual([true, false, false, true]);
  });
});
