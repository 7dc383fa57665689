import type { ResourceOptions } from 'unconflict';
import { createClient, etag, field, lastModified } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene } from './support.js';

const article = (on: ReturnType<typeof scene>, options?: ResourceOptions<Article>) =>
  on.client.resource<Article>(PATH, options);

/** Just before the next write that arrives, somebody else changes the article. */
function changedMeanwhile({ server }: ReturnType<typeof scene>): void {
  server.fault({
    kind: 'meanwhile',
    on: { method: 'PATCH' },
    run: () =>
      void server.edit(PATH, (draft) => {
        draft.views = 1;
      }),
  });
}

test('is found by the absolute URL that a snapshot names, though the client has a prefix', async () => {
  const on = scene();
  const { url } = await article(on).get();
  const again = on.client.resource<Article>(url);
  expect(again.url).toBe(url);
  expect(again.value).toEqual(DRAFT);
});

describe('get', () => {
  test('is a frozen snapshot: the value and the version that proves it', async () => {
    const on = scene();
    const snapshot = await article(on).get();
    expect(snapshot).toEqual({ url: `${on.server.origin}${PATH}`, value: DRAFT, version: '"1"' });
    expect(Object.isFrozen(snapshot)).toBe(true);
    expect(Object.isFrozen(snapshot.value)).toBe(true);
    expect(Object.isFrozen(snapshot.value.tags)).toBe(true);
  });

  test('always asks the server; calls at the same time share one request', async () => {
    const on = scene();
    const handle = article(on);
    await Promise.all([handle.get(), handle.get(), article(on).get()]);
    expect(on.reads()).toHaveLength(1);
    await handle.get();
    expect(on.reads()).toHaveLength(2);
    expect(on.reads()[0]?.headers).toMatchObject({ accept: 'application/json' });
  });

  test("of what is not there is ky's own HTTPError", async () => {
    const on = scene();
    const handle = on.client.resource('/articles/2');
    await expect(handle.get()).rejects.toMatchObject({ name: 'HTTPError', response: { status: 404 } });
    expect(handle.status).toBe('gone');
    expect(handle.value).toBeUndefined();
  });

  test('of HTML is an error that says where and what to look at', async () => {
    const on = scene();
    on.server.fault({ kind: 'html', status: 200 });
    await expect(article(on).get()).rejects.toMatchObject({
      code: 'ERR_UNREADABLE',
      message: expect.stringContaining('text/html'),
    });
  });

  test('of a body that is too large is an error', async () => {
    const on = scene({}, { maxBodyBytes: 20 });
    await expect(article(on).get()).rejects.toMatchObject({
      code: 'ERR_UNREADABLE',
      message: expect.stringContaining('maxBodyBytes'),
    });
  });
});

