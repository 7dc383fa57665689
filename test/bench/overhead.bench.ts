import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import ky from 'ky';
import { conflictFetch, createClient } from 'unconflict';

/**
 * What a call costs without a conflict, over keep-alive loopback to a server in another process. Raw fetch, this library
 * and ky take turns, a few calls each; every turn is set against ky's turn next to it, and the median of these ratios is told.
 *
 * `time` is what passes, `CPU` what this process works for it. On a busy machine only the CPU is worth looking at.
 */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 100);
const CALLS = 20;
/** Compilers take some thousand calls to do their best. */
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 200);

const server = fork(join(process.cwd(), 'test/bench/overhead-server.mjs'));
const [port] = await once(server, 'message');
const base = `http://127.0.0.1:${port}`;
const patch = JSON.stringify([{ op: 'replace', path: '/views', value: 2 }]);
const headers = { 'content-type': 'application/json-patch+json', 'if-match': '"fixed"' };

const client = createClient();
const known = createClient();
await known.get(`${base}/known`).json();
const handle = client.resource<{ views: number }>(`${base}/handle`);
await handle.get();
const fetched = conflictFetch();
let views = 1;

interface Candidate {
  readonly name: string;
  readonly verb: 'GET' | 'PATCH';
  /** Against ky. Undefined: nothing was promised. */
  readonly target: number | undefined;
  readonly call: () => Promise<unknown>;
}

const KY = {
  GET: () => ky.get(`${base}/fixed`).json(),
  PATCH: () => ky.patch(`${base}/fixed`, { headers, body: patch }).json(),
};
const candidates: readonly Candidate[] = [
  { name: 'GET fetch', verb: 'GET', target: undefined, call: async () => (await fetch(`${base}/fixed`)).json() },
  { name: 'GET client', verb: 'GET', target: 1.15, call: () => client.get(`${base}/fixed`).json() },
  {
    name: 'GET conflictFetch',
    verb: 'GET',
    target: undefined,
    call: async () => (await fetched(`${base}/fixed`)).json(),
  },
  {
    name: 'PATCH fetch',
    verb: 'PATCH',
    target: undefined,
    call: async () => (await fetch(`${base}/fixed`, { method: 'PATCH', headers, body: patch })).json(),
  },
  {
    name: 'PATCH client, unknown base',
    verb: 'PATCH',
    target: 1.05,
    call: () => client.patch(`${base}/other`, { headers, body: patch }).json(),
  },
  {
    name: 'PATCH client, known base',
    verb: 'PATCH',
    target: 1.5,
    call: () => {
      views += 1;
      const body = JSON.stringify([{ op: 'replace', path: '/views', value: views }]);
      return known.patch(`${base}/known`, { headers: { 'content-type': headers['content-type'] }, body }).json();
    },
  },
  {
    name: 'edit()',
    verb: 'PATCH',
    target: 1.3,
    call: () => {
      views += 1;
      return handle.edit((draft) => {
        draft.views = views;
      });
    },
  },
];

interface Cost {
  readonly time: number;
  readonly cpu: number;
}

/** µs of one call. */
async function turn(call: () => Promise<unknown>): Promise<Cost> {
  const [startedAt, worked] = [performance.now(), process.cpuUsage()];
  for (let i = 0; i < CALLS; i += 1) await call();
  const { user, system } = process.cpuUsage(worked);
  return { time: ((performance.now() - startedAt) * 1_000) / CALLS, cpu: (user + system) / CALLS };
}

const turns = new Map(candidates.map(({ name }) => [name, [] as { readonly own: Cost; readonly kys: Cost }[]]));
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  for (const { name, verb, call } of candidates) {
    // Who goes first changes, so that neither always runs on a cache the other has warmed.
    const isFirst = round % 2 === 0;
    const early = await turn(isFirst ? call : KY[verb]);
    const late = await turn(isFirst ? KY[verb] : call);
    if (round >= 0) turns.get(name)?.push(isFirst ? { own: early, kys: late } : { own: late, kys: early });
  }
}
server.kill();
await client.close();
await known.close();

console.log(
  `${''.padEnd(28)} ${['CPU µs', '/ ky', 'time µs', '/ ky', 'target'].map((head) => head.padStart(8)).join('')}`,
);
for (const { name, target } of candidates) {
  const pairs = turns.get(name) ?? [];
  const cells = [
    median(pairs.map(({ own }) => own.cpu)).toFixed(0),
    median(pairs.map(({ own, kys }) => own.cpu / kys.cpu)).toFixed(2),
    median(pairs.map(({ own }) => own.time)).toFixed(0),
    median(pairs.map(({ own, kys }) => own.time / kys.time)).toFixed(2),
    target?.toFixed(2) ?? '',
  ];
  console.log(`${name.padEnd(28)} ${cells.map((cell) => cell.padStart(8)).join('')}`);
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;
}
