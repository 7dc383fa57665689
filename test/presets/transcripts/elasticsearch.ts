import { elasticsearch } from '../../../src/presets/stores/elasticsearch.js';
import type { Transcript } from '../transcript.js';

const conflict =
  '{"error":{"root_cause":[{"type":"version_conflict_engine_exception"}],"type":"version_conflict_engine_exception","reason":"[1]: version conflict, required seqNo [362], primary term [2]."},"status":409}';

export const transcript: Transcript = {
  name: 'elasticsearch',
  source: 'Elasticsearch documentation, "Optimistic concurrency control"',
  options: elasticsearch(),
  url: 'https://search.test/products/_doc/1567',
  read: {
    body: '{"_index":"products","_id":"1567","_version":1,"_seq_no":9007199254740993,"_primary_term":2,"found":true,"_source":{"name":"r2d2"}}',
  },
  value: { name: 'r2d2' },
  version: '[9007199254740993,2]',
  edit: { local: { name: 'c3po' }, patch: [{ op: 'replace', path: '/name', value: 'c3po' }] },
  update: {
    method: 'PUT',
    url: 'https://search.test/products/_doc/1567?if_seq_no=9007199254740993&if_primary_term=2',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"c3po"}',
  },
  create: {
    method: 'PUT',
    url: 'https://search.test/products/_doc/1567?op_type=create',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"c3po"}',
  },
  remove: {
    method: 'DELETE',
    url: 'https://search.test/products/_doc/1567?if_seq_no=9007199254740993&if_primary_term=2',
  },
  accepted: {
    status: 200,
    body: '{"_index":"products","_id":"1567","_version":2,"result":"updated","_seq_no":9007199254740994,"_primary_term":2}',
    version: '[9007199254740994,2]',
    tellsValue: false,
  },
  refusals: [
    { what: 'a stale write', status: 409, body: conflict, verdict: 'stale' },
    { what: 'a second create', status: 409, body: conflict, sent: 'create', verdict: 'exists' },
  ],
};
