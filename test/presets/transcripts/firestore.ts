import { firestore } from '../../../src/presets/stores/firestore.js';
import type { Transcript } from '../transcript.js';

const url = 'https://firestore.googleapis.com/v1/projects/p/databases/(default)/documents/articles/a';
const status = (code: number, name: string): string => `{"error":{"code":${code},"message":"No.","status":"${name}"}}`;

export const transcript: Transcript = {
  name: 'firestore',
  source: 'Firestore documentation, "REST: projects.databases.documents.patch", "Precondition", "Value"',
  options: firestore(),
  url,
  read: {
    body: '{"name":"projects/p/…/a","fields":{"title":{"stringValue":"Old"},"n":{"integerValue":"1"},"big":{"integerValue":"9223372036854775807"},"at":{"timestampValue":"2024-01-01T00:00:00Z"},"tags":{"arrayValue":{}},"a b":{"nullValue":null}},"createTime":"2024-01-01T00:00:00Z","updateTime":"2024-01-01T00:00:00.123456Z"}',
  },
  value: {
    title: 'Old',
    n: 1,
    big: { integerValue: '9223372036854775807' },
    at: { timestampValue: '2024-01-01T00:00:00Z' },
    tags: [],
    'a b': null,
  },
  version: '2024-01-01T00:00:00.123456Z',
  edit: {
    local: {
      title: 'New',
      big: { integerValue: '9223372036854775807' },
      at: { timestampValue: '2024-01-01T00:00:00Z' },
      tags: [1.5],
      'a b': true,
    },
    patch: [
      { op: 'replace', path: '/title', value: 'New' },
      { op: 'remove', path: '/n' },
      { op: 'add', path: '/tags/0', value: 1.5 },
      { op: 'replace', path: '/a b', value: true },
    ],
  },
  update: {
    method: 'PATCH',
    url: `${url}?updateMask.fieldPaths=title&updateMask.fieldPaths=tags&updateMask.fieldPaths=%60a+b%60&updateMask.fieldPaths=n&currentDocument.updateTime=2024-01-01T00%3A00%3A00.123456Z`,
    headers: { 'content-type': 'application/json' },
    body: '{"fields":{"title":{"stringValue":"New"},"tags":{"arrayValue":{"values":[{"doubleValue":1.5}]}},"a b":{"booleanValue":true}}}',
  },
  create: {
    method: 'PATCH',
    url: `${url}?currentDocument.exists=false`,
    headers: { 'content-type': 'application/json' },
    body: '{"fields":{"title":{"stringValue":"New"},"big":{"integerValue":"9223372036854775807"},"at":{"timestampValue":"2024-01-01T00:00:00Z"},"tags":{"arrayValue":{"values":[{"doubleValue":1.5}]}},"a b":{"booleanValue":true}}}',
  },
  remove: { method: 'DELETE', url: `${url}?currentDocument.updateTime=2024-01-01T00%3A00%3A00.123456Z` },
  accepted: {
    status: 200,
    body: '{"name":"projects/p/…/a","fields":{"title":{"stringValue":"New"},"big":{"integerValue":"9223372036854775807"},"at":{"timestampValue":"2024-01-01T00:00:00Z"},"tags":{"arrayValue":{"values":[{"doubleValue":1.5}]}},"a b":{"booleanValue":true}},"updateTime":"2024-01-01T00:00:01.000000Z"}',
    version: '2024-01-01T00:00:01.000000Z',
    tellsValue: true,
  },
  refusals: [
    { what: 'a stale write', status: 400, body: status(400, 'FAILED_PRECONDITION'), verdict: 'stale' },
    { what: 'contention', status: 409, body: status(409, 'ABORTED'), verdict: 'retry-unchanged' },
    { what: 'a second create', status: 409, body: status(409, 'ALREADY_EXISTS'), sent: 'create', verdict: 'exists' },
    { what: 'a deleted document', status: 404, body: status(404, 'NOT_FOUND'), verdict: 'gone' },
    { what: 'a wrong argument', status: 400, body: status(400, 'INVALID_ARGUMENT'), verdict: 'other' },
  ],
};
