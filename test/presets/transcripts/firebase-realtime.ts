import { firebaseRealtime } from '../../../src/presets/stores/firebase-realtime.js';
import type { Transcript } from '../transcript.js';

const url = 'https://db.firebaseio.com/articles/a.json';
const always = { 'x-firebase-etag': 'true' };
const tag = 'ViJFJowpbyRvgGNPzPJdGeN+mCY=';

export const transcript: Transcript = {
  name: 'firebaseRealtime',
  source: 'Firebase blog, "Introducing Conditional REST Requests"; documentation, "Saving Data"',
  options: firebaseRealtime(),
  url,
  read: { headers: { ETag: tag }, body: '{"votes":10}' },
  value: { votes: 10 },
  version: tag,
  edit: { local: { votes: 11 }, patch: [{ op: 'replace', path: '/votes', value: 11 }] },
  update: {
    method: 'PUT',
    url,
    headers: { ...always, 'content-type': 'application/json', 'if-match': tag },
    body: '{"votes":11}',
  },
  create: {
    method: 'PUT',
    url,
    headers: { ...always, 'content-type': 'application/json', 'if-match': 'null_etag' },
    body: '{"votes":11}',
  },
  remove: { method: 'DELETE', url, headers: { ...always, 'if-match': tag } },
  accepted: { status: 200, headers: { ETag: 'abc=' }, body: '{"votes":11}', version: 'abc=', tellsValue: true },
  refusals: [
    { what: 'a stale write', status: 412, headers: { ETag: 'other=' }, body: '{"votes":12}', verdict: 'stale' },
    {
      what: 'a second create',
      status: 412,
      headers: { ETag: 'other=' },
      body: '{"votes":12}',
      sent: 'create',
      verdict: 'exists',
    },
    { what: 'a broken rule', status: 401, body: '{"error":"Permission denied"}', verdict: 'other' },
  ],
};
