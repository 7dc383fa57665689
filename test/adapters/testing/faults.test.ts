import { describe, expect, test } from 'vitest';
import type { FaultOptions } from '../../../src/testing/index.js';
import { ARTICLE, FORMS, manualClock, PATH, seeded, sender } from './support.js';

const NEW = { title: 'New' };

describe.each(FORMS)('faults, over %s', (form) => {
  test.each<[fault: FaultOptions, outcome: string, commits: number]>([
    [{ kind: 'lose-answer' }, 'updated', 2],
    [{ kind: 'lose-request' }, 'lost', 1],
  ])('%j breaks the connection', async (fault, outcome, commits) => {
    const server = seeded();
    const send = await sender(server, form);
    const set = server.fault(fault);
    await expect(send('PUT', {}, NEW)).rejects.toThrow(TypeError);
    expect([server.history(PATH).length, set.hits, set.spent]).toEqual([commits, 1, true]);
    expect(server.requests).toMatchObject([
      { outcome, delivered: false, faults: [fault.kind], body: JSON.stringify(NEW) },
    ]);
    expect((await send('GET')).status).toBe(200);
  });

  test('a truncated answer breaks off in its body, after the commit', async () => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'truncate' });
    const answer = await send('PUT', {}, NEW);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow(TypeError);
    expect([server.history(PATH).length, server.requests[0]?.delivered]).toEqual([2, false]);
  });

  test('a truncated answer without a body is a lost one', async () => {
    const server = seeded({ answer: 'minimal' });
    const send = await sender(server, form);
    server.fault({ kind: 'truncate', times: 2 });
    await expect(send('PUT', {}, NEW)).rejects.toThrow(TypeError);
    await expect(send('HEAD')).rejects.toThrow(TypeError);
  });

  test.each<[title: string, fault: FaultOptions, status: number, type: string, body: string, commits: number]>([
    ['a status', { kind: 'status', status: 503 }, 503, '', '', 1],
    [
      'a status and a body',
      { kind: 'status', status: 409, body: { code: 'x' } },
      409,
      'application/json',
      '{"code":"x"}',
      1,
    ],
    [
      'a text body',
      { kind: 'status', status: 400, body: 'no', headers: { 'content-type': 'text/plain' } },
      400,
      'text/plain',
      'no',
      1,
    ],
    ['a 5xx after the commit', { kind: 'status', status: 500, commit: true }, 500, '', '', 2],
    ['a page', { kind: 'html' }, 502, 'text/html; charset=utf-8', '<h1>', 1],
    [
      'a page with 200 after the commit',
      { kind: 'html', status: 200, commit: true },
      200,
      'text/html; charset=utf-8',
      '<h1>',
      2,
    ],
    ['205', { kind: 'status', status: 205, commit: true }, 205, '', '', 2],
  ])('%s stands in for the answer', async (_, fault, status, type, body, commits) => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault(fault);
    const answer = await send('PUT', {}, NEW);
    expect([answer.status, answer.headers.get('content-type') ?? '']).toEqual([status, type]);
    expect(await answer.text()).toContain(body);
    expect(server.history(PATH)).toHaveLength(commits);
    expect(server.requests[0]).toMatchObject({
      status,
      outcome: commits === 1 ? 'not-handled' : 'updated',
      delivered: true,
    });
  });

  test.each(['etag', 'rev', 'last-modified', { field: '/version' }] as const)(
    'a hidden version (%j) is nowhere',
    async (version) => {
      const server = seeded({ version });
      const send = await sender(server, form);
      server.fault({ kind: 'hide-version', times: 1 });
      const answer = await send('GET');
      expect([answer.headers.get('etag'), answer.headers.get('last-modified'), await answer.json()]).toEqual([
        null,
        null,
        ARTICLE,
      ]);
    },
  );

  test('a lagging replica serves an older state, with its version', async () => {
    const server = seeded();
    server.edit(PATH, (article) => {
      article.title = 'Two';
    });
    const send = await sender(server, form);
    server.fault({ kind: 'stale-read', times: 2 });
    expect((await send('PUT', { 'If-Match': '"2"' }, NEW)).status).toBe(200);
    const answers = [await send('GET'), await send('GET'), await send('GET')];
    expect(answers.map(({ headers }) => headers.get('etag'))).toEqual(['"2"', '"2"', '"3"']);
    expect(await answers[0]?.json()).toMatchObject({ title: 'Two' });
    server.fault({ kind: 'stale-read', behind: 9 });
    expect((await send('GET')).status).toBe(404);
  });

  test('a replica that lags by time catches up', async () => {
    const clock = manualClock();
    const server = seeded({ clock });
    const send = await sender(server, form);
    await clock.advance(1000);
    server.fault({ kind: 'stale-read', lag: 200, times: Number.POSITIVE_INFINITY });
    await send('PUT', {}, NEW);
    const before = (await send('GET')).headers.get('etag');
    await clock.advance(200);
    expect([before, (await send('GET')).headers.get('etag')]).toEqual(['"1"', '"2"']);
  });

  test('what the test put there is on every replica, and what a request creates is not', async () => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'stale-read', lag: 60_000, times: Number.POSITIVE_INFINITY });
    await send('PUT', {}, NEW);
    await send('PUT', {}, NEW, '/articles/2');
    expect((await send('GET')).headers.get('etag')).toBe('"1"');
    expect((await send('GET', {}, undefined, '/articles/2')).status).toBe(404);
  });

  test.each([
    ['first', 200],
    ['second', 412],
  ] as const)('a duplicated request is applied twice and answers as the %s', async (answer, status) => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'duplicate', answer });
    expect((await send('PUT', { 'If-Match': '"1"' }, NEW)).status).toBe(status);
    expect(server.requests).toMatchObject([
      { index: 0, outcome: 'updated', duplicateOf: undefined },
      { index: 1, outcome: 'stale', duplicateOf: 0 },
    ]);
    server.fault({ kind: 'duplicate' });
    await send('POST', {}, NEW, '/articles');
    expect([server.get('/articles/2')?.value, server.get('/articles/3')?.value]).toEqual([NEW, NEW]);
  });

  test('a weak tag is the tag as a compressing gateway leaves it', async () => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'weak-tag' });
    expect((await send('GET')).headers.get('etag')).toBe('W/"1"');
    expect((await send('PUT', { 'If-Match': 'W/"1"' }, NEW)).status).toBe(412);
    expect((await send('PUT', { 'If-Match': '"1"' }, NEW)).status).toBe(200);
  });

  test('something can happen meanwhile', async () => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'meanwhile', on: { method: 'put' }, run: () => server.remove(PATH) });
    expect((await send('PUT', { 'If-Match': '"1"' }, NEW)).status).toBe(412);
  });

  test('what happens meanwhile happens once, though the request comes twice', async () => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'meanwhile', for: 60_000, run: () => server.edit(PATH, () => ({})) });
    server.fault({ kind: 'duplicate' });
    await send('PUT', {}, NEW);
    expect(server.history(PATH).map(({ value }) => value)).toEqual([ARTICLE, {}, NEW, NEW]);
  });

  test('a fault of the test itself is told as such', async () => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'meanwhile', run: () => server.remove('/none') });
    const answer = await send('PUT', {}, NEW);
    expect([answer.status, (await answer.json()).detail, server.requests[0]?.outcome]).toEqual([
      500,
      'There is no document at /none. Put one there with server.seed().',
      'crashed',
    ]);
  });

  test('a delay holds the request back before it is handled, or after', async () => {
    const clock = manualClock();
    const server = seeded({ clock });
    const send = await sender(server, form);
    const arrived = (count: number): Promise<void> => until(() => server.requests.length === count);
    server.fault({ kind: 'delay', ms: 1000 });
    const late = send('PUT', {}, NEW);
    await arrived(1);
    expect(server.history(PATH)).toHaveLength(1);
    await clock.advance(1000);
    expect((await late).status).toBe(200);

    server.fault({ kind: 'delay', ms: 1000, after: true });
    const unheard = send('PUT', {}, NEW);
    await arrived(2);
    await until(() => clock.pending() === 1);
    expect(server.history(PATH)).toHaveLength(3);
    await clock.advance(1000);
    expect((await unheard).status).toBe(200);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('which request a fault hits', () => {
  const statusesWith = async (
    faults: readonly FaultOptions[],
    requests: readonly [method: string, path?: string][],
  ) => {
    const server = seeded();
    const send = await sender(server);
    for (const fault of faults) server.fault(fault);
    const statuses: number[] = [];
    for (const [method, path] of requests) statuses.push((await send(method, {}, undefined, path)).status);
    return statuses;
  };
  const fail = (status: number, aim: Omit<FaultOptions, 'kind'> = {}): FaultOptions => ({
    kind: 'status',
    status,
    ...aim,
  });
  const GET: [string] = ['GET'];

  test.each<[title: string, faults: FaultOptions[], requests: [string, string?][], statuses: number[]]>([
    ['one', [fail(503)], [GET, GET], [503, 200]],
    ['as many as told', [fail(503, { times: 2 })], [GET, GET, GET], [503, 503, 200]],
    ['the nth', [fail(503, { nth: 2 })], [GET, GET, GET], [200, 503, 200]],
    ['from the nth on', [fail(503, { nth: 2, times: 2 })], [GET, GET, GET, GET], [200, 503, 503, 200]],
    ['one after the other', [fail(503), fail(429), fail(500)], [GET, GET, GET, GET], [503, 429, 500, 200]],
    ['by method', [fail(503, { on: { method: 'HEAD' } })], [GET, ['HEAD']], [200, 503]],
    ['by methods', [fail(503, { on: { method: ['put', 'head'] } })], [GET, ['HEAD']], [200, 503]],
    ['by path', [fail(503, { on: { path: '/other' } })], [GET, ['GET', '/other']], [200, 503]],
    ['by expression', [fail(503, { on: { path: /^\/art/g }, times: 2 })], [GET, ['GET', '/x'], GET], [503, 404, 503]],
    [
      'a fault that does not fit leaves its place',
      [fail(503, { on: { method: 'PUT' } }), fail(429)],
      [GET, GET],
      [429, 200],
    ],
  ])('%s', async (_, faults, requests, statuses) => {
    expect(await statusesWith(faults, requests)).toEqual(statuses);
  });

  test('for a time, on top of counted ones', async () => {
    const clock = manualClock();
    const server = seeded({ clock });
    const send = await sender(server);
    const held = server.fault({ kind: 'weak-tag', for: 1000 });
    server.fault({ kind: 'duplicate' });
    expect([(await send('GET')).headers.get('etag'), server.requests[0]?.faults]).toEqual([
      'W/"1"',
      ['weak-tag', 'duplicate'],
    ]);
    await clock.advance(999);
    expect((await send('GET')).headers.get('etag')).toBe('W/"1"');
    await clock.advance(1);
    expect((await send('GET')).headers.get('etag')).toBe('"1"');
    expect([held.hits, held.spent]).toEqual([2, true]);
  });

  test('none once it is cancelled', async () => {
    const server = seeded();
    const send = await sender(server);
    const offline = server.fault({ kind: 'lose-request', times: Number.POSITIVE_INFINITY });
    await expect(send('GET')).rejects.toThrow('fetch failed');
    await expect(send('GET')).rejects.toThrow('fetch failed');
    offline.cancel();
    expect([(await send('GET')).status, offline.hits, offline.spent]).toEqual([200, 2, true]);
  });

  test('a status that no answer can have is refused at once', () => {
    expect(() => seeded().fault({ kind: 'status', status: 99 })).toThrow(
      "A fault's status must be between 200 and 599; got 99.",
    );
  });
});
