import type { ResourceOptions } from 'unconflict';
import { counter, createClient, field } from 'unconflict';
import type { ConflictServerOptions, FaultOptions } from 'unconflict/testing';
import { lostAnswer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon } from './support.js';

const WRITES = ['PUT', 'PATCH', 'POST', 'DELETE'];
type Fault = Omit<FaultOptions, 'on'> & FaultOptions;

const afterCommit: [title: string, fault: Fault][] = [
  ['the answer is lost', { kind: 'lose-answer' }],
  ['the answer is a 500', { kind: 'status', status: 500, commit: true }],
  ['the answer is a 502 of a gateway', { kind: 'html', commit: true }],
  [
    'the answer is a 503 that asks for ten years',
    { kind: 'status', status: 503, commit: true, headers: { 'Retry-After': '315360000' } },
  ],
  ['the answer is a 504', { kind: 'status', status: 504, commit: true }],
  ['the answer is a 408', { kind: 'status', status: 408, commit: true }],
  ['the answer is HTML with 200', { kind: 'html', status: 200, commit: true }],
  ['the answer breaks off', { kind: 'truncate' }],
];
describe.each(afterCommit)('a write that landed while %s', (_title, fault) => {
  test('is recognised, and lands once', async () => {
    const on = scene();
    on.server.fault({ ...fault, on: { method: WRITES } });
    const result = await soon(on.client.resource<Article>(PATH).edit((draft) => void draft.tags.push('c')));
    expect(result.value.tags).toEqual(['a', 'b', 'c']);
    expect(on.now()).toMatchObject({ tags: ['a', 'b', 'c'] });
    expect(on.landed()).toBe(1);
  });

  test('is recognised under another edit on top of it', async () => {
    const on = scene();
    on.server.fault({ ...fault, on: { method: WRITES } });
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'GET' },
      nth: 2,
      run: () =>
        void on.server.edit<Article>(PATH, (draft) => {
          draft.tags.unshift('z');
          draft.body = 'Theirs';
        }),
    });
    await soon(
      on.client.resource<Article>(PATH).edit((draft) => {
        draft.tags.push('c');
        draft.title = 'Mine';
      }),
    );
    expect(on.server.get<Article>(PATH)?.value.tags.filter((tag) => tag === 'c')).toEqual(['c']);
    expect(on.now()).toMatchObject({ title: 'Mine' });
  });

  test('is a create that landed, once', async () => {
    const on = scene();
    on.server.fault({ ...fault, on: { method: WRITES } });
    const result = await soon(on.client.resource<Article>('/articles/2').create(DRAFT));
    expect(result.value).toEqual(DRAFT);
    expect(on.server.history('/articles/2')).toHaveLength(1);
  });

  test('is a delete that landed', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ ...fault, on: { method: WRITES } });
    await soon(handle.delete());
    expect(on.now()).toBeUndefined();
    expect(on.server.history(PATH)).toHaveLength(2);
  });
});

const beforeCommit: [title: string, fault: Fault][] = [
  ['the request was lost', { kind: 'lose-request' }],
  ['the answer was a 500', { kind: 'status', status: 500 }],
  ['the answer was a 502 of a gateway', { kind: 'html' }],
  ['the answer was a 503', { kind: 'status', status: 503, headers: { 'Retry-After': '0' } }],
  ['the answer was a 429', { kind: 'status', status: 429 }],
  ['the answer was a sign-in page with 200', { kind: 'html', status: 200 }],
];
describe.each(beforeCommit)('a write that did not land because %s', (_title, fault) => {
  test('is sent again as it is, and lands once', async () => {
    const on = scene();
    on.server.fault({ ...fault, on: { method: WRITES } });
    const result = await soon(
      on.client.resource<Article>(PATH, { idempotencyKey: true }).edit((draft) => void draft.tags.push('c')),
    );
    expect(result).toMatchObject({ attempts: 2, rebased: false, alreadyApplied: false });
    expect(on.landed()).toBe(1);
    const [first, second] = on.writes();
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
  });

  test('is a delete that is sent again', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ ...fault, on: { method: WRITES } });
    await soon(handle.delete());
    expect(on.now()).toBeUndefined();
  });
});

test('a request that the network delivered twice lands once', async () => {
  for (const answer of ['first', 'second'] as const) {
    const on = scene();
    on.server.fault({ kind: 'duplicate', answer, on: { method: WRITES } });
    const result = await soon(on.client.resource<Article>(PATH).edit((draft) => void draft.tags.push('c')));
    expect(result.value.tags).toEqual(['a', 'b', 'c']);
    expect(on.landed()).toBe(1);
  }
});

