import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startArmadietto } from './armadietto.js';
import { json, type Said, said } from './harness/said.js';
import type { RunningServer } from './harness/server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await startArmadietto();
});
afterAll(() => server?.stop());

const put = (name: string, n: number, headers = {}) =>
  said(server.fetch(server.documentUrl(name), json('PUT', { n }, headers)));
const create = (name: string) => put(name, 1, { 'if-none-match': '*' });
const get = (name: string) => said(server.fetch(server.documentUrl(name)));
const remove = (name: string, headers = {}) =>
  said(server.fetch(server.documentUrl(name), { method: 'DELETE', headers }));

/** Tags are milliseconds: the next write in the same one would get the same tag. */
async function tagOf(writing: Promise<Said>): Promise<string> {
  const { status, tag } = await writing;
  expect(status).toBeLessThan(300);
  await pause(5);
  return tag ?? '';
}

/** Not a word: status, no body, no tag, no media type. */
const silent = (status: number) => ({ status, type: undefined, tag: null, body: '' });

describe('Armadietto 0.6.6', () => {
  test('sends a strong tag, which is the time of the write in milliseconds', async () => {
    const before = Date.now();
    const tag = await tagOf(create('read'));
    expect(Number(tag.replaceAll('"', ''))).toBeGreaterThanOrEqual(before);
    expect(await get('read')).toMatchObject({ status: 200, type: 'application/json', tag, body: { n: 1 } });
  });

  test('answers a write with the new tag and no body', async () => {
    const tag = await tagOf(create('written'));
    const written = await put('written', 2, { 'if-match': tag });
    expect(written).toMatchObject({ status: 200, body: '' });
    expect((await get('written')).tag).toBe(written.tag);
  });

  test('answers a stale PUT with an empty 412', async () => {
    const old = await tagOf(create('stale'));
    await tagOf(put('stale', 2, { 'if-match': old }));
    expect(await put('stale', 3, { 'if-match': old })).toMatchObject(silent(412));
  });

  test('compares strongly: the current tag with W/ in front is stale', async () => {
    const tag = await tagOf(create('weak'));
    expect(await put('weak', 2, { 'if-match': `W/${tag}` })).toMatchObject(silent(412));
  });

  test('overwrites silently when no version is sent', async () => {
    await tagOf(create('blind'));
    expect(await put('blind', 2)).toMatchObject({ status: 200 });
  });

  test('answers a second create with an empty 412', async () => {
    await tagOf(create('twice'));
    expect(await create('twice')).toMatchObject(silent(412));
  });

  test('answers an update of a deleted document with an empty 412', async () => {
    const tag = await tagOf(create('deleted'));
    expect(await remove('deleted')).toMatchObject({ status: 200, tag });
    expect(await get('deleted')).toMatchObject(silent(404));
    expect(await put('deleted', 2, { 'if-match': tag })).toMatchObject(silent(412));
  });

  test('answers a stale delete with 412, and a second one with 412 or, without a version, 404', async () => {
    const old = await tagOf(create('delete'));
    const current = await tagOf(put('delete', 2, { 'if-match': old }));
    expect(await remove('delete', { 'if-match': old })).toMatchObject(silent(412));
    expect(await remove('delete', { 'if-match': current })).toMatchObject({ status: 200 });
    expect(await remove('delete', { 'if-match': current })).toMatchObject(silent(412));
    expect(await remove('delete')).toMatchObject(silent(404));
  });
});