describe('edit', () => {
  test('reads once where nothing is known yet, and writes what the recipe changed', async () => {
    const on = scene();
    const result = await article(on).edit((draft) => {
      draft.title = 'Better';
    });
    expect(result).toMatchObject({
      value: { ...DRAFT, title: 'Better' },
      version: '"2"',
      attempts: 1,
      rebased: false,
      alreadyApplied: false,
      patch: [{ op: 'replace', path: '/title', value: 'Better' }],
      resolved: [],
    });
    expect(on.server.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
    expect(on.writes()[0]).toMatchObject({
      headers: { 'if-match': '"1"', 'content-type': 'application/json-patch+json' },
    });
  });

  test('that changes nothing sends nothing', async () => {
    const on = scene();
    const result = await article(on).edit(() => {});
    expect(result).toMatchObject({ attempts: 0, alreadyApplied: true, patch: [], version: '"1"' });
    expect(on.writes()).toEqual([]);
  });

  test('is seen at once, and its result and snapshot are frozen', async () => {
    const on = scene({ answer: 'nothing' });
    const handle = article(on);
    await handle.get();
    const editing = handle.edit((draft) => {
      draft.title = 'Better';
    });
    expect(handle.value).toMatchObject({ title: 'Better' });
    expect(handle.snapshot?.value).toMatchObject({ title: 'Draft' });
    const result = await editing;
    for (const value of [
      result,
      result.value,
      result.value.tags,
      handle.snapshot?.value,
      handle.snapshot?.value.tags,
    ]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
  });

  test('gives everything of the server back, its own members too', async () => {
    const on = scene();
    on.server.edit(PATH, (draft) => {
      draft.views = 7;
    });
    const result = await article(on).edit((draft) => {
      draft.title = 'Better';
    });
    expect(result.value).toEqual({ ...DRAFT, title: 'Better', views: 7 });
  });
});

describe('patch', () => {
  test('sends this very patch', async () => {
    const on = scene();
    const patch = [
      { op: 'test', path: '/title', value: 'Draft' } as const,
      { op: 'add', path: '/tags/-', value: 'c' } as const,
    ];
    const result = await article(on).patch(patch);
    expect(result.value.tags).toEqual(['a', 'b', 'c']);
    expect(JSON.parse(on.writes()[0]?.body ?? '')).toEqual(patch);
  });

  test('that does not fit is an error, and nothing is sent', async () => {
    const on = scene();
    await expect(article(on).patch([{ op: 'remove', path: '/nothing' }])).rejects.toMatchObject({
      code: 'ERR_INVALID_PATCH',
      index: 0,
      url: expect.stringContaining(PATH),
      message: expect.stringContaining('nothing was sent'),
    });
    expect(on.writes()).toEqual([]);
  });

  test("is the caller's to change afterwards", async () => {
    const on = scene();
    const value = ['x'];
    const editing = article(on).patch([{ op: 'replace', path: '/tags', value }]);
    value.push('y');
    expect((await editing).value.tags).toEqual(['x']);
  });
});

describe('replace', () => {
  test('changes what differs from the base, and leaves what others did to the rest', async () => {
    const on = scene();
    const handle = article(on);
    const { value } = await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const result = await handle.replace({ ...value, title: 'Mine' });
    expect(result.value).toEqual({ ...DRAFT, title: 'Mine', body: 'Theirs' });
    expect(result.rebased).toBe(true);
  });

  test('of what JSON cannot carry is an error with the place', async () => {
    const on = scene();
    const bad: Article = { ...DRAFT, tags: [] };
    Reflect.set(bad, 'views', Number.NaN);
    await expect(article(on).replace(bad)).rejects.toMatchObject({ code: 'ERR_INVALID_JSON', path: '/views' });
  });

  test('cannot be replayed', async () => {
    const on = scene();
    await expect(article(on).replace(DRAFT, { strategy: 'replay' })).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
    });
  });
});

describe('an explicit base', () => {
  test('is what the edit was made from, however old it is', async () => {
    const on = scene();
    const handle = article(on);
    const old = await handle.get();
    await handle.edit((draft) => {
      draft.body = 'Newer';
    });
    const result = await handle.replace({ ...old.value, title: 'From the old one' }, { base: old });
    expect(result.value).toEqual({ ...DRAFT, body: 'Newer', title: 'From the old one' });
    expect(result.attempts).toBe(1);
    expect(result.rebased).toBe(true);
  });

  test("that is frozen only at its top stays the caller's, and is copied", async () => {
    const on = scene();
    const handle = article(on);
    const { version, url } = await handle.get();
    const tags = ['a', 'b'];
    const base = { url, version, value: Object.freeze({ ...DRAFT, tags }) };
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const editing = outcomeOf(
      handle.edit(
        (draft) => {
          draft.title = 'Mine';
        },
        { base },
      ),
    );
    tags.push('later');
    expect(await editing).toMatchObject({ code: 'ERR_CONFLICT', base: { tags: ['a', 'b'] } });
    expect(Object.isFrozen(tags)).toBe(false);
  });

  test('may come from another client', async () => {
    const on = scene();
    const base = await article(on).get();
    const other = scene();
    const result = await other.client.resource<Article>(PATH).edit(
      (draft) => {
        draft.title = 'Mine';
      },
      { base },
    );
    expect(result).toMatchObject({ version: '"2"', attempts: 1 });
    expect(other.reads()).toHaveLength(0);
  });
});

describe('strategy replay', () => {
  test('runs the recipe again on the latest value', async () => {
    const on = scene();
    const handle = article(on);
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const result = await handle.edit(
      (draft) => {
        draft.title += '!';
      },
      { strategy: 'replay' },
    );
    expect(result.value.title).toBe('Theirs!');
    expect(result.rebased).toBe(true);
  });
});

