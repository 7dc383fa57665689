import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { freePort } from '../servers/harness/free-port.js';
import { programOf } from './runtimes.js';

/** A Worker with a client that was made at module level and is kept between requests, and with one for each request. */
const WORKER = `
import { createClient } from 'unconflict';
import { readme } from './readme.mjs';
import { badLine, handle, plain } from './story.mjs';

const api = API;
const kept = createClient({ prefix: api });
const pages = {
  readme,
  handle: () => handle(createClient({ prefix: api })),
  kept: () => handle(kept),
  read: async () => (await kept.resource('articles/1').get()).value,
  plain: () => plain(api),
  badLine: () => badLine(createClient({ prefix: api })),
};

export default {
  async fetch(request) {
    const page = pages[new URL(request.url).pathname.slice(1)];
    return Response.json(await page().catch((error) => error.stack));
  },
};
`;

/** A Worker in Cloudflare's runtime, as it was on a compatibility date. */
export interface Worker {
  ask(page: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Bundles the Worker in a folder with the package and the programs, and serves it. */
export async function startWorker(folder: string, api: string, date: string): Promise<Worker> {
  const own = await mkdtemp(join(folder, 'worker-'));
  const port = await freePort();
  await build({
    stdin: { contents: WORKER, resolveDir: folder },
    define: { API: JSON.stringify(api) },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['node:*'],
    outfile: join(own, 'worker.js'),
    logLevel: 'error',
  });
  const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["local"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "${date}");
`;
  await writeFile(join(own, 'config.capnp'), configuration);
  const child = spawn(await programOf('workerd'), ['serve', 'config.capnp'], {
    cwd: own,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit');

  const stop = async (): Promise<void> => {
    child.kill();
    if (child.exitCode === null) await ended;
    await rm(own, { recursive: true, force: true });
  };
  const ask = async (page: string): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}/${page}`, { signal: AbortSignal.timeout(20_000) });
    if (answer.ok) return answer.json();
    throw new Error(`The Worker answered ${answer.status}. workerd said: ${said}`);
  };
  for (const end = Date.now() + 20_000; ; await pause(50)) {
    const up = await fetch(`http://127.0.0.1:${port}/readme`).then(
      (answer) => answer.arrayBuffer(),
      () => undefined,
    );
    if (up) return { ask, stop };
    if (child.exitCode === null && Date.now() < end) continue;
    await stop();
    throw new Error(`workerd did not start: ${said}`);
  }
}
