import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'unconflict';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { hasty, realScene } from './real-http.js';
import { type Article, outcomeOf, PATH, soon } from './support.js';

const HOUR = 3_600_000;
const { now } = Date;
let ahead = 0;

/** Somebody puts the clock of this machine right. */
function jump(ms: number): void {
  ahead = ms;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ms);
}

afterEach(() => {
  ahead = 0;
  vi.restoreAllMocks();
});

const jumps = [
  ['forward', HOUR],
  ['back', -HOUR],
] as const;

test.each(jumps)(
  'an edit whose clock goes an hour %s between a refusal and the next try is saved',
  async (_way, by) => {
    const on = await realScene();
    const article = on.client.resource<Article>(PATH);
    await article.get();
    on.server.edit<Article>(PATH, (doc) => void Object.assign(doc, { body: 'Theirs' }));
    const off = on.client.on('stale', () => jump(by));
    const saved = await soon(article.edit((doc) => void Object.assign(doc, { title: 'Mine' })));
    off();
    expect(saved.value).toMatchObject({ title: 'Mine', body: 'Theirs' });
    const took = on.events.flatMap((event) => (event.type === 'accepted' ? [event.ms] : []));
    expect(took.every((ms) => ms >= 0 && ms < HOUR / 2)).toBe(true);
  },
);

test.each(jumps)('an edit whose clock goes an hour %s during its first read is saved', async (_way, by) => {
  const on = await realScene();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await globalThis.fetch(input, init);
    if (ahead === 0) jump(by);
    return answer;
  };
  const article = on.another({ fetch }).resource<Article>(PATH);
  const saved = await soon(article.edit((doc) => void Object.assign(doc, { title: 'Mine' })));
  expect(saved.value).toMatchObject({ title: 'Mine' });
});

test.each(jumps)('a deadline holds though the clock goes an hour %s while a person is asked', async (_way, by) => {
  const on = await realScene();
  const client = on.another({ defaults: { retry: { deadline: 2_000 } } });
  const article = client.resource<Article>(PATH, {
    resolve() {
      jump(by);
      on.server.fault({ kind: 'status', status: 423, on: { method: 'PATCH' }, times: Number.POSITIVE_INFINITY });
      return 'local';
    },
  });
  await article.get();
  on.server.edit<Article>(PATH, (doc) => void Object.assign(doc, { title: 'Theirs' }));
  const edit = article.edit((doc) => void Object.assign(doc, { title: 'Mine' }));
  expect(await soon(outcomeOf(edit), 10_000)).toMatchObject({
    code: expect.stringMatching(/^ERR_(?:LOCKED|IN_DOUBT)$/),
  });
  expect(on.writes().length).toBeGreaterThan(2);
});

test.each([['right', 0], ...jumps] as const)(
  'a date in Retry-After is by the clock of the server: ours is %s, %i ms',
  async (_way, by) => {
    const began = performance.now();
    const server = createServer((_request, response) => {
      const isBusy = performance.now() - began < 1_100;
      const date = now();
      const shown = (ms: number): string => new Date(ms).toUTCString();
      if (isBusy) response.writeHead(503, { date: shown(date), 'retry-after': shown(date + 2_000) }).end();
      else response.writeHead(200, { etag: '"1"', 'content-type': 'application/json' }).end('{"n":1}');
    });
    server.keepAliveTimeout = 1;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    jump(by);
    const client = createClient({ ...hasty(`http://127.0.0.1:${port}`), retry: 2 });
    expect((await soon(client.resource<{ n: number }>('a').get(), 8_000)).value).toEqual({ n: 1 });
  },
  20_000,
);
