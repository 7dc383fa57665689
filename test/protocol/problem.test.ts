import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { problemOf } from '../../src/protocol/verdict/problem.js';
import { refusal } from './answers.js';

describe('what the server says', () => {
  test.each<[string, number, unknown, unknown]>([
    [
      'problem details with extensions',
      409,
      {
        type: 'https://e.x/stale',
        title: 'Stale',
        status: 409,
        detail: 'Read again.',
        instance: '/a/1',
        code: 'S1',
        current: { v: 2 },
      },
      {
        type: 'https://e.x/stale',
        title: 'Stale',
        status: 409,
        detail: 'Read again.',
        instance: '/a/1',
        code: 'S1',
        current: { v: 2 },
      },
    ],
    [
      'problem details of wrong types',
      409,
      { type: 5, title: 'Stale', status: '409', detail: ['x'] },
      { title: 'Stale', status: 409 },
    ],
    [
      'Kubernetes',
      409,
      { kind: 'Status', status: 'Failure', message: 'the object has been modified', reason: 'Conflict', code: 409 },
      { code: 'Conflict', detail: 'the object has been modified', status: 409 },
    ],
    [
      'CouchDB',
      409,
      { error: 'conflict', reason: 'Document update conflict.' },
      { code: 'conflict', detail: 'Document update conflict.' },
    ],
    [
      'Google',
      409,
      { error: { code: 409, message: 'Changed.', status: 'ABORTED' } },
      { code: 'ABORTED', detail: 'Changed.', status: 409 },
    ],
    [
      'Google in an array',
      400,
      [{ error: { code: 400, message: 'Changed.', status: 'FAILED_PRECONDITION' } }],
      { code: 'FAILED_PRECONDITION', detail: 'Changed.', status: 400 },
    ],
    [
      'OData 4',
      412,
      { error: { code: '0x80060882', message: 'The version does not match.' } },
      { code: '0x80060882', detail: 'The version does not match.' },
    ],
    [
      'OData 3',
      412,
      { 'odata.error': { code: 'UpdateConditionNotSatisfied', message: { lang: 'en-US', value: 'Not satisfied.' } } },
      { code: 'UpdateConditionNotSatisfied', detail: 'Not satisfied.' },
    ],
    [
      'Elasticsearch',
      409,
      {
        error: { root_cause: [{}], type: 'version_conflict_engine_exception', reason: '[1]: version conflict' },
        status: 409,
      },
      { code: 'version_conflict_engine_exception', detail: '[1]: version conflict', status: 409 },
    ],
    [
      'Kinto',
      412,
      { errno: 114, code: 412, error: 'Precondition Failed', message: 'Resource was modified meanwhile' },
      { code: '114', title: 'Precondition Failed', detail: 'Resource was modified meanwhile', status: 412 },
    ],
    [
      'OpenStack',
      409,
      {
        errors: [
          {
            status: 409,
            title: 'Conflict',
            detail: 'generation conflict',
            code: 'placement.concurrent_update',
            request_id: 'r',
          },
        ],
      },
      { code: 'placement.concurrent_update', title: 'Conflict', detail: 'generation conflict', status: 409 },
    ],
    [
      'FHIR',
      412,
      {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'conflict', details: { text: 'Stale.' } }],
      },
      { code: 'conflict', detail: 'Stale.' },
    ],
    [
      'FHIR of HAPI',
      409,
      { resourceType: 'OperationOutcome', issue: [{ code: 'processing', diagnostics: 'HAPI-0550' }] },
      { code: 'processing', detail: 'HAPI-0550' },
    ],
    [
      'GraphQL',
      409,
      { errors: [{ message: 'Stale.', extensions: { code: 'STALE' } }] },
      { code: 'STALE', detail: 'Stale.' },
    ],
    [
      'JSON:API',
      409,
      { errors: [{ status: '409', code: 'C', title: 'Conflict', detail: 'Stale.' }] },
      { code: 'C', title: 'Conflict', detail: 'Stale.', status: 409 },
    ],
    [
      'commercetools',
      409,
      {
        statusCode: 409,
        message: 'Version mismatch.',
        errors: [{ code: 'ConcurrentModification', message: 'Version mismatch.', currentVersion: 4 }],
      },
      { code: 'ConcurrentModification', detail: 'Version mismatch.', status: 409 },
    ],
    [
      'Contentful',
      409,
      { sys: { type: 'Error', id: 'VersionMismatch' }, message: 'Bad version.' },
      { code: 'VersionMismatch', detail: 'Bad version.' },
    ],
    [
      'Sanity',
      409,
      {
        error: {
          description: 'Mutation failed',
          items: [{ error: { type: 'documentRevisionIDDoesNotMatchError', description: 'unexpected revision' } }],
          type: 'mutationError',
        },
      },
      { code: 'documentRevisionIDDoesNotMatchError', detail: 'unexpected revision' },
    ],
    [
      'Vault',
      400,
      { errors: ['check-and-set parameter did not match the current version'] },
      { detail: 'check-and-set parameter did not match the current version' },
    ],
    [
      'Grafana',
      412,
      { status: 'version-mismatch', message: 'Changed by someone else' },
      { code: 'version-mismatch', detail: 'Changed by someone else' },
    ],
    [
      'Azure DevOps',
      412,
      { typeKey: 'WorkItemRevisionMismatchException', message: 'TF26071: changed', errorCode: 0 },
      { code: 'WorkItemRevisionMismatchException', detail: 'TF26071: changed' },
    ],
    [
      'etcd',
      412,
      { errorCode: 101, message: 'Compare failed', cause: '[1 != 2]', index: 8 },
      { code: '101', detail: 'Compare failed' },
    ],
    [
      'Spring',
      409,
      { timestamp: 'x', status: 409, error: 'Conflict', message: 'Stale.', path: '/a' },
      { code: 'Conflict', detail: 'Stale.', status: 409 },
    ],
    ['Django REST', 409, { detail: 'Stale.' }, { detail: 'Stale.' }],
    ['one sentence in error', 409, { error: 'It has changed.' }, { detail: 'It has changed.' }],
    ['a list of sentences', 409, ['It has changed.', 'Twice.'], { detail: 'It has changed.' }],
    ['a JSON string', 409, '"It has changed."', { detail: 'It has changed.' }],
    [
      'JSON sent as text',
      409,
      '{"error":"conflict","reason":"Document update conflict."}',
      { code: 'conflict', detail: 'Document update conflict.' },
    ],
    ['plain text', 409, 'edit conflict\n', { detail: 'edit conflict' }],
    [
      'XML of Azure',
      412,
      '\ufeff<?xml version="1.0"?><Error><Code>ConditionNotMet</Code><Message>The condition &lt;If-Match&gt; was not met.\nRequestId:1</Message></Error>',
      { code: 'ConditionNotMet', detail: 'The condition <If-Match> was not met. RequestId:1' },
    ],
    [
      'XML of WebDAV',
      423,
      '<D:error xmlns:D="DAV:"><D:lock-token-submitted/></D:error>',
      { code: 'lock-token-submitted' },
    ],
    [
      'XML of sabre',
      423,
      '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:exception>Locked</s:exception><s:message>is locked</s:message></d:error>',
      { title: 'Locked', detail: 'is locked' },
    ],
    [
      'HTML of Apache',
      412,
      '<!DOCTYPE HTML PUBLIC "x"><html><head><title>412 Precondition Failed</title></head><body><h1>P</h1><p>The precondition failed.<br /></p></body></html>',
      { title: '412 Precondition Failed', detail: 'The precondition failed.' },
    ],
    [
      'HTML of Express',
      409,
      '<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Conflict</pre></body></html>',
      { title: 'Error', detail: 'Conflict' },
    ],
    [
      'XML of RFC 9457',
      409,
      '<problem xmlns="urn:ietf:rfc:7807"><type>https://e.x/stale</type><title>Stale</title><detail>Read again.</detail></problem>',
      { type: 'https://e.x/stale', title: 'Stale', detail: 'Read again.' },
    ],
    ['Nova', 409, { conflictingRequest: { code: 409, message: 'Busy.' } }, { detail: 'Busy.', status: 409 }],
    [
      'Ironic',
      409,
      { error_message: '{"faultcode":"Client","faultstring":"Node 1 is locked by host c."}' },
      { detail: 'Node 1 is locked by host c.' },
    ],
    ['nothing', 409, undefined, undefined],
    ['blanks', 409, ' \n', undefined],
    ['an empty object', 409, {}, undefined],
    ['null', 409, 'null', undefined],
    ['a number', 409, 5, undefined],
    ['the current record, which is no error', 409, { id: 1, done: true }, undefined],
  ])('%s', (_, status, body, problem) => {
    expect(problemOf(refusal(status, body))).toEqual(problem);
  });
});

