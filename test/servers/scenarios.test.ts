import { azureBlob, azureTable, cosmos, couchdb, http } from 'unconflict/presets';
import { startArmadietto } from './armadietto.js';
import { startAzurite, TABLE_PARTITION } from './azurite.js';
import { PARTITION, startCosmos } from './cosmos.js';
import type { RunningServer } from './harness/server.js';
import type { Subject } from './harness/table.js';
import { lockNephele, startNephele } from './nephele.js';
import { startNginx } from './nginx.js';
import { startPouchDB } from './pouchdb.js';
import { scenarios } from './scenarios.js';

/** Azure's lease: whoever writes without its id waits. */
async function lease(server: RunningServer, name: string): Promise<() => Promise<void>> {
  const act = (action: string, headers: Record<string, string>): Promise<Response> =>
    server.fetch(`${server.documentUrl(name)}?comp=lease`, {
      method: 'PUT',
      headers: { 'x-ms-lease-action': action, ...headers },
    });
  const answer = await act('acquire', { 'x-ms-lease-duration': '60' });
  const id = answer.headers.get('x-ms-lease-id');
  if (id === null) throw new Error(`Azurite gave no lease: ${answer.status} ${await answer.text()}`);
  return async () => {
    const { ok, status } = await act('release', { 'x-ms-lease-id': id });
    if (!ok) throw new Error(`Azurite kept the lease: ${status}`);
  };
}

const subjects: readonly Subject[] = [
  { name: 'PouchDB Server', start: startPouchDB, options: couchdb() },
  {
    name: 'Cosmos emulator',
    start: startCosmos,
    options: cosmos(),
    required: (id) => ({ id, kind: PARTITION }),
  },
  {
    name: 'Azurite Table',
    start: async () => (await startAzurite()).table,
    options: azureTable(),
    required: (RowKey) => ({ PartitionKey: TABLE_PARTITION, RowKey }),
  },
  { name: 'Azurite Blob', start: async () => (await startAzurite()).blob, options: azureBlob(), lock: lease },
  { name: 'Armadietto', start: startArmadietto, options: http({ write: 'put' }) },
  {
    name: 'Nephele',
    start: startNephele,
    // It answers a DELETE that wants JSON with 406.
    options: http({ write: 'put', headers: { Accept: '*/*' } }),
    lock: lockNephele,
  },
  { name: 'nginx, weak tags', start: () => startNginx('gzip'), options: http({ write: 'put' }) },
  { name: 'nginx, suffixed tags', start: () => startNginx('suffix'), options: http({ write: 'put' }) },
];

for (const subject of subjects) scenarios(subject);
