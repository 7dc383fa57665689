import { describe, expect, test } from 'vitest';
import { createConflictServer } from '../../../src/testing/index.js';
import { ARTICLE, FORMS, manualClock, PATH, seeded, sender } from './support.js';

const JSON_PATCH = { 'Content-Type': 'application/json-patch+json' };

describe.each(FORMS)('weak tags as versions, over %s', (form) => {
  test('they go out weak and are taken back as they are', async () => {
    const send = await sender(seeded({ version: 'weak-etag' }), form);
    expect((await send('GET')).headers.get('etag')).toBe('W/"1"');
    const written = await send('PUT', { 'If-Match': 'W/"1"' }, {});
    expect([written.status, written.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect((await send('PUT', { 'If-Match': 'W/"1"' }, {})).status).toBe(412);
  });
});

describe.each(FORMS)('a version field, over %s', (form) => {
  test('it is in the body, is taken from the body, and is no part of the document', async () => {
    const server = seeded({ version: { field: '/version' } });
    const send = await sender(server, form);
    expect(await (await send('GET')).json()).toEqual({ ...ARTICLE, version: 1 });
    const written = await send('PUT', {}, { title: 'New', version: 1 });
    expect([written.status, await written.json()]).toEqual([200, { title: 'New', version: 2 }]);
    const stale = await send('PUT', {}, { title: 'Late', version: 1 });
    expect([stale.status, server.requests.at(-1)?.outcome]).toEqual([409, 'stale']);
    expect(server.get(PATH)).toEqual({ value: { title: 'New' }, version: '2' });
  });

  test('a merge patch names it in its place', async () => {
    const send = await sender(seeded({ version: { field: '/meta/v' } }), form);
    expect((await send('PATCH', {}, { title: 'New', meta: { v: 1 } })).status).toBe(200);
    expect((await send('PATCH', {}, { title: 'Late', meta: { v: 1 } })).status).toBe(409);
  });

  test('a JSON Patch names it by a test', async () => {
    const server = seeded({ version: { field: '/version' }, requirePrecondition: true });
    const send = await sender(server, form);
    const patch = (version: number): unknown[] => [
      { op: 'test', path: '/version', value: version },
      { op: 'replace', path: '/title', value: 'New' },
    ];
    expect((await send('PATCH', JSON_PATCH, patch(1))).status).toBe(200);
    expect((await send('PATCH', JSON_PATCH, patch(1))).status).toBe(409);
    expect((await send('PATCH', JSON_PATCH, patch(2).slice(1))).status).toBe(428);
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['updated', 'stale', 'precondition-required']);
  });

  test('without one, the last write wins, unless one is required', async () => {
    const careless = await sender(seeded({ version: { field: '/version' } }), form);
    expect((await careless('PUT', {}, {})).status).toBe(200);
    const strict = await sender(seeded({ version: { field: '/version' }, requirePrecondition: true }), form);
    expect((await strict('PUT', {}, {})).status).toBe(428);
  });

  test.each([
    ['if-match', { 'If-Match': '"1"' }, PATH, {}],
    ['if-match', { 'If-Match': '1' }, PATH, {}],
    ['if-match', { 'If-Match': 'W/"1"' }, PATH, {}],
    [{ header: 'X-Contentful-Version' }, { 'X-Contentful-Version': '1' }, PATH, {}],
    [{ query: 'if_seq_no' }, {}, `${PATH}?if_seq_no=1`, {}],
    [{ pointer: '/options/cas' }, {}, PATH, { options: { cas: 1 } }],
  ] as const)('sent %j, it is taken from there', async (sent, headers, path, body) => {
    const server = seeded({ version: { field: '/version', sent }, requirePrecondition: true });
    const send = await sender(server, form);
    expect((await send('PUT', {}, { version: 1 })).status).toBe(428);
    expect((await send('PUT', headers, body, path)).status).toBe(200);
    expect((await send('PUT', headers, body, path)).status).toBe(409);
    expect(server.get(PATH)?.version).toBe('2');
  });
});

describe.each(FORMS)('CouchDB revs, over %s', (form) => {
  test('read, write, conflict, delete and read again', async () => {
    const server = seeded({ version: 'rev' });
    const send = await sender(server, form);
    const { _rev, ...value } = await (await send('GET')).json();
    expect([value, _rev]).toEqual([ARTICLE, expect.stringMatching(/^1-[0-9a-f]{32}$/)]);

    const written = await send('PUT', {}, { title: 'New', _rev });
    const saved = await written.json();
    expect([written.status, saved]).toEqual([201, { ok: true, id: '1', rev: expect.stringMatching(/^2-/) }]);
    expect(server.get(PATH)).toEqual({ value: { title: 'New' }, version: saved.rev });

    for (const body of [{ title: 'Late', _rev }, { title: 'Blind' }]) {
      const refused = await send('PUT', {}, body);
      expect([refused.status, await refused.json()]).toEqual([
        409,
        { error: 'conflict', reason: 'Document update conflict.' },
      ]);
    }
    expect((await send('DELETE')).status).toBe(409);
    expect((await send('DELETE', {}, undefined, `${PATH}?rev=${saved.rev}`)).status).toBe(200);
    const gone = await send('GET');
    expect([gone.status, await gone.json()]).toEqual([404, { error: 'not_found', reason: 'deleted' }]);
    expect((await send('PUT', {}, { title: 'Again', _rev: saved.rev })).status).toBe(409);
    expect((await send('PUT', {}, { title: 'Again' })).status).toBe(201);
    expect((await send('PATCH', {}, {})).status).toBe(405);
  });

  test('a name with a stray percent sign is a name', async () => {
    const send = await sender(seeded({ version: 'rev' }), form);
    const ids: unknown[] = [];
    for (const path of ['/db/a%20b', '/db/100%']) ids.push((await (await send('PUT', {}, {}, path)).json()).id);
    expect(ids).toEqual(['a b', '100%']);
  });

  test('the same content has the same rev, other content another', () => {
    const revs = [{ a: 1 }, { a: 1 }, { a: 2 }].map((value) => seeded({ version: 'rev' }, value).get(PATH)?.version);
    expect(revs[0]).toBe(revs[1]);
    expect(revs[0]).not.toBe(revs[2]);
  });
});

describe.each(FORMS)('dates as versions, over %s', (form) => {
  test('they go out as Last-Modified and are taken from If-Unmodified-Since', async () => {
    const server = seeded({ version: 'last-modified', clock: manualClock() });
    const send = await sender(server, form);
    const first = (await send('GET')).headers.get('last-modified') ?? '';
    expect(first).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
    const written = await send('PUT', { 'If-Unmodified-Since': first }, {});
    expect([written.status, written.headers.get('last-modified')]).toEqual([200, 'Thu, 01 Jan 2026 00:00:01 GMT']);
    expect((await send('PUT', { 'If-Unmodified-Since': first }, {})).status).toBe(412);
    expect((await send('GET', { 'If-Modified-Since': server.get(PATH)?.version ?? '' })).status).toBe(304);
  });
});

describe('options that mean nothing', () => {
  test.each<[options: object, message: string]>([
    [
      { version: 'tag' },
      "version must be 'etag', 'weak-etag', 'rev', 'last-modified', { field: '/version' } or { tag: (count) => … }; got \"tag\".",
    ],
    [
      { version: { field: 'version' } },
      'version.field must be a JSON Pointer to a member, such as "/version"; got "version".',
    ],
    [{ status: 400 }, 'status must be one of 409, 412; got 400.'],
    [{ answer: 'all' }, 'answer must be one of "representation", "minimal", "no-version", "nothing"; got "all".'],
    [{ maxBody: -1 }, 'maxBody must be a number that is not negative; got -1.'],
    [{ latency: Number.NaN }, 'latency must be a number that is not negative; got NaN.'],
    [{ conflictBody: { at: 'x' } }, 'conflictBody.at must be a JSON Pointer'],
    [{ patches: ['diff'] }, 'patches must be one of "json-patch", "merge-patch", "json", "any"; got "diff".'],
  ])('%j is refused at the door', (options, message) => {
    expect(() => createConflictServer(options)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message: expect.stringContaining(message) }),
    );
  });
});
