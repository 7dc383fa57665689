import { type Client, type ClientOptions, createClient, list, preload, type Resource } from 'unconflict';
import { type ConflictServer, createConflictServer, type RequestRecord } from 'unconflict/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Page, stubPage } from './stub-page.js';
import { outcomeOf } from './support.js';

interface Article {
  title: string;
  tags: string[];
}

const PATH = '/articles/1';
await preload();

const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  vi.unstubAllGlobals();
});

function serverOf(): ConflictServer {
  const server = createConflictServer();
  server.seed(PATH, { title: 'Draft', tags: [] });
  return server;
}

function clientOn(server: ConflictServer, options: ClientOptions = {}): Client {
  const client = createClient({ prefix: server.origin, fetch: server.fetch, retry: 0, ...options });
  clients.push(client);
  return client;
}

const articleOf = (client: Client): Resource<Article> => client.resource<Article>(PATH.slice(1));
const retitle = (server: ConflictServer, title: string): void =>
  void server.edit<Article>(PATH, (doc) => void Object.assign(doc, { title }));
const readsOf = (server: ConflictServer): readonly RequestRecord[] =>
  server.requests.filter(({ method }) => method === 'GET');
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** An article that was read, and is looked at from then on. */
async function shown(
  server: ConflictServer,
  options?: ClientOptions,
): Promise<{ client: Client; article: Resource<Article> }> {
  const client = clientOn(server, options);
  const article = articleOf(client);
  await article.get();
  article.subscribe(() => {});
  return { client, article };
}

const QUIET = { onFocus: false, onReconnect: false, every: false, tabs: false } as const;

