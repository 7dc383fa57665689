import { sanity } from '../../../src/presets/content/sanity.js';
import type { Transcript } from '../transcript.js';

const api = 'https://p.api.sanity.io/v2021-06-07/data';
const mutate = `${api}/mutate/production?returnDocuments=true`;
const headers = { 'content-type': 'application/json' };
const error = (type: string): string =>
  `{"error":{"description":"Mutation(s) failed with 1 error(s)","items":[{"error":{"description":"No.","type":"${type}"},"index":0}],"type":"mutationError"}}`;

export const transcript: Transcript = {
  name: 'sanity',
  source: 'Sanity documentation, "HTTP API reference: Doc", "Mutation API reference"',
  options: sanity(),
  url: `${api}/doc/production/a%20b`,
  read: { body: '{"documents":[{"_id":"a b","_type":"article","_rev":"r1","title":"Old","odd name":1}],"omitted":[]}' },
  value: { _id: 'a b', _type: 'article', _rev: 'r1', title: 'Old', 'odd name': 1 },
  version: 'r1',
  edit: {
    local: { _id: 'a b', _type: 'article', _rev: 'r1', title: 'New' },
    patch: [
      { op: 'replace', path: '/title', value: 'New' },
      { op: 'remove', path: '/odd name' },
    ],
  },
  update: {
    method: 'POST',
    url: mutate,
    headers,
    body: `{"mutations":[{"patch":{"id":"a b","ifRevisionID":"r1","set":{"title":"New"},"unset":["['odd name']"]}}]}`,
  },
  create: {
    method: 'POST',
    url: mutate,
    headers,
    body: '{"mutations":[{"create":{"_id":"a b","_type":"article","_rev":"r1","title":"New"}}]}',
  },
  remove: {
    method: 'POST',
    url: mutate,
    headers,
    body: '{"mutations":[{"patch":{"id":"a b","ifRevisionID":"r1","unset":["_unconflict"]}},{"delete":{"id":"a b"}}]}',
  },
  accepted: {
    status: 200,
    body: '{"transactionId":"t","results":[{"id":"a b","operation":"update","document":{"_id":"a b","_type":"article","_rev":"r2","title":"New"}}]}',
    version: 'r2',
    tellsValue: true,
  },
  refusals: [
    { what: 'a stale write', status: 409, body: error('documentRevisionIDDoesNotMatchError'), verdict: 'stale' },
    {
      what: 'a second create',
      status: 409,
      body: error('documentAlreadyExistsError'),
      sent: 'create',
      verdict: 'exists',
    },
  ],
};
