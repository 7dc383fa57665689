import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import ky from 'ky';
import { conflictFetch } from '../../src/client/conflict-fetch.js';
import { createClient } from '../../src/client/create-client.js';

/** What a write costs over loopback without a conflict: raw fetch, ky and this library by turns, so that noise weighs on all. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 1_500);

const body = JSON.stringify({ title: 'An article', body: 'text '.repeat(60), tags: ['a', 'b'], views: 1 });
let version = 1;
const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    if (request.method !== 'GET') version += 1;
    const tag = request.url === '/fixed' ? '"fixed"' : `"${version}"`;
    const length = Buffer.byteLength(body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': length, etag: tag });
    response.end(body);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const patch = JSON.stringify([{ op: 'replace', path: '/views', value: 2 }]);
const headers = { 'content-type': 'application/json-patch+json', 'if-match': '"fixed"' };

const client = createClient();
const known = createClient();
await known.get(`${base}/fixed`).json();
const handle = client.resource<{ views: number }>(`${base}/handle`);
await handle.get();
const fetched = conflictFetch();
let views = 1;

const candidates: Record<string, () => Promise<unknown>> = {
  'GET fetch': async () => (await fetch(`${base}/fixed`)).json(),
  'GET ky': () => ky.get(`${base}/fixed`).json(),
  'GET client': () => client.get(`${base}/fixed`).json(),
  'GET conflictFetch': async () => (await fetched(`${base}/fixed`)).json(),
  'PATCH fetch': async () => (await fetch(`${base}/fixed`, { method: 'PATCH', headers, body: patch })).json(),
  'PATCH ky': () => ky.patch(`${base}/fixed`, { headers, body: patch }).json(),
  'PATCH client, unknown base': () => client.patch(`${base}/other`, { headers, body: patch }).json(),
  'PATCH client, known base': () => known.patch(`${base}/fixed`, { headers, body: patch }).json(),
  'edit()': () => {
    views += 1;
    return handle.edit((draft) => {
      draft.views = views;
    });
  },
};

const times = new Map<string, number[]>(Object.keys(candidates).map((name) => [name, []]));
for (let round = -200; round < ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(candidates)) {
    const start = performance.now();
    await run();
    if (round >= 0) times.get(name)?.push(performance.now() - start);
  }
}
server.close();
server.closeAllConnections();
await client.close();

const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const medians = new Map([...times].map(([name, list]) => [name, median(list)]));
console.log('median ms of one call, and against ky for the same verb (targets: 1.05 for plain verbs, 1.15 for edit())');
for (const [name, ms] of medians) {
  const unit = medians.get(name.startsWith('GET') ? 'GET ky' : 'PATCH ky') ?? ms;
  console.log(`${name.padEnd(28)} ${ms.toFixed(3).padStart(8)} ${(ms / unit).toFixed(3).padStart(8)}`);
}
