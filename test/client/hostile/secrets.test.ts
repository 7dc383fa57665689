import { inspect } from 'node:util';
import type { Client, ClientOptions } from 'unconflict';
import { conflictFetch, createClient } from 'unconflict';
import type { FaultOptions } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasty } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';

/** Planted wherever a secret can be; to be found nowhere. */
const CANARY = 'c4n4ry';
const IN_BODY = 'pr1vate';
const WRITES = ['PUT', 'PATCH', 'POST', 'DELETE'];

type Account = Article & { password: string };
const ACCOUNT: Account = { ...DRAFT, password: IN_BODY };

/** A server on a port whose answers set cookies, and a client that brings credentials of every kind. */
async function planted() {
  const server = createConflictServer();
  server.seed(PATH, ACCOUNT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const lines: string[] = [];
  const events: unknown[] = [];
  const log = (...words: unknown[]): void =>
    void lines.push(words.map((word) => inspect(word, { depth: 10 })).join(' '));
  const options: ClientOptions = {
    ...hasty(url, { defaults: { retry: { attempts: 3, deadline: 1_500 } } }),
    headers: {
      authorization: `Bearer ${CANARY}`,
      cookie: `session=${CANARY}`,
      'x-api-key': CANARY,
      'proxy-authorization': `Basic ${CANARY}`,
    },
    searchParams: { access_token: CANARY, page: '1' },
    timeout: 300,
    logger: { debug: log, info: log, warn: log, error: log },
    onEvent: (event) => void events.push(event),
    credentials: 'include',
  };
  const client = createClient(options);
  onTestFinished(() => client.close());
  return { server, url, client, options, lines, events };
}

/** Everything that printing, logging, serialising or sending an error away could show. */
function shownOf(error: unknown): string {
  const parts = [inspect(error, { depth: 20 }), String(error), JSON.stringify(error) ?? ''];
  for (let at = error; at instanceof Error; at = at.cause) {
    parts.push(at.message, at.stack ?? '', JSON.stringify({ ...at }), JSON.stringify(Object.entries(at)));
  }
  return parts.join('\n');
}

/** Words alone, without the documents that an error holds for its caller. */
function wordsOf(error: unknown): string {
  const words: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) words.push(at.message, at.stack ?? '');
  return words.join('\n');
}

const retitle = (client: Client) =>
  client.resource<Account>(PATH).edit((draft) => {
    draft.title = 'Mine';
  });
const setCookie = { 'set-cookie': `session=${CANARY}`, 'x-session': CANARY };

const faults: [title: string, faults: FaultOptions[], run: (client: Client) => Promise<unknown>][] = [
  ['a 401 to a read', [{ kind: 'status', status: 401, headers: setCookie }], (client) => client.resource(PATH).get()],
  ['a 403 to a write', [{ kind: 'status', status: 403, headers: setCookie, on: { method: WRITES } }], retitle],
  [
    'a 500 to every write',
    [{ kind: 'status', status: 500, headers: setCookie, on: { method: WRITES }, times: 9 }],
    retitle,
  ],
  ['a lost connection', [{ kind: 'lose-answer', times: 99 }], retitle],
  ['a timeout', [{ kind: 'delay', ms: 1_000, times: 99 }], retitle],
  ['a page instead of JSON', [{ kind: 'html', status: 200, times: 99 }], retitle],
  ['no version', [{ kind: 'hide-version', times: 99 }], retitle],
  [
    'a lock',
    [{ kind: 'status', status: 423, headers: setCookie, times: Number.POSITIVE_INFINITY, on: { method: WRITES } }],
    retitle,
  ],
  [
    'a redirect away',
    [
      {
        kind: 'status',
        status: 307,
        headers: { ...setCookie, location: `http://localhost:1/?token=${CANARY}` },
        on: { method: WRITES },
      },
    ],
    retitle,
  ],
  ['a 404', [], (client) => client.resource('/articles/none').get()],
  [
    'a plain GET that is refused',
    [{ kind: 'status', status: 403, headers: setCookie }],
    async (client) => client.get(PATH).json(),
  ],
  [
    'a plain POST that is refused',
    [{ kind: 'status', status: 403, headers: setCookie }],
    async (client) => client.post(PATH, { json: ACCOUNT }).json(),
  ],
  [
    'a plain PUT whose connection breaks',
    [{ kind: 'lose-request', times: 99 }],
    async (client) => client.put(PATH, { json: ACCOUNT }),
  ],
  ['a plain GET that takes too long', [{ kind: 'delay', ms: 1_000, times: 99 }], async (client) => client.get(PATH)],
];

