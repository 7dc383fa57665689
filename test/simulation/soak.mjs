// npm run soak -- [count] [--first seed] [--jobs processes] [--outbox]: plays a million schedules, or as many as you say.
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    first: { type: 'string', default: '1' },
    outbox: { type: 'boolean', default: false },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
const first = Number(values.first);
const last = first + Number(positionals[0] ?? 1_000_000) - 1;
const jobs = Number(values.jobs);

const root = fileURLToPath(new URL('../..', import.meta.url));
const outfile = `${root}.cache/soak-${process.pid}.mjs`;
await build({
  entryPoints: [`${root}test/${values.outbox ? 'outbox/' : ''}simulation/shard.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});

const total = { schedules: 0, requests: 0, broken: 0, outcomes: {} };
const startedAt = Date.now();

function tell() {
  const seconds = Math.max(1, Math.round((Date.now() - startedAt) / 1_000));
  const rate = Math.round(total.schedules / seconds);
  console.log(
    `${total.schedules} of ${last - first + 1} schedules in ${seconds} s (${rate}/s), ${total.requests} requests, ${JSON.stringify(total.outcomes)}, ${total.broken} broken`,
  );
}

const telling = setInterval(tell, 10_000);
/** What a simulated process waits for when it dies it waits for as long as the real one lives: a real one plays no more than this. */
const MOST = 4_000;

/** Plays every so-manieth schedule. Gives what the process ended with. */
function play(from, to) {
  const child = fork(outfile, [from, to, jobs].map(String), { execArgv: ['--enable-source-maps'] });
  child.on('message', ({ schedules, requests, outcomes, broken }) => {
    total.schedules += schedules;
    total.requests += requests;
    total.broken += broken.length;
    for (const [kind, times] of Object.entries(outcomes)) total.outcomes[kind] = (total.outcomes[kind] ?? 0) + times;
    for (const line of broken) console.log(line);
  });
  return new Promise((resolve) => child.on('exit', resolve));
}

const ends = await Promise.all(
  Array.from({ length: jobs }, async (_, job) => {
    let worst = 0;
    for (let from = first + job; from <= last; from += MOST * jobs)
      worst = (await play(from, Math.min(last, from + (MOST - 1) * jobs))) || worst;
    return worst;
  }),
);
clearInterval(telling);
rmSync(outfile);
tell();
process.exitCode = total.broken === 0 && ends.every((code) => code === 0) ? 0 : 1;
