import { couchdb } from '../../../src/presets/stores/couchdb.js';
import type { Transcript } from '../transcript.js';

const conflict = '{"error":"conflict","reason":"Document update conflict."}';

export const transcript: Transcript = {
  name: 'couchdb',
  source: 'CouchDB documentation, "/{db}/{docid}"',
  options: couchdb(),
  url: 'https://couch.test/articles/a',
  read: {
    headers: { ETag: '"1-967a"', 'Content-Type': 'application/json' },
    body: '{"_id":"a","_rev":"1-967a","title":"Old"}',
  },
  value: { _id: 'a', _rev: '1-967a', title: 'Old' },
  version: '1-967a',
  edit: { local: { _id: 'a', _rev: '1-967a', title: 'New' }, patch: [{ op: 'replace', path: '/title', value: 'New' }] },
  update: {
    method: 'PUT',
    url: 'https://couch.test/articles/a',
    headers: { 'content-type': 'application/json' },
    body: '{"_id":"a","_rev":"1-967a","title":"New"}',
  },
  create: {
    method: 'PUT',
    url: 'https://couch.test/articles/a',
    headers: { 'content-type': 'application/json' },
    body: '{"_id":"a","_rev":"1-967a","title":"New"}',
  },
  remove: { method: 'DELETE', url: 'https://couch.test/articles/a?rev=1-967a' },
  accepted: {
    status: 201,
    headers: { ETag: '"2-7051"' },
    body: '{"ok":true,"id":"a","rev":"2-7051"}',
    version: '2-7051',
    tellsValue: false,
  },
  refusals: [
    { what: 'a stale write', status: 409, body: conflict, verdict: 'stale' },
    { what: 'a second create', status: 409, body: conflict, sent: 'create', verdict: 'exists' },
    { what: 'a deleted document', status: 404, body: '{"error":"not_found","reason":"deleted"}', verdict: 'gone' },
    {
      what: 'a document that fails validation',
      status: 403,
      body: '{"error":"forbidden","reason":"no"}',
      verdict: 'other',
    },
  ],
};
