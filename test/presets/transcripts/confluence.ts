import { confluence } from '../../../src/presets/content/confluence.js';
import type { Transcript } from '../transcript.js';

const url = 'https://wiki.test/rest/api/content/3604482';

export const transcript: Transcript = {
  name: 'confluence',
  source: 'Confluence documentation, "REST API: update a page" (Server), "REST API v2: Update page" (Cloud)',
  options: confluence(),
  url: `${url}?expand=body.storage,version`,
  read: {
    body: '{"id":"3604482","type":"page","status":"current","title":"Old","body":{"storage":{"value":"<p/>","representation":"storage"}},"version":{"number":9007199254740993},"_links":{}}',
  },
  value: {
    id: '3604482',
    type: 'page',
    status: 'current',
    title: 'Old',
    body: { storage: { value: '<p/>', representation: 'storage' } },
    version: { number: 9007199254740992 },
    _links: {},
  },
  version: '9007199254740993',
  edit: {
    local: {
      id: '3604482',
      type: 'page',
      status: 'current',
      title: 'New',
      body: { storage: { value: '<p/>', representation: 'storage' } },
      version: { number: 9007199254740992 },
      _links: {},
    },
    patch: [{ op: 'replace', path: '/title', value: 'New' }],
  },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"id":"3604482","type":"page","status":"current","title":"New","body":{"storage":{"value":"<p/>","representation":"storage"}},"version":{"number":9007199254740994}}',
  },
  create: 'unsupported',
  remove: 'unsupported',
  accepted: {
    status: 200,
    body: '{"id":"3604482","type":"page","status":"current","title":"New","body":{"storage":{"value":"<p/>","representation":"storage"}},"version":{"number":9007199254740994},"_links":{}}',
    version: '9007199254740994',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 409,
      body: '{"statusCode":409,"message":"Version must be incremented on update. Current version is: 5","reason":"Conflict"}',
      verdict: 'stale',
    },
  ],
};