const create = { title: 'New', body: '', tags: [] };
describe('create and delete', () => {
  test('a create is refused where something is, and made where nothing is', async () => {
    const on = scene();
    await expect(article(on).create(create)).rejects.toMatchObject({ code: 'ERR_EXISTS' });
    const result = await on.client.resource<Article>('/articles/2').create(create);
    expect(result).toMatchObject({ value: create, version: '"1"' });
    expect(on.writes().at(-1)).toMatchObject({ method: 'PUT', headers: { 'if-none-match': '*' } });
  });

  test('a delete names the version, and once more is a success', async () => {
    const on = scene();
    const handle = article(on);
    await handle.get();
    await handle.delete();
    expect(on.writes()).toMatchObject([{ method: 'DELETE', headers: { 'if-match': '"1"' } }]);
    expect(handle.status).toBe('gone');
    await handle.delete();
    expect(on.now()).toBeUndefined();
  });

  test('a delete of a newer state is a conflict that can be settled', async () => {
    const on = scene();
    const handle = article(on);
    const base = await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const error = await handle.delete().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_CONFLICT', remote: { title: 'Theirs' } });
    expect(on.now()).toMatchObject({ title: 'Theirs' });
    await handle.delete({ base, onStale: 'keep' });
    expect(on.now()).toMatchObject({ title: 'Theirs' });
    await handle.delete({ base, onStale: 'delete' });
    expect(on.now()).toBeUndefined();
  });

  test('a delete right after an edit deletes what the edit made', async () => {
    const on = scene();
    const handle = article(on);
    await handle.get();
    const editing = handle.edit((draft) => {
      draft.title = 'Better';
    });
    await handle.delete();
    await editing;
    expect(on.now()).toBeUndefined();
  });
});

const schemes: [title: string, server: ConflictServerOptions, options: ResourceOptions<Article>][] = [
  ['a strong ETag', {}, {}],
  ['a strong ETag and 409', { status: 409 }, {}],
  ['a weak ETag taken back as it is', { version: 'weak-etag' }, { version: etag({ weak: 'verbatim' }) }],
  ['a field echoed in the body', { version: { field: '/version' } }, { version: field('/version') }],
  [
    'a field echoed in the body by PUT',
    { version: { field: '/version' }, patches: [] },
    { version: field('/version'), write: 'put' },
  ],
  [
    'a field echoed in a merge patch',
    { version: { field: '/meta/version' }, patches: ['merge-patch'] },
    { version: field('/meta/version'), write: 'merge-patch' },
  ],
  ['a field as a JSON Patch test', { version: { field: '/rev' } }, { version: field('/rev', { send: 'test' }) }],
  [
    'a field as If-Match',
    { version: { field: '/_etag', sent: 'if-match' } },
    { version: field('/_etag', { send: 'if-match', format: 'quoted' }) },
  ],
  [
    'a field as a header',
    { version: { field: '/sys/version', sent: { header: 'X-Version' } } },
    { version: field('/sys/version', { send: { header: 'X-Version' } }) },
  ],
  [
    'a field as a query',
    { version: { field: '/seq', sent: { query: 'if_seq' } } },
    { version: field('/seq', { send: { query: 'if_seq' } }) },
  ],
  [
    'a field at another place',
    { version: { field: '/meta/version', sent: { pointer: '/options/cas' } }, patches: [] },
    { version: field('/meta/version', { send: { pointer: '/options/cas' } }), write: 'put' },
  ],
  // It answers each write with 201, as CouchDB does.
  [
    '_rev, read back after each write',
    { version: 'rev' },
    { version: field('/_rev'), write: 'put', createdMeansRecreated: false },
  ],
  ['Last-Modified', { version: 'last-modified' }, { version: lastModified() }],
];
describe.each(schemes)('versions: %s', (_title, serverOptions, options) => {
  test('a stale edit is rebased and lands once', async () => {
    const on = scene(serverOptions);
    const handle = article(on, options);
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const result = await handle.edit((draft) => {
      draft.title = 'Mine';
    });
    expect(on.now()).toMatchObject({ ...DRAFT, title: 'Mine', body: 'Theirs' });
    expect(result).toMatchObject({ attempts: 2, rebased: true });
    expect(on.landed()).toBe(1);
    expect(on.writes()).toHaveLength(2);
    expect(on.reads()).toHaveLength(2);
  });

  test.each(['representation', 'minimal', 'no-version', 'nothing'] as const)(
    'edits follow each other where writes answer with %s',
    async (answer) => {
      const on = scene({ ...serverOptions, answer });
      const handle = article(on, options);
      await handle.edit((draft) => {
        draft.title = 'One';
      });
      await handle.edit((draft) => {
        draft.title = 'Two';
      });
      const result = await handle.edit((draft) => {
        draft.title = 'Three';
      });
      expect(on.now()).toMatchObject({ ...DRAFT, title: 'Three' });
      expect(on.landed()).toBe(3);
      expect(result.rebased).toBe(false);
      expect(on.writes()).toHaveLength(3);
    },
  );

  test('a delete is conditional, or refused where it cannot be', async () => {
    const on = scene(serverOptions);
    const handle = article(on, options);
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    await expect(handle.delete()).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_(CONFLICT|INVALID_OPTIONS)$/),
    });
    expect(on.now()).toMatchObject({ body: 'Theirs' });
  });
});

