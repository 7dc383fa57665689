import type { ClientEvent, RequestFacts, ResourceOptions } from 'unconflict';
import { ConflictError, conflictFetch } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { deletedUnderneath } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon } from './support.js';

type Handle = ReturnType<ReturnType<typeof scene>['client']['resource']>;
type On = ReturnType<typeof scene>;

interface Story {
  readonly server?: ConflictServerOptions;
  readonly options?: ResourceOptions<Article>;
  /** What happens behind the client's back, between its read and its write. */
  readonly meanwhile?: (on: On) => void;
  readonly act?: (handle: ReturnType<typeof handleOf>) => Promise<unknown>;
  /** Without `wait`, which comes between them. */
  readonly told: readonly ClientEvent['type'][];
}

const handleOf = (on: On, options: ResourceOptions<Article> = {}) => on.client.resource<Article>(PATH, options);
const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};
const overlapping = (on: On): void => {
  on.server.edit(PATH, (draft) => {
    draft.title = 'Theirs';
  });
};
const disjoint = (on: On): void => {
  on.server.edit(PATH, (draft) => {
    draft.body = 'Theirs';
  });
};

const stories: Record<string, Story> = {
  'an edit that nobody disturbs': { told: ['attempt', 'accepted'] },
  'an edit that changes nothing': { act: (handle) => handle.edit(() => {}), told: ['accepted'] },
  'a stale edit': { meanwhile: disjoint, told: ['attempt', 'stale', 'refetch', 'rebase', 'attempt', 'accepted'] },
  'a stale edit told the latest state by the refusal': {
    server: { conflictBody: 'current' },
    options: { conflictBody: ({ body, headers }) => ({ body, version: headers.get('etag') ?? '' }) },
    meanwhile: disjoint,
    told: ['attempt', 'stale', 'refetch', 'rebase', 'attempt', 'accepted'],
  },
  'an overlap that a rule settles': {
    options: { merge: { '/title': 'local' } },
    meanwhile: overlapping,
    told: ['attempt', 'stale', 'refetch', 'rebase', 'attempt', 'accepted'],
  },
  'an overlap that a resolver settles': {
    options: { resolve: () => 'local' },
    meanwhile: overlapping,
    told: ['attempt', 'stale', 'refetch', 'rebase', 'resolve', 'rebase', 'attempt', 'accepted'],
  },
  'an overlap that a resolver discards': {
    options: { resolve: () => 'discard' },
    meanwhile: overlapping,
    told: ['attempt', 'stale', 'refetch', 'rebase', 'resolve', 'accepted'],
  },
  'an overlap that nobody settles': {
    meanwhile: overlapping,
    told: ['attempt', 'stale', 'refetch', 'rebase', 'rejected'],
  },
  'a change that others made as well': {
    meanwhile: (on) => {
      on.server.edit(PATH, (draft) => {
        draft.title = 'Mine';
      });
    },
    told: ['attempt', 'stale', 'refetch', 'rebase', 'accepted'],
  },
  'a lost answer': {
    meanwhile: (on) => void on.server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } }),
    told: ['attempt', 'in-doubt', 'refetch', 'accepted'],
  },
  'a lost request': {
    meanwhile: (on) => void on.server.fault({ kind: 'lose-request', on: { method: 'PATCH' } }),
    told: ['attempt', 'in-doubt', 'refetch', 'attempt', 'accepted'],
  },
  'a deletion': {
    meanwhile: (on) => void deletedUnderneath(on.server, PATH),
    told: ['attempt', 'gone', 'rejected'],
  },
  'a deletion that is taken back': {
    options: { gone: 'recreate' },
    meanwhile: (on) => void deletedUnderneath(on.server, PATH),
    told: ['attempt', 'gone', 'attempt', 'accepted'],
  },
  'a lock that is not waited for': {
    options: { locked: 'error' },
    meanwhile: (on) => on.server.lock(PATH),
    told: ['attempt', 'locked', 'rejected'],
  },
  'a create that meets something': {
    act: (handle) => handle.create(DRAFT),
    told: ['attempt', 'exists', 'refetch', 'rejected'],
  },
  'a create that takes what it meets': {
    options: { exists: 'adopt' },
    act: (handle) => handle.create(DRAFT),
    told: ['attempt', 'exists', 'refetch', 'accepted'],
  },
  'another form of writing': {
    meanwhile: (on) => void on.server.fault({ kind: 'status', status: 405, on: { method: 'PATCH' } }),
    told: ['attempt', 'attempt', 'accepted'],
  },
  'something forbidden': {
    meanwhile: (on) => void on.server.fault({ kind: 'status', status: 403, on: { method: 'PATCH' } }),
    told: ['attempt', 'rejected'],
  },
  'a refusal by a rule': {
    meanwhile: (on) =>
      void on.server.fault({ kind: 'status', status: 422, body: { code: 'ReferenceExists' }, on: { method: 'PATCH' } }),
    told: ['attempt', 'refused', 'rejected'],
  },
  'a delete': { act: (handle) => handle.delete(), told: ['attempt', 'accepted'] },
  'a delete of a newer state': {
    meanwhile: disjoint,
    act: (handle) => handle.delete(),
    told: ['attempt', 'stale', 'refetch', 'rejected'],
  },
};

