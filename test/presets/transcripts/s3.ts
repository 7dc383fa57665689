import { s3 } from '../../../src/presets/stores/s3.js';
import type { Transcript } from '../transcript.js';

const url = 'https://bucket.s3.test/articles/a.json';
const error = (code: string) => ({
  headers: { 'Content-Type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>No.</Message></Error>`,
});

export const transcript: Transcript = {
  name: 's3',
  source:
    'Amazon S3 User Guide, "Conditional writes", "Conditional deletes"; API Reference, "PutObject", "Error responses"',
  options: s3(),
  url,
  read: { headers: { ETag: '"9b2cf535f27731c974343645a3985328"' }, body: '{"n":1}' },
  value: { n: 1 },
  version: '"9b2cf535f27731c974343645a3985328"',
  edit: { local: { n: 2 }, patch: [{ op: 'replace', path: '/n', value: 2 }] },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json', 'if-match': '"9b2cf535f27731c974343645a3985328"' },
    body: '{"n":2}',
  },
  create: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json', 'if-none-match': '*' },
    body: '{"n":2}',
  },
  remove: { method: 'DELETE', url, headers: { 'if-match': '"9b2cf535f27731c974343645a3985328"' } },
  accepted: {
    status: 200,
    headers: { ETag: '"c4ca4238a0b923820dcc509a6f75849b"' },
    version: '"c4ca4238a0b923820dcc509a6f75849b"',
    tellsValue: false,
  },
  refusals: [
    { what: 'a stale write', status: 412, ...error('PreconditionFailed'), verdict: 'stale' },
    { what: 'a second create', status: 412, ...error('PreconditionFailed'), sent: 'create', verdict: 'exists' },
    {
      what: 'a write at the same time',
      status: 409,
      ...error('ConditionalRequestConflict'),
      verdict: 'retry-unchanged',
    },
    {
      what: 'creates at the same time',
      status: 409,
      ...error('ConditionalRequestConflict'),
      sent: 'create',
      verdict: 'retry-unchanged',
    },
    { what: 'a bucket that is busy', status: 409, ...error('OperationAborted'), verdict: 'retry-unchanged' },
    { what: 'a deleted object', status: 404, ...error('NoSuchKey'), verdict: 'gone' },
  ],
};
