import type { ClientEvent } from 'unconflict';
import { createClient, etag, field, set } from 'unconflict';
import { afterEach, describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon, unhandledDuring } from './support.js';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};
let before = timers();
afterEach(async () => {
  before = timers();
});

describe('close', () => {
  test('settles what is pending, then refuses everything', async () => {
    const on = scene({ latency: 10 });
    const handle = on.client.resource<Article>(PATH);
    const editing = handle.edit(retitle);
    await tick();
    await soon(on.client.close());
    await expect(outcomeOf(editing)).resolves.toMatchObject({ version: '"2"' });
    const calls: [string, () => Promise<unknown>][] = [
      ['get', () => handle.get()],
      ['edit', () => handle.edit(retitle)],
      ['patch', () => handle.patch([])],
      ['replace', () => handle.replace(DRAFT)],
      ['create', () => handle.create(DRAFT)],
      ['delete', () => handle.delete()],
      ['client.get', async () => on.client.get(PATH)],
      ['client.put', async () => on.client.put(PATH, { json: DRAFT })],
      ['client.post', async () => on.client.post('/articles', { json: DRAFT })],
      ['a new handle', () => on.client.resource(PATH).get()],
    ];
    const requests = on.server.requests.length;
    for (const [name, call] of calls) {
      await expect(outcomeOf(call()), name).resolves.toMatchObject({
        code: 'ERR_CLOSED',
        message: expect.stringContaining('createClient'),
      });
    }
    expect(on.server.requests).toHaveLength(requests);
  });

  test('settles a plain write, too', async () => {
    const on = scene();
    const article = await on.client.get<Article>(PATH).json();
    let settled = false;
    const writing = on.client.put(PATH, { json: { ...article, title: 'Mine' } }).then(() => {
      settled = true;
    });
    await on.client.close();
    expect(settled).toBe(true);
    await writing;
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });

  test('aborts an open resolver: the edit ends as a conflict, and its error cannot be retried any more', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH, { resolve: () => new Promise(() => {}) });
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const editing = outcomeOf(handle.edit(retitle));
    while (handle.status !== 'conflicted') await tick();
    await soon(on.client.close());
    const error = await editing;
    expect(error).toMatchObject({ code: 'ERR_CONFLICT' });
    const retry: unknown = error instanceof Error && Reflect.get(error, 'retry').call(error, 'local');
    await expect(outcomeOf(Promise.resolve(retry))).resolves.toMatchObject({ code: 'ERR_CLOSED' });
    expect(on.landed()).toBe(0);
  });

  test('may be called twice, and with nothing pending', async () => {
    const on = scene();
    await soon(Promise.all([on.client.close(), on.client.close()]));
  });

  test('leaves no timer', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.edit(retitle);
    await on.client.close();
    await tick();
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe('an abort, wherever the edit is', () => {
  const reason = new Error('the caller gave up');
  const phases: [
    phase: string,
    start: (signal: AbortSignal) => Promise<{ readonly on: ReturnType<typeof scene>; readonly edit: Promise<unknown> }>,
  ][] = [
    [
      'reading its base',
      async (signal) => {
        const on = scene({ latency: 200 });
        return { on, edit: on.client.resource<Article>(PATH).edit(retitle, { signal }) };
      },
    ],
    [
      'queued behind another',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH);
        await handle.get();
        on.server.fault({ kind: 'delay', ms: 200 });
        void outcomeOf(handle.edit(retitle));
        await tick();
        return {
          on,
          edit: handle.edit(
            (draft) => {
              draft.body = 'x';
            },
            { signal },
          ),
        };
      },
    ],
    [
      'waiting for a lock',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH);
        await handle.get();
        on.server.lock(PATH, { retryAfter: 20 });
        const edit = handle.edit(retitle, { signal });
        while (handle.status !== 'waiting') await tick();
        return { on, edit };
      },
    ],
    [
      'writing',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH);
        await handle.get();
        on.server.fault({ kind: 'delay', ms: 200 });
        const edit = handle.edit(retitle, { signal });
        while (on.writes().length === 0) await tick();
        return { on, edit };
      },
    ],
    [
      'looking after a stale write',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH);
        await handle.get();
        on.server.edit(PATH, (draft) => {
          draft.body = 'Theirs';
        });
        on.server.fault({ kind: 'delay', ms: 200, on: { method: 'GET' } });
        const edit = handle.edit(retitle, { signal });
        while (on.reads().length < 2) await tick();
        return { on, edit };
      },
    ],
    [
      'waiting for the patient look',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH);
        await handle.get();
        on.server.fault({ kind: 'status', status: 412, on: { method: 'PATCH' } });
        const edit = handle.edit(retitle, { signal });
        while (on.reads().length < 2) await tick();
        await tick();
        return { on, edit };
      },
    ],
    [
      'with its resolver open',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH, { resolve: () => new Promise(() => {}) });
        await handle.get();
        on.server.edit(PATH, (draft) => {
          draft.title = 'Theirs';
        });
        const edit = handle.edit(retitle, { signal });
        while (handle.status !== 'conflicted') await tick();
        return { on, edit };
      },
    ],
    [
      'with its release hook open',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH, { locked: { release: () => new Promise(() => {}) } });
        await handle.get();
        on.server.lock(PATH);
        const edit = handle.edit(retitle, { signal });
        while (handle.status !== 'waiting') await tick();
        return { on, edit };
      },
    ],
    [
      'reading, as a get()',
      async (signal) => {
        const on = scene({ latency: 200 });
        return { on, edit: on.client.resource<Article>(PATH).get({ signal }) };
      },
    ],
    [
      'writing, as a delete()',
      async (signal) => {
        const on = scene();
        const handle = on.client.resource<Article>(PATH);
        await handle.get();
        on.server.fault({ kind: 'delay', ms: 200 });
        const edit = handle.delete({ signal });
        while (on.writes().length === 0) await tick();
        return { on, edit };
      },
    ],
    [
      'writing, as a plain verb',
      async (signal) => {
        const on = scene();
        const value = await on.client.get(PATH).json<Article>();
        on.server.fault({ kind: 'delay', ms: 200 });
        const edit = (async () => on.client.put(PATH, { json: { ...value, title: 'Mine' }, signal }))();
        while (on.writes().length === 0) await tick();
        return { on, edit };
      },
    ],
  ];
  test.each(phases)(
    "%s: ends it at once with the caller's own reason, and nothing is left behind",
    async (_phase, start) => {
      const unhandled = await unhandledDuring(async () => {
        const controller = new AbortController();
        const { on, edit } = await start(controller.signal);
        let outcome: unknown = 'nothing yet';
        const settled = edit.then(
          (value) => (outcome = value),
          (error: unknown) => (outcome = error),
        );
        await tick();
        controller.abort(reason);
        await tick();
        expect(outcome).toBe(reason);
        await settled;
        await on.server.close();
        await soon(on.client.close());
      });
      expect(unhandled).toEqual([]);
    },
  );

  test('before it began sends nothing', async () => {
    const on = scene();
    const signal = AbortSignal.abort(reason);
    const handle = on.client.resource<Article>(PATH);
    for (const call of [
      handle.get({ signal }),
      handle.edit(retitle, { signal }),
      handle.delete({ signal }),
      handle.create(DRAFT, { signal }),
    ]) {
      await expect(outcomeOf(call)).resolves.toBe(reason);
    }
    expect(on.server.requests).toEqual([]);
  });

  test('of a write in flight says in doubt', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'delay', ms: 50 });
    const controller = new AbortController();
    const edit = outcomeOf(handle.edit(retitle, { signal: controller.signal }));
    while (on.writes().length === 0) await tick();
    controller.abort(reason);
    await edit;
    expect(on.told()).toEqual(['attempt', 'in-doubt', 'rejected']);
    await on.server.close();
  });

  test('with a reason that is no error passes it as it is', async () => {
    const on = scene({ latency: 50 });
    const controller = new AbortController();
    const edit = outcomeOf(on.client.resource<Article>(PATH).edit(retitle, { signal: controller.signal }));
    await tick();
    controller.abort('bye');
    await expect(soon(edit)).resolves.toBe('bye');
    await on.server.close();
  });
});

