import { conflictFetch, createClient } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { expect, onTestFinished, test } from 'vitest';
import { DRAFT, PATH } from './support.js';

async function listening() {
  const server = createConflictServer({ patches: ['json', 'json-patch', 'merge-patch'] });
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const seen = (name: string): unknown[] => server.requests.map(({ headers }) => headers[name]);
  return { server, url, seen };
}

const spellings = ['Authorization', 'authorization', 'AUTHORIZATION'];
const pairs = spellings.flatMap((one) => spellings.map((other) => [one, other] as const));

test.each(pairs)('%s of the client and %s of the resource go out once, the later winning', async (one, other) => {
  const on = await listening();
  const resources = { '/articles/:id': { headers: { [other]: 'Bearer b' } } };
  const client = createClient({ prefix: on.url, headers: { [one]: 'Bearer a' }, resources });
  const value = await client.get(PATH).json<object>();
  await client.put(PATH, { json: { ...value, title: 'Mine' } });
  await client.put('/articles/2', { json: DRAFT });
  await client.resource<typeof DRAFT>(PATH).edit((draft) => {
    draft.body = 'Mine';
  });
  await client.delete('/articles/2');
  expect(new Set(on.seen('authorization'))).toEqual(new Set(['Bearer b']));
});

test.each(pairs)('%s of the client and %s of a call or a child go out once', async (one, other) => {
  const on = await listening();
  const client = createClient({ prefix: on.url, headers: { [one]: 'Bearer a' } });
  const headers = { [other]: 'Bearer b' };
  await client.get(PATH, { headers }).json();
  await client.put(PATH, { json: DRAFT, headers });
  await client.put('/articles/2', { json: DRAFT, headers });
  await client.extend({ headers }).get(PATH).json();
  await client
    .extend(({ headers: before }) => ({
      headers: { ...Object.fromEntries(new Headers(before as HeadersInit)), ...headers },
    }))
    .get(PATH)
    .json();
  const fetch = conflictFetch({ headers: { [one]: 'Bearer a' } });
  await fetch(on.url + PATH, { headers });
  await fetch(on.url + PATH, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: '{}',
  });
  expect(new Set(on.seen('authorization'))).toEqual(new Set(['Bearer b']));
});

test.each([
  ['PUT', { title: 'Mine', body: 'Text' }],
  ['PUT', 'text'],
  ['PATCH', { title: 'Mine' }],
  ['DELETE', undefined],
])('what a call leaves out goes with no request of it: %s %j', async (method, json) => {
  const on = await listening();
  const resources = { '/articles/:id': { headers: { 'x-tenant': 't' } } };
  const client = createClient({ prefix: on.url, headers: { Authorization: 'Bearer a' }, retry: 0, resources });
  const headers = { authorization: undefined, 'X-Tenant': undefined };
  await client.get(PATH, { headers }).json();
  on.server.edit<typeof DRAFT>(PATH, (doc) => void Object.assign(doc, { tags: [] }));
  const body = typeof json === 'string' ? { body: json } : { json };
  await client(PATH, { method, headers, ...body }).catch(() => {});
  expect(on.server.requests.length).toBeGreaterThan(1);
  expect(on.seen('authorization').concat(on.seen('x-tenant')).filter(Boolean)).toEqual([]);
});

test('the Accept of a client goes with all that it asks, or it would be shown two documents', async () => {
  const on = await listening();
  const client = createClient({ prefix: on.url, headers: { Accept: 'application/vnd.2+json' } });
  const value = await client.get(PATH).json<object>();
  on.server.edit<typeof DRAFT>(PATH, (doc) => void Object.assign(doc, { tags: [] }));
  await client.put(PATH, { json: { ...value, title: 'Mine' } });
  await client.resource<typeof DRAFT>(PATH).edit((draft) => {
    draft.body = 'Mine';
  });
  expect(on.server.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET', 'PUT', 'PATCH']);
  expect(new Set(on.seen('accept'))).toEqual(new Set(['application/vnd.2+json']));
});

test('who asks without them is somebody else', async () => {
  const on = await listening();
  const client = createClient({ prefix: on.url, headers: { Authorization: 'Bearer a' } });
  const reasons: unknown[] = [];
  client.on('unguarded', ({ reason }) => reasons.push(reason));
  await client.get(PATH, { headers: { authorization: undefined } }).json();
  await client.put(PATH, { json: DRAFT, headers: { authorization: undefined } });
  expect(reasons).toEqual([]);
  await client.put(PATH, { json: DRAFT });
  expect(reasons).toEqual(['not-read']);
});

test("a patch goes out as what it is, whatever the client's own Content-Type is", async () => {
  const on = await listening();
  const client = createClient({ prefix: on.url, headers: { 'Content-Type': 'application/json' } });
  await client.resource<typeof DRAFT>(PATH).edit((draft) => {
    draft.body = 'Mine';
  });
  expect(on.seen('content-type').at(-1)).toBe('application/json-patch+json');
});
