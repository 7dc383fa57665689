import { redmineWiki } from '../../../src/presets/content/redmine-wiki.js';
import type { Transcript } from '../transcript.js';

const url = 'https://redmine.test/projects/foo/wiki/Guide.json';
const page =
  '{"wiki_page":{"title":"Guide","text":"Old","version":22,"author":{"id":11,"name":"Ada"},"comments":"","created_on":"2009-05-18T20:11:52Z","updated_on":"2012-10-02T11:38:18Z"}}';

export const transcript: Transcript = {
  name: 'redmineWiki',
  source: 'Redmine documentation, "REST API: Wiki Pages"',
  options: redmineWiki(),
  url,
  read: { body: page },
  value: JSON.parse(page).wiki_page,
  version: '22',
  edit: {
    local: { ...JSON.parse(page).wiki_page, text: 'New' },
    patch: [{ op: 'replace', path: '/text', value: 'New' }],
  },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"wiki_page":{"text":"New","comments":"","version":22}}',
  },
  create: 'unsupported',
  remove: 'unsupported',
  accepted: { status: 204, version: undefined, tellsValue: false },
  refusals: [
    { what: 'a stale write', status: 409, verdict: 'stale' },
    { what: 'an invalid page', status: 422, body: '{"errors":["Text is too long"]}', verdict: 'other' },
  ],
};
