import { describe, expect, test } from 'vitest';
import { type ConflictServerOptions, loginPage } from '../../../src/testing/index.js';
import { FORMS, manualClock, PATH, seeded, sender } from './support.js';

const JSON_PATCH = { 'Content-Type': 'application/json-patch+json' };

describe.each(FORMS)('another form than the one sent, over %s', (form) => {
  test.each<[normalise: NonNullable<ConflictServerOptions['normalise']>, sent: unknown, kept: unknown]>([
    ['trim', { a: ' x ', tags: [' y'] }, { a: 'x', tags: ['y'] }],
    ['lower-case', { a: { b: 'X@Y' } }, { a: { b: 'x@y' } }],
    ['round', { price: 1.005, list: [2.349] }, { price: 1, list: [2.35] }],
    [
      'sort',
      { tags: ['b', 'a'], sizes: [10, 9], items: [{ b: 1 }, { a: 1 }] },
      { tags: ['a', 'b'], sizes: [9, 10], items: [{ b: 1 }, { a: 1 }] },
    ],
    [
      'ids',
      { items: [{ sku: 'p' }, { id: 7, sku: 'q' }] },
      {
        items: [
          { id: 'item-1', sku: 'p' },
          { id: 7, sku: 'q' },
        ],
      },
    ],
    [
      ['trim', 'lower-case', 'sort'],
      [' B ', 'a'],
      ['a', 'b'],
    ],
    [(value, path) => ({ path, value }), 1, { path: PATH, value: 1 }],
  ])('%j', async (normalise, sent, kept) => {
    const server = seeded({ normalise }, {});
    const send = await sender(server, form);
    expect(await (await send('PUT', {}, sent)).json()).toEqual(kept);
    expect(server.get(PATH)?.value).toEqual(kept);
  });

  test('holds for patches, for what POST creates, and for the test itself', async () => {
    const server = seeded({ normalise: 'trim' }, { a: ' seeded ' });
    const send = await sender(server, form);
    expect(await (await send('GET')).json()).toEqual({ a: 'seeded' });
    expect(await (await send('PATCH', {}, { b: ' merged ' })).json()).toEqual({ a: 'seeded', b: 'merged' });
    const patch = [{ op: 'add', path: '/c', value: ' added ' }];
    expect(await (await send('PATCH', JSON_PATCH, patch)).json()).toMatchObject({ c: 'added' });
    expect(await (await send('POST', {}, { d: ' new ' }, '/articles')).json()).toEqual({ d: 'new' });
  });

  test.each<[method: string, headers: Record<string, string>, body: unknown, kept: string]>([
    ['PUT', {}, '{"id":15793596808644609,"n":2}', '{"id":15793596808644609,"n":2}'],
    ['PATCH', {}, '{"n":1e400}', '{"id":15793596808644609,"n":1e400}'],
    [
      'PATCH',
      JSON_PATCH,
      '[{"op":"add","path":"/n","value":0.12345678901234567890}]',
      '{"id":15793596808644609,"n":0.12345678901234567890}',
    ],
    ['PATCH', JSON_PATCH, '[{"op":"test","path":"/id","value":15793596808644608}]', '{"id":15793596808644609}'],
  ])('every digit of a number is kept: %s %j %s', async (method, headers, body, kept) => {
    const server = seeded({}, {});
    server.seedText(PATH, '{"id":15793596808644609}');
    const send = await sender(server, form);
    await send(method, headers, body);
    expect([server.text(PATH), await (await send('GET')).text()]).toEqual([kept, kept]);
  });
});

describe.each(FORMS)('answers made by hand, over %s', (form) => {
  const old: ConflictServerOptions = { answer: ({ before }) => ({ body: before }) };
  const summary: ConflictServerOptions = { answer: ({ path }) => ({ body: { path } }) };
  const bare: ConflictServerOptions = { answer: ({ method }) => (method === 'PATCH' ? 'minimal' : 'representation') };
  const page: ConflictServerOptions = {
    answer: () => ({ status: 202, headers: { 'Content-Type': 'text/html' }, body: '<p>' }),
  };
  const failed: ConflictServerOptions = {
    answer: ({ value }) => ({ body: { errors: [{ code: 'Conflict' }], value } }),
  };

  test.each<[options: ConflictServerOptions, method: string, status: number, type: string | null, body: string]>([
    [old, 'PUT', 200, 'application/json', '{"a":1}'],
    [summary, 'PUT', 200, 'application/json', '{"path":"/articles/1"}'],
    [bare, 'PATCH', 204, null, ''],
    [bare, 'PUT', 200, 'application/json', '{"a":2}'],
    [page, 'PUT', 202, 'text/html', '<p>'],
    [failed, 'PUT', 200, 'application/json', '{"errors":[{"code":"Conflict"}],"value":{"a":2}}'],
  ])('%o to %s', async (options, method, status, type, body) => {
    const send = await sender(seeded(options, { a: 1 }), form);
    const answer = await send(method, {}, { a: 2 });
    const { headers } = answer;
    expect([answer.status, headers.get('etag'), headers.get('content-type'), await answer.text()]).toEqual([
      status,
      '"2"',
      type,
      body,
    ]);
  });

  test('a page can have a tag', async () => {
    const server = seeded();
    const send = await sender(server, form);
    server.fault({ kind: 'html', status: 200, headers: { ETag: '"9"' } });
    const answer = await send('GET');
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([
      200,
      '"9"',
      expect.stringContaining('<h1>'),
    ]);
  });

  test('a session that is over leads to a login page, until it is not over any more', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const over = loginPage(server, PATH);
    for (const method of ['GET', 'PUT', 'PATCH']) {
      const answer = await send(method, {}, method === 'GET' ? undefined : {});
      expect([answer.status, answer.redirected, new URL(answer.url).pathname]).toEqual([200, true, '/login']);
    }
    expect(server.history(PATH)).toHaveLength(1);
    over.cancel();
    expect((await send('GET')).redirected).toBe(false);
  });
});

