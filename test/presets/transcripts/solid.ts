import { solid } from '../../../src/presets/standards/solid.js';
import type { Transcript } from '../transcript.js';

const url = 'https://pod.test/notes/1.json';

export const transcript: Transcript = {
  name: 'solid',
  source: 'Solid Protocol, 5; Community Solid Server documentation, "Conditional requests"',
  options: solid(),
  url,
  read: { headers: { ETag: '"1700000000000-application/json"' }, body: '{"n":1}' },
  value: { n: 1 },
  version: '"1700000000000-application/json"',
  edit: { local: { n: 2 }, patch: [{ op: 'replace', path: '/n', value: 2 }] },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json', 'if-match': '"1700000000000-application/json"' },
    body: '{"n":2}',
  },
  create: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json', 'if-none-match': '*' },
    body: '{"n":2}',
  },
  remove: { method: 'DELETE', url, headers: { 'if-match': '"1700000000000-application/json"' } },
  accepted: { status: 205, version: undefined, tellsValue: false },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"name":"PreconditionFailedHttpError","message":"","statusCode":412,"errorCode":"H412","details":{}}',
      verdict: 'stale',
    },
    { what: 'a second create', status: 412, body: '{"errorCode":"H412"}', sent: 'create', verdict: 'exists' },
  ],
};