describe('forms of writing', () => {
  const forms: [title: string, server: ConflictServerOptions, methods: string[], types: string[]][] = [
    [
      'a server that takes no JSON Patch says so by Accept-Patch: none is tried',
      { patches: ['merge-patch'] },
      ['PATCH'],
      ['application/merge-patch+json'],
    ],
    ['a server without PATCH is written by PUT after one 405', { patches: [] }, ['PATCH', 'PATCH', 'PUT'], []],
  ];
  test.each(forms)('%s', async (_title, serverOptions, methods, types) => {
    const on = scene(serverOptions);
    const handle = article(on);
    await handle.edit((draft) => {
      draft.title = 'One';
    });
    const first = on.writes().length;
    expect(
      on
        .writes()
        .map(({ method }) => method)
        .slice(-methods.length)
        .at(-1),
    ).toBe(methods.at(-1));
    for (const type of types) expect(on.writes().map(({ headers }) => headers['content-type'])).toContain(type);
    await handle.edit((draft) => {
      draft.title = 'Two';
    });
    expect(on.writes()).toHaveLength(first + 1);
    expect(on.now()).toMatchObject({ title: 'Two' });
    await article(on).edit((draft) => {
      draft.title = 'Three';
    });
    expect(on.writes()).toHaveLength(first + 2);
  });

  test.each([405, 415, 501, 404])(
    'a %i to the patch, though GET finds the resource, leads to the next form',
    async (status) => {
      const on = scene();
      on.server.fault({ kind: 'status', status, on: { method: 'PATCH' } });
      const handle = article(on);
      const result = await handle.edit((draft) => {
        draft.title = 'Better';
      });
      expect(result.attempts).toBe(2);
      expect(on.writes().map(({ headers }) => headers['content-type'])).toEqual([
        'application/json-patch+json',
        'application/merge-patch+json',
      ]);
      await handle.edit((draft) => {
        draft.title = 'Best';
      });
      expect(on.writes()).toHaveLength(3);
    },
  );

  test("a format of one's own says what is sent, and is guarded where it does not guard itself", async () => {
    const on = scene();
    const handle = article(on, {
      write: ({ local, base, patch, version, kind }) => {
        expect({ base, version, kind }).toMatchObject({ base: DRAFT, version: '"1"', kind: 'update' });
        expect(patch).toHaveLength(1);
        return { method: 'PUT', body: JSON.stringify(local), headers: { 'content-type': 'application/json' } };
      },
    });
    await handle.edit((draft) => {
      draft.title = 'Better';
    });
    expect(on.writes()).toMatchObject([{ method: 'PUT', headers: { 'if-match': '"1"' } }]);
  });
});