describe('a counter whose answer was lost', () => {
  const counting = (
    options: ResourceOptions<Article> = { merge: { '/views': counter() } },
    serverOptions: ConflictServerOptions = {},
  ) => {
    const on = scene(serverOptions);
    on.server.seed(PATH, { ...DRAFT, views: 5 });
    return { on, handle: on.client.resource<Article>(PATH, options) };
  };
  const increment = (draft: Article): void => {
    draft.views = (draft.views ?? 0) + 1;
  };

  test('and that nothing else tells of is in doubt, and counted once at most: two clients going from 5 to 6 look alike', async () => {
    const { on, handle } = counting();
    lostAnswer(on.server, PATH);
    await expect(soon(handle.edit(increment))).rejects.toMatchObject({ code: 'ERR_IN_DOUBT', local: { views: 6 } });
    expect(on.now()).toMatchObject({ views: 6 });
    expect(on.landed()).toBe(1);
  });

  test('and that did not land before somebody else counted is never counted twice or lost silently', async () => {
    const { on, handle } = counting();
    await handle.get();
    on.server.fault({ kind: 'lose-request', on: { method: WRITES } });
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'GET' },
      run: () =>
        void on.server.edit<Article>(PATH, (draft) => {
          draft.views = 6;
        }),
    });
    const outcome = await soon(outcomeOf(handle.edit(increment)));
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'ERR_IN_DOUBT', local: { views: 6 } });
    else expect(on.now()).toMatchObject({ views: 7 });
  });

  test('beside another change is told by that', async () => {
    const { on, handle } = counting();
    await handle.get();
    lostAnswer(on.server, PATH);
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'GET' },
      run: () =>
        void on.server.edit<Article>(PATH, (draft) => {
          draft.views = (draft.views ?? 0) + 1;
        }),
    });
    await soon(
      handle.edit((draft) => {
        increment(draft);
        draft.title = 'Counted';
      }),
    );
    expect(on.now()).toMatchObject({ views: 7, title: 'Counted' });
  });
});

