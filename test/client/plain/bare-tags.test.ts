import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Client, ClientEvent, ClientOptions } from 'unconflict';
import { conflictFetch, createClient, etag } from 'unconflict';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasty } from '../real-http.js';
import { outcomeOf } from '../support.js';

type Doc = Record<string, unknown>;

/** A server as many are written by hand: its tag has no quotes, and what comes back is compared as it is. */
const PLAIN = (n: number): string => `v${n}`;

interface Habits {
  readonly tagOf?: (n: number) => string;
  readonly wanted?: (n: number) => string;
  readonly status?: number;
}

async function byHand({ tagOf = PLAIN, status = 200, wanted = tagOf }: Habits = {}) {
  let doc: Doc = { title: 'Draft', body: 'Text' };
  let n = 1;
  const guards: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const guard = request.headers['if-match'];
    const isWrite = request.method !== 'GET';
    if (isWrite) guards.push(guard);
    const isStale = isWrite && guard !== undefined && guard !== wanted(n);
    if (isWrite && !isStale) {
      const sent: Doc = JSON.parse(await text(request));
      doc = request.method === 'PUT' ? sent : { ...doc, ...sent };
      n += 1;
    }
    response.setHeader('etag', tagOf(n));
    response.writeHead(isStale ? 412 : isWrite ? status : 200, { 'content-type': 'application/json' });
    response.end(isStale || (isWrite && status === 204) ? undefined : JSON.stringify(doc));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const events: ClientEvent[] = [];
  const options: ClientOptions = { ...hasty(origin), onEvent: (event) => void events.push(event) };
  return {
    client: createClient(options),
    fetch: conflictFetch({ ...options, prefix: '' }),
    make: (more: ClientOptions) => createClient({ ...options, ...more }),
    url: `${origin}/doc`,
    guards,
    now: () => doc,
    meanwhile: (): void => {
      doc = { ...doc, body: 'Theirs' };
      n += 1;
    },
    unguarded: () => events.flatMap((event) => (event.type === 'unguarded' ? [event.reason] : [])),
  };
}

type On = Awaited<ReturnType<typeof byHand>>;

const doors: [string, read: (on: On) => Promise<Doc>, put: (on: On, doc: Doc) => Promise<Response>][] = [
  [
    'client.put',
    ({ client }) => client.get<Doc>('doc').json(),
    async ({ client }, json) => client.put('doc', { json }),
  ],
  [
    'client.patch',
    ({ client }) => client.get<Doc>('doc').json(),
    async ({ client }, { title }) => client.patch('doc', { json: { title } }),
  ],
  [
    'conflictFetch',
    async ({ fetch, url }) => (await fetch(url)).json(),
    ({ fetch, url }, doc) =>
      fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(doc) }),
  ],
];

describe.each(doors)('a tag without quotes: %s', (_door, read, write) => {
  test.each([200, 204])('goes back as it came, and others are not written over (answers of %i)', async (status) => {
    const on = await byHand({ status });
    const doc = await read(on);
    on.meanwhile();
    expect((await write(on, { ...doc, title: 'Mine' })).status).toBe(status);
    expect(on.now()).toEqual({ title: 'Mine', body: 'Theirs' });
    await write(on, { ...(await read(on)), title: 'Mine again' });
    expect(on.guards).toEqual(['v1', 'v2', 'v3']);
    expect(on.unguarded()).toEqual([]);
  });

  test('once written, the next one is guarded by what that made', async () => {
    const on = await byHand({ status: 204 });
    const doc = await read(on);
    await write(on, { ...doc, title: 'One' });
    await write(on, { ...doc, title: 'Two' });
    expect(on.guards.slice(0, 2)).toEqual(['v1', 'v2']);
    expect(on.unguarded()).toEqual([]);
  });

  test.each([
    ['quoted twice', (n: number): string => `""v${n}""`],
    ['a list', (n: number): string => `"v${n}", "other"`],
    ['of two words', (n: number): string => `v ${n}`],
  ])('one that is %s says nothing that could go back, and that is told', async (_what, tagOf) => {
    const on = await byHand({ tagOf });
    await write(on, { ...(await read(on)), title: 'Mine' });
    expect(on.guards).toEqual([undefined]);
    expect(on.unguarded()).toEqual(['no-version']);
  });
});

test('a delete of it is guarded, too', async () => {
  const on = await byHand();
  await on.client.get('doc').json();
  on.meanwhile();
  expect(await outcomeOf(Promise.resolve(on.client.delete('doc')))).toMatchObject({ code: 'ERR_CONFLICT' });
  expect(on.guards).toEqual(['v1']);
});

test('weak: "refuse" takes none, and a handle asks for the option that does', async () => {
  const on = await byHand();
  const strict: Client = on.make({ defaults: { version: etag({ weak: 'refuse' }) } });
  await strict.put('doc', { json: { ...(await strict.get<Doc>('doc').json()), title: 'Mine' } });
  expect(on.unguarded()).toEqual(['no-version']);
  const asked = { ...on.make({ defaults: { version: etag({ weak: 'refuse' }), requireVersion: true } }) };
  await asked.get('doc').json();
  const refused = { code: 'ERR_MISSING_BASE', message: expect.stringContaining('no version') };
  expect(await outcomeOf(Promise.resolve(asked.put('doc', { json: {} })))).toMatchObject(refused);

  const handle = on.client.resource<Doc>('doc');
  const ended = await outcomeOf(handle.edit((draft) => void Object.assign(draft, { title: 'By handle' })));
  expect(ended).toMatchObject({ code: 'ERR_MISSING_VERSION', message: expect.stringContaining('verbatim') });
  const told = on.make({ defaults: { version: etag({ weak: 'verbatim' }) } }).resource<Doc>('doc');
  await told.edit((draft) => void Object.assign(draft, { title: 'By handle' }));
  expect(on.now()).toMatchObject({ title: 'By handle' });
});

test('a handle takes none from a plain write either: a server that ignores it would write over others', async () => {
  const on = await byHand();
  const doc = await on.client.get<Doc>('doc').json();
  await on.client.put('doc', { json: { ...doc, title: 'Mine' } });
  const handle = on.client.resource<Doc>('doc');
  expect(handle.snapshot?.version).toBe('v2');
  const missing = { code: 'ERR_MISSING_VERSION', message: expect.stringContaining('verbatim') };
  const edit = handle.edit((draft) => void Object.assign(draft, { title: 'By handle' }));
  expect(await outcomeOf(edit)).toMatchObject(missing);
  expect(await outcomeOf(handle.delete())).toMatchObject({ code: missing.code });
  expect(on.guards).toEqual(['v1']);
  await on.client.put('doc', { json: { ...(await on.client.get<Doc>('doc').json()), title: 'Mine again' } });
  expect(on.guards).toEqual(['v1', 'v2']);
});

test('a server that wants the quotes that it did not send refuses it, and what was seen is said', async () => {
  const on = await byHand({ wanted: (n) => `"v${n}"` });
  const client = on.make({ defaults: { retry: { minDelay: 0, maxDelay: 2, deadline: 1_500 } } });
  const doc = await client.get<Doc>('doc').json();
  const ended = await outcomeOf(Promise.resolve(client.put('doc', { json: { ...doc, title: 'Mine' } })));
  expect(ended).toMatchObject({ code: 'ERR_RETRY_LIMIT', message: expect.stringContaining('the one it shows (v1)') });
});
