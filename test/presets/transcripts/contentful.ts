import { contentful } from '../../../src/presets/content/contentful.js';
import type { Transcript } from '../transcript.js';

const url = 'https://api.contentful.com/spaces/s/environments/master/entries/e';
const always = { 'x-contentful-content-type': 'article' };

export const transcript: Transcript = {
  name: 'contentful',
  source: 'Contentful documentation, "Content Management API: updating and version locking", "Patch an entry"',
  options: contentful({ contentType: 'article' }),
  url,
  read: { body: '{"sys":{"id":"e","version":5},"fields":{"title":{"en-US":"Old"}}}' },
  value: { sys: { id: 'e', version: 5 }, fields: { title: { 'en-US': 'Old' } } },
  version: '5',
  edit: {
    local: { sys: { id: 'e', version: 5 }, fields: { title: { 'en-US': 'New' } } },
    patch: [{ op: 'replace', path: '/fields/title/en-US', value: 'New' }],
  },
  update: {
    method: 'PATCH',
    url,
    headers: { ...always, 'content-type': 'application/json-patch+json', 'x-contentful-version': '5' },
    body: '[{"op":"replace","path":"/fields/title/en-US","value":"New"}]',
  },
  create: {
    method: 'PUT',
    url,
    headers: { ...always, 'content-type': 'application/json' },
    body: '{"sys":{"id":"e","version":5},"fields":{"title":{"en-US":"New"}}}',
  },
  remove: { method: 'DELETE', url, headers: { ...always, 'x-contentful-version': '5' } },
  accepted: {
    status: 200,
    body: '{"sys":{"id":"e","version":6},"fields":{"title":{"en-US":"New"}}}',
    version: '6',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 409,
      body: '{"sys":{"type":"Error","id":"VersionMismatch"},"message":"No."}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 409,
      body: '{"sys":{"type":"Error","id":"VersionMismatch"}}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'an invalid entry',
      status: 422,
      body: '{"sys":{"type":"Error","id":"ValidationFailed"}}',
      verdict: 'other',
    },
  ],
};
