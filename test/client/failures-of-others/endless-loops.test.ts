import type { ConflictContext } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};

describe('a loop that others never left', () => {
  test('amplify-js#6278: a conflict that the server goes on reporting ends after one more look', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.refuse(PATH, () => ({ code: 'ConflictUnhandled', detail: 'Conflict resolver rejects mutation.' }));
    const error = await soon(outcomeOf(handle.edit(retitle)), 5_000);
    expect(error).toMatchObject({ code: 'ERR_REFUSED', problem: { code: 'ConflictUnhandled' } });
    // A read for the base, the write, and two looks to be sure that the version has not moved.
    expect(on.wire()).toEqual(['GET 200', 'PATCH 409', 'GET 200', 'GET 200']);
    expect(on.now()).toEqual(DRAFT);
  });

  test('amplify-js#6278: a conflict that is new every time ends when the attempts are spent', async () => {
    const on = await realScene({}, { defaults: { retry: { attempts: 6 } } });
    let others = 0;
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'PATCH' },
      times: Number.POSITIVE_INFINITY,
      run: () => {
        others += 1;
        on.server.edit<Article>(PATH, (draft) => {
          draft.body = `Theirs ${others}`;
        });
      },
    });
    const error = await soon(outcomeOf(on.client.resource<Article>(PATH).edit(retitle)));
    expect(error).toMatchObject({ code: 'ERR_RETRY_LIMIT', attempts: 6, edit: { local: { title: 'Mine' } } });
    expect(on.writes()).toHaveLength(6);
    expect(on.server.requests.length).toBeLessThanOrEqual(13);
    expect(on.now()).toEqual({ ...DRAFT, body: 'Theirs 6' });
  });

  test('amplify-js#11708: an update followed by a delete does not go on sending the update', async () => {
    const on = await realScene({ latency: 10 });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    const [edit, deletion] = [handle.edit(retitle), handle.delete()];
    await soon(Promise.all([edit, deletion]));
    expect(on.wire()).toEqual(['GET 200', 'PATCH 200', 'DELETE 204']);
    await on.client.close();
    expect(on.server.requests).toHaveLength(3);
    expect(on.now()).toBeUndefined();
  });

  test('amplify-js#11708: an update of what was deleted meanwhile ends as gone, and is not sent again', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.remove(PATH);
    const error = await soon(outcomeOf(handle.edit(retitle)));
    expect(error).toMatchObject({ code: 'ERR_GONE', local: { title: 'Mine' } });
    expect(on.writes()).toHaveLength(1);
    expect(on.now()).toBeUndefined();
  });

  test('rxdb#8871: pushing what is there already, from nothing, is one conflict and not one for ever', async () => {
    const on = await realScene({}, { defaults: { exists: 'adopt' } });
    const documents = Array.from({ length: 20 }, (_, index) => `/migrated/${index}`);
    for (const path of documents.slice(0, 10)) on.server.seed(path, DRAFT);
    const push = () => Promise.all(documents.map((path) => on.client.resource<Article>(path).create(DRAFT)));
    await soon(push());
    expect(on.server.requests).toHaveLength(20 + 10);
    await soon(push()); // The interrupted migration runs again: everything is there, and it ends all the same.
    expect(on.server.requests).toHaveLength(30 + 40);
    for (const path of documents) expect(on.server.history(path)).toHaveLength(1);
  });

  test('azure-mobile-apps-js-client#186: a resolver that says "handled" and resolves nothing is asked once', async () => {
    const asked: ConflictContext<Article>[] = [];
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH, {
      resolve: (context) => {
        asked.push(context);
        return { resolutions: {} };
      },
    });
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const error = await soon(outcomeOf(handle.edit(retitle)));
    expect(error).toMatchObject({ code: 'ERR_CONFLICT', local: { title: 'Mine' }, remote: { title: 'Theirs' } });
    expect(asked).toHaveLength(1);
    expect(on.wire()).toEqual(['GET 200', 'PATCH 412', 'GET 200']);
  });

  test('azure-mobile-apps-js-client#186: a resolver whose answer is stale each time costs no more than the attempts', async () => {
    let asked = 0;
    const on = await realScene({}, { defaults: { retry: { attempts: 4 } } });
    const handle = on.client.resource<Article>(PATH, {
      resolve: () => {
        asked += 1;
        on.server.edit<Article>(PATH, (draft) => {
          draft.title = `Theirs ${asked}`;
        });
        return 'local';
      },
    });
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const error = await soon(outcomeOf(handle.edit(retitle)));
    expect(error).toMatchObject({ code: 'ERR_RETRY_LIMIT', attempts: 4 });
    expect(asked).toBeLessThanOrEqual(4);
    expect(on.writes()).toHaveLength(4);
    expect(on.landed()).toBe(0);
  });
});
