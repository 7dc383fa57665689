import type { ClientEvent, ResourceOptions } from 'unconflict';
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
