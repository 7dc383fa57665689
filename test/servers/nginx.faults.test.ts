import { type Client, createClient } from 'unconflict';
import { type ConflictServer, createConflictServer } from 'unconflict/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFront } from './nginx.js';

interface Article {
  title: string;
  tags: string[];
}

const PATH = '/articles/1';
const DRAFT: Article = { title: 'Draft', tags: ['a', 'b'] };

let server: ConflictServer;
let front: Awaited<ReturnType<typeof startFront>>;
let client: Client;

beforeAll(async () => {
  server = createConflictServer();
  const { url } = await server.listen();
  const { host } = new URL(url);
  front = await startFront({
    // The same origin twice: what one connection did not answer, nginx sends once more over another.
    upstream: `upstream twice { server ${host} max_fails=0; server ${host} max_fails=0; }`,
    locations: `
    location /plain/ { proxy_pass ${url}/; }
    location /hasty/ { proxy_pass ${url}/; proxy_read_timeout 200ms; }
    location /twice/ { proxy_pass http://twice/; proxy_next_upstream error timeout non_idempotent; }
    location /gzip/ {
      gzip on; gzip_proxied any; gzip_min_length 1; gzip_types application/json;
      proxy_pass http://twice/; proxy_next_upstream error timeout non_idempotent;
    }`,
  });
});
afterAll(async () => {
  await front?.stop();
  await server?.close();
});

beforeEach(() => {
  server.reset();
  server.seed(PATH, DRAFT);
  client = createClient({ defaults: { retry: { minDelay: 1, maxDelay: 5 } }, retry: 0 });
});
afterEach(() => client.close());

const article = (location: string) => client.resource<Article>(`${front.url}/${location}${PATH}`);
const landed = () => server.history(PATH).filter(({ by }) => by !== undefined).length;
const sent = () => server.requests.map(({ method, outcome }) => `${method} ${outcome}`);
const theirs = (): void => void server.edit<Article>(PATH, (draft) => void draft.tags.unshift('theirs'));

describe('nginx whose origin hangs up', () => {
  test('after the commit answers 502 with a page: the write is recognised, and lands once', async () => {
    const handle = article('plain');
    await handle.get();
    server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
    const result = await handle.edit((draft) => void draft.tags.push('mine'));
    expect(result).toMatchObject({ alreadyApplied: true, attempts: 1, value: { tags: ['a', 'b', 'mine'] } });
    expect(sent()).toEqual(['GET read', 'PATCH updated', 'GET read']);
  });

  test('before the commit answers 502 too: the write is sent again, and lands once', async () => {
    const handle = article('plain');
    await handle.get();
    server.fault({ kind: 'lose-request', on: { method: 'PATCH' } });
    const result = await handle.edit((draft) => void draft.tags.push('mine'));
    expect(result).toMatchObject({ alreadyApplied: false, attempts: 2, value: { tags: ['a', 'b', 'mine'] } });
    expect(landed()).toBe(1);
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  test('in the middle of the body passes the broken body on: the write landed, and is not sent again', async () => {
    const handle = article('plain');
    await handle.get();
    server.fault({ kind: 'truncate', on: { method: 'PATCH' } });
    const result = await handle.edit((draft) => void draft.tags.push('mine'));
    expect(result).toMatchObject({ attempts: 1, value: { tags: ['a', 'b', 'mine'] }, version: '"2"' });
    expect(landed()).toBe(1);
  });
});

describe('nginx that loses patience', () => {
  test('after the commit answers 504: the write is recognised under what others did since, and lands once', async () => {
    const handle = article('hasty');
    await handle.get();
    server.fault({ kind: 'delay', ms: 600, after: true, on: { method: 'PATCH' } });
    server.fault({ kind: 'meanwhile', on: { method: 'GET' }, run: theirs });
    const result = await handle.edit((draft) => void draft.tags.push('mine'));
    expect(result).toMatchObject({ alreadyApplied: true, value: { tags: ['theirs', 'a', 'b', 'mine'] } });
    expect(landed()).toBe(1);
  });

  test('before the commit, which comes late: one of the two writes lands, and the other is refused', async () => {
    const handle = article('hasty');
    await handle.get();
    server.fault({ kind: 'delay', ms: 600, on: { method: 'PATCH' } });
    const result = await handle.edit((draft) => void draft.tags.push('mine'));
    expect(result.value.tags).toEqual(['a', 'b', 'mine']);
    while (server.requests.some(({ outcome }) => outcome === undefined)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(server.get<Article>(PATH)?.value.tags).toEqual(['a', 'b', 'mine']);
    expect(landed()).toBe(1);
  });
});

describe('nginx that sends a write twice, because its first answer was lost', () => {
  test.each(['twice', 'gzip'])(
    '(/%s/) the 412 to the second is seen through: success, and it landed once',
    async (location) => {
      const handle = article(location);
      await handle.get();
      server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
      const result = await handle.edit((draft) => {
        draft.title = 'Mine';
        draft.tags.push('mine');
      });
      expect(result).toMatchObject({ attempts: 1, value: { title: 'Mine', tags: ['a', 'b', 'mine'] } });
      expect(sent().filter((line) => line.startsWith('PATCH'))).toEqual(['PATCH updated', 'PATCH stale']);
      expect(server.get(PATH)?.value).toEqual({ title: 'Mine', tags: ['a', 'b', 'mine'] });
    },
  );

  test('a create is told that something is there; it is not made twice', async () => {
    server.remove(PATH);
    server.fault({ kind: 'lose-answer', on: { method: 'PUT' } });
    const outcome = await article('twice')
      .create(DRAFT)
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: 'ERR_EXISTS' });
    expect(landed()).toBe(1);
    expect(server.get(PATH)?.value).toEqual(DRAFT);
  });

  test('a delete has deleted', async () => {
    const handle = article('twice');
    await handle.get();
    server.fault({ kind: 'lose-answer', on: { method: 'DELETE' } });
    await handle.delete();
    expect(server.get(PATH)).toBeUndefined();
    expect(handle.status).toBe('gone');
  });
});
