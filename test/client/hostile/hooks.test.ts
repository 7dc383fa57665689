import type { ResourceOptions } from 'unconflict';
import { createClient, field } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon, unhandledDuring } from '../support.js';

const boom = (): never => {
  throw new Error('broken hook');
};
const reject = async (): Promise<never> => boom();
/** Neither an object nor a promise as it should be: whatever is asked of it, it throws. */
const bristling: unknown = new Proxy({}, { get: boom, has: boom, ownKeys: boom, getOwnPropertyDescriptor: boom });
const nonsense: [name: string, answer: unknown][] = [
  ['null', null],
  ['0', 0],
  ["''", ''],
  ["'nonsense'", 'nonsense'],
  ['[]', []],
  ['{}', {}],
  ['true', true],
  ['1n', 1n],
  ['a symbol', Symbol('x')],
  ['a function', () => {}],
  ['a promise', Promise.resolve('nonsense')],
  ['what throws whatever is asked of it', bristling],
];
/** What a caller without types can hand over. */
const untyped = (value: unknown): never => value as never;

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};

/** A stale edit of the title, which others have changed, under these options. */
async function contested(options: ResourceOptions<Article>) {
  const on = scene({}, { defaults: { retry: { attempts: 3, deadline: 500 } } });
  const handle = on.client.resource<Article>(PATH, options);
  const outcome = await soon(
    outcomeOf(
      (async () => {
        await handle.get();
        on.server.edit<Article>(PATH, (draft) => {
          draft.title = 'Theirs';
        });
        return handle.edit(retitle);
      })(),
    ),
  );
  return { on, outcome };
}

describe('a resolver', () => {
  test.each([
    ['throws', boom],
    ['rejects', reject],
  ] as const)('that %s ends in a conflict with what it threw as its cause', async (_title, resolve) => {
    const unhandled = await unhandledDuring(async () => {
      const { on, outcome } = await contested({ resolve });
      expect(outcome).toMatchObject({
        code: 'ERR_CONFLICT',
        cause: { message: 'broken hook' },
        local: { title: 'Mine' },
      });
      expect(on.landed()).toBe(0);
    });
    expect(unhandled).toEqual([]);
  });

  test.each(nonsense)('that answers %s ends in a conflict, and nothing is written', async (_name, answer) => {
    const unhandled = await unhandledDuring(async () => {
      const { on, outcome } = await contested({ resolve: () => untyped(answer) });
      expect(outcome).toMatchObject({ code: 'ERR_CONFLICT', local: { title: 'Mine' }, remote: { title: 'Theirs' } });
      expect(on.landed()).toBe(0);
    });
    expect(unhandled).toEqual([]);
  });

  const resolutions: unknown[] = [
    { '/title': 'nonsense' },
    { '/title': null },
    { '/title': { value: undefined } },
    { '/title': { value: 1n } },
    { '/other': 'local' },
    { '/title': { value: Number.NaN } },
    [],
    new Map([['/title', 'local']]),
    'local',
  ];
  test.each(resolutions.map((answer, index) => [index, answer] as const))(
    'that answers nonsense for a path (%#) ends in a conflict, and nothing is written',
    async (_name, answer) => {
      const { on, outcome } = await contested({ resolve: () => untyped({ resolutions: answer }) });
      expect(outcome).toMatchObject({ code: 'ERR_CONFLICT' });
      expect(on.landed()).toBe(0);
    },
  );

  test('that never answers is ended by the signal, and by closing', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH, { resolve: () => new Promise(() => {}) });
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const signal = AbortSignal.timeout(30);
    await expect(soon(handle.edit(retitle, { signal }))).rejects.toMatchObject({ name: 'TimeoutError' });
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs again';
    });
    const waiting = outcomeOf(handle.edit(retitle));
    while (handle.status !== 'conflicted') await new Promise((resolve) => setTimeout(resolve, 1));
    await soon(on.client.close());
    await expect(soon(waiting)).resolves.toMatchObject({ code: 'ERR_CONFLICT' });
    expect(on.landed()).toBe(0);
  });

  test('that answers after it was ended changes nothing any more', async () => {
    let answer: (value: 'local') => void = () => {};
    const on = scene();
    const handle = on.client.resource<Article>(PATH, { resolve: () => new Promise((resolve) => (answer = resolve)) });
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    await expect(soon(handle.edit(retitle, { signal: AbortSignal.timeout(30) }))).rejects.toThrow();
    answer('local');
    await on.client.close();
    expect(on.writes()).toHaveLength(1);
    expect(on.now()).toMatchObject({ title: 'Theirs' });
  });
});