describe('an envelope', () => {
  test('is opened on read and closed on write', async () => {
    const on = scene();
    on.server.seed('/wrapped', { data: { title: 'Inside' }, links: {} });
    const handle = on.client.resource<{ title: string }>('/wrapped', {
      write: 'put',
      body: {
        read: (body) =>
          typeof body === 'object' && body !== null && 'data' in body ? JSON.parse(JSON.stringify(body.data)) : {},
        write: (value) => ({ data: value }),
      },
    });
    expect((await handle.get()).value).toEqual({ title: 'Inside' });
    await handle.edit((draft) => {
      draft.title = 'Changed';
    });
    expect(on.server.get('/wrapped')?.value).toEqual({ data: { title: 'Changed' } });
  });
});

describe('headers and keys', () => {
  test('headers of every layer go with every request', async () => {
    const on = scene(
      {},
      {
        headers: { 'x-client': '1' },
        defaults: { headers: { 'x-default': '1' } },
        resources: { '/articles/:id': { headers: { 'x-pattern': '1' } } },
      },
    );
    const handle = article(on, { headers: { 'x-handle': '1' } });
    await handle.edit(
      (draft) => {
        draft.title = 'Better';
      },
      { headers: { 'x-call': '1' } },
    );
    for (const { headers } of on.server.requests) {
      expect(headers).toMatchObject({
        'x-client': '1',
        'x-default': '1',
        'x-pattern': '1',
        'x-handle': '1',
        'x-call': '1',
      });
    }
  });

  test('an idempotency key is the same for identical bytes and new for a rebased body', async () => {
    const on = scene({ idempotencyKeys: true });
    const handle = article(on, { idempotencyKey: true });
    await handle.get();
    on.server.fault({ kind: 'lose-request', on: { method: 'PATCH' } });
    changedMeanwhile(on);
    await handle.edit((draft) => {
      draft.title = 'Better';
    });
    const keys = on.writes().map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(keys[0]).toBeTypeOf('string');
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });
});

test("the caller's own Idempotency-Key goes with the first bytes, and a rebased body has another", async () => {
  const on = scene();
  const handle = article(on);
  await handle.get();
  on.server.fault({ kind: 'lose-request', on: { method: 'PATCH' } });
  changedMeanwhile(on);
  await handle.edit(
    (draft) => {
      draft.title = 'Better';
    },
    { headers: { 'idempotency-key': 'abc' } },
  );
  const keys = on.writes().map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual(['abc', 'abc', expect.any(String)]);
  expect(keys[2]).not.toBe('abc');
});

test('an idempotency key is of one form: where a look tells that another is taken, it is another', async () => {
  let stored = { title: 'Draft' };
  let version = 1;
  const sent: [string | null, string][] = [];
  const client = createClient({
    prefix: 'https://api.example.com',
    retry: 0,
    defaults: { idempotencyKey: true, retry: { minDelay: 0, maxDelay: 1 } },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const told = { etag: `"${version}"`, 'accept-patch': 'application/merge-patch+json' };
      if (request.method === 'GET') return Response.json(stored, { headers: told });
      sent.push([request.headers.get('idempotency-key'), await request.text()]);
      if (sent.length === 1) return new Response(null, { status: 503 });
      stored = { title: 'Mine' };
      version += 1;
      return Response.json(stored, { headers: { etag: `"${version}"` } });
    },
  });
  const base = { url: 'https://api.example.com/a', value: { title: 'Draft' }, version: '"1"' };
  await client.resource<{ title: string }>('a').edit(
    (draft) => {
      draft.title = 'Mine';
    },
    { base },
  );
  expect(sent.map(([, body]) => body)).toEqual([
    '[{"op":"replace","path":"/title","value":"Mine"}]',
    '{"title":"Mine"}',
  ]);
  expect(sent[0]?.[0]).toBeTypeOf('string');
  expect(sent[1]?.[0]).toBeTypeOf('string');
  expect(sent[1]?.[0]).not.toBe(sent[0]?.[0]);
});

