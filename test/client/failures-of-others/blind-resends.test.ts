import { describe, expect, test } from 'vitest';
import { realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';

const ifMatch = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string | undefined =>
  headers['if-match'];

describe('a write that others sent again blindly', () => {
  test('ksonnet#787: every resend names the version that was just read, never the refused one again', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    let others = 0;
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'PATCH' },
      times: 3,
      run: () => {
        others += 1;
        on.server.edit<Article>(PATH, (draft) => {
          draft.body = `Theirs ${others}`;
        });
      },
    });
    const result = await soon(handle.edit((draft) => void draft.tags.push('c')));
    expect(result).toMatchObject({ attempts: 4, rebased: true, version: '"5"' });
    expect(on.writes().map(ifMatch)).toEqual(['"1"', '"2"', '"3"', '"4"']);
    expect(on.now()).toEqual({ ...DRAFT, body: 'Theirs 3', tags: ['a', 'b', 'c'] });
  });

  test('odata2ts#525: a version that a 412 disproved is not sent again by the next edit', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const first = await soon(
      outcomeOf(
        handle.edit((draft) => {
          draft.title = 'Mine';
        }),
      ),
    );
    expect(first).toMatchObject({ code: 'ERR_CONFLICT' });
    const second = await soon(handle.edit((draft) => void draft.tags.push('c')));
    expect(second).toMatchObject({ attempts: 1, value: { title: 'Theirs', tags: ['a', 'b', 'c'] } });
    expect(on.writes().map(ifMatch)).toEqual(['"1"', '"2"']);
  });

  test('odata2ts#525: nor by a plain verb after a 412 that it could not settle', async () => {
    const on = await realScene();
    const read = await on.client.get<Article>(PATH).json();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const first = await soon(outcomeOf(on.client.put(PATH, { json: { ...read, title: 'Mine' } }).json()));
    expect(first).toMatchObject({ code: 'ERR_CONFLICT' });
    const latest = await on.client.get<Article>(PATH).json();
    await soon(on.client.put(PATH, { json: { ...latest, title: 'Mine' }, base: latest }).json());
    expect(on.writes().map(ifMatch)).toEqual(['"1"', '"2"']);
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });

  test('Datasync: "client wins" is still conditional, so that a third writer between is not overwritten', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH, {
      resolve: ({ attempt }) => {
        if (attempt === 1) {
          // Between the refetch and the write that the answer leads to.
          on.server.edit<Article>(PATH, (draft) => {
            draft.tags.push('third');
          });
        }
        return 'local';
      },
    });
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const result = await soon(
      handle.edit((draft) => {
        draft.title = 'Mine';
      }),
    );
    expect(result.value).toEqual({ ...DRAFT, title: 'Mine', tags: ['a', 'b', 'third'] });
    expect(on.writes().map(ifMatch)).toEqual(['"1"', '"2"', '"3"']);
    expect(on.now()).toEqual(result.value);
  });

  test('Datasync: "client wins" over a deletion does not overwrite what somebody created in its place', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH, {
      gone: 'recreate',
      resolve: () => undefined,
    });
    await handle.get();
    on.server.remove(PATH);
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'PUT' },
      run: () => void on.server.seed(PATH, { ...DRAFT, title: 'Theirs' }),
    });
    const error = await soon(
      outcomeOf(
        handle.edit((draft) => {
          draft.title = 'Mine';
        }),
      ),
    );
    expect(error).toMatchObject({ code: 'ERR_CONFLICT', remote: { title: 'Theirs' } });
    expect(on.writes().find(({ method }) => method === 'PUT')?.headers).toMatchObject({ 'if-none-match': '*' });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Theirs' });
  });

  test('commercetools-sdk-java-v2#1061: a refused delete is not fired again at the newer version', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const error = await soon(outcomeOf(handle.delete()));
    expect(error).toMatchObject({ code: 'ERR_CONFLICT', remote: { body: 'Theirs' } });
    expect(on.writes().map(ifMatch)).toEqual(['"1"']);
    expect(on.now()).toEqual({ ...DRAFT, body: 'Theirs' });
  });

  test('commercetools-sdk-java-v2#1061: nor is one whose answer was lost before somebody changed the resource', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'lose-request', on: { method: 'DELETE' } });
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'GET' },
      run: () =>
        void on.server.edit<Article>(PATH, (draft) => {
          draft.body = 'Theirs';
        }),
    });
    const error = await soon(outcomeOf(handle.delete()));
    expect(error).toMatchObject({ code: 'ERR_IN_DOUBT' });
    expect(on.writes().map(ifMatch)).toEqual(['"1"']);
    expect(on.now()).toEqual({ ...DRAFT, body: 'Theirs' });
  });
});
