import { conflictFetch } from 'unconflict';
import { lostAnswer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { hasty, realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';

const NEW = '/articles/new';

describe("one's own write that others took for a stranger's", () => {
  test('Datasync#360: a create that landed unseen is recognised, and not refused as existing for ever', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(NEW);
    lostAnswer(on.server, NEW);
    const result = await soon(handle.create(DRAFT));
    expect(result).toMatchObject({ value: DRAFT, version: '"1"', alreadyApplied: true });
    expect(on.server.history(NEW)).toHaveLength(1);
    // And from here on it is edited like any other.
    await soon(handle.edit((draft) => void draft.tags.push('c')));
    expect(on.server.get(NEW)).toMatchObject({ version: '"2"', value: { tags: ['a', 'b', 'c'] } });
    expect(on.server.requests.length).toBeLessThanOrEqual(4);
  });

  test("Datasync#360: a stranger's create is never taken for one's own", async () => {
    const on = await realScene();
    on.server.fault({ kind: 'lose-request', on: { method: 'PUT', path: NEW } });
    on.server.fault({ kind: 'meanwhile', on: { method: 'GET' }, run: () => void on.server.seed(NEW, { other: 1 }) });
    const error = await soon(outcomeOf(on.client.resource<Article>(NEW).create(DRAFT)));
    expect(error).toMatchObject({ code: 'ERR_IN_DOUBT' });
    expect(on.server.get(NEW)?.value).toEqual({ other: 1 });
  });

  test('aws-sdk-java-v2#6580: If-None-Match: * whose first answer was lost is a success, not a 412', async () => {
    const on = await realScene();
    lostAnswer(on.server, NEW);
    // The second try, if one was made, would be the 412: it must not come to the caller.
    const result = await soon(on.client.resource<Article>(NEW).create(DRAFT));
    expect(result.alreadyApplied).toBe(true);
    expect(on.server.requests.filter(({ method }) => method === 'PUT')[0]?.headers).toMatchObject({
      'if-none-match': '*',
    });
    expect(on.server.history(NEW)).toHaveLength(1);
  });

  test('aws-sdk-java-v2#6580: If-Match whose first answer was lost is a success through every door', async () => {
    const on = await realScene();
    const doors: [string, (title: string) => Promise<unknown>][] = [
      [
        'a handle',
        (title) =>
          on.client.resource<Article>(PATH).edit((draft) => {
            draft.title = title;
          }),
      ],
      [
        'a plain verb',
        async (title) => {
          const base = await on.client.get<Article>(PATH).json();
          return on.client.put(PATH, { json: { ...base, title }, base }).json();
        },
      ],
      [
        'conflictFetch',
        async (title) => {
          const fetch = conflictFetch(hasty(on.url));
          const read = await fetch(on.url + PATH);
          const base: unknown = await read.json();
          const body = JSON.stringify({ ...(base as Article), title });
          const headers = { 'content-type': 'application/json', 'if-match': read.headers.get('etag') ?? '' };
          const answer = await fetch(on.url + PATH, { method: 'PUT', headers, body });
          expect(answer.status).toBe(200);
        },
      ],
    ];
    for (const [name, write] of doors) {
      const landed = on.landed();
      lostAnswer(on.server, PATH);
      await soon(write(`by ${name}`));
      expect(on.now(), name).toMatchObject({ title: `by ${name}` });
      expect(on.landed(), name).toBe(landed + 1);
    }
  });

  test('idempot-js#185: a resend that meets its own record is repeated until it is settled, under one key', async () => {
    const on = await realScene({ idempotencyKeys: true });
    const handle = on.client.resource<Article>(PATH, { idempotencyKey: true });
    await handle.get();
    // The write's answer is lost, a replica hides that it landed, and the resend is told that it is in progress.
    on.server.fault({ kind: 'lose-request', on: { method: 'PATCH' } });
    on.server.fault({
      kind: 'status',
      on: { method: 'PATCH' },
      nth: 2,
      status: 409,
      body: { code: 'idempotency_key_in_use', detail: 'already being processed by a concurrent request' },
    });
    const result = await soon(handle.edit((draft) => void draft.tags.push('c')));
    expect(result).toMatchObject({ value: { tags: ['a', 'b', 'c'] } });
    const keys = on.writes().map(({ headers }) => headers['idempotency-key']);
    expect(keys.length).toBeLessThanOrEqual(3);
    expect(new Set(keys).size).toBe(1);
    expect(on.landed()).toBe(1);
  });

  test('idempot-js#185: an indeterminate commit is never told as a conflict with a concurrent request', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'GET' },
      run: () => void on.server.edit<Article>(PATH, (draft) => void draft.tags.unshift('theirs')),
    });
    const result = await soon(handle.edit((draft) => void draft.tags.push('c')));
    expect(result).toMatchObject({ alreadyApplied: true, value: { tags: ['theirs', 'a', 'b', 'c'] } });
    expect(on.now()).toEqual(result.value);
    expect(on.landed()).toBe(1);
    expect(on.wire()).toEqual(['GET 200', 'PATCH lost', 'GET 200']);
  });
});
