import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cosmosCollectionUrl, PARTITION, startCosmos } from './cosmos.js';
import { json, type Said, said } from './harness/said.js';
import type { RunningServer } from './harness/server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await startCosmos();
});
afterAll(() => server?.stop());

const article = (id: string, n: number) => ({ id, kind: PARTITION, n });
const create = (id: string) => said(server.fetch(cosmosCollectionUrl(server), json('POST', article(id, 1))));
const put = (id: string, n: number, headers = {}) =>
  said(server.fetch(server.documentUrl(id), json('PUT', article(id, n), headers)));
const get = (id: string) => said(server.fetch(server.documentUrl(id)));
const remove = (id: string, headers = {}) => said(server.fetch(server.documentUrl(id), { method: 'DELETE', headers }));

async function tagOf(writing: Promise<Said>): Promise<string> {
  const { status, tag } = await writing;
  expect(status).toBeLessThan(300);
  return tag ?? '';
}

const STALE = { status: 412, type: 'application/json', tag: null, body: { code: 'PreconditionFailed' } };

describe('the Cosmos emulator 0.13.4', () => {
  test('sends the version twice, without quotes: as ETag and as /_etag', async () => {
    const tag = await tagOf(create('read'));
    expect(tag).toMatch(/^[0-9a-f-]{36}$/);
    expect(await get('read')).toMatchObject({ status: 200, tag, body: { n: 1, _etag: tag, _ts: expect.any(Number) } });
  });

  test('answers a write with the new document, its own fields included', async () => {
    const tag = await tagOf(create('written'));
    const written = await put('written', 2, { 'if-match': tag });
    expect(written).toMatchObject({ status: 200, body: { n: 2, _etag: written.tag, _rid: expect.any(String) } });
  });

  test('answers a stale PUT with 412 PreconditionFailed', async () => {
    const old = await tagOf(create('stale'));
    await tagOf(put('stale', 2, { 'if-match': old }));
    expect(await put('stale', 3, { 'if-match': old })).toMatchObject(STALE);
  });

  test('compares If-Match with /_etag byte by byte: the current one in quotes is stale', async () => {
    const tag = await tagOf(create('quoted'));
    expect(await put('quoted', 2, { 'if-match': `"${tag}"` })).toMatchObject(STALE);
  });

  test('overwrites silently when no version is sent', async () => {
    await tagOf(create('blind'));
    expect(await put('blind', 2)).toMatchObject({ status: 200, body: { n: 2 } });
  });

  test('answers a second create with 409 Conflict: here that means "exists"', async () => {
    await tagOf(create('twice'));
    const body = { code: 'Conflict', message: 'Resource with specified id already exists.' };
    expect(await create('twice')).toMatchObject({ status: 409, body });
  });

  test('creates by POST to the collection only: PUT of a missing document is a 404', async () => {
    expect(await put('missing', 1)).toMatchObject({ status: 404, body: { message: '' } });
  });

  test('answers an update of a deleted document with 404 and no code', async () => {
    const tag = await tagOf(create('deleted'));
    expect(await remove('deleted')).toMatchObject({ status: 204 });
    expect(await put('deleted', 2, { 'if-match': tag })).toMatchObject({ status: 404, body: { message: '' } });
  });

  test('answers GET of a deleted document, or of one that never was, with 404 NotFound', async () => {
    await tagOf(create('gone'));
    await remove('gone');
    expect(await get('gone')).toMatchObject({ status: 404, body: { code: 'NotFound' } });
    expect(await get('never')).toMatchObject({ status: 404, body: { code: 'NotFound' } });
  });

  test('answers a stale delete with 412 PreconditionFailed', async () => {
    const old = await tagOf(create('delete'));
    await tagOf(put('delete', 2, { 'if-match': old }));
    expect(await remove('delete', { 'if-match': old })).toMatchObject(STALE);
  });

  test('answers PATCH with 400: it has no such route', async () => {
    await tagOf(create('patched'));
    const patching = server.fetch(server.documentUrl('patched'), json('PATCH', []));
    expect(await said(patching)).toMatchObject({ status: 400, body: { message: 'no route' } });
  });
});