describe('weak and suffixed tags', () => {
  test('of a gateway that weakens what it compresses are asked for without compression', async () => {
    const on = scene({ gateway: 'weaken' });
    const handle = on.client.resource<Article>(PATH);
    const result = await soon(
      handle.edit((draft) => {
        draft.title = 'Mine';
      }),
    );
    expect(result.attempts).toBe(1);
    expect(on.writes()[0]?.headers['if-match']).toBe('"1"');
    expect(on.reads().at(-1)?.headers['accept-encoding']).toBe('identity');
  });

  test('of a gateway that adds -gzip are too', async () => {
    const on = scene({ gateway: 'suffix' });
    const result = await soon(
      on.client.resource<Article>(PATH).edit((draft) => {
        draft.title = 'Mine';
      }),
    );
    expect(result.attempts).toBe(1);
    expect(on.writes()[0]?.headers['if-match']).toBe('"1"');
  });

  const hidden = (alsoAsked: boolean) => {
    const on = scene({ gateway: 'suffix' });
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      // A page may neither ask without a coding nor, across origins, see that there was one.
      if (!alsoAsked) request.headers.delete('accept-encoding');
      const answer = await on.server.fetch(request);
      const headers = new Headers(answer.headers);
      headers.delete('content-encoding');
      return new Response(answer.body, { status: answer.status, headers });
    };
    const client = createClient({ prefix: on.server.origin, fetch, defaults: { retry: { minDelay: 0, maxDelay: 1 } } });
    return { ...on, handle: client.resource<Article>(PATH) };
  };
  const retitle = (title: string) => (draft: Article) => {
    draft.title = title;
  };

  test('that a gateway ended with -gzip without a word are compared with those of a plain read', async () => {
    const on = hidden(true);
    await on.handle.get();
    expect(await soon(on.handle.edit(retitle('One')))).toMatchObject({ attempts: 1, rebased: false });
    const reads = on.reads().length;
    expect(await soon(on.handle.edit(retitle('Two')))).toMatchObject({ attempts: 1, rebased: false });
    expect(on.reads().length).toBe(reads);
    await soon(on.handle.delete());
    expect(on.server.get(PATH)).toBeUndefined();
  });

  test('that a gateway ended with -gzip where nobody can ask without are tried once as the server knows them', async () => {
    const on = hidden(false);
    await on.handle.get();
    expect(await soon(on.handle.edit(retitle('One')), 4_000)).toMatchObject({ attempts: 2, rebased: false });
    expect(await soon(on.handle.edit(retitle('Two')))).toMatchObject({ attempts: 1, rebased: false });
    on.server.edit<Article>(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    expect(await soon(on.handle.edit(retitle('Three')))).toMatchObject({ attempts: 2, rebased: true });
    expect(on.now()).toMatchObject({ title: 'Three', body: 'Theirs' });
  });

  test('that end in -br by themselves are sent as they are', async () => {
    const on = scene({ version: { tag: (version) => `"page-${version}-pt-br"` } });
    const handle = on.client.resource<Article>(PATH);
    expect(await soon(handle.edit(retitle('One')))).toMatchObject({ attempts: 1, rebased: false });
    on.server.edit<Article>(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    expect(await soon(handle.edit(retitle('Two')))).toMatchObject({ attempts: 2, rebased: true });
    expect(on.writes().map(({ headers }) => headers['if-match'])).toEqual([
      '"page-1-pt-br"',
      '"page-2-pt-br"',
      '"page-3-pt-br"',
    ]);
  });

  test('that grow strong a second after a write are waited for', async () => {
    const on = scene();
    on.server.fault({ kind: 'weak-tag', rejectIfMatch: true, for: 1_000 });
    const result = await soon(
      on.client.resource<Article>(PATH).edit((draft) => {
        draft.title = 'Mine';
      }),
      4_000,
    );
    expect(result.attempts).toBe(1);
    expect(on.landed()).toBe(1);
  });

  test('that stay weak go out stripped, after one patient look for the resource', async () => {
    const on = scene();
    on.server.fault({ kind: 'weak-tag', times: Number.POSITIVE_INFINITY });
    const handle = on.client.resource<Article>(PATH);
    await soon(
      handle.edit((draft) => {
        draft.title = 'One';
      }),
      4_000,
    );
    const reads = on.reads().length;
    await soon(
      handle.edit((draft) => {
        draft.title = 'Two';
      }),
      500,
    );
    expect(on.reads()).toHaveLength(reads);
    expect(on.landed()).toBe(2);
  });
});

describe('a lagging replica', () => {
  test('does not make a stale write a refusal', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit(PATH, (draft) => {
      draft.body = 'Theirs';
    });
    on.server.fault({ kind: 'stale-read' });
    const result = await soon(
      handle.edit((draft) => {
        draft.title = 'Mine';
      }),
      4_000,
    );
    expect(result.value).toMatchObject({ title: 'Mine', body: 'Theirs' });
  });

  test('never moves the snapshot back', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.edit((draft) => {
      draft.title = 'Mine';
    });
    on.server.fault({ kind: 'stale-read' });
    const snapshot = await soon(handle.get(), 4_000);
    expect(snapshot.value.title).toBe('Mine');
    expect(handle.snapshot?.version).toBe('"2"');
  });

  test('does not make a landed write look lost', async () => {
    const on = scene({ version: { field: '/version' } });
    const handle = on.client.resource<Article>(PATH, { version: field('/version') });
    await handle.get();
    lostAnswer(on.server, PATH);
    on.server.fault({ kind: 'stale-read', on: { method: 'GET' } });
    const result = await soon(
      handle.edit((draft) => void draft.tags.push('c')),
      4_000,
    );
    expect(result.value.tags).toEqual(['a', 'b', 'c']);
    expect(on.landed()).toBe(1);
  });
});

describe('a server that says nothing but HTML', () => {
  test('ends in an error that says so', async () => {
    const on = scene({}, { defaults: { retry: { attempts: 4 } } });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'html', status: 200, times: Number.POSITIVE_INFINITY });
    const error = await soon(
      outcomeOf(
        handle.edit((draft) => {
          draft.title = 'Mine';
        }),
      ),
    );
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_(UNREADABLE|IN_DOUBT)$/) });
    expect(String(error instanceof Error && (error.cause ?? error))).toContain('text/html');
    expect(on.writes()).toHaveLength(1);
  });
});

test('a 2xx with a version has landed, though the deadline comes before its body', async () => {
  const client = createClient({
    prefix: 'https://api.example.com',
    retry: 0,
    defaults: { retry: { deadline: 100 } },
    fetch: async (input, init) => {
      if (new Request(input, init).method === 'GET')
        return Response.json({ title: 'Draft' }, { headers: { etag: '"1"' } });
      const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) });
      return new Response(body, { headers: { etag: '"2"', 'content-type': 'application/json' } });
    },
  });
  const handle = client.resource<{ title: string }>('a');
  await handle.get();
  const result = await soon(
    handle.edit((draft) => {
      draft.title = 'Mine';
    }),
  );
  expect(result).toMatchObject({ value: { title: 'Mine' }, version: '"2"', attempts: 1 });
});
