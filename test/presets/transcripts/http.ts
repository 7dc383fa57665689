import { http } from '../../../src/presets/standards/http.js';
import type { Transcript } from '../transcript.js';

export const transcript: Transcript = {
  name: 'http',
  source: 'RFC 9110, 13 and 15.5.13; RFC 6902, 3',
  options: http(),
  url: 'https://api.test/articles/1',
  read: { headers: { ETag: '"a1"' }, body: '{"title":"Old","tags":[]}' },
  value: { title: 'Old', tags: [] },
  version: '"a1"',
  edit: { local: { title: 'New', tags: [] }, patch: [{ op: 'replace', path: '/title', value: 'New' }] },
  update: {
    method: 'PATCH',
    url: 'https://api.test/articles/1',
    headers: { 'content-type': 'application/json-patch+json', 'if-match': '"a1"' },
    body: '[{"op":"replace","path":"/title","value":"New"}]',
  },
  create: {
    method: 'PUT',
    url: 'https://api.test/articles/1',
    headers: { 'content-type': 'application/json', 'if-none-match': '*' },
    body: '{"title":"New","tags":[]}',
  },
  remove: { method: 'DELETE', url: 'https://api.test/articles/1', headers: { 'if-match': '"a1"' } },
  accepted: { status: 204, headers: { ETag: '"a2"' }, version: '"a2"', tellsValue: false },
  refusals: [
    { what: 'a stale write', status: 412, verdict: 'stale' },
    { what: 'a stale write, the other way', status: 409, verdict: 'stale' },
    { what: 'a second create', status: 412, sent: 'create', verdict: 'exists' },
    { what: 'no precondition', status: 428, sent: 'unguarded', verdict: 'precondition-required' },
  ],
};
