import { freePort } from './harness/free-port.js';
import { installProgram } from './harness/install.js';
import type { RunningServer } from './harness/server.js';
import { startProcess } from './harness/start-process.js';

/** PouchDB Server: the CouchDB protocol, in memory. Documents live in the database `articles`. */
export async function startPouchDB(): Promise<RunningServer> {
  const program = await installProgram('pouchdb-server', '4.2.0', 'pouchdb-server');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startProcess({
    name: 'pouchdb-server',
    program,
    args: () => ['--in-memory', '--host', '127.0.0.1', '--port', String(port), '--no-stdout-logs'],
    answers: url,
  });
  const database = `${url}/articles`;
  const created = await fetch(database, { method: 'PUT' });
  if (!created.ok) throw new Error(`PouchDB Server refused to create a database: ${created.status}`);
  return { name: 'PouchDB Server', url, fetch, documentUrl: (name) => `${database}/${name}`, stop };
}
