import { gcs } from '../../../src/presets/stores/gcs.js';
import type { Transcript } from '../transcript.js';

const url = 'https://storage.googleapis.com/storage/v1/b/bucket/o/a.txt';

export const transcript: Transcript = {
  name: 'gcs',
  source: 'Google Cloud Storage documentation, "Request preconditions", "Objects: patch"',
  options: gcs(),
  url,
  read: {
    body: '{"kind":"storage#object","generation":"1360887697105000","metageneration":"4","metadata":{"a":"1","b":"2"}}',
  },
  value: { kind: 'storage#object', generation: '1360887697105000', metageneration: '4', metadata: { a: '1', b: '2' } },
  version: '["1360887697105000","4"]',
  edit: {
    local: { kind: 'storage#object', generation: '1360887697105000', metageneration: '4', metadata: { a: '3' } },
    patch: [
      { op: 'replace', path: '/metadata/a', value: '3' },
      { op: 'remove', path: '/metadata/b' },
    ],
  },
  update: {
    method: 'PATCH',
    url: `${url}?ifGenerationMatch=1360887697105000&ifMetagenerationMatch=4`,
    headers: { 'content-type': 'application/json' },
    body: '{"metadata":{"a":"3","b":null}}',
  },
  create: 'unsupported',
  remove: { method: 'DELETE', url: `${url}?ifGenerationMatch=1360887697105000&ifMetagenerationMatch=4` },
  accepted: {
    status: 200,
    body: '{"kind":"storage#object","generation":"1360887697105000","metageneration":"5","metadata":{"a":"3"}}',
    version: '["1360887697105000","5"]',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"error":{"code":412,"message":"At least one of the pre-conditions you specified did not hold.","errors":[{"reason":"conditionNotMet"}]}}',
      verdict: 'stale',
    },
    {
      what: 'a deleted object',
      status: 404,
      body: '{"error":{"code":404,"message":"No such object"}}',
      verdict: 'gone',
    },
  ],
};
