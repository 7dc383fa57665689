import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as errors from '../../src/errors/index.js';

const edit = {
  base: { a: 1 },
  local: { a: 2 },
  remote: { a: 3 },
  patch: [{ op: 'replace', path: '/a', value: 2 } as const],
};
const facts = { url: 'https://api.example.com/a', attempts: 2, cause: new Error('why'), edit };
const made: [code: string, error: errors.UnconflictError][] = [
  [
    'ERR_CONFLICT',
    new errors.ConflictError('m', {
      ...facts,
      ...edit,
      merged: { a: 3 },
      conflicts: [],
      retry: () => Promise.reject(new Error('no')),
    }),
  ],
  ['ERR_RETRY_LIMIT', new errors.RetryLimitError('m', { ...facts, retryAfter: 5 })],
  ['ERR_LOCKED', new errors.LockedError('m', { ...facts, retryAfter: 5, holder: 'Ada', problem: { title: 'Locked' } })],
  ['ERR_GONE', new errors.GoneError('m', facts)],
  ['ERR_EXISTS', new errors.ExistsError('m', facts)],
  ['ERR_REFUSED', new errors.RefusedError('m', { ...facts, problem: { title: 'No' } })],
  ['ERR_FAILED', new errors.FailedError('m', { ...facts, status: 500 })],
  ['ERR_CHUNK', new errors.ChunkError('m', facts)],
  ['ERR_DEADLOCK', new errors.DeadlockError('m', facts)],
  ['ERR_IN_DOUBT', new errors.InDoubtError('m', facts)],
  ['ERR_INVALID_MERGE', new errors.InvalidMergeError('m', { ...facts, issues: [{ message: 'bad' }] })],
  ['ERR_MISSING_VERSION', new errors.MissingVersionError('m', facts)],
  ['ERR_MISSING_BASE', new errors.MissingBaseError('m', facts)],
  ['ERR_READONLY_PATH', new errors.ReadonlyPathError('m', { ...facts, path: '/a' })],
  ['ERR_UNREADABLE', new errors.UnreadableResponseError('m', facts)],
  ['ERR_CLOSED', new errors.ClosedError('https://api.example.com/a')],
  ['ERR_DISCARDED', new errors.DiscardedError('https://api.example.com/a')],
  ['ERR_STORAGE', new errors.StorageError('m', { ...facts, reason: 'full', key: 'k' })],
  ['ERR_INVALID_PATCH', new errors.InvalidPatchError('m', { ...facts, index: 1, reason: 'r' })],
  ['ERR_INVALID_JSON', new errors.InvalidJsonError('m', { ...facts, path: '/a' })],
  ['ERR_INVALID_OPTIONS', new errors.InvalidOptionsError('m', { ...facts, option: 'o' })],
];

test.each(made)('%s is an Error of this library, told by its code and its name', (code, error) => {
  expect(error).toBeInstanceOf(Error);
  expect(errors.isUnconflictError(error)).toBe(true);
  expect(error.code).toBe(code);
  expect(error.name).toBe(error.constructor.name);
  expect(error.name).toMatch(/Error$/);
});

test.each(made.filter(([code]) => code !== 'ERR_CLOSED' && code !== 'ERR_DISCARDED'))(
  '%s holds where, how often and why',
  (_code, error) => {
    expect(error).toMatchObject({ url: 'https://api.example.com/a', attempts: 2, cause: facts.cause, message: 'm' });
  },
);

test('every code is one class, and every class is exported', () => {
  expect(new Set(made.map(([code]) => code)).size).toBe(made.length);
  const classes = Object.values(errors).filter(
    (value) => typeof value === 'function' && value.prototype instanceof errors.UnconflictError,
  );
  const covered = new Set(made.map(([, error]) => error.constructor));
  expect(classes.filter((value) => value !== errors.EditError && !covered.has(value))).toEqual([]);
});

describe('nothing the user did is lost', () => {
  test.each(made.filter(([, error]) => error instanceof errors.EditError))('%s carries the edit', (_code, error) => {
    expect(error).toMatchObject({ edit });
  });

  test('ERR_CONFLICT carries both sides, the patch and the conflicts, and retry() goes on', async () => {
    const answers: unknown[] = [];
    const result = {
      url: '',
      value: { a: 2 },
      version: '"2"',
      attempts: 1,
      rebased: true,
      alreadyApplied: false,
      patch: [],
      resolved: [],
      undo: async () => result,
    };
    const error = new errors.ConflictError('m', {
      ...facts,
      ...edit,
      merged: { a: 3 },
      conflicts: [],
      retry: async (answer) => {
        answers.push(answer);
        return result;
      },
    });
    expect(error).toMatchObject({ ...edit, merged: { a: 3 }, conflicts: [] });
    await expect(error.retry('local')).resolves.toBe(result);
    expect(answers).toEqual(['local']);
  });
});

describe('isUnconflictError', () => {
  test.each([[new Error('x')], ['x'], [null], [undefined], [{ code: 'ERR_CONFLICT' }]])('%j is none', (value) => {
    expect(errors.isUnconflictError(value)).toBe(false);
  });
});

test('printing an error tells its code', () => {
  for (const [code, error] of made) expect(inspect(error)).toContain(code);
});

test('without a cause there is none', () => {
  expect('cause' in new errors.ClosedError('x')).toBe(false);
  expect('cause' in new errors.MissingBaseError('m', { url: 'x' })).toBe(false);
});