/** Opens nothing: what counts is which object it is. */
const ENVELOPE = { read: (body: unknown) => body, write: (value: unknown) => value };

describe('a handle', () => {
  test('goes from empty to idle, saving and failed, and tells every change', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    const seen: string[] = [];
    const leave = handle.subscribe(() => {
      if (seen.at(-1) !== handle.status) seen.push(handle.status);
    });
    expect(handle.status).toBe('empty');
    expect(handle.snapshot).toBeUndefined();
    await handle.get();
    await handle.edit(retitle);
    expect(handle.status).toBe('idle');
    on.server.fault({ kind: 'status', status: 403, on: { method: 'PATCH' } });
    await outcomeOf(
      handle.edit((draft) => {
        draft.title = 'Again';
      }),
    );
    expect(handle.status).toBe('failed');
    expect(handle.value).toMatchObject({ title: 'Mine' });
    expect(seen).toEqual(['idle', 'saving', 'idle', 'saving', 'failed']);
    leave();
    await handle.get();
    expect(seen).toHaveLength(5);
  });

  test('and another one of the same URL show the same', async () => {
    const on = scene();
    const [one, two] = [on.client.resource<Article>(PATH), on.client.resource<Article>(PATH)];
    const editing = one.edit(retitle);
    await editing;
    expect(two.snapshot).toEqual(one.snapshot);
    expect(two.value).toEqual(one.value);
  });

  test.each([
    ['no options', () => ({}), () => ({})],
    ['the default scheme and the same one by name', () => ({}), () => ({ version: etag() })],
    ['schemes made twice', () => ({ version: field('/rev') }), () => ({ version: field('/rev') })],
    ['one envelope', () => ({ body: ENVELOPE }), () => ({ body: ENVELOPE, write: 'put' as const })],
    ['other rules', () => ({ merge: { '/tags': set() } }), () => ({ retry: { attempts: 3 } })],
  ])('shares its snapshot with one whose value is the same: %s', async (_title, mine, theirs) => {
    const on = scene();
    const [one, two] = [on.client.resource(PATH, mine()), on.client.resource(PATH, theirs())];
    await one.get();
    expect(one.snapshot).toBeDefined();
    expect(two.value).toBe(one.value);
  });

  test.each([
    ['another envelope', () => ({ body: { ...ENVELOPE } })],
    ['no envelope', () => ({})],
    ['a version in another place', () => ({ body: ENVELOPE, version: field('/rev') })],
    ['headers of its own', () => ({ body: ENVELOPE, headers: { 'x-tenant': 'b' } })],
  ])('shares nothing with one whose value is another: %s', async (_title, theirs) => {
    const on = scene();
    const one = on.client.resource(PATH, { body: ENVELOPE });
    const two = on.client.resource(PATH, theirs());
    await one.get();
    expect(two.snapshot).toBeUndefined();
  });

  test('hands out the same snapshot and value until something changes', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    const first = await handle.get();
    const second = await handle.get();
    expect(second).toBe(first);
    expect(handle.snapshot).toBe(first);
    expect(handle.value).toBe(first.value);
  });
});

