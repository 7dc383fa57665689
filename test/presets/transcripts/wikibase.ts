import { wikibase } from '../../../src/presets/content/wikibase.js';
import type { Transcript } from '../transcript.js';

const url = 'https://wikidata.test/w/rest.php/wikibase/v1/entities/items/Q42';
const item = (label: string) => ({
  id: 'Q42',
  type: 'item',
  labels: { en: label },
  statements: { P31: [{ id: 'Q42$1', rank: 'normal', value: { type: 'value', content: 'Q5' } }] },
});

export const transcript: Transcript = {
  name: 'wikibase',
  source:
    'Wikibase documentation, "Wikibase REST API": PATCH /entities/items/{item_id}, conditional requests, error responses',
  options: wikibase({ comment: 'Typo', bot: true }),
  url,
  read: { headers: { ETag: '"1276705620"' }, body: JSON.stringify(item('Old')) },
  value: item('Old'),
  version: '"1276705620"',
  edit: { local: item('New'), patch: [{ op: 'replace', path: '/labels/en', value: 'New' }] },
  update: {
    method: 'PATCH',
    url,
    headers: { 'content-type': 'application/json', 'if-match': '"1276705620"' },
    body: '{"patch":[{"op":"replace","path":"/labels/en","value":"New"}],"comment":"Typo","bot":true}',
  },
  create: 'unsupported',
  remove: 'unsupported',
  accepted: {
    status: 200,
    headers: { ETag: '"1276705621"' },
    body: JSON.stringify(item('New')),
    version: '"1276705621"',
    tellsValue: true,
  },
  refusals: [
    { what: 'a stale write', status: 412, verdict: 'stale' },
    {
      what: 'a patch that does not fit',
      status: 409,
      body: '{"code":"patch-target-not-found","message":"Target not found on the resource"}',
      verdict: 'stale',
    },
    {
      what: 'a patched item that is invalid',
      status: 422,
      body: '{"code":"patch-result-invalid-value","message":"No."}',
      verdict: 'other',
    },
    {
      what: 'an edit filter',
      status: 403,
      body: '{"code":"permission-denied","message":"Access to resource is denied"}',
      verdict: 'other',
    },
  ],
};
