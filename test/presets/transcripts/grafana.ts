import { grafana } from '../../../src/presets/platforms/grafana.js';
import type { Transcript } from '../transcript.js';

const save = 'https://grafana.test/api/dashboards/db';

export const transcript: Transcript = {
  name: 'grafana',
  source: 'Grafana documentation, "Dashboard HTTP API"',
  options: grafana({ message: 'By unconflict' }),
  url: 'https://grafana.test/api/dashboards/uid/cIBgcSjkk',
  read: {
    body: '{"dashboard":{"id":1,"uid":"cIBgcSjkk","title":"Old","version":3},"meta":{"folderUid":"f1","url":"/d/x"}}',
  },
  value: { dashboard: { id: 1, uid: 'cIBgcSjkk', title: 'Old', version: 3 }, meta: { folderUid: 'f1', url: '/d/x' } },
  version: '3',
  edit: {
    local: { dashboard: { id: 1, uid: 'cIBgcSjkk', title: 'New', version: 3 }, meta: { folderUid: 'f1', url: '/d/x' } },
    patch: [{ op: 'replace', path: '/dashboard/title', value: 'New' }],
  },
  update: {
    method: 'POST',
    url: save,
    headers: { 'content-type': 'application/json' },
    body: '{"dashboard":{"id":1,"uid":"cIBgcSjkk","title":"New","version":3},"folderUid":"f1","message":"By unconflict","overwrite":false}',
  },
  create: {
    method: 'POST',
    url: save,
    headers: { 'content-type': 'application/json' },
    body: '{"dashboard":{"id":1,"uid":"cIBgcSjkk","title":"New","version":3},"folderUid":"f1","message":"By unconflict","overwrite":false}',
  },
  remove: 'unsupported',
  accepted: {
    status: 200,
    body: '{"id":1,"uid":"cIBgcSjkk","url":"/d/x","status":"success","version":4,"slug":"new"}',
    version: '4',
    tellsValue: false,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"message":"The dashboard has been changed by someone else","status":"version-mismatch"}',
      verdict: 'stale',
    },
    {
      what: 'a title that is taken',
      status: 412,
      body: '{"message":"No.","status":"name-exists"}',
      verdict: 'refused',
    },
    {
      what: 'a second create',
      status: 412,
      body: '{"message":"No.","status":"version-mismatch"}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'a dashboard of a plugin',
      status: 412,
      body: '{"message":"No.","status":"plugin-dashboard"}',
      verdict: 'refused',
    },
  ],
};
