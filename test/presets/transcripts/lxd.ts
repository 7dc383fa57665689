import { lxd } from '../../../src/presets/platforms/lxd.js';
import type { Transcript } from '../transcript.js';

const url = 'https://lxd.test/1.0/profiles/web';
const profile = { name: 'web', description: 'Old', config: { 'limits.cpu': '2' }, devices: {} };

export const transcript: Transcript = {
  name: 'lxd',
  source: 'LXD documentation, "REST API" (return values, PUT vs PATCH, ETag) and "Main API specification: profiles"',
  options: lxd(),
  url,
  read: {
    headers: { ETag: '"8a3f"' },
    body: JSON.stringify({
      type: 'sync',
      status: 'Success',
      status_code: 200,
      metadata: { ...profile, used_by: ['/1.0/instances/a'] },
    }),
  },
  value: { ...profile, used_by: ['/1.0/instances/a'] },
  version: '"8a3f"',
  edit: { local: { ...profile, description: 'New' }, patch: [{ op: 'replace', path: '/description', value: 'New' }] },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json', 'if-match': '"8a3f"' },
    body: JSON.stringify({ ...profile, description: 'New' }),
  },
  create: {
    method: 'POST',
    url: 'https://lxd.test/1.0/profiles',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...profile, description: 'New' }),
  },
  remove: 'unsupported',
  accepted: {
    status: 200,
    body: '{"type":"sync","status":"Success","status_code":200,"operation":"","error_code":0,"error":"","metadata":{}}',
    version: undefined,
    tellsValue: false,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"type":"error","status":"","status_code":0,"error_code":412,"error":"Precondition failed"}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 409,
      body: '{"type":"error","error_code":409,"error":"Profile already exists"}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'a bad value',
      status: 400,
      body: '{"type":"error","error_code":400,"error":"Invalid config"}',
      verdict: 'other',
    },
  ],
};
