import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/engine/batch.js';
import { expiry, fail } from '../../src/engine/conflict/endings.js';
import type { Failure, Refusal } from '../../src/engine/decision.js';
import { problemOf } from '../../src/protocol/verdict/problem.js';
import { batchOf, bench, editOf, outcomeOf, URL_A } from './fake-run.js';

const base = { value: { a: 1 }, version: '"1"' };

function batch(): Batch {
  const on = bench();
  const edit = editOf(on, base, { a: 2 });
  edit.attempts = 3;
  const made = batchOf(on, [edit], base);
  made.target = { value: { a: 9 }, version: '"9"' };
  made.budget.close();
  return made;
}

function refusal(status: number, body?: unknown, retryAfter?: number): Refusal {
  const sent = { method: 'PUT', url: URL_A, version: '"1"', create: false };
  const answer = { status, headers: new Headers(), body, sent };
  return { answer, problem: problemOf(answer), error: new Error(`status ${status}`), retryAfter };
}

function errorFor(failure: Failure, inDoubt = false): Promise<unknown> {
  const ending = batch();
  const [edit] = ending.live;
  if (inDoubt) ending.doubts = [{ on: base, patch: [], cause: new Error('lost') }];
  fail(ending, failure);
  return outcomeOf(edit?.promise ?? Promise.reject(new Error('no edit')));
}

const cause = new Error('why');
const failures: [code: string, failure: Failure, message: RegExp][] = [
  [
    'ERR_REFUSED',
    { kind: 'refused', refusal: refusal(409, { detail: 'Name taken' }) },
    /answered 409 to PUT: Name taken\. The version has not changed/,
  ],
  ['ERR_REFUSED', { kind: 'refused', refusal: refusal(409) }, /does not say why\./],
  ['ERR_LOCKED', { kind: 'locked', refusal: refusal(423, { holder: 'Ada' }, 5_000), cause }, /locked by Ada/],
  ['ERR_LOCKED', { kind: 'locked', refusal: refusal(423), cause }, /locked\. /],
  ['ERR_RETRY_LIMIT', { kind: 'limit', cause, retryAfter: 9_000, why: 'Gave up.' }, /Gave up\..*`retry`/],
  ['ERR_MISSING_VERSION', { kind: 'no-version', cause, why: 'No version.' }, /Access-Control-Expose-Headers: ETag/],
  ['ERR_GONE', { kind: 'gone', cause }, /deleted.*`gone`/],
  ['ERR_EXISTS', { kind: 'exists', cause }, /exists already.*'adopt' or 'merge'/],
  ['ERR_IN_DOUBT', { kind: 'in-doubt', cause }, /answer to a write.*was lost/],
];
test.each(failures)('%s says what, where and how to mend it', async (code, failure, message) => {
  const error = await errorFor(failure);
  expect(error).toMatchObject({ code, url: URL_A, attempts: 3, message: expect.stringMatching(message) });
});

test.each(failures.filter(([code]) => code !== 'ERR_MISSING_VERSION'))(
  '%s carries what the user did',
  async (_code, failure) => {
    expect(await errorFor(failure)).toMatchObject({
      edit: { base: { a: 1 }, local: { a: 2 }, patch: [{ op: 'replace', path: '/a', value: 2 }] },
    });
  },
);

test('every rejection of an edit carries what the user did, one for a missing version too', async () => {
  expect(await errorFor({ kind: 'no-version', cause, why: 'No version.' })).toMatchObject({
    edit: { base: { a: 1 }, local: { a: 2 }, patch: [{ op: 'replace', path: '/a', value: 2 }] },
  });
});

test('an error of somebody else passes as it is', async () => {
  const own = new Error('theirs');
  expect(await errorFor({ kind: 'passed-on', error: own })).toBe(own);
});

describe('while a write is in doubt', () => {
  test.each(failures.filter(([code]) => code !== 'ERR_IN_DOUBT'))('%s is only the cause', async (code, failure) => {
    expect(await errorFor(failure, true)).toMatchObject({ code: 'ERR_IN_DOUBT', local: { a: 2 }, cause: { code } });
  });

  test('an error of somebody else is only the cause', async () => {
    const own = new Error('theirs');
    expect(await errorFor({ kind: 'passed-on', error: own }, true)).toMatchObject({ code: 'ERR_IN_DOUBT', cause: own });
  });
});

describe('out of time or attempts', () => {
  test('is a limit with the last refusal as the cause', () => {
    const ending = batch();
    ending.budget.attempts = 20;
    const last = refusal(412, undefined, 700);
    ending.lastRefusal = last;
    expect(expiry(ending)).toEqual({
      kind: 'limit',
      cause: last.error,
      retryAfter: 700,
      why: 'Gave up after 20 attempts: no attempt is left.',
    });
  });

  test('is the lock where that is what was waited for', () => {
    const ending = batch();
    const lock = refusal(423);
    ending.lock = lock;
    ending.lastRefusal = lock;
    expect(expiry(ending)).toMatchObject({ kind: 'locked', refusal: lock });
  });

  test('counts one attempt as one', () => {
    const ending = batch();
    ending.budget.attempts = 1;
    expect(expiry(ending)).toMatchObject({ why: expect.stringContaining('1 attempt:') });
  });
});
