import { commercetools } from '../../../src/presets/platforms/commercetools.js';
import type { Transcript } from '../transcript.js';

const url = 'https://api.commercetools.test/project/categories/c1';
const error = (code: string): string =>
  `{"statusCode":409,"message":"No.","errors":[{"code":"${code}","message":"No.","currentVersion":4}]}`;

export const transcript: Transcript = {
  name: 'commercetools',
  source: 'commercetools documentation, "General concepts: optimistic concurrency control", "Errors"',
  options: commercetools({
    actions: ({ patch }) => patch.map((operation) => ({ action: 'setKey', path: operation.path })),
  }),
  url,
  read: { body: '{"id":"c1","version":9007199254740993,"key":"old"}' },
  value: { id: 'c1', version: 9007199254740992, key: 'old' },
  version: '9007199254740993',
  edit: {
    local: { id: 'c1', version: 9007199254740992, key: 'new' },
    patch: [{ op: 'replace', path: '/key', value: 'new' }],
  },
  update: {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"actions":[{"action":"setKey","path":"/key"}],"version":9007199254740993}',
  },
  create: 'unsupported',
  remove: { method: 'DELETE', url: `${url}?version=9007199254740993` },
  accepted: {
    status: 200,
    body: '{"id":"c1","version":9007199254740994,"key":"new"}',
    version: '9007199254740994',
    tellsValue: true,
  },
  refusals: [
    { what: 'a stale write', status: 409, body: error('ConcurrentModification'), verdict: 'stale' },
    { what: 'a locked field', status: 409, body: error('LockedField'), verdict: 'retry-unchanged' },
    { what: 'a pending operation', status: 409, body: error('PendingOperation'), verdict: 'retry-unchanged' },
    { what: 'a referenced category', status: 409, body: error('ReferenceExists'), verdict: 'refused' },
    { what: 'a key that is taken', status: 400, body: error('DuplicateField'), verdict: 'refused' },
    { what: 'a wrong state', status: 400, body: error('InvalidOperation'), verdict: 'refused' },
  ],
};