/** Every other piece of somebody else's code that the loop calls. */
const hooks: [title: string, options: (hook: () => unknown) => ResourceOptions<Article>][] = [
  ['a merge rule', (hook) => ({ merge: { '/title': untyped(hook) } })],
  ['classify', (hook) => ({ classify: untyped(hook) })],
  ['conflictBody', (hook) => ({ conflictBody: untyped(hook) })],
  ['body.read', (hook) => ({ body: { read: untyped(hook), write: (value) => value } })],
  ['body.write', (hook) => ({ body: { read: (body) => untyped(body), write: hook }, write: 'put' })],
  ['a write format', (hook) => ({ write: untyped(hook) })],
  ['a schema', (hook) => ({ schema: { '~standard': { version: 1, vendor: 'x', validate: untyped(hook) } } })],
  ['a version format', (hook) => ({ version: field('/title', { send: 'if-match', format: untyped(hook) }) })],
];
describe.each(hooks)('%s', (_title, optionsFor) => {
  const answers = nonsense.map(([name, answer]): [string, () => unknown] => [`answers ${name}`, () => answer]);
  test.each<[string, () => unknown]>([['throws', boom], ...answers])(
    'that %s: the edit ends, nobody else is harmed, nothing is unhandled',
    async (_how, hook) => {
      const unhandled = await unhandledDuring(async () => {
        const { on, outcome } = await contested(optionsFor(hook));
        expect(outcome).toBeDefined();
        await soon(on.client.close());
        const other = createClient({ prefix: on.server.origin, fetch: on.server.fetch });
        await soon(other.resource<Article>(PATH).edit((draft) => ({ ...draft, body: 'After' })));
        expect(on.server.get<Article>(PATH)?.value).toMatchObject({ body: 'After' });
        await soon(other.close());
      });
      expect(unhandled).toEqual([]);
    },
  );
});

describe('a release hook of a lock', () => {
  test.each([
    ['throws', boom],
    ['rejects', reject],
  ] as const)('that %s ends in the lock, with what it threw as its cause', async (_title, release) => {
    const unhandled = await unhandledDuring(async () => {
      const on = scene();
      on.server.lock(PATH, { holder: 'Ada' });
      const edit = on.client.resource<Article>(PATH, { locked: { release } }).edit(retitle);
      await expect(soon(edit)).rejects.toMatchObject({
        code: 'ERR_LOCKED',
        holder: 'Ada',
        cause: { message: 'broken hook' },
      });
    });
    expect(unhandled).toEqual([]);
  });
});

describe('who listens', () => {
  test.each([
    ['throws', boom],
    ['rejects', reject],
  ] as const)(
    'and %s (events, onEvent, subscribers, every level of a logger) changes nothing, in success and in failure',
    async (_title, broken) => {
      const unhandled = await unhandledDuring(async () => {
        const on = scene({}, { onEvent: broken, logger: { debug: broken, info: broken, warn: broken, error: broken } });
        on.client.on(broken);
        on.client.on('stale', broken);
        const handle = on.client.resource<Article>(PATH);
        handle.subscribe(broken);
        await handle.get();
        on.server.edit<Article>(PATH, (draft) => {
          draft.body = 'Theirs';
        });
        await expect(soon(handle.edit(retitle))).resolves.toMatchObject({ attempts: 2 });
        on.server.edit<Article>(PATH, (draft) => {
          draft.title = 'Theirs';
        });
        await expect(soon(handle.edit(() => ({ ...DRAFT, title: 'Mine again' })))).rejects.toMatchObject({
          code: 'ERR_CONFLICT',
        });
        await soon(on.client.close());
      });
      expect(unhandled).toEqual([]);
    },
  );

  test('an error that nobody looks at is the only rejection that is left', async () => {
    const unhandled = await unhandledDuring(async () => {
      const on = scene();
      on.server.refuse(PATH, () => ({ code: 'no' }));
      const handle = on.client.resource<Article>(PATH);
      await handle.get();
      void handle.patch([{ op: 'remove', path: '/nowhere' }]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    expect(unhandled).toHaveLength(1);
    expect(unhandled[0]).toMatchObject({ code: 'ERR_INVALID_PATCH' });
  });
});
