import { azureBlob } from '../../../src/presets/stores/azure-blob.js';
import type { Transcript } from '../transcript.js';

const url = 'https://account.blob.core.windows.net/articles/a.json';
const always = { 'x-ms-version': '2019-02-02', 'x-ms-blob-type': 'BlockBlob', 'x-ms-lease-id': 'l1' };
const error = (code: string) => ({
  headers: { 'x-ms-error-code': code },
  body: `\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`,
});

export const transcript: Transcript = {
  name: 'azureBlob',
  source: 'Azure Storage documentation, "Put Blob", "Lease Blob", "Blob service error codes" (REST API)',
  options: azureBlob({ leaseId: 'l1' }),
  url,
  read: { headers: { ETag: '"0x8D4BCC2E4835CD0"' }, body: '{"n":1}' },
  value: { n: 1 },
  version: '"0x8D4BCC2E4835CD0"',
  edit: { local: { n: 2 }, patch: [{ op: 'replace', path: '/n', value: 2 }] },
  update: {
    method: 'PUT',
    url,
    headers: { ...always, 'content-type': 'application/json', 'if-match': '"0x8D4BCC2E4835CD0"' },
    body: '{"n":2}',
  },
  create: {
    method: 'PUT',
    url,
    headers: { ...always, 'content-type': 'application/json', 'if-none-match': '*' },
    body: '{"n":2}',
  },
  remove: { method: 'DELETE', url, headers: { ...always, 'if-match': '"0x8D4BCC2E4835CD0"' } },
  accepted: {
    status: 201,
    headers: { ETag: '"0x8D4BCC2E4835CD1"' },
    version: '"0x8D4BCC2E4835CD1"',
    tellsValue: false,
  },
  refusals: [
    { what: 'a stale write', status: 412, ...error('ConditionNotMet'), verdict: 'stale' },
    { what: 'a second create', status: 409, ...error('BlobAlreadyExists'), sent: 'create', verdict: 'exists' },
    { what: "somebody else's lease", status: 412, ...error('LeaseIdMissing'), verdict: 'locked' },
    { what: 'another lease', status: 412, ...error('LeaseIdMismatchWithBlobOperation'), verdict: 'locked' },
    { what: 'a lease that is over', status: 412, ...error('LeaseLost'), verdict: 'refused' },
    { what: 'a lease that never was', status: 412, ...error('LeaseNotPresentWithBlobOperation'), verdict: 'refused' },
    { what: 'a deleted blob', status: 404, ...error('BlobNotFound'), verdict: 'gone' },
  ],
};
