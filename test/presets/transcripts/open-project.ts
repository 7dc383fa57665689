import { openProject } from '../../../src/presets/content/open-project.js';
import type { Transcript } from '../transcript.js';

const url = 'https://project.test/api/v3/work_packages/7';
const text = (raw: string) => ({ format: 'markdown', raw, html: `<p>${raw}</p>` });
const links = (status: number) => ({
  self: { href: '/api/v3/work_packages/7' },
  addComment: { href: '/api/v3/work_packages/7/activities', method: 'post' },
  status: { href: `/api/v3/statuses/${status}` },
});
const work = {
  _type: 'WorkPackage',
  id: 7,
  lockVersion: 3,
  subject: 'Old',
  description: text('a'),
  dueDate: '2024-01-01',
  _links: links(1),
};
const { dueDate: _, ...edited } = {
  ...work,
  subject: 'New',
  description: { format: 'markdown', raw: 'b' },
  _links: links(2),
};
const error = (name: string): string =>
  `{"_type":"Error","errorIdentifier":"urn:openproject-org:api:v3:errors:${name}","message":"No."}`;

export const transcript: Transcript = {
  name: 'openProject',
  source: 'OpenProject documentation, "API v3": work packages, basic objects (errors)',
  options: openProject(),
  url,
  read: { headers: { 'Content-Type': 'application/hal+json' }, body: JSON.stringify(work) },
  value: work,
  version: '3',
  edit: {
    local: edited,
    patch: [
      { op: 'replace', path: '/subject', value: 'New' },
      { op: 'replace', path: '/description/raw', value: 'b' },
      { op: 'remove', path: '/dueDate' },
      { op: 'replace', path: '/_links/status/href', value: '/api/v3/statuses/2' },
    ],
  },
  update: {
    method: 'PATCH',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"subject":"New","description":{"format":"markdown","raw":"b"},"dueDate":null,"_links":{"status":{"href":"/api/v3/statuses/2"}},"lockVersion":3}',
  },
  create: 'unsupported',
  remove: 'unsupported',
  accepted: {
    status: 200,
    body: JSON.stringify({
      ...work,
      lockVersion: 4,
      subject: 'New',
      description: text('b'),
      dueDate: null,
      _links: links(2),
    }),
    version: '4',
    tellsValue: true,
  },
  refusals: [
    { what: 'a stale write', status: 409, body: error('UpdateConflict'), verdict: 'stale' },
    { what: 'a bad value', status: 422, body: error('PropertyConstraintViolation'), verdict: 'other' },
    { what: 'a deleted work package', status: 404, body: error('NotFound'), verdict: 'gone' },
  ],
};
