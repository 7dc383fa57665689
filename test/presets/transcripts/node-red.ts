import { nodeRed } from '../../../src/presets/platforms/node-red.js';
import type { Transcript } from '../transcript.js';

const url = 'http://node-red.test/flows';
const headers = {
  'node-red-api-version': 'v2',
  'node-red-deployment-type': 'nodes',
  'content-type': 'application/json',
};

export const transcript: Transcript = {
  name: 'nodeRed',
  source: 'Node-RED documentation, "Admin HTTP API: GET /flows, POST /flows"',
  options: nodeRed({ deploymentType: 'nodes' }),
  url,
  read: { body: '{"rev":"abc-123","flows":[{"type":"tab","id":"396c","label":"Old"}]}' },
  value: [{ type: 'tab', id: '396c', label: 'Old' }],
  version: 'abc-123',
  edit: {
    local: [{ type: 'tab', id: '396c', label: 'New' }],
    patch: [{ op: 'replace', path: '/0/label', value: 'New' }],
  },
  update: {
    method: 'POST',
    url,
    headers,
    body: '{"flows":[{"type":"tab","id":"396c","label":"New"}],"rev":"abc-123"}',
  },
  create: 'unsupported',
  remove: 'unsupported',
  accepted: { status: 200, body: '{"rev":"def-456"}', version: 'def-456', tellsValue: false },
  refusals: [
    {
      what: 'a stale write',
      status: 409,
      body: '{"code":"version_mismatch","message":"The flows have changed."}',
      verdict: 'stale',
    },
    {
      what: 'a version that is none',
      status: 400,
      body: '{"code":"invalid_api_version","message":"No."}',
      verdict: 'other',
    },
  ],
};