describe.each(FORMS)('tags, over %s', (form) => {
  test.each(['"page-1-pt-br"', 'page-1', '""page-1""', 'W/"page-1"'])('%s goes out as it is', async (text) => {
    const send = await sender(seeded({ version: { tag: () => text } }), form);
    expect((await send('GET')).headers.get('etag')).toBe(text);
    expect((await send('PUT', { 'If-Match': text }, {})).status).toBe(text.startsWith('W/') ? 412 : 200);
    expect((await send('PUT', { 'If-Match': '"other"' }, {})).status).toBe(412);
  });

  test('none at all, or every other time', async () => {
    const server = seeded({ version: { tag: (count) => (count === 1 ? undefined : `"${count}"`) } });
    const send = await sender(server, form);
    const tags = async () => [(await send('GET')).headers.get('etag'), (await send('GET')).headers.get('etag')];
    expect(await tags()).toEqual([null, null]);
    server.edit(PATH, () => ({}));
    server.fault({ kind: 'hide-version', nth: 2, every: 2, times: 2 });
    expect([...(await tags()), ...(await tags()), ...(await tags())]).toEqual(['"2"', null, '"2"', null, '"2"', '"2"']);
  });
});

describe.each(FORMS)('patch forms, over %s', (form) => {
  test.each<[patches: ConflictServerOptions['patches'], type: string, body: unknown, status: number, kept: unknown]>([
    [['json'], 'application/json', { b: 2 }, 200, { a: 1, b: 2 }],
    [['json'], 'application/json-patch+json', [], 415, { a: 1 }],
    [['json'], 'application/merge-patch+json', {}, 415, { a: 1 }],
    [
      ['any'],
      'application/json-patch+json',
      [{ op: 'remove', path: '/a' }],
      200,
      { 0: { op: 'remove', path: '/a' }, a: 1 },
    ],
    [['any'], 'application/merge-patch+json', { a: null }, 200, { a: null }],
    [['any'], 'text/plain', { b: [] }, 200, { a: 1, b: [] }],
  ])('%j takes %s', async (patches, type, body, status, kept) => {
    const server = seeded({ patches: patches ?? [] }, { a: 1 });
    const send = await sender(server, form);
    expect((await send('PATCH', { 'Content-Type': type }, body)).status).toBe(status);
    expect(server.get(PATH)?.value).toEqual(kept);
    expect((await send('PUT', { 'Content-Type': 'application/json' }, {})).status).toBe(200);
  });
});

describe.each(FORMS)('tenants and parts, over %s', (form) => {
  test('each sees documents of their own, at the same paths', async () => {
    const server = seeded({ tenants: 'authorization' }, 'nobody');
    server.tenant('Bearer a').seed(PATH, 'a');
    const send = await sender(server, form);
    const read = async (headers = {}): Promise<unknown> => (await send('GET', headers)).json();
    await send('PUT', { Authorization: 'Bearer b', 'If-None-Match': '*' }, '"b"');
    expect([
      await read(),
      await read({ Authorization: 'Bearer a' }),
      await read({ Authorization: 'Bearer b' }),
    ]).toEqual(['nobody', 'a', 'b']);
    expect([server.get(PATH)?.version, server.tenant('Bearer b').history(PATH)]).toEqual([
      '"1"',
      [expect.objectContaining({ value: 'b' })],
    ]);
    server.reset();
    expect((await send('GET', { Authorization: 'Bearer a' })).status).toBe(404);
  });

  test('a query reads some members only', async () => {
    const send = await sender(seeded({ select: 'fields' }, { a: 1, b: 2, c: 3 }), form);
    const read = async (query: string): Promise<unknown> => (await send('GET', {}, undefined, PATH + query)).json();
    expect([await read('?fields=a,c'), await read('?other=a')]).toEqual([
      { a: 1, c: 3 },
      { a: 1, b: 2, c: 3 },
    ]);
  });
});

describe.each(FORMS)('a cache in front, over %s', (form) => {
  const clock = manualClock();
  test('gives out its copy, and says how old it is', async () => {
    const server = seeded({ cache: { ttl: 5_000, age: 2 }, clock }, 1);
    const send = await sender(server, form);
    const read = async (headers = {}, query = ''): Promise<unknown> => {
      const answer = await send('GET', headers, undefined, PATH + query);
      return [await answer.json(), answer.headers.get('etag'), answer.headers.get('age')];
    };
    expect(await read()).toEqual([1, '"1"', null]);
    server.edit(PATH, () => 2);
    expect((await send('PUT', { 'If-Match': '"1"' }, '3')).status).toBe(412);
    await clock.advance(1_000);
    expect(await read({ 'Cache-Control': 'no-cache' })).toEqual([1, '"1"', '3']);
    expect(await read({}, '?past-caches')).toEqual([2, '"2"', null]);
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['read', 'stale', 'cached', 'read']);
    await send('PUT', { 'If-Match': '"2"' }, '3');
    expect(await read()).toEqual([3, '"3"', null]);
    server.edit(PATH, () => 4);
    await clock.advance(5_000);
    expect(await read()).toEqual([4, '"4"', null]);
  });

  test('can obey no-cache', async () => {
    const server = seeded({ cache: { ttl: 5_000, obeysNoCache: true } }, 1);
    const send = await sender(server, form);
    await send('GET');
    server.edit(PATH, () => 2);
    expect(await (await send('GET')).json()).toBe(1);
    expect(await (await send('GET', { 'Cache-Control': 'no-cache' })).json()).toBe(2);
  });
});
