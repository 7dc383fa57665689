import { cosmos } from '../../../src/presets/stores/cosmos.js';
import type { Transcript } from '../transcript.js';

const url = 'https://account.documents.azure.com/dbs/d/colls/c/docs/a';
const own = '"_rid":"r==","_self":"dbs/…","_ts":1700000000,"_attachments":"attachments/"';
const headers = { 'x-ms-documentdb-partitionkey': '["p"]', 'content-type': 'application/json' };

export const transcript: Transcript = {
  name: 'cosmos',
  source: 'Azure Cosmos DB documentation, "Replace a document" (REST API), "HTTP status codes"',
  options: cosmos({ partitionKey: 'p' }),
  url,
  read: { headers: { ETag: '"0000-1"' }, body: `{"id":"a","n":1,${own},"_etag":"\\"0000-1\\""}` },
  value: {
    id: 'a',
    n: 1,
    _rid: 'r==',
    _self: 'dbs/…',
    _ts: 1700000000,
    _attachments: 'attachments/',
    _etag: '"0000-1"',
  },
  version: '"\\"0000-1\\""',
  edit: { local: { id: 'a', n: 2 }, patch: [{ op: 'replace', path: '/n', value: 2 }] },
  update: { method: 'PUT', url, headers: { ...headers, 'if-match': '"0000-1"' }, body: '{"id":"a","n":2}' },
  create: {
    method: 'POST',
    url: 'https://account.documents.azure.com/dbs/d/colls/c/docs',
    headers,
    body: '{"id":"a","n":2}',
  },
  remove: { method: 'DELETE', url, headers: { 'x-ms-documentdb-partitionkey': '["p"]', 'if-match': '"0000-1"' } },
  accepted: {
    status: 200,
    headers: { ETag: '"0000-2"' },
    body: `{"id":"a","n":2,${own},"_etag":"\\"0000-2\\""}`,
    version: '"\\"0000-2\\""',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"code":"PreconditionFailed","message":"Operation cannot be performed because one of the specified precondition is not met."}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 409,
      body: '{"code":"Conflict","message":"Entity with the specified id already exists."}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'a broken unique key',
      status: 409,
      body: '{"code":"Conflict","message":"Unique index constraint violation."}',
      verdict: 'refused',
    },
    {
      what: 'a busy document',
      status: 449,
      body: '{"message":"Conflicting request to resource has been attempted. Retry to avoid conflicts."}',
      verdict: 'retry-unchanged',
    },
    { what: 'a deleted document', status: 404, body: '{"code":"NotFound"}', verdict: 'gone' },
  ],
};
