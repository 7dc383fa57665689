import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Azurite, startAzurite } from './azurite.js';
import { json, type Said, said } from './harness/said.js';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite?.stop());

const BLOCK = { 'x-ms-blob-type': 'BlockBlob' };
const put = (name: string, n: number, headers = {}) =>
  said(azurite.blob.fetch(azurite.blob.documentUrl(name), json('PUT', { n }, { ...BLOCK, ...headers })));
const create = (name: string) => put(name, 1, { 'if-none-match': '*' });
const get = (name: string) => said(azurite.blob.fetch(azurite.blob.documentUrl(name)));
const remove = (name: string, headers = {}) =>
  said(azurite.blob.fetch(azurite.blob.documentUrl(name), { method: 'DELETE', headers }));
const lease = (name: string, action: string, headers = {}) =>
  azurite.blob.fetch(`${azurite.blob.documentUrl(name)}?comp=lease`, {
    method: 'PUT',
    headers: { 'x-ms-lease-action': action, ...headers },
  });

async function tagOf(writing: Promise<Said>): Promise<string> {
  const { status, tag } = await writing;
  expect(status).toBeLessThan(300);
  return tag ?? '';
}

async function leased(name: string): Promise<string> {
  const answer = await lease(name, 'acquire', { 'x-ms-lease-duration': '15' });
  expect(answer.status).toBe(201);
  return answer.headers.get('x-ms-lease-id') ?? '';
}

/** Errors are XML; the code is in a header as well. */
const error = (status: number, code: string) => ({
  status,
  type: 'application/xml',
  code,
  tag: null,
  body: expect.stringContaining(`<Code>${code}</Code>`),
});
const STALE = error(412, 'ConditionNotMet');

describe('Azurite Blob 3.35.0', () => {
  test('sends a strong tag, and answers a write with 201, the new tag and no body', async () => {
    const tag = await tagOf(create('read'));
    expect(await get('read')).toMatchObject({ status: 200, type: 'application/json', tag, body: { n: 1 } });
    const written = await put('read', 2, { 'if-match': tag });
    expect(written).toMatchObject({ status: 201, body: '', tag: expect.stringMatching(/^"0x[0-9A-F]+"$/) });
  });

  test('answers a stale PUT with 412 ConditionNotMet, in XML', async () => {
    const old = await tagOf(create('stale'));
    await tagOf(put('stale', 2, { 'if-match': old }));
    expect(await put('stale', 3, { 'if-match': old })).toMatchObject(STALE);
  });

  test('compares strongly: the current tag with W/ in front is stale', async () => {
    const tag = await tagOf(create('weak'));
    expect(await put('weak', 2, { 'if-match': `W/${tag}` })).toMatchObject(STALE);
  });

  test('answers a second create with 409 BlobAlreadyExists', async () => {
    await tagOf(create('twice'));
    expect(await create('twice')).toMatchObject(error(409, 'BlobAlreadyExists'));
  });

  test('answers an update of a deleted blob with 412 ConditionNotMet', async () => {
    const tag = await tagOf(create('deleted'));
    expect(await remove('deleted')).toMatchObject({ status: 202 });
    expect(await get('deleted')).toMatchObject(error(404, 'BlobNotFound'));
    expect(await put('deleted', 2, { 'if-match': tag })).toMatchObject(STALE);
  });

  test('answers a stale delete with 412 ConditionNotMet', async () => {
    const old = await tagOf(create('delete'));
    await tagOf(put('delete', 2, { 'if-match': old }));
    expect(await remove('delete', { 'if-match': old })).toMatchObject(STALE);
  });
});

describe('a lease on a blob of Azurite 3.35.0', () => {
  test('leaves reads and the tag alone, and shows in the headers of a read', async () => {
    const tag = await tagOf(create('leased-read'));
    await leased('leased-read');
    const { status, headers } = await azurite.blob.fetch(azurite.blob.documentUrl('leased-read'));
    const shown = Object.fromEntries(
      ['etag', 'x-ms-lease-state', 'x-ms-lease-status'].map((name) => [name, headers.get(name)]),
    );
    expect({ status, ...shown }).toEqual({
      status: 200,
      etag: tag,
      'x-ms-lease-state': 'leased',
      'x-ms-lease-status': 'locked',
    });
  });

  test('refuses a write with the current tag: 412 LeaseIdMissing, although nothing has changed', async () => {
    const tag = await tagOf(create('leased-write'));
    await leased('leased-write');
    expect(await put('leased-write', 2, { 'if-match': tag })).toMatchObject(error(412, 'LeaseIdMissing'));
    expect(await remove('leased-write')).toMatchObject(error(412, 'LeaseIdMissing'));
  });

  test('is looked at after the version: a stale write is 412 ConditionNotMet', async () => {
    const old = await tagOf(create('leased-stale'));
    await tagOf(put('leased-stale', 2, { 'if-match': old }));
    await leased('leased-stale');
    expect(await put('leased-stale', 3, { 'if-match': old })).toMatchObject(STALE);
  });

  test("refuses another holder's write with 412 LeaseIdMismatchWithBlobOperation", async () => {
    const tag = await tagOf(create('leased-wrong'));
    await leased('leased-wrong');
    const headers = { 'if-match': tag, 'x-ms-lease-id': '11111111-1111-1111-1111-111111111111' };
    expect(await put('leased-wrong', 2, headers)).toMatchObject(error(412, 'LeaseIdMismatchWithBlobOperation'));
  });

  test('is taken once: a second one is 409 LeaseAlreadyPresent', async () => {
    await tagOf(create('leased-twice'));
    await leased('leased-twice');
    const second = said(lease('leased-twice', 'acquire', { 'x-ms-lease-duration': '15' }));
    expect(await second).toMatchObject(error(409, 'LeaseAlreadyPresent'));
  });

  test('lets its holder write, and everybody after its release', async () => {
    await tagOf(create('leased-released'));
    const id = { 'x-ms-lease-id': await leased('leased-released') };
    const tag = await tagOf(put('leased-released', 2, id));
    expect((await lease('leased-released', 'release', id)).status).toBe(200);
    expect(await put('leased-released', 3, { 'if-match': tag })).toMatchObject({ status: 201 });
  });
});
