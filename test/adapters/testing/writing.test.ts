import { describe, expect, test } from 'vitest';
import { ARTICLE, FORMS, PATH, seeded, sender } from './support.js';

const JSON_PATCH = { 'Content-Type': 'application/json-patch+json' };

describe.each(FORMS)('writing, over %s', (form) => {
  test('PUT creates what is not there', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const answer = await send('PUT', { 'If-None-Match': '*' }, { title: 'Two' }, '/articles/2');
    expect([answer.status, answer.headers.get('location'), answer.headers.get('etag')]).toEqual([
      201,
      '/articles/2',
      '"1"',
    ]);
    expect(server.get('/articles/2')?.value).toEqual({ title: 'Two' });
  });

  test('a create that meets a document is 412', async () => {
    const server = seeded();
    const send = await sender(server, form);
    expect((await send('PUT', { 'If-None-Match': '*' }, {})).status).toBe(412);
    expect([server.requests[0]?.outcome, server.history(PATH).length]).toEqual(['exists', 1]);
  });

  test('POST to a collection creates at the next free place', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const answer = await send('POST', {}, { title: 'Two' }, '/articles');
    expect([answer.status, answer.headers.get('location'), answer.headers.get('etag')]).toEqual([
      201,
      '/articles/2',
      '"1"',
    ]);
    expect(await answer.json()).toEqual({ title: 'Two' });
  });

  test('POST never takes the place of a deleted document', async () => {
    const server = seeded();
    server.remove(PATH);
    const send = await sender(server, form);
    expect((await send('POST', {}, {}, '/articles/')).headers.get('location')).toBe('/articles/2');
  });

  test('a merge patch merges', async () => {
    const server = seeded();
    const send = await sender(server, form);
    await send('PATCH', { 'If-Match': '"1"' }, { title: null, author: { name: 'Ada' } });
    expect(server.get(PATH)?.value).toEqual({ tags: ['a'], author: { name: 'Ada' } });
  });

  test('a JSON Patch is applied whole or not at all', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const good = await send('PATCH', JSON_PATCH, [{ op: 'add', path: '/tags/-', value: 'b' }]);
    expect([good.status, await good.json()]).toEqual([200, { title: 'Draft', tags: ['a', 'b'] }]);
    const bad = await send('PATCH', JSON_PATCH, [
      { op: 'remove', path: '/title' },
      { op: 'remove', path: '/nowhere' },
    ]);
    expect([bad.status, server.requests[1]?.outcome]).toEqual([422, 'invalid']);
    expect(server.get(PATH)).toEqual({ value: { title: 'Draft', tags: ['a', 'b'] }, version: '"2"' });
  });

  test('a failed test is 409 and says which', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const answer = await send('PATCH', { ...JSON_PATCH, 'If-Match': '"1"' }, [
      { op: 'test', path: '/title', value: 'x' },
    ]);
    expect([answer.status, server.requests[0]?.outcome]).toEqual([409, 'refused']);
    expect(await answer.json()).toMatchObject({
      code: 'test-failed',
      detail: 'The test of "/title" failed; nothing was changed.',
    });
  });

  test('DELETE deletes the version it names, and no other', async () => {
    const server = seeded();
    const send = await sender(server, form);
    expect((await send('DELETE', { 'If-Match': '"0"' })).status).toBe(412);
    expect((await send('DELETE', { 'If-Match': '"1"' })).status).toBe(204);
    expect([server.get(PATH), server.history(PATH).at(-1)?.value]).toEqual([undefined, undefined]);
    expect((await send('DELETE', { 'If-Match': '"1"' })).status).toBe(404);
  });

  test('a version is never given twice, not even after a delete', async () => {
    const server = seeded();
    server.remove(PATH);
    server.seed(PATH, ARTICLE);
    expect(server.history(PATH).map(({ version }) => version)).toEqual(['"1"', '"2"', '"3"']);
  });

  test('409 stands for stale where it is asked for', async () => {
    const server = seeded({ status: 409 });
    const send = await sender(server, form);
    expect((await send('PUT', { 'If-Match': '"0"' }, {})).status).toBe(409);
    expect((await send('PUT', { 'If-None-Match': '*' }, {})).status).toBe(409);
  });

  test('a write without a version is 428 where one is required', async () => {
    const server = seeded({ requirePrecondition: true });
    const send = await sender(server, form);
    const statuses: number[] = [];
    for (const [method, headers] of [
      ['PUT', {}],
      ['PATCH', {}],
      ['DELETE', {}],
      ['PUT', { 'If-Match': '*' }],
    ] as const) {
      statuses.push((await send(method, headers, method === 'DELETE' ? undefined : {})).status);
    }
    expect(statuses).toEqual([428, 428, 428, 200]);
    expect((await send('PUT', {}, {}, '/articles/2')).status).toBe(201);
  });
});