describe('live values', () => {
  test('read again every so often, only what somebody looks at, and tell only of what is new', async () => {
    const server = serverOf();
    const client = clientOn(server);
    const article = articleOf(client);
    await article.get();
    client.live({ ...QUIET, every: 20 });
    await pass(100);
    expect(readsOf(server)).toHaveLength(1);
    const told = vi.fn();
    const leave = article.subscribe(told);
    await vi.waitFor(() => expect(readsOf(server).length).toBeGreaterThan(3));
    expect(readsOf(server).at(-1)).toMatchObject({ headers: { 'if-none-match': '"1"' }, status: 304 });
    expect(told).not.toHaveBeenCalled();
    retitle(server, 'Theirs');
    await vi.waitFor(() => expect(article.value?.title).toBe('Theirs'));
    expect(told).toHaveBeenCalledTimes(1);
    leave();
    const reads = readsOf(server).length;
    await pass(80);
    expect(readsOf(server).length - reads).toBeLessThanOrEqual(1);
  });

  test('a draft that somebody looks at counts, and what is typed stays', async () => {
    const server = serverOf();
    const client = clientOn(server);
    const article = articleOf(client);
    await article.get();
    const draft = article.draft();
    draft.subscribe(() => {});
    draft.set('/title', 'Typed');
    client.live({ ...QUIET, every: 20 });
    server.edit<Article>(PATH, (doc) => void doc.tags.push('theirs'));
    await vi.waitFor(() => expect(draft.value).toEqual({ title: 'Typed', tags: ['theirs'] }));
  });

  test.each<[option: 'onFocus' | 'onReconnect', say: (on: Page) => void]>([
    ['onFocus', (on) => on.focus()],
    [
      'onFocus',
      (on) => {
        on.hide();
        on.show();
      },
    ],
    ['onReconnect', (on) => on.online()],
  ])('%s reads once, though a page says it more than once', async (option, say) => {
    const server = serverOf();
    const on = stubPage();
    const { client, article } = await shown(server);
    client.live({ ...QUIET, [option]: true });
    await pass(10);
    retitle(server, 'Theirs');
    say(on);
    say(on);
    await vi.waitFor(() => expect(article.value?.title).toBe('Theirs'));
    say(on);
    await pass(20);
    expect(readsOf(server)).toHaveLength(2);
  });

  test('a hidden page reads nothing', async () => {
    const server = serverOf();
    const on = stubPage();
    on.hide();
    const { client } = await shown(server);
    client.live({ ...QUIET, every: 10 });
    await pass(60);
    expect(readsOf(server)).toHaveLength(1);
  });

  test('a failed read is no news, and the next one tells', async () => {
    const server = serverOf();
    const { client, article } = await shown(server);
    server.fault({ kind: 'status', status: 503, on: { method: 'GET' }, times: 4 });
    client.live({ ...QUIET, every: 20 });
    retitle(server, 'Theirs');
    await vi.waitFor(() => expect(article.value?.title).toBe('Theirs'));
  });

  test('a resource that was deleted is gone', async () => {
    const server = serverOf();
    const { client, article } = await shown(server);
    server.remove(PATH);
    client.live({ ...QUIET, every: 20 });
    await vi.waitFor(() => expect(article.status).toBe('gone'));
  });

  test('a server that refuses If-None-Match is read without it', async () => {
    const server = serverOf();
    const fetch: typeof globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      return request.headers.has('if-none-match')
        ? Promise.reject(new TypeError('Failed to fetch'))
        : server.fetch(request);
    };
    const client = clientOn(server, { fetch });
    const article = articleOf(client);
    await article.get();
    retitle(server, 'Theirs');
    await article.changed();
    expect(article.value?.title).toBe('Theirs');
    await article.changed();
    expect(readsOf(server)).toHaveLength(3);
  });

  test('end with what live() returned, with close(), and with the next live()', async () => {
    const server = serverOf();
    const { client } = await shown(server);
    const stop = client.live({ ...QUIET, every: 10 });
    client.live({ ...QUIET });
    await pass(60);
    expect(readsOf(server)).toHaveLength(1);
    client.live({ ...QUIET, every: 10 });
    await vi.waitFor(() => expect(readsOf(server).length).toBeGreaterThan(2));
    stop();
    await client.close();
    const reads = readsOf(server).length;
    await pass(60);
    expect(readsOf(server).length - reads).toBeLessThanOrEqual(1);
    expect(() => client.live()).toThrow(expect.objectContaining({ code: 'ERR_CLOSED' }));
  });

  test('a resource may be left out', async () => {
    const server = serverOf();
    const { client } = await shown(server, { resources: { '/articles/*': { live: false } } });
    client.live({ ...QUIET, every: 10 });
    await pass(60);
    expect(readsOf(server)).toHaveLength(1);
  });

  test('what a second handle wants holds for as long as it is looked at', async () => {
    const server = serverOf();
    const { client } = await shown(server, { defaults: { live: { every: false } } });
    client.live(QUIET);
    const often = client.resource<Article>(PATH.slice(1), { live: { every: 10 } });
    const leave = often.subscribe(() => {});
    await vi.waitFor(() => expect(readsOf(server).length).toBeGreaterThan(3));
    leave();
    const reads = readsOf(server).length;
    await pass(60);
    expect(readsOf(server).length - reads).toBeLessThanOrEqual(1);
  });

  test.each([
    [{ every: -1 }, 'live.every'],
    [{ every: '1' }, 'live.every'],
    [{ onFocus: 1 }, 'live.onFocus'],
    [{ tabs: '' }, 'live.tabs'],
    [{ evry: 1 }, 'live.evry'],
  ])('%j is refused', (options, option) => {
    const client = clientOn(serverOf());
    expect(() => client.live(options as object)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', option: `options.${option}` }),
    );
  });
});

describe('changed()', () => {
  test('reads once for all who call at once, and not for a version that is known or left behind', async () => {
    const server = serverOf();
    const article = articleOf(clientOn(server));
    const { version } = await article.get();
    await article.changed(version);
    expect(readsOf(server)).toHaveLength(1);
    retitle(server, 'Theirs');
    await Promise.all([article.changed('"2"'), article.changed('"2"'), article.changed('"2"')]);
    expect(article.value?.title).toBe('Theirs');
    expect(readsOf(server)).toHaveLength(2);
    await article.changed(version);
    await article.changed('"2"');
    expect(readsOf(server)).toHaveLength(2);
  });

  test('reads again where the read under way may be older than what was told', async () => {
    const server = serverOf();
    const article = articleOf(clientOn(server));
    await article.get();
    server.fault({ kind: 'stale-read', on: { method: 'GET' } });
    retitle(server, 'Theirs');
    await Promise.all([article.changed(), article.changed('"2"')]);
    expect(article.value?.title).toBe('Theirs');
  });

  test('says why it could not be read; a deletion is no failure', async () => {
    const server = serverOf();
    const article = articleOf(clientOn(server));
    await article.get();
    server.fault({ kind: 'status', status: 500, on: { method: 'GET' }, times: 2 });
    expect(await outcomeOf(article.changed())).toMatchObject({ name: 'HTTPError' });
    server.remove(PATH);
    await article.changed();
    expect(article.status).toBe('gone');
  });
});

