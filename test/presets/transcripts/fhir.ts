import { fhir } from '../../../src/presets/standards/fhir.js';
import type { Transcript } from '../transcript.js';

const url = 'https://fhir.test/Patient/1';
const outcome = (code: string): string =>
  `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"${code}","diagnostics":"No."}]}`;

export const transcript: Transcript = {
  name: 'fhir',
  source: 'HL7 FHIR R5, "RESTful API": 3.2.0.4 (version ids), patch, "Managing Resource Contention"',
  options: fhir(),
  url,
  read: {
    body: '{"resourceType":"Patient","id":"1","meta":{"versionId":"3","lastUpdated":"2024-01-01T00:00:00Z"},"active":true}',
  },
  value: {
    resourceType: 'Patient',
    id: '1',
    meta: { versionId: '3', lastUpdated: '2024-01-01T00:00:00Z' },
    active: true,
  },
  version: 'W/"3"',
  edit: {
    local: { resourceType: 'Patient', id: '1', active: false },
    patch: [{ op: 'replace', path: '/active', value: false }],
  },
  update: {
    method: 'PATCH',
    url,
    headers: { accept: 'application/fhir+json', 'content-type': 'application/json-patch+json', 'if-match': 'W/"3"' },
    body: '[{"op":"replace","path":"/active","value":false}]',
  },
  create: {
    method: 'PUT',
    url,
    headers: { accept: 'application/fhir+json', 'content-type': 'application/json', 'if-none-match': '*' },
    body: '{"resourceType":"Patient","id":"1","active":false}',
  },
  remove: { method: 'DELETE', url, headers: { accept: 'application/fhir+json', 'if-match': 'W/"3"' } },
  accepted: {
    status: 200,
    headers: { ETag: 'W/"4"' },
    body: '{"resourceType":"Patient","id":"1","meta":{"versionId":"4"},"active":false}',
    version: 'W/"4"',
    tellsValue: true,
  },
  refusals: [
    { what: 'a stale write', status: 412, body: outcome('conflict'), verdict: 'stale' },
    { what: 'a stale write of HAPI', status: 409, body: outcome('processing'), verdict: 'stale' },
    { what: 'a deleted resource', status: 410, body: outcome('deleted'), verdict: 'gone' },
    { what: 'a duplicate', status: 409, body: outcome('duplicate'), verdict: 'refused' },
    { what: 'a second create', status: 412, body: outcome('duplicate'), sent: 'create', verdict: 'exists' },
    { what: 'a busy server', status: 409, body: outcome('lock-error'), verdict: 'retry-unchanged' },
    { what: 'an invalid resource', status: 422, body: outcome('invalid'), verdict: 'other' },
  ],
};
