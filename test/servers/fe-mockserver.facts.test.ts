import { ConflictError, createClient } from 'unconflict';
import { odata } from 'unconflict/presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFeMockserver } from './fe-mockserver.js';
import { json, said } from './harness/said.js';
import type { RunningServer } from './harness/server.js';

interface Article {
  id: string;
  title: string;
  text: string;
}

let server: RunningServer;
beforeAll(async () => {
  server = await startFeMockserver(['facts', 'rebased', 'conflict']);
});
afterAll(() => server?.stop());

const seats = (name: string) => {
  const seat = () => createClient({ retry: 0 }).resource<Article>(server.documentUrl(name), odata());
  return { ann: seat(), ben: seat() };
};

describe('SAP’s fe-mockserver 1.7.16', () => {
  test('has the tag in the body alone, weak, and refuses an old one with 412', async () => {
    const url = server.documentUrl('facts');
    const read = await said(fetch(url));
    const tag = expect.stringMatching(/^W\/"\d{4}-.*Z"$/);
    expect(read).toMatchObject({ status: 200, tag: null, body: { title: 'Draft', '@odata.etag': tag } });
    const old = await said(fetch(url, json('PATCH', { title: 'Mine' }, { 'if-match': 'W/"old"' })));
    expect(old).toMatchObject({ status: 412, body: { code: 412001 } });
  });

  test('two people on different members: the second is rebased, and both are there', async () => {
    const { ann, ben } = seats('rebased');
    await Promise.all([ann.get(), ben.get()]);
    await ann.edit((draft) => void Object.assign(draft, { title: 'By Ann' }));
    const saved = await ben.edit((draft) => void Object.assign(draft, { text: 'By Ben' }));
    expect(saved).toMatchObject({ rebased: true, value: { title: 'By Ann', text: 'By Ben' } });
    expect((await said(fetch(server.documentUrl('rebased')))).body).toMatchObject({ title: 'By Ann', text: 'By Ben' });
  });

  test('on the same member: a conflict, and nothing is written over', async () => {
    const { ann, ben } = seats('conflict');
    await Promise.all([ann.get(), ben.get()]);
    await ann.edit((draft) => void Object.assign(draft, { title: 'By Ann' }));
    const ended: unknown = await ben
      .edit((draft) => void Object.assign(draft, { title: 'By Ben' }))
      .catch((error: unknown) => error);
    expect(ended).toBeInstanceOf(ConflictError);
    expect((await said(fetch(server.documentUrl('conflict')))).body).toMatchObject({ title: 'By Ann' });
  });
});
