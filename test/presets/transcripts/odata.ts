import { odata } from '../../../src/presets/standards/odata.js';
import type { Transcript } from '../transcript.js';

const url = 'https://org.crm.dynamics.com/api/data/v9.2/accounts(1)';
const always = { accept: 'application/json', 'odata-version': '4.0', 'odata-maxversion': '4.0' };
const writing = { ...always, 'content-type': 'application/json', prefer: 'return=representation' };

export const transcript: Transcript = {
  name: 'odata',
  source: 'OData 4.01 Part 1, 8.3.1, 11.4; Dataverse documentation, "Perform conditional operations using the Web API"',
  options: odata(),
  url,
  read: { body: '{"@odata.etag":"W/\\"468026\\"","name":"Old","address":{"city":"Rome","zip":"1"},"fax":"1"}' },
  value: { '@odata.etag': 'W/"468026"', name: 'Old', address: { city: 'Rome', zip: '1' }, fax: '1' },
  version: 'W/"468026"',
  edit: {
    local: { '@odata.etag': 'W/"468026"', name: 'New', address: { city: 'Rome' } },
    patch: [
      { op: 'replace', path: '/name', value: 'New' },
      { op: 'remove', path: '/address/zip' },
      { op: 'remove', path: '/fax' },
    ],
  },
  update: {
    method: 'PATCH',
    url,
    headers: { ...writing, 'if-match': 'W/"468026"' },
    body: '{"name":"New","address":{"city":"Rome","zip":null},"fax":null}',
  },
  create: {
    method: 'PATCH',
    url,
    headers: { ...writing, 'if-none-match': '*' },
    body: '{"@odata.etag":"W/\\"468026\\"","name":"New","address":{"city":"Rome"}}',
  },
  remove: { method: 'DELETE', url, headers: { ...always, 'if-match': 'W/"468026"' } },
  accepted: {
    status: 200,
    body: '{"@odata.etag":"W/\\"468027\\"","name":"New","address":{"city":"Rome"}}',
    version: 'W/"468027"',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"error":{"code":"0x80060882","message":"The version of the existing record doesn\'t match the RowVersion property provided."}}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 412,
      body: '{"error":{"code":"0x80060892","message":"A record with matching key values already exists."}}',
      sent: 'create',
      verdict: 'exists',
    },
    { what: 'a write without a tag', status: 428, sent: 'unguarded', verdict: 'precondition-required' },
    { what: 'a stale write in Planner', status: 409, verdict: 'stale' },
    {
      what: 'a lock in Graph',
      status: 423,
      body: '{"error":{"code":"resourceLocked","message":"The resource is locked."}}',
      verdict: 'locked',
    },
  ],
};
