import { openstack } from '../../../src/presets/platforms/openstack.js';
import type { Transcript } from '../transcript.js';

const url = 'https://placement.test/allocations/c1';
const headers = { 'openstack-api-version': 'placement 1.28', 'content-type': 'application/json' };
const error = (code: string): string =>
  `{"errors":[{"status":409,"title":"Conflict","detail":"No.","code":"${code}","request_id":"r"}]}`;

export const transcript: Transcript = {
  name: 'openstack',
  source: 'OpenStack documentation, "Placement API Reference": allocations, errors, microversions 1.23 and 1.28',
  options: openstack({ generation: 'consumer_generation' }),
  url,
  read: { body: '{"allocations":{},"project_id":"p","user_id":"u","consumer_generation":7}' },
  value: { allocations: {}, project_id: 'p', user_id: 'u', consumer_generation: 7 },
  version: '7',
  edit: {
    local: { allocations: {}, project_id: 'q', user_id: 'u', consumer_generation: 7 },
    patch: [{ op: 'replace', path: '/project_id', value: 'q' }],
  },
  update: {
    method: 'PUT',
    url,
    headers,
    body: '{"allocations":{},"project_id":"q","user_id":"u","consumer_generation":7}',
  },
  create: {
    method: 'PUT',
    url,
    headers,
    body: '{"allocations":{},"project_id":"q","user_id":"u","consumer_generation":null}',
  },
  remove: 'unsupported',
  accepted: { status: 204, version: undefined, tellsValue: false },
  refusals: [
    { what: 'a stale write', status: 409, body: error('placement.concurrent_update'), verdict: 'stale' },
    {
      what: 'a second create',
      status: 409,
      body: error('placement.concurrent_update'),
      sent: 'create',
      verdict: 'exists',
    },
    { what: 'an inventory in use', status: 409, body: error('placement.inventory.inuse'), verdict: 'refused' },
    { what: 'a name that is taken', status: 409, body: error('placement.duplicate_name'), verdict: 'refused' },
    {
      what: 'a stale write before 1.23',
      status: 409,
      body: '{"errors":[{"status":409,"title":"Conflict","detail":"consumer generation conflict - expected 8 but got 7"}]}',
      verdict: 'stale',
    },
    {
      what: 'a node of Ironic that is busy',
      status: 409,
      body: '{"error_message":{"faultstring":"Node 1 is locked by host h, please retry."}}',
      verdict: 'locked',
    },
  ],
};
