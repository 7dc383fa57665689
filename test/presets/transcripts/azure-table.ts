import { azureTable } from '../../../src/presets/stores/azure-table.js';
import type { Transcript } from '../transcript.js';

const table = 'https://account.table.core.windows.net/articles';
const url = `${table}(PartitionKey='p',RowKey='1')?sv=2019-02-02`;
const always = {
  accept: 'application/json;odata=minimalmetadata',
  'x-ms-version': '2019-02-02',
  dataserviceversion: '3.0',
};
const json = { ...always, 'content-type': 'application/json' };
const tag = `W/"datetime'2024-01-01T00%3A00%3A00.0000000Z'"`;
const error = (code: string): string => `{"odata.error":{"code":"${code}","message":{"lang":"en-US","value":"No."}}}`;
const local = { PartitionKey: 'p', RowKey: '1', 'n@odata.type': 'Edm.Int64', n: '2' };

export const transcript: Transcript = {
  name: 'azureTable',
  source: 'Azure Storage documentation, "Update Entity", "Insert Entity", "Table service error codes" (REST API)',
  options: azureTable(),
  url,
  read: {
    headers: { ETag: tag },
    body: `{"odata.metadata":"m","odata.etag":"${tag.replaceAll('"', '\\"')}","PartitionKey":"p","RowKey":"1","Timestamp":"2024-01-01T00:00:00Z","n@odata.type":"Edm.Int64","n":"1"}`,
  },
  value: {
    'odata.metadata': 'm',
    'odata.etag': tag,
    PartitionKey: 'p',
    RowKey: '1',
    Timestamp: '2024-01-01T00:00:00Z',
    'n@odata.type': 'Edm.Int64',
    n: '1',
  },
  version: tag,
  edit: {
    local: { 'odata.etag': tag, Timestamp: '2024-01-01T00:00:00Z', ...local },
    patch: [{ op: 'replace', path: '/n', value: '2' }],
  },
  update: { method: 'PUT', url, headers: { ...json, 'if-match': tag }, body: JSON.stringify(local) },
  create: { method: 'POST', url: `${table}?sv=2019-02-02`, headers: json, body: JSON.stringify(local) },
  remove: { method: 'DELETE', url, headers: { ...always, 'if-match': tag } },
  accepted: {
    status: 204,
    headers: { ETag: tag.replace('00.0', '01.0') },
    version: tag.replace('00.0', '01.0'),
    tellsValue: false,
  },
  refusals: [
    { what: 'a stale write', status: 412, body: error('UpdateConditionNotSatisfied'), verdict: 'stale' },
    { what: 'a second create', status: 409, body: error('EntityAlreadyExists'), sent: 'create', verdict: 'exists' },
    { what: 'a deleted entity', status: 404, body: error('ResourceNotFound'), verdict: 'gone' },
    { what: 'a tag of another form', status: 400, body: error('InvalidInput'), verdict: 'other' },
  ],
};