describe('what is told of', () => {
  test.each(Object.entries(stories))('%s', async (_title, { server, options, meanwhile, act, told }) => {
    const on = scene(server);
    const handle = handleOf(on, options);
    await handle.get();
    meanwhile?.(on);
    await soon(outcomeOf(act === undefined ? handle.edit(retitle) : act(handle)), 4_000);
    expect(on.told()).toEqual(told);
    expect(new Set(on.events.map(({ editId }) => editId)).size).toBe(1);
  });
});

test('reads are no edits, and tell nothing', async () => {
  const on = scene();
  const handle: Handle = on.client.resource(PATH);
  await handle.get();
  expect(on.events).toEqual([]);
});

test('the last event says how it ended, after how many writes', async () => {
  const on = scene();
  const handle = handleOf(on);
  await handle.get();
  disjoint(on);
  await handle.edit(retitle);
  expect(on.events.at(-1)).toMatchObject({
    type: 'accepted',
    attempts: 2,
    rebased: true,
    alreadyApplied: false,
    ms: expect.any(Number),
  });
  overlapping(on);
  const error = await outcomeOf(handle.edit((draft) => void Object.assign(draft, { title: 'Again' })));
  expect(on.events.at(-1)).toMatchObject({ type: 'rejected', attempts: 1, error });
});

const put = async ({ client }: On): Promise<void> => {
  const read = await client.get<Article>(PATH).json();
  await client.put(PATH, { json: { ...read, title: 'Mine' }, base: read });
};

describe('queued', () => {
  test('is told first, before the call returns where a base is known', async () => {
    const on = scene();
    const handle = handleOf(on);
    await handle.get();
    const editing = handle.edit(retitle);
    expect(on.events).toMatchObject([{ type: 'queued', kind: 'update', operations: 1 }]);
    await editing;
    expect(on.events.map(({ type }) => type)).toEqual(['queued', 'attempt', 'accepted']);
  });

  test.each([
    ['create', (on: On) => on.client.resource('/articles/2').create({ title: 'New', body: '' }), 2],
    ['delete', (on: On) => handleOf(on).delete(), 0],
    ['update', (on: On) => put(on), 1],
  ] as const)('tells a %s', async (kind, act, operations) => {
    const on = scene();
    await act(on);
    expect(on.events[0]).toMatchObject({ type: 'queued', kind, operations });
  });

  test('is told again when an error is gone on from, under the same id', async () => {
    const on = scene();
    const handle = handleOf(on);
    await handle.get();
    overlapping(on);
    const error = await outcomeOf(handle.edit(retitle));
    if (!(error instanceof ConflictError)) throw error;
    await error.retry('local');
    const queued = on.events.filter(({ type }) => type === 'queued');
    expect(queued).toHaveLength(2);
    expect(new Set(queued.map(({ editId }) => editId)).size).toBe(1);
  });
});

