import { vault } from '../../../src/presets/platforms/vault.js';
import type { Transcript } from '../transcript.js';

const url = 'https://vault.test/v1/secret/data/app';

export const transcript: Transcript = {
  name: 'vault',
  source: 'Vault documentation, "KV secrets engine - version 2 (API)"',
  options: vault(),
  url,
  read: {
    body: '{"data":{"data":{"user":"a"},"metadata":{"created_time":"2024-01-01T00:00:00Z","deletion_time":"","destroyed":false,"version":2}}}',
  },
  value: { user: 'a' },
  version: '2',
  edit: { local: { user: 'b' }, patch: [{ op: 'replace', path: '/user', value: 'b' }] },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"data":{"user":"b"},"options":{"cas":2}}',
  },
  create: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"data":{"user":"b"},"options":{"cas":0}}',
  },
  remove: 'unsupported',
  accepted: {
    status: 200,
    body: '{"data":{"created_time":"2024-01-02T00:00:00Z","deletion_time":"","destroyed":false,"version":3}}',
    version: '3',
    tellsValue: false,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 400,
      body: '{"errors":["check-and-set parameter did not match the current version"]}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 400,
      body: '{"errors":["check-and-set parameter did not match the current version"]}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'a write without cas',
      status: 400,
      body: '{"errors":["check-and-set parameter required for this call"]}',
      sent: 'unguarded',
      verdict: 'precondition-required',
    },
    { what: 'a malformed body', status: 400, body: '{"errors":["no data provided"]}', verdict: 'other' },
  ],
};
