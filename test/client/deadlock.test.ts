import type { Resource, ResourceOptions, Snapshot } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { realScene } from './real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from './support.js';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const retitle = (draft: Article): void => void Object.assign(draft, { title: 'Mine' });

/** An edit that meets others' change of the same, or a lock; its hook makes an edit of its own. */
async function meeting(hook: (article: Resource<Article>) => Promise<void>) {
  const on = await realScene();
  const other = on.client.resource<Article>('/articles/2');
  on.server.seed('/articles/2', DRAFT);
  const article = (options: ResourceOptions<Article>) => on.client.resource<Article>(PATH, options);
  return {
    ...on,
    other,
    resolver: async () => {
      const handle = article({
        resolve: async () => {
          await hook(on.client.resource<Article>(PATH));
          return 'local';
        },
      });
      await handle.get();
      on.server.edit<Article>(PATH, (draft) => void Object.assign(draft, { title: 'Theirs' }));
      return handle.edit(retitle);
    },
    release: () => {
      on.server.lock(PATH);
      const handle = article({
        locked: {
          release: async () => {
            on.server.unlock(PATH);
            await hook(on.client.resource<Article>(PATH));
          },
        },
      });
      return handle.edit(retitle);
    },
  };
}

const dead = { code: 'ERR_DEADLOCK', message: expect.stringContaining('would wait for the hook') };

describe.each(['resolver', 'release'] as const)('a %s that awaits an edit of its own resource', (kind) => {
  type Write = [string, (article: Resource<Article>) => Promise<unknown>];
  const writes: Write[] = [
    ['edit', (article) => article.edit(retitle)],
    ['patch', (article) => article.patch([{ op: 'add', path: '/views', value: 1 }])],
    ['replace', (article) => article.replace({ ...DRAFT, views: 1 }, { base: article.snapshot as Snapshot<Article> })],
    ['delete', (article) => article.delete()],
  ];
  const moments: [string, () => Promise<void>][] = [
    ['at once', async () => {}],
    ['after a read', turn],
  ];
  const rows = moments.flatMap(([when, before]) =>
    writes.map(([what, write]) => [`${what} ${when}`, before, write] as const),
  );
  test.each(rows)('%s: is told, and goes on without', async (_title, before, write) => {
    const told: unknown[] = [];
    const on = await meeting(async (article) => {
      await before();
      told.push(await outcomeOf(write(article)));
    });
    await soon(on[kind]());
    expect(told).toEqual([expect.objectContaining(dead)]);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
  });

  test('may edit another one, whose hook may not edit this one', async () => {
    const told: unknown[] = [];
    const on = await meeting(async (article) => {
      await turn();
      const resolve = async () => {
        await turn();
        told.push(await outcomeOf(article.edit(retitle)));
        return 'remote' as const;
      };
      await on.other.get();
      on.server.edit<Article>('/articles/2', (draft) => void Object.assign(draft, { title: 'Theirs' }));
      await on.other.edit(retitle, { resolve });
    });
    await soon(on[kind]());
    expect(told).toEqual([expect.objectContaining(dead)]);
  });

  test('may edit it when it has answered', async () => {
    let later: Promise<unknown> = Promise.resolve();
    const on = await meeting(async (article) => {
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
        article.edit((draft) => void Object.assign(draft, { views: 1 })),
      );
    });
    await soon(on[kind]());
    await soon(later);
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', views: 1 });
  });

  test('others may edit it while the hook is open: they wait for it', async () => {
    let answer = (): void => {};
    let isOpen = (): void => {};
    const opened = new Promise<void>((resolve) => {
      isOpen = resolve;
    });
    const on = await meeting(async () => {
      isOpen();
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    });
    const first = on[kind]();
    await soon(opened);
    const second = on.client.resource<Article>(PATH).edit((draft) => void Object.assign(draft, { views: 1 }));
    await turn();
    answer();
    await soon(Promise.all([first, second]));
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine', views: 1 });
  });
});

describe('the read that an edit begins with', () => {
  const slow = { defaults: { retry: { deadline: 200 } } };
  const writes: [string, (article: Resource<Article>) => Promise<unknown>][] = [
    ['edit', (article) => article.edit(retitle)],
    ['patch', (article) => article.patch([{ op: 'replace', path: '/title', value: 'Mine' }])],
    ['replace', (article) => article.replace({ ...DRAFT, title: 'Mine' })],
  ];
  test.each(writes)('%s: ends with its deadline, and can be made again', async (_name, write) => {
    const on = await realScene({}, slow);
    on.server.fault({ kind: 'delay', ms: 3_000, on: { method: 'GET' } });
    const error = await soon(outcomeOf(write(on.client.resource<Article>(PATH))), 2_500);
    expect(error).toMatchObject({ code: 'ERR_RETRY_LIMIT', message: expect.stringContaining('200 ms') });
    await (error as { retry(): Promise<unknown> }).retry();
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });

  test('takes of the time that its writes have', async () => {
    const on = await realScene({}, { defaults: { retry: { deadline: 600 } } });
    on.server.fault({ kind: 'delay', ms: 400, on: { method: 'GET' } });
    on.server.fault({ kind: 'delay', ms: 400, on: { method: 'PATCH' } });
    const error = await soon(outcomeOf(on.client.resource<Article>(PATH).edit(retitle)));
    expect(error).toMatchObject({ code: 'ERR_IN_DOUBT' });
  });

  test("ends with its caller's own reason", async () => {
    const on = await realScene({}, slow);
    on.server.fault({ kind: 'delay', ms: 3_000, on: { method: 'GET' } });
    const reason = new Error('left');
    const leaving = AbortSignal.timeout(50);
    const controller = new AbortController();
    leaving.addEventListener('abort', () => controller.abort(reason));
    const edit = on.client.resource<Article>(PATH).edit(retitle, { signal: controller.signal });
    expect(await soon(outcomeOf(edit))).toBe(reason);
  });
});
