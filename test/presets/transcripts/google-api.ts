import { googleApi } from '../../../src/presets/platforms/google-api.js';
import type { Transcript } from '../transcript.js';

const url = 'https://secretmanager.googleapis.com/v1/projects/p/secrets/s';

export const transcript: Transcript = {
  name: 'googleApi',
  source: 'Google API Improvement Proposals, AIP-134, AIP-135, AIP-154, AIP-193',
  options: googleApi(),
  url,
  read: { body: '{"name":"projects/p/secrets/s","labels":{"a":"1"},"topics":[],"etag":"\\"15f1\\""}' },
  value: { name: 'projects/p/secrets/s', labels: { a: '1' }, topics: [], etag: '"15f1"' },
  version: '"\\"15f1\\""',
  edit: {
    local: { name: 'projects/p/secrets/s', labels: { a: '2' }, etag: '"15f1"' },
    patch: [
      { op: 'replace', path: '/labels/a', value: '2' },
      { op: 'remove', path: '/topics' },
    ],
  },
  update: {
    method: 'PATCH',
    url: `${url}?updateMask=labels%2Ctopics`,
    headers: { 'content-type': 'application/json' },
    body: '{"labels":{"a":"2"},"etag":"\\"15f1\\""}',
  },
  create: 'unsupported',
  remove: { method: 'DELETE', url: `${url}?etag=%2215f1%22` },
  accepted: {
    status: 200,
    body: '{"name":"projects/p/secrets/s","labels":{"a":"2"},"etag":"\\"15f2\\""}',
    version: '"\\"15f2\\""',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 409,
      body: '{"error":{"code":409,"message":"The etag does not match.","status":"ABORTED"}}',
      verdict: 'stale',
    },
    {
      what: 'a wrong state',
      status: 400,
      body: '{"error":{"code":400,"message":"No.","status":"FAILED_PRECONDITION"}}',
      verdict: 'refused',
    },
    {
      what: 'a name that is taken',
      status: 409,
      body: '{"error":{"code":409,"message":"No.","status":"ALREADY_EXISTS"}}',
      verdict: 'refused',
    },
  ],
};