describe('guards', () => {
  test('a protected path is not written, and the error names it', async () => {
    const on = scene();
    const handle = article(on, { readonly: ['/title'] });
    await expect(
      handle.edit((draft) => {
        draft.title = 'Better';
      }),
    ).rejects.toMatchObject({ code: 'ERR_READONLY_PATH', path: '/title' });
    expect(on.writes()).toEqual([]);
    await handle.edit((draft) => {
      draft.body = 'Better';
    });
  });

  test('a protected path is not written by a replay either', async () => {
    const on = scene();
    const handle = article(on, { readonly: ['/title'] });
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    const recipe = (draft: Article): void => {
      draft.tags.push('x');
      if (draft.body === 'Theirs') draft.title = 'Changed';
    };
    await expect(handle.edit(recipe, { strategy: 'replay' })).rejects.toMatchObject({ code: 'ERR_READONLY_PATH' });
    expect(on.landed()).toBe(0);
  });

  test('a resource without a version is not written, and the error says what is missing', async () => {
    const on = scene();
    on.server.fault({ kind: 'hide-version', times: Number.POSITIVE_INFINITY });
    const handle = article(on);
    await expect(
      handle.edit((draft) => {
        draft.title = 'Better';
      }),
    ).rejects.toMatchObject({
      code: 'ERR_MISSING_VERSION',
      message: expect.stringMatching(/ETag.*Access-Control-Expose-Headers/s),
    });
    expect(on.writes()).toEqual([]);
  });

  test('428 where none was required has the version learned', async () => {
    const on = scene({ requirePrecondition: true });
    on.server.fault({ kind: 'hide-version', times: 2 });
    const handle = article(on, { requireVersion: false });
    const result = await handle.edit((draft) => {
      draft.title = 'Better';
    });
    expect(result).toMatchObject({ version: '"2"', attempts: 2 });
  });

  test('428 although a version was sent is told at once', async () => {
    const on = scene();
    on.server.fault({ kind: 'status', status: 428, on: { method: 'PATCH' }, times: 9 });
    await expect(
      article(on).edit((draft) => {
        draft.title = 'Better';
      }),
    ).rejects.toMatchObject({ code: 'ERR_MISSING_VERSION' });
    expect(on.writes()).toHaveLength(1);
  });
});

describe('a schema', () => {
  const schema = {
    '~standard': {
      version: 1 as const,
      vendor: 'test',
      validate: (value: unknown) =>
        typeof value === 'object' && value !== null && 'title' in value && value.title !== ''
          ? { value: JSON.parse(JSON.stringify(value)) as Article }
          : { issues: [{ message: 'A title is needed.' }] },
    },
  };

  test('checks what is written', async () => {
    const on = scene();
    await expect(
      article(on, { schema }).edit((draft) => {
        draft.title = '';
      }),
    ).rejects.toMatchObject({
      code: 'ERR_INVALID_MERGE',
      issues: [{ message: 'A title is needed.' }],
    });
    expect(on.writes()).toEqual([]);
  });

  test('checks what was read', async () => {
    const on = scene();
    on.server.seed(PATH, { body: 'no title' });
    await expect(article(on, { schema }).get()).rejects.toMatchObject({
      code: 'ERR_UNREADABLE',
      message: expect.stringContaining('A title is needed.'),
    });
  });

  test('checks what was merged', async () => {
    const on = scene();
    const handle = article(on, { schema });
    await handle.get();
    on.server.edit(PATH, () => ({ ...DRAFT, title: '' }));
    const outcome = await handle
      .edit((draft) => {
        draft.body = 'Mine';
      })
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: expect.stringMatching(/^ERR_(INVALID_MERGE|FAILED)$/) });
    expect(on.landed()).toBe(0);
  });
});

test('under lastModified() two own edits within one second are both there', async () => {
  let stored: Record<string, unknown> = { title: 'a', body: 'b' };
  const stamp = new Date(1_700_000_000_000).toUTCString();
  const client = createClient({
    defaults: { version: lastModified(), write: 'put' },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'PUT') stored = (await request.json()) as Record<string, unknown>;
      return Response.json(stored, { headers: { 'last-modified': stamp } });
    },
  });
  const handle = client.resource<{ title: string; body: string }>('https://api.example.com/articles/1');
  await handle.get();
  await handle.edit((draft) => Object.assign(draft, { title: 'mine' }));
  expect(handle.value).toEqual({ title: 'mine', body: 'b' });
  await handle.edit((draft) => Object.assign(draft, { body: 'mine too' }));
  expect(stored).toEqual({ title: 'mine', body: 'mine too' });
});
