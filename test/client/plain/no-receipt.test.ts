import type { ClientEvent } from 'unconflict';
import { conflictFetch, createClient } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasty } from '../real-http.js';
import { DRAFT, outcomeOf, PATH, soon } from '../support.js';

const STATUSES = [202, 207] as const;
const JSON_TYPE = { 'content-type': 'application/json' };

async function listening() {
  const server = createConflictServer({ patches: ['json', 'any'] });
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const events: ClientEvent[] = [];
  const options = { ...hasty(url), onEvent: (event: ClientEvent) => void events.push(event) };
  const [client, fetch] = [
    createClient(options),
    conflictFetch({ defaults: { retry: { minDelay: 0, maxDelay: 2 } }, onEvent: options.onEvent }),
  ];
  const doors = {
    client: {
      read: async () => client.get(PATH).json(),
      put: async (value: object) => client.put(PATH, { json: value }),
      form: async () => client.patch(PATH, { body: '{"views":1}', headers: { 'content-type': 'text/x-form' } }),
    },
    fetch: {
      read: async () => (await fetch(url + PATH)).json(),
      put: (value: object) => fetch(url + PATH, { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify(value) }),
      form: () =>
        fetch(url + PATH, { method: 'PATCH', headers: { 'content-type': 'text/x-form' }, body: '{"views":1}' }),
    },
  };
  return {
    server,
    doors,
    now: () => server.get(PATH)?.value,
    unguarded: () => events.filter(({ type }) => type === 'unguarded'),
    theirs: () => server.edit<typeof DRAFT>(PATH, (draft) => void Object.assign(draft, { body: 'Theirs' })),
  };
}

describe.each(['client', 'fetch'] as const)('through %s', (door) => {
  test.each(STATUSES)('the PUT after one that was answered %i, and was made, is guarded', async (status) => {
    const on = await listening();
    const { read, put } = on.doors[door];
    await read();
    on.server.fault({ kind: 'status', status, commit: true, body: {}, on: { method: 'PUT' } });
    await soon(put({ ...DRAFT, title: 'One' }));
    on.theirs();
    await soon(put({ ...DRAFT, title: 'Two' }));
    expect(on.now()).toEqual({ ...DRAFT, title: 'Two', body: 'Theirs' });
    expect(on.unguarded()).toEqual([]);
  });

  test.each(STATUSES)('the PUT after one that was answered %i, and was not made, is guarded', async (status) => {
    const on = await listening();
    const { read, put } = on.doors[door];
    await read();
    on.server.fault({ kind: 'status', status, body: {}, times: 4, on: { method: 'PUT' } });
    expect(await outcomeOf(put({ ...DRAFT, title: 'One' }))).toMatchObject({ code: 'ERR_FAILED' });
    on.theirs();
    await soon(put({ ...DRAFT, title: 'Two' }));
    expect(on.now()).toEqual({ ...DRAFT, title: 'Two', body: 'Theirs' });
    expect(on.unguarded()).toEqual([]);
  });

  test.each(STATUSES)('after a body that cannot be read was answered %i, it is to be read again', async (status) => {
    const on = await listening();
    const { read, put, form } = on.doors[door];
    await read();
    on.server.fault({ kind: 'status', status, commit: true, headers: { etag: '"job-7"' }, on: { method: 'PATCH' } });
    await form();
    on.theirs();
    for (const write of [form, () => put({ ...DRAFT, title: 'Mine' })])
      expect(await outcomeOf(write())).toMatchObject({ code: 'ERR_MISSING_BASE' });
    await put({ ...((await read()) as object), title: 'Mine' });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs', views: 1 });
    expect(on.unguarded()).toEqual([]);
  });

  test.each([202, 206, 207])('what was read with %i is nothing to write from', async (status) => {
    const on = await listening();
    const { read, put } = on.doors[door];
    const article = (await read()) as typeof DRAFT;
    on.server.fault({
      kind: 'status',
      status,
      headers: { etag: '"9"' },
      body: { title: 'Part' },
      on: { method: 'GET' },
    });
    await read();
    expect(await outcomeOf(put({ title: 'Mine' }))).toMatchObject({ code: 'ERR_MISSING_BASE' });
    expect(on.now()).toEqual(DRAFT);
    await read();
    await put({ ...article, title: 'Mine' });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
  });
});
