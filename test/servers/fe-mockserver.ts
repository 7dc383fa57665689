import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './harness/free-port.js';
import { install } from './harness/install.js';
import type { RunningServer } from './harness/server.js';
import { startProcess } from './harness/start-process.js';

const PROGRAM = `
import { createServer } from 'node:http';
import mock from '@sap-ux/fe-mockserver-core';

const [port, root] = process.argv.slice(2);
const Server = mock.default ?? mock;
const service = { urlPath: '/odata', metadataPath: root + '/metadata.xml', mockdataPath: root, validateETag: true, noETag: false, debug: false };
const server = new Server({ services: [service] });
await server.isReady;
const router = server.getRouter();
// It writes its tags with backslashes inside, W/\\\\"…\\\\", which is no entity tag (RFC 9110 8.8.3): as SAP's real servers write them, then.
const mended = (chunk) => (typeof chunk === 'string' || Buffer.isBuffer(chunk) ? String(chunk).replaceAll('\\\\\\\\\\\\"', '\\\\"') : chunk);
createServer((request, response) => {
  const tag = request.headers['if-match'];
  if (tag !== undefined) request.headers['if-match'] = tag.replaceAll('"', '\\\\"');
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  response.write = (chunk, ...more) => write(mended(chunk), ...more);
  response.end = (chunk, ...more) => end(mended(chunk), ...more);
  router(request, response, () => response.writeHead(404).end());
}).listen(Number(port), '127.0.0.1');
`;

const METADATA = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="demo" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityContainer Name="Container"><EntitySet Name="Articles" EntityType="demo.Article"/></EntityContainer>
<EntityType Name="Article"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
<Property Name="title" Type="Edm.String"/><Property Name="text" Type="Edm.String"/></EntityType>
</Schema></edmx:DataServices></edmx:Edmx>`;

/** SAP's mock of an OData V4 service: an entity without drafts, whose tag is in the body alone. */
export async function startFeMockserver(names: readonly string[]): Promise<RunningServer> {
  const folder = await install('@sap-ux/fe-mockserver-core', '1.7.16');
  const program = join(folder, 'serve.mjs');
  await writeFile(program, PROGRAM);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { stop } = await startProcess({
    name: 'fe-mockserver',
    program: process.execPath,
    args: async (own) => {
      const root = join(own, 'service');
      await mkdir(root);
      await writeFile(join(root, 'metadata.xml'), METADATA);
      const articles = names.map((id) => ({ id, title: 'Draft', text: 'First' }));
      await writeFile(join(root, 'Articles.json'), JSON.stringify(articles));
      return [program, String(port), root];
    },
    answers: url,
  });
  return { name: 'SAP fe-mockserver', url, documentUrl: (name) => `${url}/odata/Articles('${name}')`, fetch, stop };
}
