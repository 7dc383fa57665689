import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ServerAnswer, Verdict } from '../../src/protocol/answer.js';
import { CODE_VERDICTS, CODES } from '../../src/protocol/verdict/codes-of.js';
import { classify } from '../../src/protocol/verdict/verdict.js';
import { refusal } from './answers.js';

const UPDATE = { version: '"1"', create: false };
const CREATE = { version: undefined, create: true };
const UNGUARDED = { version: undefined, create: false };
const POST = { method: 'POST', version: undefined, create: false };
const GUARDED_POST = { method: 'POST', version: '1', create: false };

describe('a status, by what was sent', () => {
  test.each<[number, Verdict, Verdict, Verdict, Verdict]>([
    // status, guarded update, create, unguarded write, POST
    [409, 'stale', 'exists', 'refused', 'exists'],
    [412, 'stale', 'exists', 'refused', 'exists'],
    [404, 'gone', 'other', 'other', 'other'],
    [410, 'gone', 'gone', 'gone', 'gone'],
    [423, 'locked', 'locked', 'locked', 'locked'],
    [428, 'precondition-required', 'precondition-required', 'precondition-required', 'precondition-required'],
    [449, 'retry-unchanged', 'retry-unchanged', 'retry-unchanged', 'retry-unchanged'],
    ...[
      100, 200, 201, 204, 301, 304, 400, 401, 402, 403, 405, 406, 407, 408, 411, 413, 414, 415, 416, 417, 421, 422, 424,
      425, 426, 429, 431, 451, 500, 501, 502, 503, 504, 507, 599,
    ].map((status): [number, Verdict, Verdict, Verdict, Verdict] => [status, 'other', 'other', 'other', 'other']),
  ])('%i: update %s, create %s, unguarded %s, POST %s', (status, update, create, unguarded, post) => {
    expect(classify(refusal(status, undefined, { sent: UPDATE }))).toBe(update);
    expect(classify(refusal(status, undefined, { sent: CREATE }))).toBe(create);
    expect(classify(refusal(status, undefined, { sent: UNGUARDED }))).toBe(unguarded);
    expect(classify(refusal(status, undefined, { sent: POST }))).toBe(post);
  });

  it('treats a POST that names a version as the update it is', () => {
    expect(classify(refusal(409, undefined, { sent: GUARDED_POST }))).toBe('stale');
  });
});

describe('a code in the body, on 409, 412, 400, 422 and 429', () => {
  test.each(
    CODE_VERDICTS.flatMap((verdict) => CODES[verdict].map((code) => [code.replace('*', 'Lost'), verdict] as const)),
  )('%s: %s', (code, verdict) => {
    for (const status of [409, 412, 400, 422, 429]) {
      // An update that meets "already exists" broke a rule such as a unique key.
      expect(classify(refusal(status, { code }, { sent: UPDATE }))).toBe(verdict === 'exists' ? 'refused' : verdict);
      expect(classify(refusal(status, { code }, { sent: CREATE }))).toBe(verdict === 'stale' ? 'exists' : verdict);
      expect(classify(refusal(status, { code }, { sent: UNGUARDED }))).toBe(
        ['stale', 'exists'].includes(verdict) ? 'refused' : verdict,
      );
    }
  });

  test.each([200, 401, 500, 503])('does not count on %i', (status) => {
    expect(classify(refusal(status, { code: 'Conflict' }))).toBe('other');
  });
});

describe('answers as servers give them', () => {
  test.each<[string, ServerAnswer, Verdict]>([
    ['CouchDB, stale', refusal(409, { error: 'conflict', reason: 'Document update conflict.' }), 'stale'],
    [
      'CouchDB, created twice',
      refusal(409, { error: 'conflict', reason: 'Document update conflict.' }, { sent: CREATE }),
      'exists',
    ],
    ['Kubernetes, stale', refusal(409, { kind: 'Status', status: 'Failure', reason: 'Conflict', code: 409 }), 'stale'],
    [
      'Kubernetes, another field manager',
      refusal(409, {
        kind: 'Status',
        reason: 'Conflict',
        details: { causes: [{ reason: 'FieldManagerConflict' }] },
        code: 409,
      }),
      'refused',
    ],
    [
      'Kubernetes, created twice',
      refusal(409, { kind: 'Status', reason: 'AlreadyExists', code: 409 }, { sent: POST }),
      'exists',
    ],
    ['Elasticsearch', refusal(409, { error: { type: 'version_conflict_engine_exception' }, status: 409 }), 'stale'],
    [
      'Azure Table',
      refusal(412, undefined, { headers: { 'x-ms-error-code': 'UpdateConditionNotSatisfied' } }),
      'stale',
    ],
    ['Azure Blob, leased', refusal(412, '<Error><Code>LeaseIdMissing</Code></Error>'), 'locked'],
    ['Google', refusal(409, { error: { code: 409, status: 'ABORTED' } }), 'stale'],
    ['Google, wrong state', refusal(400, { error: { code: 400, status: 'FAILED_PRECONDITION' } }), 'refused'],
    ['Stripe, busy', refusal(429, { error: { code: 'lock_timeout' } }), 'retry-unchanged'],
    ['commercetools, busy', refusal(409, { statusCode: 409, errors: [{ code: 'LockedField' }] }), 'retry-unchanged'],
    [
      'Ironic, locked',
      refusal(409, {
        error_message: '{"faultcode":"Client","faultstring":"Node 1be is locked by host cond-1, please retry."}',
      }),
      'locked',
    ],
    ['a lock holder in JSON', refusal(409, { lockedBy: 'alice' }), 'locked'],
    ['a lock flag in JSON', refusal(409, { locked: true }), 'locked'],
    ['an echoed lock next to a stale code', refusal(409, { code: 'VERSION_MISMATCH', lockedBy: 'alice' }), 'stale'],
    ['an owner, which is no lock', refusal(409, { owner: 'alice', user: 'bob' }), 'stale'],
    ['SCIM, unique key', refusal(409, { scimType: 'uniqueness' }), 'refused'],
    [
      'a failed JSON Patch test, 422',
      refusal(422, { message: 'testing value /metadata/resourceVersion failed: test failed' }),
      'stale',
    ],
    ['a failed JSON Patch test, 400', refusal(400, 'The JSON Patch test operation failed'), 'stale'],
    ['a failed test nobody sent', refusal(422, 'test failed', { sent: UNGUARDED }), 'other'],
    ['an invalid field', refusal(422, { message: 'name must be shorter' }), 'other'],
    ['an empty 412', refusal(412, ''), 'stale'],
    [
      'Apache 412',
      refusal(412, '<!DOCTYPE HTML><html><head><title>412 Precondition Failed</title></head></html>'),
      'stale',
    ],
  ])('%s', (_, answer, verdict) => {
    expect(classify(answer)).toBe(verdict);
  });
});

describe('classify of the caller', () => {
  it('is trusted before everything else', () => {
    expect(classify(refusal(423), () => 'refused')).toBe('refused');
    expect(classify(refusal(200), () => 'stale')).toBe('stale');
  });

  it('leaves the verdict to the rules by undefined', () => {
    expect(classify(refusal(423), () => undefined)).toBe('locked');
  });
});

it('never throws, whatever the answer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), fc.anything(), fc.boolean(), (status, body, create) => {
      expect(classify(refusal(status, body, { sent: { create } }))).toBeTypeOf('string');
    }),
  );
});
