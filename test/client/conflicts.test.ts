import type { ConflictAnswer, ResourceOptions } from 'unconflict';
import { ConflictError, counter } from 'unconflict';
import { conflictOnce, createConflictServer, deletedUnderneath } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon } from './support.js';

const theirs = (draft: Article): void => {
  draft.title = 'Theirs';
  draft.body = 'Theirs too';
};

/** An edit of the title from version 1, while others have changed title and body. */
async function overlap(options: ResourceOptions<Article> = {}, status: 409 | 412 = 412) {
  const on = scene({ status });
  const handle = on.client.resource<Article>(PATH, options);
  await handle.get();
  on.server.edit(PATH, theirs);
  const outcome = await outcomeOf(
    handle.edit((draft) => {
      draft.title = 'Mine';
    }),
  );
  return { on, handle, outcome };
}

describe('a stale write', () => {
  test.each([409, 412] as const)('refused with %i is refetched, rebased and lands', async (status) => {
    const on = scene({ status });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const result = await handle.edit((draft) => {
      draft.title = 'Mine';
    });
    expect(on.server.requests.map(({ method, status: told }) => [method, told])).toEqual([
      ['GET', 200],
      ['PATCH', status],
      ['GET', 200],
      ['PATCH', 200],
    ]);
    expect(on.writes().map(({ headers }) => headers['if-match'])).toEqual(['"1"', '"2"']);
    expect(result).toMatchObject({ value: { ...DRAFT, title: 'Mine', body: 'Theirs' }, attempts: 2, rebased: true });
    expect(on.told()).toEqual(['attempt', 'stale', 'refetch', 'rebase', 'attempt', 'accepted']);
  });

  test('whose change others made as well is a success without another write', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.title = 'Same';
    });
    const result = await handle.edit((draft) => {
      draft.title = 'Same';
    });
    expect(result).toMatchObject({ alreadyApplied: true, attempts: 1, version: '"2"', patch: [] });
  });

  test('met ten times over is made from the original edit each time', async () => {
    const on = scene();
    let n = 0;
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'PATCH' },
      times: 10,
      run: () => {
        n += 1;
        on.server.edit<Article>(PATH, (draft) => void draft.tags.unshift(`t${n}`));
      },
    });
    const result = await on.client.resource<Article>(PATH).edit((draft) => void draft.tags.push('mine'));
    expect(result.attempts).toBe(11);
    expect(result.value.tags).toEqual(['t10', 't9', 't8', 't7', 't6', 't5', 't4', 't3', 't2', 't1', 'a', 'b', 'mine']);
  });

  test('tells the latest state in its own body where that is known to be true: no refetch', async () => {
    const on = scene({ conflictBody: 'current' });
    const handle = on.client.resource<Article>(PATH, {
      conflictBody: ({ status, body, headers }) =>
        status === 412 ? { body, version: headers.get('etag') ?? '' } : undefined,
    });
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const result = await handle.edit((draft) => {
      draft.title = 'Mine';
    });
    expect(result.value).toMatchObject({ title: 'Mine', body: 'Theirs' });
    expect(on.reads()).toHaveLength(1);
    expect(on.writes()).toHaveLength(2);
  });
});

describe('a rule', () => {
  test.each([
    ['local', { title: 'Mine', body: 'Theirs too' }],
    ['remote', { title: 'Theirs', body: 'Theirs too' }],
  ] as const)("'%s' settles an overlap", async (rule, value) => {
    const { on, outcome } = await overlap({ merge: { '/title': rule } });
    expect(on.now()).toMatchObject(value);
    expect(outcome).toMatchObject({ value, resolved: [{ by: 'rule', resolution: rule, path: '/title' }] });
  });

  test('as a function sees the conflict and answers for it', async () => {
    const { on } = await overlap({
      merge: {
        '/title': ({ local, remote }) => ({
          value: `${local.present ? local.value : ''} + ${remote.present ? remote.value : ''}`,
        }),
      },
    });
    expect(on.now()).toMatchObject({ title: 'Mine + Theirs' });
  });

  test('of one edit goes before that of the handle, and that before the pattern', async () => {
    const on = scene({}, { resources: { '/articles/:id': { merge: { '/title': 'remote' } } } });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit(PATH, theirs);
    await handle.edit(
      (draft) => {
        draft.title = 'Mine';
      },
      { merge: { '/title': 'local' } },
    );
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });

  test("counter() adds both sides' differences up, also where the resource has no such number yet landed twice", async () => {
    const on = scene();
    on.server.seed(PATH, { ...DRAFT, views: 5 });
    const handle = on.client.resource<Article>(PATH, { merge: { '/views': counter() } });
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.views = 6;
    });
    await handle.edit((draft) => {
      draft.views = (draft.views ?? 0) + 1;
    });
    expect(on.now()).toMatchObject({ views: 7 });
  });
});

