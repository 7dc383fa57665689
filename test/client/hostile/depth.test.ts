import { createClient } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon } from '../support.js';

/** With the document around them, 999 containers: the 1,001st would be refused. */
const LEVELS = 998;
/** What a hostile server may answer. */
const FAR_TOO_DEEP = 10_000;
type Deep = Article & { deep?: unknown };

/** JSON this many levels deep, lists and objects in turn. */
const deepText = (innermost: string, levels = LEVELS): string =>
  `${'[{"a":'.repeat(levels / 2)}${innermost}${'}]'.repeat(levels / 2)}`;
const deep = (innermost: string): unknown => JSON.parse(deepText(innermost));
const textOf = (value: unknown): string => {
  // The innermost value is enough, and the way there is counted.
  let levels = 0;
  let at = value;
  while (typeof at === 'object' && at !== null) {
    levels += 1;
    at = Array.isArray(at) ? at[0] : Reflect.get(at, 'a');
  }
  return `${levels}: ${String(at)}`;
};
const pointer = `/deep${'/0/a'.repeat(LEVELS / 2)}`;

function deepScene() {
  const on = scene({ maxBody: 10_000_000 });
  const seeded = `{"title":"Draft","body":"Text","tags":["a","b"],"deep":${deepText('1')}}`;
  on.server.seed(PATH, JSON.parse(seeded));
  return { on, handle: on.client.resource<Deep>(PATH) };
}

const theirs = (on: ReturnType<typeof scene>): void =>
  void on.server.edit<Deep>(PATH, (draft) => void draft.tags.push('theirs'));

describe('1,000 levels', () => {
  const changes: [
    title: string,
    change: (handle: ReturnType<typeof deepScene>['handle']) => Promise<unknown>,
    innermost: string,
  ][] = [
    ['beside an edit', (handle) => handle.edit((draft) => void draft.tags.push('mine')), '1'],
    ['under an edit by patch', (handle) => handle.patch([{ op: 'replace', path: pointer, value: 2 }]), '2'],
    ['put in by a recipe', (handle) => handle.edit((draft) => void Object.assign(draft, { deep: deep('3') })), '3'],
    ['put in by a patch', (handle) => handle.patch([{ op: 'replace', path: '/deep', value: deep('4') }]), '4'],
    ['put in by replace', (handle) => handle.replace({ ...DRAFT, deep: deep('5') }), '5'],
  ];
  test.each(changes)('%s: written, and merged with what others did', async (_title, change, innermost) => {
    const { on, handle } = deepScene();
    await handle.get();
    theirs(on);
    await soon(change(handle), 10_000);
    const now = on.server.get<Deep>(PATH)?.value;
    expect(textOf(now?.deep)).toBe(`${LEVELS}: ${innermost}`);
    expect(now?.tags).toContain('theirs');
  });

  test('created, and deleted', async () => {
    const { on } = deepScene();
    const handle = on.client.resource<Deep>('/articles/deep');
    await soon(handle.create({ ...DRAFT, deep: deep('1') }), 10_000);
    expect(textOf(on.server.get<Deep>('/articles/deep')?.value.deep)).toBe(`${LEVELS}: 1`);
    await soon(handle.delete());
    expect(on.server.get('/articles/deep')).toBeUndefined();
  });

  test('that both sides changed within: one conflict at its place, and an error that can be looked at', async () => {
    const { on, handle } = deepScene();
    await handle.get();
    on.server.edit<Deep>(PATH, (draft) => void Object.assign(draft, { deep: deep('2') }));
    const error = await soon(outcomeOf(handle.patch([{ op: 'replace', path: pointer, value: 3 }])), 10_000);
    expect(error).toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ path: expect.stringMatching(/^\/deep/) }] });
    expect(String(error).length).toBeLessThan(100_000);
    expect(textOf(on.server.get<Deep>(PATH)?.value.deep)).toBe(`${LEVELS}: 2`);
  });

  test('in what a resolver answers', async () => {
    const { on, handle } = deepScene();
    await handle.get();
    on.server.edit<Deep>(PATH, (draft) => void Object.assign(draft, { title: 'Theirs' }));
    const value = { ...DRAFT, title: 'Both', deep: deep('7') };
    await soon(
      handle.edit((draft) => void Object.assign(draft, { title: 'Mine' }), { resolve: () => ({ value }) }),
      10_000,
    );
    expect(on.server.get<Deep>(PATH)?.value.title).toBe('Both');
    expect(textOf(on.server.get<Deep>(PATH)?.value.deep)).toBe(`${LEVELS}: 7`);
  });

  const bodies: [title: string, status: number, body: string][] = [
    ['a refusal as stale', 412, deepText('"x"', FAR_TOO_DEEP)],
    [
      'a problem',
      409,
      `{"type":${deepText('1', FAR_TOO_DEEP)},"code":${deepText('1', FAR_TOO_DEEP)},"error":${deepText('1', FAR_TOO_DEEP)},"errors":${deepText('1', FAR_TOO_DEEP)}}`,
    ],
    ['a lock', 423, `{"error":${deepText('1', FAR_TOO_DEEP)},"holder":${deepText('1', FAR_TOO_DEEP)}}`],
    ['a server error', 500, deepText('1', FAR_TOO_DEEP)],
  ];
  test.each(bodies)('in the body of %s: the answer means what its status means', async (_title, status, body) => {
    const { on, handle } = deepScene();
    await handle.get();
    theirs(on);
    on.server.fault({
      kind: 'status',
      status,
      body,
      headers: { 'content-type': 'application/json' },
      on: { method: 'PATCH' },
    });
    await soon(
      handle.edit((draft) => void draft.tags.push('mine')),
      10_000,
    );
    expect(on.server.get<Deep>(PATH)?.value.tags).toEqual(['a', 'b', 'theirs', 'mine']);
  });

  test('in the base that a caller brings', async () => {
    const { on, handle } = deepScene();
    const base = await handle.get();
    theirs(on);
    const other = createClient({ prefix: on.server.origin, fetch: on.server.fetch, retry: 0 });
    const editing = other.resource<Deep>(PATH).edit((draft) => void draft.tags.push('mine'), { base });
    await soon(editing, 10_000);
    expect(on.server.get<Deep>(PATH)?.value.tags).toEqual(['a', 'b', 'theirs', 'mine']);
    await other.close();
  });
});

describe('1,001 levels', () => {
  const tooDeep = (): unknown => JSON.parse(deepText('1', 1_000));
  const changes: [title: string, change: (handle: ReturnType<typeof deepScene>['handle']) => Promise<unknown>][] = [
    ['put in by a recipe', (handle) => handle.edit((draft) => void Object.assign(draft, { deep: tooDeep() }))],
    ['put in by a patch', (handle) => handle.patch([{ op: 'replace', path: '/deep', value: tooDeep() }])],
    ['put in by replace', (handle) => handle.replace({ ...DRAFT, deep: tooDeep() })],
    ['created', (handle) => handle.create({ ...DRAFT, deep: tooDeep() })],
  ];
  test.each(changes)('%s: refused before anything is sent, and it says why', async (_title, change) => {
    const { on, handle } = deepScene();
    await handle.get();
    const before = on.server.requests.length;
    const error = await soon(outcomeOf(change(handle)));
    expect(error).toMatchObject({
      code: expect.stringMatching(/^ERR_INVALID_(JSON|PATCH)$/),
      message: expect.stringMatching(/1,000/),
    });
    expect(on.server.requests.length).toBe(before);
  });
});
