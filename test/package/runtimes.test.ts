import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ConflictServer, conflictOnce, createConflictServer, lostAnswer } from '../../src/testing/index.js';
import { installed } from './installed.js';
import { jsdomUrl, nativeUrl, programOf, TOLD, writePrograms } from './runtimes.js';
import { run } from './tarball.js';
import { startWorker } from './workerd.js';

const servers: ConflictServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));
beforeAll(() => writePrograms(installed().bare));

/** An API on a port, with a conflict for each of the first writes, and a bad line to the rest. */
async function startApi(): Promise<string> {
  const server = createConflictServer();
  servers.push(server);
  for (const number of [1, 2, 3, 4, 5]) server.seed(`/articles/${number}`, { title: 'Draft', tags: [] });
  for (const path of ['/articles/1', '/articles/2'])
    conflictOnce<{ title: string }>(server, path, (article) => {
      article.title = 'Ada';
    });
  lostAnswer(server, '/articles/3');
  server.fault({ kind: 'delay', ms: 2_000, on: { method: 'PATCH', path: '/articles/4' } });
  server.fault({ kind: 'truncate', on: { method: 'GET', path: '/articles/5' } });
  return (await server.listen()).url;
}

test.each<[name: string, command: () => Promise<readonly string[]>]>([
  ['Node', async () => [process.execPath, 'main.mjs']],
  ['Bun', async () => [await programOf('bun'), 'main.mjs']],
  ['Deno', async () => [await programOf('deno'), 'run', '--allow-all', '--no-lock', 'main.mjs']],
  ['Node with jsdom', async () => [process.execPath, 'browser.mjs', await jsdomUrl()]],
])('%s runs the first example, a handle and a guarded fetch, over a bad line, too', async (_, command) => {
  const [program = '', ...args] = await command();
  const out = await run(installed().bare, program, ...args, await startApi());
  expect(JSON.parse(out)).toEqual(TOLD);
});

test("React Native's fetch and AbortSignal run a handle and a guarded fetch, with what the recipe adds to them", async () => {
  const out = await run(installed().bare, process.execPath, 'native.mjs', await nativeUrl(), 'added', await startApi());
  // XMLHttpRequest shows no half of a body: what broke off is a network error, and is read again.
  const { readme: _, handle, plain } = TOLD;
  const badLine = [['once'], 'enough', expect.objectContaining({ value: { title: 'Draft', tags: [] } })];
  expect(JSON.parse(out)).toEqual({ handle, plain, badLine });
});

test('without what the recipe adds, a client says what is missing', async () => {
  const program = run(installed().bare, process.execPath, 'native.mjs', await nativeUrl(), 'bare', await startApi());
  await expect(program).rejects.toThrow('This platform has no AbortSignal.any.');
});

// The oldest is the first on which ky can be loaded. Then came FinalizationRegistry, cache modes, and promises that other requests settle.
describe.each(['2022-11-30', '2024-09-23', '2024-12-01', '2026-10-01'])("Cloudflare's workerd of %s", (date) => {
  test('runs the same, with a client for each request', async () => {
    const worker = await startWorker(installed().bare, await startApi(), date);
    onTestFinished(() => worker.stop());
    for (const page of ['readme', 'handle', 'plain', 'badLine'] as const)
      expect([page, await worker.ask(page)]).toEqual([page, TOLD[page]]);
  });

  test('keeps a client that was made at module level between requests', async () => {
    const worker = await startWorker(installed().bare, await startApi(), date);
    onTestFinished(() => worker.stop());
    expect(await worker.ask('kept')).toEqual(TOLD.handle);
    expect(await worker.ask('kept')).toEqual([{ title: 'Ada', tags: ['handle', 'handle'] }, 1]);
    const read = { title: 'Ada', tags: ['handle', 'handle'] };
    expect(await Promise.all([worker.ask('read'), worker.ask('read')])).toEqual([read, read]);
    // Before 2024-10-14 no request may wait for what another has begun.
    const together = date > '2024-10-14' ? 3 : 1;
    const saved = await Promise.all(Array.from({ length: together }, () => worker.ask('kept')));
    expect(saved).toEqual(saved.map(() => [expect.objectContaining({ title: 'Ada' }), expect.any(Number)]));
    expect(await worker.ask('read')).toEqual({ title: 'Ada', tags: Array(2 + together).fill('handle') });
  });
});