const answers: [title: string, answer: ConflictAnswer<Article>, title_: string][] = [
  ["'local'", 'local', 'Mine'],
  ["'remote'", 'remote', 'Theirs'],
  ["'discard'", 'discard', 'Theirs'],
  ['{ value }', { value: { ...DRAFT, title: 'Both' } }, 'Both'],
  ['{ resolutions }', { resolutions: { '/title': { value: 'Settled' } } }, 'Settled'],
  ["{ resolutions } with 'base'", { resolutions: { '/title': 'base' } }, 'Draft'],
];
describe('a resolver', () => {
  test.each(answers)('may answer %s', async (_title, answer, title) => {
    const { on, outcome } = await overlap({ resolve: async () => answer });
    expect(on.now()).toMatchObject({ title });
    expect(outcome).toMatchObject({ value: { title }, resolved: [{ by: 'resolver', path: '/title' }] });
  });

  test.each([
    ['abort', () => 'abort' as const],
    ['undefined', () => undefined],
    [
      'a throw',
      () => {
        throw new Error('the dialog broke');
      },
    ],
    ['nonsense', () => JSON.parse('"whatever"')],
  ])('that gives up (%s) leaves an error that holds everything, and the server as it was', async (_title, resolve) => {
    const { on, handle, outcome } = await overlap({ resolve });
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(outcome).toMatchObject({
      code: 'ERR_CONFLICT',
      url: expect.stringContaining(PATH),
      attempts: 1,
      base: DRAFT,
      local: { ...DRAFT, title: 'Mine' },
      remote: { ...DRAFT, title: 'Theirs', body: 'Theirs too' },
      merged: { title: 'Theirs', body: 'Theirs too' },
      patch: [{ op: 'replace', path: '/title', value: 'Mine' }],
      conflicts: [{ kind: 'value', path: '/title', basePath: '/title' }],
    });
    expect(on.landed()).toBe(0);
    expect(handle.status).toBe('failed');
    expect(on.told().at(-1)).toBe('rejected');
  });

  test('that never answers is ended by the signal, with its reason', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH, { resolve: () => new Promise(() => {}) });
    await handle.get();
    on.server.edit(PATH, theirs);
    const controller = new AbortController();
    const reason = new Error('mine');
    const editing = outcomeOf(
      handle.edit(
        (draft) => {
          draft.title = 'Mine';
        },
        { signal: controller.signal },
      ),
    );
    while (handle.status !== 'conflicted') await new Promise((resolve) => setTimeout(resolve, 1));
    controller.abort(reason);
    await expect(soon(editing)).resolves.toBe(reason);
    await expect(
      soon(
        handle.edit((draft) => {
          draft.tags = [];
        }),
      ),
    ).resolves.toMatchObject({ value: { tags: [] } });
  });

  test('is asked only about what no rule could settle', async () => {
    const asked: string[] = [];
    const on = scene();
    const handle = on.client.resource<Article>(PATH, {
      merge: { '/title': 'local' },
      resolve: ({ conflicts }) => {
        asked.push(...conflicts.map(({ path }) => path));
        return 'local';
      },
    });
    await handle.get();
    on.server.edit(PATH, theirs);
    await handle.edit((draft) => {
      draft.title = 'Mine';
      draft.body = 'Mine too';
    });
    expect(asked).toEqual(['/body']);
  });
});

