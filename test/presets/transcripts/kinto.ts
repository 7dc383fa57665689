import { kinto } from '../../../src/presets/standards/kinto.js';
import type { Transcript } from '../transcript.js';

const url = 'https://kinto.test/v1/buckets/b/collections/c/records/r';

export const transcript: Transcript = {
  name: 'kinto',
  source: 'Kinto documentation, "Records: patching", "Concurrency control", "Error responses"',
  options: kinto(),
  url,
  read: {
    headers: { ETag: '"1700000000000"' },
    body: '{"data":{"id":"r","last_modified":1700000000000,"a":1},"permissions":{}}',
  },
  value: { id: 'r', last_modified: 1700000000000, a: 1 },
  version: '"1700000000000"',
  edit: {
    local: { id: 'r', last_modified: 1700000000000, a: 2 },
    patch: [{ op: 'replace', path: '/a', value: 2 }],
  },
  update: {
    method: 'PATCH',
    url,
    headers: { 'content-type': 'application/json-patch+json', 'if-match': '"1700000000000"' },
    body: '[{"op":"replace","path":"/data/a","value":2}]',
  },
  create: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json', 'if-none-match': '*' },
    body: '{"data":{"id":"r","last_modified":1700000000000,"a":2}}',
  },
  remove: { method: 'DELETE', url, headers: { 'if-match': '"1700000000000"' } },
  accepted: {
    status: 200,
    headers: { ETag: '"1700000000001"' },
    body: '{"data":{"id":"r","last_modified":1700000000001,"a":2},"permissions":{}}',
    version: '"1700000000001"',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      headers: { ETag: '"1700000000001"' },
      body: '{"errno":114,"code":412,"error":"Precondition Failed","message":"Resource was modified meanwhile","details":{"existing":{"id":"r","last_modified":1700000000001,"a":2}}}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 412,
      body: '{"errno":114,"code":412,"error":"Precondition Failed"}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'a race inside the server',
      status: 409,
      headers: { 'Retry-After': '3' },
      body: '{"errno":122,"code":409,"error":"Conflict","message":"Integrity constraint violated, please retry."}',
      verdict: 'retry-unchanged',
    },
  ],
};