describe('listeners', () => {
  test('hear of their type alone, frozen, with the URL, the edit and the time', async () => {
    const on = scene();
    const heard: ClientEvent[] = [];
    const leave = on.client.on('attempt', (event) => heard.push(event));
    await on.client.resource<Article>(PATH).edit(retitle);
    leave();
    await on.client.resource<Article>(PATH).edit((draft) => {
      draft.title = 'Again';
    });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      type: 'attempt',
      attempt: 1,
      method: 'PATCH',
      version: '"1"',
      url: `${on.server.origin}${PATH}`,
      at: expect.any(Number),
      editId: expect.any(String),
    });
    expect(Object.isFrozen(heard[0])).toBe(true);
  });

  test('and subscribers and loggers that throw or reject change nothing', async () => {
    const boom = (): never => {
      throw new Error('broken');
    };
    const unhandled = await unhandledDuring(async () => {
      const on = scene({}, { logger: { debug: boom, info: boom, warn: boom, error: boom } });
      on.client.on(boom);
      on.client.on(async () => boom());
      const handle = on.client.resource<Article>(PATH);
      handle.subscribe(boom);
      await expect(handle.edit(retitle)).resolves.toMatchObject({ version: '"2"' });
    });
    expect(unhandled).toEqual([]);
  });
});

describe('log lines', () => {
  test('hold no secret: neither of the address, nor of headers, nor of bodies', async () => {
    const lines: string[] = [];
    const log = (...all: unknown[]): void => void lines.push(all.map(String).join(' '));
    const on = scene();
    const client = createClient({
      prefix: on.server.origin,
      fetch: on.server.fetch,
      retry: 0,
      headers: { authorization: 'Bearer s3cret', cookie: 's=s3cret' },
      searchParams: { token: 's3cret' },
      defaults: { retry: { minDelay: 0, maxDelay: 1 } },
      logger: { debug: log, info: log, warn: log, error: log },
    });
    const handle = client.resource<Article>(PATH);
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.body = 's3cret';
    });
    await handle.edit((draft) => {
      draft.title = 's3cret';
    });
    on.server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
    await handle.edit((draft) => {
      draft.title = 's3cret 2';
    });
    on.server.fault({ kind: 'status', status: 403, on: { method: 'PATCH' } });
    const error = await outcomeOf(
      handle.edit((draft) => {
        draft.title = 's3cret 3';
      }),
    );
    expect(error).toBeInstanceOf(Error);
    await expect.poll(() => lines.length).toBeGreaterThan(8);
    expect(lines.filter((line) => line.includes('s3cret'))).toEqual([]);
  });
});

describe('options that cannot work', () => {
  test.each([
    ['a pattern', { resources: { articles: {} } }],
    ['a default', { defaults: { gone: 'never' } }],
    ['a table', { resources: { '/a': { merge: { title: 'local' } } } }],
    ['a number', { defaults: { retry: { attempts: -1 } } }],
  ])('are told by createClient: %s', (_title, options) => {
    const given: object = options;
    expect(() => Reflect.apply(createClient, undefined, [given])).toThrowError(
      expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }),
    );
  });
});