describe('ConflictError.retry', () => {
  test.each([
    ['local', 'Mine'],
    ['remote', 'Theirs'],
    [{ value: { ...DRAFT, title: 'New' } }, 'New'],
    [{ resolutions: { '/title': { value: 'New' } } }, 'New'],
  ] as const)('goes on with %j', async (answer, title) => {
    const { on, outcome } = await overlap();
    if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
    const result = await soon(outcome.retry(answer));
    expect(result).toMatchObject({ value: { title } });
    expect(on.now()).toMatchObject({ title });
  });

  test('after the resource moved on once more goes on from there', async () => {
    const { on, outcome } = await overlap();
    if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
    on.server.edit<Article>(PATH, (draft) => void draft.tags.push('late'));
    await soon(outcome.retry('local'));
    expect(on.now()).toMatchObject({ title: 'Mine', body: 'Theirs too', tags: ['a', 'b', 'late'] });
  });

  test('may be asked twice', async () => {
    const { on, outcome } = await overlap();
    if (!(outcome instanceof ConflictError)) throw new Error('no conflict');
    await expect(soon(outcome.retry('abort'))).rejects.toBeInstanceOf(ConflictError);
    await soon(outcome.retry('local'));
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });
});

describe('a refusal', () => {
  test('by a rule of the server is told in its own words, after one more look', async () => {
    const on = scene({ status: 409 });
    on.server.refuse<Article>(PATH, (next) =>
      next?.title === 'Taken' ? { detail: 'This title is taken.', code: 'title_taken' } : undefined,
    );
    const error = await outcomeOf(
      on.client.resource<Article>(PATH).edit((draft) => {
        draft.title = 'Taken';
      }),
    );
    expect(error).toMatchObject({
      code: 'ERR_REFUSED',
      message: expect.stringContaining('This title is taken.'),
      problem: { detail: 'This title is taken.' },
      edit: { local: { title: 'Taken' } },
    });
    expect(on.writes()).toHaveLength(1);
  });

  test('of one edit in a batch takes that one out, and its neighbours land', async () => {
    const on = scene();
    on.server.refuse<Article>(PATH, (next) =>
      next?.title === 'Taken' ? { detail: 'This title is taken.', status: 422 } : undefined,
    );
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    const edits = [
      handle.edit((draft) => {
        draft.body = 'One';
      }),
      handle.edit((draft) => {
        draft.title = 'Taken';
      }),
      handle.edit((draft) => void draft.tags.push('c')),
    ];
    const [one, two, three] = await soon(Promise.all(edits.map(outcomeOf)));
    expect(one).toMatchObject({ version: expect.any(String) });
    expect(two).toMatchObject({ code: 'ERR_REFUSED' });
    expect(three).toMatchObject({ version: expect.any(String) });
    expect(on.now()).toEqual({ title: 'Draft', body: 'One', tags: ['a', 'b', 'c'] });
  });
});

describe('a deletion under an edit', () => {
  const deleted = async (options: ResourceOptions<Article>, updateDeleted: 'rfc' | 404 | 410 | 409 | 412 = 'rfc') => {
    const on = scene({ updateDeleted });
    const handle = on.client.resource<Article>(PATH, options);
    await handle.get();
    deletedUnderneath(on.server, PATH);
    const outcome = await outcomeOf(
      handle.edit((draft) => {
        draft.title = 'Mine';
      }),
    );
    return { on, handle, outcome };
  };

  test.each(['rfc', 404, 410, 409, 412] as const)(
    'is an error that keeps what was to be saved, where the server says %s',
    async (updateDeleted) => {
      const { handle, outcome } = await deleted({}, updateDeleted);
      expect(outcome).toMatchObject({ code: 'ERR_GONE', local: { ...DRAFT, title: 'Mine' } });
      expect(handle.status).toBe('gone');
    },
  );

  test("'discard' accepts it", async () => {
    const { on, outcome } = await deleted({ gone: 'discard' });
    expect(outcome).toMatchObject({ value: { title: 'Mine' }, version: undefined });
    expect(on.now()).toBeUndefined();
  });

  test("'recreate' creates it again, and only where nothing is", async () => {
    const { on, outcome } = await deleted({ gone: 'recreate' });
    expect(outcome).toMatchObject({ value: { ...DRAFT, title: 'Mine' }, rebased: true });
    expect(on.now()).toEqual({ ...DRAFT, title: 'Mine' });
    expect(on.writes().at(-1)).toMatchObject({ method: 'PUT', headers: { 'if-none-match': '*' } });
  });

  test('is told to a resolver', async () => {
    const { on } = await deleted({
      resolve: ({ reason, remote }) => (reason === 'gone' && remote === undefined ? 'local' : 'abort'),
    });
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });
});

