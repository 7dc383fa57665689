import { createHmac } from 'node:crypto';
import { freePort } from './harness/free-port.js';
import { installProgram } from './harness/install.js';
import type { RunningServer } from './harness/server.js';
import { startProcess } from './harness/start-process.js';

const ACCOUNT = 'devstoreaccount1';
/** Azurite's key: it is printed in Microsoft's documentation and opens nothing else. */
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Every article of the table has this partition key. */
export const TABLE_PARTITION = 'article';

/** Azure's two stores with versions, in one process. */
export interface Azurite {
  readonly table: RunningServer;
  readonly blob: RunningServer;
  stop(): Promise<void>;
}

/** "Create an account SAS" (learn.microsoft.com): one signature for all services, resources and methods, for an hour. */
function accountSignature(): URLSearchParams {
  const version = '2019-02-02';
  const [permissions, services, types, protocol] = ['rwdlacup', 'bt', 'sco', 'https,http'];
  const expiry = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
  const text = [ACCOUNT, permissions, services, types, '', expiry, '', protocol, version, ''].join('\n');
  const sig = createHmac('sha256', Buffer.from(KEY, 'base64')).update(text).digest('base64');
  return new URLSearchParams({
    sv: version,
    ss: services,
    srt: types,
    sp: permissions,
    se: expiry,
    spr: protocol,
    sig,
  });
}

/** fetch with the signature in the query, and the headers every request to the service carries. */
function signedFetch(headers: Readonly<Record<string, string>>): typeof fetch {
  const signature = accountSignature();
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    for (const [name, value] of signature) url.searchParams.set(name, value);
    for (const [name, value] of Object.entries(headers)) {
      if (!request.headers.has(name)) request.headers.set(name, value);
    }
    // The bytes, not the stream: a PUT without Content-Length is a 400 for Azure Blob.
    const body = request.body === null ? null : await request.arrayBuffer();
    return fetch(url, { method: request.method, headers: request.headers, body, signal: request.signal });
  };
}

async function expectOk(answer: Response, what: string): Promise<void> {
  if (!answer.ok) throw new Error(`Azurite refused to ${what}: ${answer.status} ${await answer.text()}`);
}

/** Azurite, Microsoft's emulator of Azure Storage, in memory: a table and a blob container named `articles`. */
export async function startAzurite(): Promise<Azurite> {
  const program = await installProgram('azurite', '3.35.0', 'azurite');
  const [blobPort, queuePort, tablePort] = [await freePort(), await freePort(), await freePort()];
  const tableUrl = `http://127.0.0.1:${tablePort}/${ACCOUNT}`;
  const blobUrl = `http://127.0.0.1:${blobPort}/${ACCOUNT}`;
  const ports = Object.entries({ blobPort, queuePort, tablePort }).flatMap(([name, port]) => [
    `--${name}`,
    String(port),
  ]);
  const { stop } = await startProcess({
    name: 'azurite',
    program,
    args: () => ['--inMemoryPersistence', '--silent', '--disableTelemetry', '--skipApiVersionCheck', ...ports],
    answers: tableUrl, // The last of the three to listen.
  });
  const table: RunningServer = {
    name: 'Azurite Table',
    url: tableUrl,
    documentUrl: (name) => `${tableUrl}/articles(PartitionKey='${TABLE_PARTITION}',RowKey='${name}')`,
    fetch: signedFetch({ 'x-ms-version': '2019-02-02', accept: 'application/json;odata=nometadata' }),
    stop,
  };
  const blob: RunningServer = {
    name: 'Azurite Blob',
    url: blobUrl,
    documentUrl: (name) => `${blobUrl}/articles/${name}`,
    fetch: signedFetch({ 'x-ms-version': '2019-02-02' }),
    stop,
  };
  const newTable = {
    method: 'POST',
    body: '{"TableName":"articles"}',
    headers: { 'content-type': 'application/json' },
  };
  await expectOk(await table.fetch(`${tableUrl}/Tables`, newTable), 'create a table');
  await expectOk(await blob.fetch(`${blobUrl}/articles?restype=container`, { method: 'PUT' }), 'create a container');
  return { table, blob, stop };
}
