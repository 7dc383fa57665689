import { kubernetes } from '../../../src/presets/platforms/kubernetes.js';
import type { Transcript } from '../transcript.js';

const url = 'https://k8s.test/api/v1/namespaces/default/configmaps/app';
const object =
  '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"app","resourceVersion":"18446744073709551615"},"data":{"a":"1"}}';
const status = (reason: string, more = ''): string =>
  `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"no","reason":"${reason}"${more}}`;

export const transcript: Transcript = {
  name: 'kubernetes',
  source: 'Kubernetes documentation, "Kubernetes API Concepts"; API Conventions, "Concurrency Control and Consistency"',
  options: kubernetes(),
  url,
  read: { headers: { 'Content-Type': 'application/json' }, body: object },
  value: JSON.parse(object),
  version: '"18446744073709551615"',
  edit: {
    local: { ...JSON.parse(object), data: { a: '2' } },
    patch: [{ op: 'replace', path: '/data/a', value: '2' }],
  },
  update: {
    method: 'PATCH',
    url,
    headers: { accept: 'application/json', 'content-type': 'application/json-patch+json' },
    body: '[{"op":"replace","path":"/metadata/resourceVersion","value":"18446744073709551615"},{"op":"replace","path":"/data/a","value":"2"}]',
  },
  create: {
    method: 'POST',
    url: 'https://k8s.test/api/v1/namespaces/default/configmaps',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: object.replace('"a":"1"', '"a":"2"'),
  },
  remove: {
    method: 'DELETE',
    url,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: '{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"resourceVersion":"18446744073709551615"}}',
  },
  accepted: { status: 200, body: object.replace('615"', '616"'), version: '"18446744073709551616"', tellsValue: true },
  refusals: [
    { what: 'a stale write', status: 409, body: status('Conflict', ',"code":409'), verdict: 'stale' },
    { what: 'a second create', status: 409, body: status('AlreadyExists'), sent: 'create', verdict: 'exists' },
    {
      what: 'a field of another manager',
      status: 409,
      body: status('Conflict', ',"details":{"causes":[{"reason":"FieldManagerConflict","field":".spec.replicas"}]}'),
      verdict: 'refused',
    },
    {
      what: 'a PUT without version',
      status: 422,
      body: '{"kind":"Status","message":"configmaps \\"app\\" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update","reason":"Invalid","code":422}',
      sent: 'unguarded',
      verdict: 'precondition-required',
    },
    { what: 'an invalid object', status: 422, body: status('Invalid', ',"code":422'), verdict: 'other' },
    { what: 'a deleted object', status: 404, body: status('NotFound'), verdict: 'gone' },
  ],
};