describe('a create that meets an existing resource', () => {
  const mine = { title: 'Mine', body: 'Text', tags: ['a', 'b'], views: 1 };
  const create = async (options: ResourceOptions<Article>) => {
    const on = scene();
    return { on, outcome: await outcomeOf(on.client.resource<Article>(PATH, options).create(mine)) };
  };

  test('is an error', async () => {
    const { on, outcome } = await create({});
    expect(outcome).toMatchObject({ code: 'ERR_EXISTS' });
    expect(on.now()).toEqual(DRAFT);
  });

  test("'adopt' takes it", async () => {
    const { outcome } = await create({ exists: 'adopt' });
    expect(outcome).toMatchObject({ value: DRAFT, version: '"1"', alreadyApplied: true });
  });

  test("'merge' merges by the rules, guarded", async () => {
    const { on } = await create({ exists: 'merge', merge: { '/title': 'local' } });
    expect(on.now()).toEqual({ ...mine, title: 'Mine' });
    expect(on.writes().at(-1)).toMatchObject({ headers: { 'if-match': '"1"' } });
  });

  test('is told to a resolver', async () => {
    const { on } = await create({ resolve: ({ reason }) => (reason === 'exists' ? 'local' : 'abort') });
    expect(on.now()).toEqual(mine);
  });
});

describe('a rename by somebody else while a list is edited', () => {
  test('the edit follows its item by key', async () => {
    const server = createConflictServer();
    const on = scene();
    on.server.seed('/board', {
      items: [
        { id: 1, v: 'a' },
        { id: 2, v: 'b' },
      ],
    });
    const board = on.client.resource<{ items: { id: number; v: string }[] }>('/board');
    await board.get();
    conflictOnce<{ items: { id: number; v: string }[] }>(
      on.server,
      '/board',
      (draft) => void draft.items.unshift({ id: 3, v: 'c' }),
    );
    const result = await board.edit((draft) => {
      const item = draft.items.find(({ id }) => id === 2);
      if (item !== undefined) item.v = 'B';
    });
    expect(result.value.items).toEqual([
      { id: 3, v: 'c' },
      { id: 1, v: 'a' },
      { id: 2, v: 'B' },
    ]);
    await server.close();
  });
});

test('what was settled is told of a save that another edit joined on its way', async () => {
  const on = scene();
  const handle = on.client.resource<Article>(PATH, { resolve: () => 'remote' });
  await handle.get();
  on.server.edit(PATH, theirs);
  let joined: Promise<unknown> | undefined;
  let writes = 0;
  on.server.fault({
    kind: 'meanwhile',
    on: { method: 'PATCH' },
    times: 2,
    run: () => {
      writes += 1;
      if (writes === 1) return;
      on.server.edit<Article>(PATH, ({ tags }) => void tags.push('theirs'));
      joined = handle.edit((draft) => void Object.assign(draft, { views: 9 }));
    },
  });
  const result = await soon(handle.edit((draft) => void Object.assign(draft, { title: 'Mine', author: 'me' })));
  await soon(joined ?? Promise.reject(new Error('it was not made')));
  expect(result.resolved).toMatchObject([{ path: '/title', by: 'resolver', resolution: 'remote' }]);
  expect(on.now()).toMatchObject({ title: 'Theirs', author: 'me', views: 9 });
});