describe('the order of refusals', () => {
  test.each<
    [
      title: string,
      method: string,
      headers: Record<string, string>,
      body: string | undefined,
      path: string,
      status: number,
    ]
  >([
    ['a missing document comes before its If-Match', 'PATCH', { 'If-Match': '"9"' }, '{}', '/none', 404],
    [
      'a wrong media type comes before If-Match',
      'PUT',
      { 'If-Match': '"9"', 'Content-Type': 'text/csv' },
      '{}',
      PATH,
      415,
    ],
    ['If-Match comes before the body is read', 'PUT', { 'If-Match': '"9"' }, '{broken', PATH, 412],
    ['a broken body comes after it', 'PUT', { 'If-Match': '"1"' }, '{broken', PATH, 400],
    ['an empty body too', 'PUT', { 'If-Match': '"1"' }, undefined, PATH, 400],
    ['a malformed If-Match is told as such', 'PUT', { 'If-Match': '1' }, '{}', PATH, 400],
    ['a JSON Patch that is no array', 'PATCH', { 'Content-Type': 'application/json-patch+json' }, '{}', PATH, 400],
    [
      'a JSON Patch with an unknown operation',
      'PATCH',
      { 'Content-Type': 'application/json-patch+json' },
      '[{"op":"x"}]',
      PATH,
      422,
    ],
    ['a PATCH without a patch type', 'PATCH', { 'Content-Type': 'application/json' }, '{}', PATH, 415],
    ['a PUT with a patch type', 'PUT', { 'Content-Type': 'application/merge-patch+json' }, '{}', PATH, 415],
    ['a PUT with a vendor type', 'PUT', { 'Content-Type': 'application/vnd.api+json; charset=utf-8' }, '{}', PATH, 200],
  ])('%s', async (_, method, headers, body, path, status) => {
    const server = seeded();
    const send = await sender(server);
    expect((await send(method, headers, body, path)).status).toBe(status);
    expect(server.history(PATH)).toHaveLength(status === 200 ? 2 : 1);
  });

  test('a refused patch form names the forms that are taken', async () => {
    const send = await sender(seeded({ patches: ['merge-patch'] }));
    const answer = await send('PATCH', JSON_PATCH, []);
    expect([answer.status, answer.headers.get('accept-patch')]).toEqual([415, 'application/merge-patch+json']);
  });
});

test('a version in the body is a version named, too', async () => {
  const server = seeded({ version: { field: '/version' }, updateDeleted: 410 });
  server.remove(PATH);
  const send = await sender(server);
  expect((await send('PATCH', {}, { title: 'x', version: 1 })).status).toBe(410);
  expect((await send('PATCH', {}, { title: 'x' })).status).toBe(404);
});

describe('a write that names a version of a deleted document', () => {
  const cases = [
    ['rfc', [412, 404, 404]],
    [201, [201, 404, 404]],
    [404, [404, 404, 404]],
    [409, [409, 409, 409]],
    [410, [410, 410, 410]],
    [412, [412, 412, 412]],
  ] as const;
  test.each(cases)('updateDeleted %j gives PUT, PATCH, DELETE %j', async (updateDeleted, statuses) => {
    const server = seeded({ updateDeleted });
    server.remove(PATH);
    const send = await sender(server);
    const version = { 'If-Match': '"1"' };
    const told = [
      (await send('PATCH', version, {})).status,
      (await send('DELETE', version)).status,
      (await send('PUT', version, {})).status,
    ];
    expect([told[2], told[0], told[1]]).toEqual(statuses);
  });
});
