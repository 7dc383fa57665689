import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './harness/free-port.js';
import { install } from './harness/install.js';
import type { RunningServer } from './harness/server.js';
import { startProcess } from './harness/start-process.js';

const PROGRAM = `
import express from 'express';
import Adapter from '@nephele/adapter-file-system';
import Authenticator from '@nephele/authenticator-none';
import nephele from 'nephele';

const [port, root] = process.argv.slice(2);
const app = express();
// Nephele compares the tag and writes the file in two steps, and a second request can slip in between: one at a time, then.
let last = Promise.resolve();
app.use((_, response, next) => {
  const ended = new Promise((resolve) => response.once('close', resolve));
  last.then(() => next());
  last = last.then(() => ended);
});
app.use('/', nephele({ adapter: new Adapter({ root }), authenticator: new Authenticator() }));
app.listen(Number(port), '127.0.0.1');
`;

/** Nephele, a WebDAV server: strong tags, no PATCH, and locks. */
export async function startNephele(): Promise<RunningServer> {
  const packages = {
    '@nephele/adapter-file-system': '1.0.0-alpha.61',
    '@nephele/authenticator-none': '1.0.0-alpha.61',
  };
  const folder = await install('nephele', '1.0.0-alpha.67', { ...packages, express: '5.2.1' });
  const program = join(folder, 'serve.mjs');
  await writeFile(program, PROGRAM);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startProcess({
    name: 'nephele',
    program: process.execPath,
    args: async (own) => {
      const root = join(own, 'files');
      await mkdir(root);
      return [program, String(port), root];
    },
    answers: url,
  });
  return { name: 'Nephele', url, documentUrl: (name) => `${url}/${name}.json`, fetch, stop };
}

/** A WebDAV write lock (RFC 4918, section 9.10): whoever writes without its token gets 423. */
export async function lockNephele({ documentUrl }: RunningServer, name: string): Promise<() => Promise<void>> {
  const url = documentUrl(name);
  const scope = '<lockscope><exclusive/></lockscope><locktype><write/></locktype><owner>Ada</owner>';
  const taken = await fetch(url, {
    method: 'LOCK',
    headers: { 'Content-Type': 'application/xml', Timeout: 'Second-60' },
    body: `<?xml version="1.0"?><lockinfo xmlns="DAV:">${scope}</lockinfo>`,
  });
  const token = taken.headers.get('lock-token');
  if (token === null) throw new Error(`Nephele gave no lock: ${taken.status} ${await taken.text()}`);
  return async () => {
    const { ok, status } = await fetch(url, { method: 'UNLOCK', headers: { 'Lock-Token': token } });
    if (!ok) throw new Error(`Nephele kept the lock: ${status}`);
  };
}