it('cuts long texts', () => {
  const long = 'x'.repeat(1_000_000);
  for (const body of [
    long,
    { detail: long, title: long, code: long },
    `<Error><Message>${long}</Message></Error>`,
    { errors: [long] },
  ]) {
    for (const text of Object.values(problemOf(refusal(409, body)) ?? {}))
      expect(String(text).length).toBeLessThanOrEqual(2_001);
  }
});

it('never throws, whatever the body', () => {
  fc.assert(fc.property(fc.anything(), (body) => void problemOf(refusal(409, body))));
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'<>/&;:!-[]"= aCodeDAV#x9') }),
      (body) => void problemOf(refusal(409, body)),
    ),
  );
});

test.each([
  ['open tags', '<a'.repeat(5_000_000)],
  ['errors of WebDAV', `<error ${'<error xmlns="DAV:" '.repeat(500_000)}`],
  ['CDATA', '<x><![CDATA['.repeat(800_000)],
  ['entities', `<message>${'&#'.repeat(5_000_000)}`],
  ['an almost sentence', 'locked by host '.repeat(700_000)],
  ['an almost test', 'test '.repeat(2_000_000)],
  ['brackets', '['.repeat(10_000_000)],
  ['quotes', `{"code":"${'\\"'.repeat(5_000_000)}`],
])('10 MB of %s are looked at once', (_, body) => {
  expect(problemOf(refusal(423, body)) === undefined).toBeTypeOf('boolean');
});
