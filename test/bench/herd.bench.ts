import { createConflictServer } from 'unconflict/testing';
import type { HttpHerdReport } from '../client/http-herd.js';
import { handMadeEditor, ourEditor, runHttpHerd } from '../client/http-herd.js';
import type { HerdReport } from '../simulation/herd.js';
import { bestHerd, runHerd } from '../simulation/herd.js';
import { AT_ONCE, CLIENT_GO, OURS, WAITS_LATE } from '../simulation/herd-strategies.js';

/** What many clients cost that edit one resource at once: simulated up to 5,000, and over real HTTP up to 64. Printed as tables for docs/contention.md. */
const EDITS = 5;
const LATENCY = 5;
const STRATEGIES = [OURS, WAITS_LATE, CLIENT_GO, AT_ONCE];

const SIMULATED: readonly [clients: number, edits: number, seeds: number][] = [
  [2, EDITS, 20],
  [8, EDITS, 20],
  [32, EDITS, 20],
  [64, EDITS, 20],
  [200, EDITS, 5],
  [1_000, 1, 2],
  [5_000, 1, 1],
];

console.log(`Simulated: ${LATENCY} ms away, 0.05 ms of work for each request. Means of several seeds.\n`);
console.log('| clients × edits | strategy | requests per commit | s until all ended | p99 / median | gave up |');
console.log('|---|---|---:|---:|---:|---:|');
for (const [clients, edits, seeds] of SIMULATED) {
  const herds = Array.from({ length: seeds }, (_, seed) => ({ seed, clients, edits, latency: LATENCY, service: 0.05 }));
  for (const strategy of STRATEGIES) {
    row(
      `${clients} × ${edits}`,
      strategy.name,
      herds.map((herd) => runHerd(herd, strategy)),
    );
  }
  row(
    `${clients} × ${edits}`,
    'the best possible',
    herds.slice(0, 1).map((herd) => bestHerd(herd)),
  );
}

console.log(
  `\nReal HTTP: the embedded server, ${LATENCY} ms away, clients and server in one process. Medians of three.\n`,
);
console.log('| clients × edits | strategy | requests per commit | s until all ended | gave up |');
console.log('|---|---|---:|---:|---:|');
const server = createConflictServer({ latency: LATENCY });
const { url: origin } = await server.listen();
let boards = 0;
for (const clients of [8, 32, 64]) {
  for (const strategy of STRATEGIES) {
    const reports: (HttpHerdReport & { readonly ms: number })[] = [];
    for (let round = 0; round < 3; round += 1) {
      boards += 1;
      const herd = { server, origin, path: `/board/${boards}`, clients, edits: EDITS };
      const startedAt = performance.now();
      const report = await runHttpHerd(herd, strategy === OURS ? ourEditor : handMadeEditor(strategy));
      reports.push({ ...report, ms: performance.now() - startedAt });
    }
    const cells = [
      median(reports.map(({ requests, commits }) => requests / commits)).toFixed(1),
      (median(reports.map(({ ms }) => ms)) / 1_000).toFixed(1),
      `${median(reports.map(({ failures }) => failures.length))} of ${clients * EDITS}`,
    ];
    console.log(`| ${clients} × ${EDITS} | ${strategy.name} | ${cells.join(' | ')} |`);
  }
}
await server.close();

function row(size: string, name: string, reports: readonly HerdReport[]): void {
  const mean = (of: (report: HerdReport) => number): number =>
    reports.reduce((sum, report) => sum + of(report), 0) / reports.length;
  const edits = mean(({ committed, givenUp }) => committed + givenUp);
  const cells = [
    round(mean(({ requestsPerCommit }) => requestsPerCommit)),
    round(mean(({ time }) => time / 1_000)),
    round(mean(({ unfairness }) => unfairness)),
    `${((100 * mean(({ givenUp }) => givenUp)) / edits).toFixed(0)} %`,
  ];
  console.log(`| ${size} | ${name} | ${cells.join(' | ')} |`);
}

function round(value: number): string {
  return value < 100 ? value.toFixed(2) : value.toFixed(0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