describe('no credential is shown by the error, the events or the log of', () => {
  test.each(faults)('%s', async (_title, armed, run) => {
    const { server, client, lines, events } = await planted();
    for (const fault of armed) server.fault(fault);
    const error = await soon(outcomeOf(run(client)), 8_000);
    expect(error).toBeInstanceOf(Error);
    expect(server.requests.every(({ headers }) => headers.authorization === `Bearer ${CANARY}`)).toBe(true);
    expect(shownOf(error)).not.toContain(CANARY);
    expect(inspect(events, { depth: 20 })).not.toContain(CANARY);
    expect(JSON.stringify(events)).not.toContain(CANARY);
    expect(lines.join('\n')).not.toContain(CANARY);
  });

  const rivals: [title: string, meet: (server: ReturnType<typeof createConflictServer>) => unknown][] = [
    ['a conflict', (server) => server.edit<Account>(PATH, (draft) => void Object.assign(draft, { title: 'Theirs' }))],
    ['a deletion', (server) => server.remove(PATH)],
    [
      'a business rule',
      (server) => server.refuse(PATH, () => ({ code: 'no', detail: `see http://x.test/?token=${CANARY}` })),
    ],
  ];
  test.each(rivals)('%s', async (_title, meet) => {
    const { server, client, lines, events } = await planted();
    await client.resource(PATH).get();
    meet(server);
    const error = await soon(outcomeOf(retitle(client)), 5_000);
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_/) });
    const shown = `${wordsOf(error)}\n${lines.join('\n')}`;
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(IN_BODY);
    expect(lines.length).toBeGreaterThan(0);
    expect(
      inspect(
        events.map((event) => ({ ...Object(event), problem: undefined, error: undefined })),
        { depth: 3 },
      ),
    ).not.toContain(CANARY);
  });
});

test('no document is in a message or a log line, whatever happens to it', async () => {
  const { server, client, lines } = await planted();
  const handle = client.resource<Account>(PATH);
  await handle.get();
  server.edit<Account>(PATH, (draft) => {
    draft.password = `${IN_BODY} of theirs`;
  });
  const mine = handle.edit((draft) => {
    draft.password = `${IN_BODY} of mine`;
  });
  const error = await soon(outcomeOf(mine));
  expect(error).toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ path: '/password' }] });
  server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
  await soon(handle.edit((draft) => void draft.tags.push(IN_BODY)));
  const bad = await soon(outcomeOf(handle.patch([{ op: 'test', path: '/password', value: IN_BODY }])));
  expect(bad).toBeInstanceOf(Error);
  expect(`${wordsOf(error)}\n${wordsOf(bad)}\n${lines.join('\n')}`).not.toContain(IN_BODY);
});

test('credentials in the address are neither shown nor lost', async () => {
  const { server, url, options, lines, events } = await planted();
  const { host } = new URL(url);
  const { prefix: _prefix, ...rest } = options;
  // fetch refuses credentials in an address, so a fetch of the user's own must take them.
  const fetch: typeof globalThis.fetch = (input) => server.fetch(input);
  const client = createClient({ ...rest, fetch });
  server.fault({ kind: 'status', status: 403, on: { method: 'PATCH' } });
  const handle = client.resource<Account>(`http://${host}${PATH}?token=${CANARY}&sig=${CANARY}`);
  const error = await soon(outcomeOf(handle.edit((draft) => ({ ...draft, title: 'Mine' }))));
  expect(error).toBeInstanceOf(Error);
  expect(server.requests[0]?.search).toContain(`token=${CANARY}`);
  expect(shownOf(error) + inspect(events, { depth: 9 }) + lines.join('\n')).not.toContain(CANARY);
  await client.close();
});

test('errors that conflictFetch rejects with show none either', async () => {
  const { server, url, options } = await planted();
  const fetch = conflictFetch({ headers: options.headers ?? {}, defaults: options.defaults ?? {} });
  const read = await fetch(url + PATH);
  await read.text();
  server.edit<Account>(PATH, (draft) => {
    draft.title = 'Theirs';
  });
  const init = {
    method: 'PUT',
    body: JSON.stringify({ ...ACCOUNT, title: 'Mine' }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${CANARY}` },
  };
  const error = await soon(outcomeOf(fetch(`${url}${PATH}`, init)));
  expect(error).toMatchObject({ code: 'ERR_CONFLICT' });
  expect(shownOf(error)).not.toContain(CANARY);
});

test('a token in the address shows in no error of what never leaves', async () => {
  const client = createClient({ fetch: async () => Response.json({ a: 1 }, { headers: { etag: '"1"' } }) });
  const handle = client.resource<{ a: number }>('https://api.example.com/a?token=sesame');
  await handle.get();
  const errors = await Promise.all([
    outcomeOf(handle.patch([{ op: 'remove', path: '/nope' }])),
    outcomeOf(handle.patch([{ op: 'add', path: '/b', value: Number.NaN }])),
    outcomeOf(handle.replace({ a: 2 }, { strategy: 'replay' })),
  ]);
  for (const error of errors) {
    expect(error).toBeInstanceOf(Error);
    expect(`${String(error)} ${JSON.stringify(error)} ${Reflect.get(Object(error), 'url')}`).not.toContain('sesame');
  }
});
