import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json, said } from './harness/said.js';
import type { RunningServer } from './harness/server.js';
import { startPouchDB } from './pouchdb.js';

let server: RunningServer;
beforeAll(async () => {
  server = await startPouchDB();
});
afterAll(() => server?.stop());

const put = (name: string, body: object, headers = {}) =>
  said(server.fetch(server.documentUrl(name), json('PUT', body, headers)));
const get = (name: string) => said(server.fetch(server.documentUrl(name)));
const remove = (name: string, rev: string) =>
  said(server.fetch(`${server.documentUrl(name)}?rev=${rev}`, { method: 'DELETE' }));

async function revOf(writing: ReturnType<typeof put>): Promise<string> {
  const { status, body } = await writing;
  expect(status).toBe(201);
  return (body as { rev: string }).rev;
}

const CONFLICT = { status: 409, type: 'text/plain', body: { error: 'conflict', reason: 'Document update conflict' } };
const MISSING = { status: 404, body: { error: 'not_found', reason: 'missing' } };

describe('PouchDB Server 4.2.0', () => {
  test('sends JSON as text/plain, the version as /_rev, and a weak hash of the body as ETag', async () => {
    const _rev = await revOf(put('read', { n: 1 }));
    expect(await get('read')).toMatchObject({
      type: 'text/plain',
      tag: expect.stringMatching(/^W\//),
      body: { n: 1, _rev },
    });
  });

  test('answers a write with the new revision, not with the document', async () => {
    const { status, body, tag } = await put('written', { n: 1 });
    expect({ status, body }).toEqual({ status: 201, body: { ok: true, id: 'written', rev: expect.any(String) } });
    expect(tag).toBe(`"${(body as { rev: string }).rev}"`);
  });

  test('answers a stale PUT with 409 conflict', async () => {
    const old = await revOf(put('stale', { n: 1 }));
    await revOf(put('stale', { n: 2, _rev: old }));
    expect(await put('stale', { n: 3, _rev: old })).toMatchObject(CONFLICT);
  });

  test('answers a second create with the same 409 conflict', async () => {
    await revOf(put('twice', { n: 1 }));
    expect(await put('twice', { n: 1 })).toMatchObject(CONFLICT);
  });

  test.each([
    { form: 'quoted', tag: (rev: string) => `"${rev}"` },
    { form: 'bare', tag: (rev: string) => rev },
  ])('does not take the current revision from If-Match, $form: 409', async ({ form, tag }) => {
    const rev = await revOf(put(`if-match-${form}`, { n: 1 }));
    expect(await put(`if-match-${form}`, { n: 2 }, { 'if-match': tag(rev) })).toMatchObject(CONFLICT);
  });

  test('answers a deleted document with 404 and the reason of one that never was', async () => {
    await remove('deleted', await revOf(put('deleted', { n: 1 })));
    expect(await get('deleted')).toMatchObject(MISSING);
    expect(await get('never')).toMatchObject(MISSING);
  });

  test('answers an update of a deleted document with 409 conflict', async () => {
    const rev = await revOf(put('update-deleted', { n: 1 }));
    await remove('update-deleted', rev);
    expect(await put('update-deleted', { n: 2, _rev: rev })).toMatchObject(CONFLICT);
  });

  test('creates a deleted document again when no revision is sent', async () => {
    await remove('again', await revOf(put('again', { n: 1 })));
    expect(await revOf(put('again', { n: 2 }))).toMatch(/^3-/);
  });

  test('answers a stale delete with 409 conflict, and so a second one', async () => {
    const old = await revOf(put('delete', { n: 1 }));
    const current = await revOf(put('delete', { n: 2, _rev: old }));
    expect(await remove('delete', old)).toMatchObject(CONFLICT);
    expect(await remove('delete', current)).toMatchObject({ status: 200, body: { ok: true } });
    expect(await remove('delete', current)).toMatchObject(CONFLICT);
  });

  test('hides a conflict in the 201 of _bulk_docs', async () => {
    await revOf(put('bulk', { n: 1 }));
    const bulk = server.documentUrl('_bulk_docs');
    const { status, body } = await said(server.fetch(bulk, json('POST', { docs: [{ _id: 'bulk', n: 2 }] })));
    expect(status).toBe(201);
    expect(body).toEqual([{ id: 'bulk', error: 'conflict', reason: 'Document update conflict' }]);
  });

  test('answers PATCH with 404, as if the document were missing', async () => {
    await revOf(put('patched', { n: 1 }));
    expect(await said(server.fetch(server.documentUrl('patched'), json('PATCH', [])))).toMatchObject(MISSING);
  });
});
