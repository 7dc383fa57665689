import { describe, expect, test } from 'vitest';
import { errorOf, expiry } from '../../src/engine/endings.js';
import type { Failure, Refusal } from '../../src/engine/turn.js';
import { Progress } from '../../src/engine/turn.js';
import { problemOf } from '../../src/protocol/problem.js';
import { bench, editOf, runOf, URL_A } from './fake-run.js';

const base = { value: { a: 1 }, version: '"1"' };
const on = bench();
const edit = editOf(on, base, { a: 2 });
edit.attempts = 3;

function refusal(status: number, body?: unknown, retryAfter?: number): Refusal {
  const sent = { method: 'PUT', url: URL_A, version: '"1"', create: false };
  const answer = { status, headers: new Headers(), body, sent };
  return { answer, problem: problemOf(answer), error: new Error(`status ${status}`), retryAfter };
}

function errorFor(failure: Failure, inDoubt = false): unknown {
  const run = runOf(on);
  run.budget.close();
  return errorOf(run, failure, inDoubt, (cause) => edit.facts({ a: 9 }, cause), { a: 2 });
}

const cause = new Error('why');
const failures: [code: string, failure: Failure, message: RegExp][] = [
  [
    'ERR_REFUSED',
    { kind: 'refused', refusal: refusal(409, { detail: 'Name taken' }) },
    /409.*Name taken\. Not retried/,
  ],
  ['ERR_REFUSED', { kind: 'refused', refusal: refusal(409) }, /does not say why\./],
  ['ERR_LOCKED', { kind: 'locked', refusal: refusal(423, { holder: 'Ada' }, 5_000), cause }, /locked by Ada/],
  ['ERR_LOCKED', { kind: 'locked', refusal: refusal(423), cause }, /locked\. /],
  ['ERR_RETRY_LIMIT', { kind: 'limit', cause, retryAfter: 9_000, why: 'Gave up.' }, /Gave up\..*`retry`/],
  ['ERR_MISSING_VERSION', { kind: 'no-version', cause, why: 'No version.' }, /Access-Control-Expose-Headers: ETag/],
  ['ERR_GONE', { kind: 'gone', cause }, /deleted.*`gone`/],
  ['ERR_EXISTS', { kind: 'exists', cause }, /exists already.*'adopt' or 'merge'/],
  ['ERR_IN_DOUBT', { kind: 'in-doubt', cause }, /may or may not have landed/],
];
test.each(failures)('%s says what, where and how to mend it', (code, failure, message) => {
  const error = errorFor(failure);
  expect(error).toMatchObject({ code, url: URL_A, attempts: 3, message: expect.stringMatching(message) });
});

test.each(failures.filter(([code]) => code !== 'ERR_MISSING_VERSION'))(
  '%s carries what the user did',
  (_code, failure) => {
    expect(errorFor(failure)).toMatchObject({
      edit: { base: { a: 1 }, local: { a: 2 }, remote: { a: 9 }, patch: [{ op: 'replace', path: '/a', value: 2 }] },
    });
  },
);

test('every rejection of an edit carries what the user did, one for a missing version too', () => {
  expect(errorFor({ kind: 'no-version', cause, why: 'No version.' })).toMatchObject({
    edit: { base: { a: 1 }, local: { a: 2 }, patch: [{ op: 'replace', path: '/a', value: 2 }] },
  });
});

test('an error of somebody else passes as it is', () => {
  const own = new Error('theirs');
  expect(errorFor({ kind: 'passed-on', error: own })).toBe(own);
});

describe('while a write is in doubt', () => {
  test.each(failures.filter(([code]) => code !== 'ERR_IN_DOUBT'))('%s is only the cause', (code, failure) => {
    expect(errorFor(failure, true)).toMatchObject({ code: 'ERR_IN_DOUBT', local: { a: 2 }, cause: { code } });
  });

  test('an error of somebody else is only the cause', () => {
    const own = new Error('theirs');
    expect(errorFor({ kind: 'passed-on', error: own }, true)).toMatchObject({ code: 'ERR_IN_DOUBT', cause: own });
  });
});

describe('out of time or attempts', () => {
  test('is a limit with the last refusal as the cause', () => {
    const run = runOf(on);
    run.budget.close();
    run.budget.attempts = 20;
    const last = refusal(412, undefined, 700);
    expect(expiry(run, { ...new Progress(), lastRefusal: last })).toEqual({
      kind: 'limit',
      cause: last.error,
      retryAfter: 700,
      why: 'Gave up after 20 attempts: no attempt is left.',
    });
  });

  test('is the lock where that is what was waited for', () => {
    const run = runOf(on);
    run.budget.close();
    const lock = refusal(423);
    expect(expiry(run, { ...new Progress(), lock, lastRefusal: lock })).toMatchObject({
      kind: 'locked',
      refusal: lock,
    });
  });

  test('counts one attempt as one', () => {
    const run = runOf(on);
    run.budget.close();
    run.budget.attempts = 1;
    expect(expiry(run, new Progress())).toMatchObject({ why: expect.stringContaining('1 attempt:') });
  });
});
