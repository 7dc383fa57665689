import { createHmac } from 'node:crypto';
import { freePort } from './harness/free-port.js';
import { installProgram } from './harness/install.js';
import { fetchWith, type RunningServer } from './harness/server.js';
import { startProcess } from './harness/start-process.js';

/** The emulators' key: it is printed in Microsoft's documentation and opens nothing else. */
const KEY = 'C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==';
const COLLECTION = 'dbs/tests/colls/articles';

/** Every article has this partition key, in its field `/kind`. */
export const PARTITION = 'article';

/** Where a document is created: Cosmos creates by POST to the collection. */
export const cosmosCollectionUrl = ({ url }: RunningServer): string => `${url}/${COLLECTION}/docs`;

/** The signature of "Access control in the Azure Cosmos DB SQL API" (learn.microsoft.com). */
function authorization(method: string, path: string, date: string): string {
  const parts = path.replace(/^\//, '').split('/');
  // A path of even length names one resource, of odd length a feed of its parent.
  const one = parts.length % 2 === 0;
  const type = (one ? parts.at(-2) : parts.at(-1)) ?? '';
  const link = one ? parts.join('/') : parts.slice(0, -1).join('/');
  const text = `${method.toLowerCase()}\n${type.toLowerCase()}\n${link}\n${date.toLowerCase()}\n\n`;
  const signature = createHmac('sha256', Buffer.from(KEY, 'base64')).update(text).digest('base64');
  return encodeURIComponent(`type=master&ver=1.0&sig=${signature}`);
}

/** Zeit's emulator of Azure Cosmos DB, with the requests signed as the real one wants them. */
export async function startCosmos(): Promise<RunningServer> {
  const program = await installProgram('@zeit/cosmosdb-server', '0.13.4', 'cosmosdb-server');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startProcess({
    name: 'cosmosdb-server',
    program,
    args: () => ['--port', String(port), '--host', '127.0.0.1', '--no-ssl'],
    answers: url,
  });
  const signedFetch = fetchWith((method, { pathname }) => {
    const date = new Date().toUTCString();
    return {
      authorization: authorization(method, decodeURIComponent(pathname), date),
      'x-ms-date': date,
      'x-ms-version': '2018-12-31',
      ...(pathname.includes('/docs') && { 'x-ms-documentdb-partitionkey': JSON.stringify([PARTITION]) }),
      // Without it the emulator looks into the document it has not found, and a 404 becomes a 500.
      'x-ms-documentdb-query-enablecrosspartition': 'true',
    };
  });
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await signedFetch(`${url}/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`Cosmos refused POST ${path}: ${answer.status} ${await answer.text()}`);
  };
  await post('dbs', { id: 'tests' });
  await post('dbs/tests/colls', { id: 'articles', partitionKey: { paths: ['/kind'], kind: 'Hash' } });
  return {
    name: 'Cosmos emulator',
    url,
    documentUrl: (name) => `${url}/${COLLECTION}/docs/${name}`,
    fetch: signedFetch,
    stop,
  };
}
