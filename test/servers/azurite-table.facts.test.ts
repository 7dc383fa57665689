import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Azurite, startAzurite, TABLE_PARTITION } from './azurite.js';
import { json, type Said, said } from './harness/said.js';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite?.stop());

const entity = (name: string, n: number) => ({ PartitionKey: TABLE_PARTITION, RowKey: name, n });
const create = (name: string) =>
  said(azurite.table.fetch(`${azurite.table.url}/articles`, json('POST', entity(name, 1))));
const write = (method: string, name: string, body: object, headers = {}) =>
  said(azurite.table.fetch(azurite.table.documentUrl(name), json(method, body, headers)));
const put = (name: string, n: number, headers = {}) => write('PUT', name, entity(name, n), headers);
const get = (name: string) => said(azurite.table.fetch(azurite.table.documentUrl(name)));
const remove = (name: string, headers = {}) =>
  said(azurite.table.fetch(azurite.table.documentUrl(name), { method: 'DELETE', headers }));

async function tagOf(writing: Promise<Said>): Promise<string> {
  const { status, tag } = await writing;
  expect(status).toBeLessThan(300);
  return tag ?? '';
}

const error = (status: number, code: string) => ({
  status,
  type: 'application/json',
  code,
  body: { 'odata.error': { code } },
});
const STALE = error(412, 'UpdateConditionNotSatisfied');

describe('Azurite Table 3.35.0', () => {
  test('sends a weak tag that holds the Timestamp of the entity', async () => {
    const tag = await tagOf(create('read'));
    expect(tag).toMatch(/^W\/"datetime'.*'"$/);
    expect(await get('read')).toMatchObject({ status: 200, tag, body: { n: 1, Timestamp: expect.any(String) } });
  });

  test('answers a write with 204 and the new tag', async () => {
    const tag = await tagOf(create('written'));
    const written = await put('written', 2, { 'if-match': tag });
    expect(written).toMatchObject({ status: 204, body: '', tag: expect.stringMatching(/^W\//) });
    expect((await get('written')).tag).toBe(written.tag);
  });

  test('takes the weak tag verbatim, and answers its strong form with 400 InvalidInput', async () => {
    const tag = await tagOf(create('strong'));
    expect(await put('strong', 2, { 'if-match': tag.replace('W/', '') })).toMatchObject(error(400, 'InvalidInput'));
    expect(await put('strong', 2, { 'if-match': tag })).toMatchObject({ status: 204 });
  });

  test.each(['PUT', 'PATCH', 'MERGE'])('answers a stale %s with 412 UpdateConditionNotSatisfied', async (method) => {
    const name = `stale-${method}`;
    const old = await tagOf(create(name));
    await tagOf(put(name, 2, { 'if-match': old }));
    expect(await write(method, name, entity(name, 3), { 'if-match': old })).toMatchObject(STALE);
  });

  test('PATCH merges properties, and null removes none', async () => {
    const tag = await tagOf(create('merged'));
    await tagOf(write('PATCH', 'merged', { title: 'Hello', n: null }, { 'if-match': tag }));
    expect(await get('merged')).toMatchObject({ body: { n: 1, title: 'Hello' } });
  });

  test('overwrites, or creates, silently when no version is sent', async () => {
    await tagOf(create('blind'));
    expect(await put('blind', 2)).toMatchObject({ status: 204 });
    expect(await put('blind-and-new', 1)).toMatchObject({ status: 204 });
  });

  test('answers a second create with 409 EntityAlreadyExists', async () => {
    await tagOf(create('twice'));
    expect(await create('twice')).toMatchObject(error(409, 'EntityAlreadyExists'));
  });

  test('answers an update of a deleted entity with 404 ResourceNotFound', async () => {
    const tag = await tagOf(create('deleted'));
    expect(await remove('deleted', { 'if-match': tag })).toMatchObject({ status: 204 });
    expect(await get('deleted')).toMatchObject(error(404, 'ResourceNotFound'));
    expect(await put('deleted', 2, { 'if-match': tag })).toMatchObject(error(404, 'ResourceNotFound'));
  });

  test('answers a stale delete with 412, and one without a version with an empty 400', async () => {
    const old = await tagOf(create('delete'));
    await tagOf(put('delete', 2, { 'if-match': old }));
    expect(await remove('delete', { 'if-match': old })).toMatchObject(STALE);
    expect(await remove('delete')).toMatchObject({ status: 400, body: '' });
  });
});