test('the pattern is the key of resources that holds for the URL', async () => {
  const on = scene({}, { resources: { '/articles/:id': {}, '/*': {} } });
  await handleOf(on).edit(retitle);
  await on.client.resource('/notes/1').create({});
  await scene()
    .client.resource(PATH)
    .edit(() => {});
  expect([...new Set(on.events.map(({ pattern }) => pattern))]).toEqual(['/articles/:id', '/*']);
});

test('without resources there is no pattern', async () => {
  const on = scene();
  await handleOf(on).edit(retitle);
  expect(new Set(on.events.map(({ pattern }) => pattern))).toEqual(new Set([undefined]));
});

describe('onEvent', () => {
  test('hears what on() hears, and also from a client that was extended', async () => {
    const heard: ClientEvent[] = [];
    const on = scene({}, { onEvent: (event) => heard.push(event) });
    await handleOf(on).edit(retitle);
    expect(heard).toEqual(on.events);
    await on.client.extend({ timeout: 1_000 }).resource<Article>(PATH).edit(retitle);
    expect(heard.length).toBeGreaterThan(on.events.length);
  });

  test('hears a conflictFetch(), and does no harm by throwing', async () => {
    const heard: string[] = [];
    const { server } = scene();
    const onEvent = ({ type }: ClientEvent): void => {
      heard.push(type);
      throw new Error('a listener');
    };
    const send = conflictFetch({ fetch: server.fetch, onEvent });
    const url = server.origin + PATH;
    await (await send(url)).json();
    const headers = { 'content-type': 'application/json' };
    const answer = await send(url, { method: 'PUT', headers, body: JSON.stringify({ ...DRAFT, title: 'Mine' }) });
    expect([answer.status, heard]).toEqual([200, ['queued', 'attempt', 'accepted']]);
  });
});

describe("what a client's own fetch is told", () => {
  /** The edits of each request, by method. */
  function listeningScene(): { readonly on: On; readonly sent: [string, readonly string[] | undefined][] } {
    const { server } = scene();
    const sent: [string, readonly string[] | undefined][] = [];
    const fetch: typeof globalThis.fetch = (input, init: RequestInit & { unconflict?: RequestFacts } = {}) => {
      sent.push([input instanceof Request ? input.method : 'GET', init.unconflict?.edits]);
      return server.fetch(input, init);
    };
    return { on: { ...scene({}, { fetch, prefix: server.origin }), server }, sent };
  }

  test('the edit, for its writes and looks, and nothing for a read by itself', async () => {
    const { on, sent } = listeningScene();
    const handle = handleOf(on);
    await handle.get();
    disjoint(on);
    await handle.edit(retitle);
    const edits = [on.events[0]?.editId];
    expect(sent).toEqual([
      ['GET', undefined],
      ['PATCH', edits],
      ['GET', edits],
      ['PATCH', edits],
    ]);
  });

  test('all edits that travel together, in their order', async () => {
    const { on, sent } = listeningScene();
    const handle = handleOf(on);
    await handle.get();
    const again = (draft: Article): void => void draft.tags.push('c');
    await Promise.all([handle.edit(retitle), handle.edit(again)]);
    const edits = on.events.filter(({ type }) => type === 'queued').map(({ editId }) => editId);
    expect(edits).toHaveLength(2);
    expect(sent.at(-1)).toEqual(['PATCH', edits]);
  });

  test('a delete, and a plain verb', async () => {
    const { on, sent } = listeningScene();
    const read = await on.client.get<Article>(PATH).json();
    await on.client.put(PATH, { json: { ...read, title: 'Mine' }, base: read });
    await handleOf(on).delete();
    const edits = on.events.filter(({ type }) => type === 'queued').map(({ editId }) => editId);
    expect(sent.filter(([method]) => method !== 'GET')).toEqual([
      ['PUT', [edits[0]]],
      ['DELETE', [edits[1]]],
    ]);
  });
});