describe('tabs', () => {
  const two = (one: ClientOptions = {}, other: ClientOptions = one) => {
    const server = serverOf();
    return { server, tabs: [clientOn(server, one), clientOn(server, other)] as const };
  };
  const live = { ...QUIET, tabs: true } as const;

  test('show what another one reads and writes, without a request', async () => {
    const { server, tabs } = two();
    const [here, there] = tabs.map(articleOf) as [Resource<Article>, Resource<Article>];
    await Promise.all([here.get(), there.get()]);
    for (const tab of tabs) tab.live(live);
    await pass(10);
    await here.edit((draft) => void Object.assign(draft, { title: 'Mine' }));
    await vi.waitFor(() => expect(there.value?.title).toBe('Mine'));
    expect(there.snapshot?.version).toBe('"2"');
    expect(readsOf(server)).toHaveLength(2);
    // And it is a version that can be written to.
    await there.edit((draft) => void draft.tags.push('b'));
    await vi.waitFor(() => expect(here.value).toEqual({ title: 'Mine', tags: ['b'] }));
    expect(server.requests.map(({ status }) => status)).not.toContain(412);
  });

  test('before live() is called nothing is told and nothing heard', async () => {
    const { tabs } = two();
    const [here, there] = tabs.map(articleOf) as [Resource<Article>, Resource<Article>];
    await Promise.all([here.get(), there.get()]);
    tabs[1].live(live);
    await here.edit((draft) => void Object.assign(draft, { title: 'Mine' }));
    await pass(50);
    expect(there.value?.title).toBe('Draft');
  });

  test.each<[string, ClientOptions, ClientOptions, object, object, boolean]>([
    [
      'another Authorization',
      { headers: { Authorization: 'a' } },
      { headers: { Authorization: 'b' } },
      live,
      live,
      false,
    ],
    ['another Accept', { headers: { Accept: 'a/b' } }, {}, live, live, false],
    ['another header', { headers: { 'X-Tenant': '1' } }, { headers: { 'X-Tenant': '2' } }, live, live, false],
    ['the same, spelt otherwise', { headers: { 'X-Tenant': '1' } }, { headers: { 'x-tenant': '1' } }, live, live, true],
    ['another owner', {}, {}, { ...live, tabs: 'ada' }, { ...live, tabs: 'ben' }, false],
    [
      'one owner under two tokens',
      { headers: { Authorization: 'a' } },
      { headers: { Authorization: 'b' } },
      { ...live, tabs: 'ada' },
      { ...live, tabs: 'ada' },
      true,
    ],
    ['tabs: false', {}, {}, live, QUIET, false],
    ['a resource that keeps to itself', {}, { defaults: { live: { tabs: false } } }, live, live, false],
  ])('%s', async (_title, one, other, ofOne, ofOther, isShown) => {
    const { tabs } = two(one, other);
    const [here, there] = tabs.map(articleOf) as [Resource<Article>, Resource<Article>];
    await Promise.all([here.get(), there.get()]);
    tabs[0].live(ofOne);
    tabs[1].live(ofOther);
    await pass(10);
    await here.edit((draft) => void Object.assign(draft, { title: 'Mine' }));
    if (isShown) await vi.waitFor(() => expect(there.value?.title).toBe('Mine'));
    else await pass(60);
    expect(there.value?.title).toBe(isShown ? 'Mine' : 'Draft');
  });

  test('that go while something is still to be told tell nothing more, and throw nothing', async () => {
    const { tabs } = two();
    const [here] = tabs.map(articleOf) as [Resource<Article>, Resource<Article>];
    const post = vi.spyOn(BroadcastChannel.prototype, 'postMessage');
    const stop = tabs[0].live(live);
    await vi.waitFor(async () => {
      await here.get();
      expect(post).toHaveBeenCalled();
    });
    post.mockClear();
    // Another resource, whose key is not known yet.
    await tabs[0]
      .resource('articles/2')
      .get()
      .catch(() => {});
    tabs[0]
      .resource<Article>(PATH.slice(1), { headers: { 'X-Other': '1' } })
      .get()
      .then(stop, () => {});
    await pass(50);
    stop();
    await pass(50);
    expect(post.mock.results.filter(({ type }) => type === 'throw')).toEqual([]);
    post.mockRestore();
  });

  test('tell no token', async () => {
    const said: unknown[] = [];
    const channel = new BroadcastChannel('unconflict');
    channel.onmessage = ({ data }) => void said.push(data);
    const { tabs } = two({ headers: { Authorization: 'Bearer secret-token' } });
    const here = articleOf(tabs[0]);
    tabs[0].live(live);
    await here.get();
    await vi.waitFor(() => expect(said).toHaveLength(1));
    channel.close();
    expect(JSON.stringify(said)).not.toContain('secret-token');
    expect(said[0]).toMatchObject({ format: 1, key: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('what is typed in another one stays, and is told as a conflict where both changed the same', async () => {
    const { tabs } = two();
    const [here, there] = tabs.map(articleOf) as [Resource<Article>, Resource<Article>];
    await Promise.all([here.get(), there.get()]);
    for (const tab of tabs) tab.live(live);
    const draft = there.draft();
    draft.set('/title', 'Typed');
    await draft.save();
    draft.set('/title', 'Typed on');
    await vi.waitFor(() => expect(here.value?.title).toBe('Typed'));
    await here.edit((doc) => void Object.assign(doc, { title: 'Mine' }));
    await vi.waitFor(() => expect(draft.status).toBe('conflicted'));
    expect(draft.value?.title).toBe('Typed on');
  });

  test('numbers of more digits than a number holds are read, not taken from another one', async () => {
    const server = createConflictServer();
    server.seed(PATH, { id: 1, n: 1 });
    const big = (body: string): string => body.replace('"id":1', '"id":15793596808644609');
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await server.fetch(input, init);
      return new Response(answer.body === null ? null : big(await answer.text()), {
        status: answer.status,
        headers: answer.headers,
      });
    };
    const tabs = [clientOn(server, { fetch }), clientOn(server, { fetch })];
    const [here, there] = tabs.map((tab) => tab.resource<{ id: number; n: number }>(PATH.slice(1)));
    if (here === undefined || there === undefined) throw new Error('no tabs');
    await Promise.all([here.get(), there.get()]);
    there.subscribe(() => {});
    for (const tab of tabs) tab.live(live);
    await pass(10);
    const reads = readsOf(server).length;
    server.edit<{ id: number; n: number }>(PATH, (doc) => void Object.assign(doc, { n: 2 }));
    await here.get();
    await vi.waitFor(() => expect(there.value?.n).toBe(2));
    expect(readsOf(server).length).toBe(reads + 2);
  });

  test('an envelope of one kind is one, and another is another', async () => {
    const server = createConflictServer();
    server.seed(PATH, { data: { title: 'Draft', tags: [] } });
    const options = (read: (body: unknown) => unknown): ClientOptions => ({
      defaults: {
        merge: { '/tags': list({ key: 'id' }) },
        body: { read: (body: unknown) => read(body) as Article, write: (value: unknown) => ({ data: value }) },
      },
    });
    const data = (body: unknown): unknown => Reflect.get(Object(body), 'data');
    const tabs = [clientOn(server, options(data)), clientOn(server, options(data)), clientOn(server)];
    const [here, there, whole] = tabs.map((tab) => tab.resource<Article>(PATH.slice(1)));
    if (here === undefined || there === undefined || whole === undefined) throw new Error('no tabs');
    await Promise.all([here.get(), there.get(), whole.get()]);
    for (const tab of tabs) tab.live(live);
    await pass(10);
    await here.edit((draft) => void Object.assign(draft, { title: 'Mine' }));
    await vi.waitFor(() => expect(there.value?.title).toBe('Mine'));
    await pass(20);
    expect(whole.value).toEqual({ data: { title: 'Draft', tags: [] } });
  });
});
