import { mediaWiki } from '../../../src/presets/content/media-wiki.js';
import type { Transcript } from '../transcript.js';

const url = 'https://wiki.test/w/rest.php/v1/page/Tea';
const page = (id: number, source: string): string =>
  `{"id":7,"key":"Tea","title":"Tea","latest":{"id":${id},"timestamp":"2024-01-01T00:00:0${id}Z"},"content_model":"wikitext","license":{"url":"","title":""},"source":"${source}"}`;

export const transcript: Transcript = {
  name: 'mediaWiki',
  source: 'MediaWiki documentation, "API:REST API/Reference": create page, update page',
  options: mediaWiki({ comment: 'Typo' }),
  url,
  read: { body: page(1, 'Old') },
  value: JSON.parse(page(1, 'Old')),
  version: '1',
  edit: { local: JSON.parse(page(1, 'New')), patch: [{ op: 'replace', path: '/source', value: 'New' }] },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"source":"New","comment":"Typo","content_model":"wikitext","latest":{"id":1}}',
  },
  create: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"source":"New","comment":"Typo","content_model":"wikitext"}',
  },
  remove: 'unsupported',
  accepted: { status: 200, body: page(2, 'New'), version: '2', tellsValue: true },
  refusals: [
    {
      what: 'an edit conflict that MediaWiki cannot merge',
      status: 409,
      body: '{"messageTranslations":{"en":"Edit conflict."},"httpCode":409,"httpReason":"Conflict"}',
      verdict: 'stale',
    },
    {
      what: 'a second create',
      status: 409,
      body: '{"messageTranslations":{"en":"The page already exists."},"httpCode":409,"httpReason":"Conflict"}',
      sent: 'create',
      verdict: 'exists',
    },
    { what: 'a deleted page', status: 404, body: '{"httpCode":404,"httpReason":"Not Found"}', verdict: 'gone' },
  ],
};
