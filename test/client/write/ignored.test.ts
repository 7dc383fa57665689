import { createClient } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Article } from '../support.js';
import { DRAFT, outcomeOf, PATH } from '../support.js';

/** A server that sees no body in types it does not know, changes nothing, and answers 200 with what it has. */
async function ignoring(ignored: readonly string[], options: ConflictServerOptions = {}, answer?: () => Response) {
  const server = createConflictServer({ patches: ['json', 'json-patch', 'merge-patch'], ...options });
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const sent: string[] = [];
  const client = createClient({
    retry: 0,
    prefix: url,
    defaults: { retry: { minDelay: 0, maxDelay: 2 } },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const type = request.headers.get('content-type') ?? '';
      if (request.method !== 'GET') sent.push(type);
      if (!ignored.includes(type)) return fetch(request);
      return answer?.() ?? fetch(request.url);
    },
  });
  return { server, client, sent, now: () => server.get(PATH)?.value };
}

const mine = (draft: Article): void => void Object.assign(draft, { title: 'Mine' });
const [PATCH, MERGE, JSON_TYPE] = ['application/json-patch+json', 'application/merge-patch+json', 'application/json'];

describe('a server that ignores a type it does not know', () => {
  test.each([[[PATCH]], [[PATCH, MERGE]]])('%j is written in the next form', async (ignored) => {
    const on = await ignoring(ignored);
    const article = on.client.resource<Article>(PATH);
    await article.get();
    await expect(article.edit(mine)).resolves.toMatchObject({ value: { title: 'Mine' }, version: '"2"' });
    expect(on.now()).toMatchObject({ title: 'Mine' });
    expect(on.sent).toEqual([...ignored, ignored.length === 1 ? MERGE : JSON_TYPE]);
    await article.edit((draft) => void draft.tags.push('more'));
    expect(on.sent).toHaveLength(ignored.length + 2);
  });

  test('and takes no other has not saved it, and that is told', async () => {
    const on = await ignoring([PATCH, MERGE, JSON_TYPE]);
    const error = await outcomeOf(on.client.resource<Article>(PATH).edit(mine));
    expect(error).toMatchObject({ code: 'ERR_FAILED', status: 200, message: expect.stringContaining('ignored') });
    expect(on.now()).toEqual(DRAFT);
  });

  test('answers a plain PATCH of such a type, and who made it sees that', async () => {
    const on = await ignoring([JSON_TYPE]);
    await on.client.get(PATH).json();
    await expect(on.client.patch(PATH, { json: { title: 'Mine' } }).json()).resolves.toEqual(DRAFT);
    expect(on.sent).toEqual([JSON_TYPE]);
  });
});

test('what a server keeps as it was is saved: a blank that it trims', async () => {
  const on = await ignoring([PATCH]);
  const article = on.client.resource<Article>(PATH);
  await article.get();
  const edited = article.edit((draft) => void Object.assign(draft, { title: `${DRAFT.title} ` }));
  await expect(edited).resolves.toMatchObject({ attempts: 1 });
  await expect(article.get()).resolves.toMatchObject({ value: DRAFT });
});

describe.each([
  ['204', () => new Response(null, { status: 204 })],
  ['a receipt without a tag', () => Response.json({ ok: true })],
])('a server that ignores a write and answers %s', (_what, answer) => {
  /** It ignores the first write, and takes all others. */
  const ignoresOne = () => {
    const ignored = [PATCH];
    return ignoring(ignored, {}, () => {
      ignored.length = 0;
      return answer();
    });
  };

  test('has saved it as far as anybody can tell, and the next read shows what there is', async () => {
    const on = await ignoresOne();
    const article = on.client.resource<Article>(PATH);
    await article.get();
    await expect(article.edit(mine)).resolves.toMatchObject({ value: { title: 'Mine' } });
    expect(on.sent).toHaveLength(1);
    await expect(article.get()).resolves.toMatchObject({ value: DRAFT });
    expect(article.value).toEqual(DRAFT);
  });

  test('nothing is built on it: the next edit is made on what there is', async () => {
    const on = await ignoresOne();
    const article = on.client.resource<Article>(PATH);
    await article.get();
    await article.edit(mine);
    const next = await article.edit((draft) => void draft.tags.push('more'));
    expect(next.value).toEqual({ ...DRAFT, tags: [...DRAFT.tags, 'more'] });
    expect(on.now()).toEqual(next.value);
  });
});
