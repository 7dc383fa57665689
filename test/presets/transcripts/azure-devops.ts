import { azureDevOps } from '../../../src/presets/platforms/azure-devops.js';
import type { Transcript } from '../transcript.js';

const url = 'https://dev.azure.com/o/p/_apis/wit/workitems/131489?api-version=7.1';

export const transcript: Transcript = {
  name: 'azureDevOps',
  source: 'Azure DevOps documentation, "Work Items - Update" (REST API)',
  options: azureDevOps(),
  url,
  read: { body: '{"id":131489,"rev":3,"fields":{"System.Title":"Old"}}' },
  value: { id: 131489, rev: 3, fields: { 'System.Title': 'Old' } },
  version: '3',
  edit: {
    local: { id: 131489, rev: 3, fields: { 'System.Title': 'New' } },
    patch: [{ op: 'replace', path: '/fields/System.Title', value: 'New' }],
  },
  update: {
    method: 'PATCH',
    url,
    headers: { 'content-type': 'application/json-patch+json' },
    body: '[{"op":"test","path":"/rev","value":3},{"op":"replace","path":"/fields/System.Title","value":"New"}]',
  },
  create: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"id":131489,"rev":3,"fields":{"System.Title":"New"}}',
  },
  remove: 'unsupported',
  accepted: {
    status: 200,
    body: '{"id":131489,"rev":4,"fields":{"System.Title":"New"}}',
    version: '4',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 412,
      body: '{"$id":"1","message":"VS403351: Test Operation for path /rev failed, value specified did not match","typeKey":"TestPatchOperationFailedException","errorCode":0}',
      verdict: 'stale',
    },
    {
      what: 'a race',
      status: 400,
      body: '{"message":"TF26071: This work item has been changed by someone else since you opened it.","errorCode":0}',
      verdict: 'stale',
    },
    {
      what: 'a broken rule',
      status: 400,
      body: '{"message":"TF401320: Rule Error for field Title.","errorCode":0}',
      verdict: 'other',
    },
  ],
};
