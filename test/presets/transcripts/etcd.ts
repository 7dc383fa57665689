import { etcd } from '../../../src/presets/stores/etcd.js';
import type { Transcript } from '../transcript.js';

const url = 'http://etcd.test/v2/keys/app';
const headers = { 'content-type': 'application/x-www-form-urlencoded' };

export const transcript: Transcript = {
  name: 'etcd',
  source: 'etcd documentation, "etcd v2 API: atomic compare-and-swap", "Error codes"',
  options: etcd(),
  url,
  read: { body: '{"action":"get","node":{"key":"/app","value":"{\\"a\\":1}","modifiedIndex":8,"createdIndex":7}}' },
  value: { a: 1 },
  version: '8',
  edit: { local: { a: 2 }, patch: [{ op: 'replace', path: '/a', value: 2 }] },
  update: { method: 'PUT', url: `${url}?prevIndex=8`, headers, body: 'value=%7B%22a%22%3A2%7D' },
  create: { method: 'PUT', url: `${url}?prevExist=false`, headers, body: 'value=%7B%22a%22%3A2%7D' },
  remove: { method: 'DELETE', url: `${url}?prevIndex=8` },
  accepted: {
    status: 200,
    body: '{"action":"compareAndSwap","node":{"key":"/app","value":"{\\"a\\":2}","modifiedIndex":9,"createdIndex":7},"prevNode":{"modifiedIndex":8}}',
    version: '9',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"errorCode":101,"message":"Compare failed","cause":"[8 != 9]","index":9}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 412,
      body: '{"errorCode":105,"message":"Key already exists","cause":"/app","index":9}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'a deleted key',
      status: 404,
      body: '{"errorCode":100,"message":"Key not found","cause":"/app","index":9}',
      verdict: 'gone',
    },
  ],
};
