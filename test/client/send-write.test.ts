import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from 'unconflict';
import { createClient, field, RefusedError } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, soon } from './support.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A server that sends every write somewhere else. */
async function redirecting(
  status: number,
  to: (path: string) => string,
  reads: (path: string) => string,
): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    request.resume();
    response
      .writeHead(request.method === 'GET' ? 307 : status, {
        location: request.method === 'GET' ? reads(path) : to(path),
      })
      .end();
  });
  return listening(server);
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const clientOf = (url: string): Client =>
  createClient({
    prefix: url,
    retry: 0,
    headers: { authorization: 'Bearer s3cret', 'x-api-key': 's3cret' },
    defaults: { retry: { minDelay: 0, maxDelay: 1, attempts: 3 }, idempotencyKey: true },
  });

/** The origin the client trusts redirects writes to another one, which writes down what arrives there. */
async function toElsewhere(status: number) {
  const arrived: { readonly method: string; readonly headers: IncomingHttpHeaders }[] = [];
  const elsewhere = await listening(
    createServer((request, response) => {
      arrived.push({ method: request.method ?? '', headers: request.headers });
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json', etag: '"9"' }).end(JSON.stringify(DRAFT));
    }),
  );
  const trusted = await listening(
    createServer((request, response) => {
      request.resume();
      if (request.method === 'GET')
        response.writeHead(200, { 'content-type': 'application/json', etag: '"1"' }).end(JSON.stringify(DRAFT));
      else response.writeHead(status, { location: elsewhere + (request.url ?? '') }).end();
    }),
  );
  return { client: clientOf(trusted), arrived };
}

describe.each([301, 302, 307, 308])('a redirect (%i) of a write to another origin', (status) => {
  test.each([
    [
      'an edit',
      (client: Client) =>
        client.resource<Article>(PATH).edit((draft) => {
          draft.title = 'Mine';
        }),
    ],
    ['a delete', (client: Client) => client.resource<Article>(PATH).delete()],
    ['a create', (client: Client) => client.resource<Article>(PATH).create(DRAFT)],
    [
      'a plain PUT',
      async (client: Client) => {
        const value = await client.get(PATH).json<Article>();
        return client.put(PATH, { json: { ...value, title: 'Mine' } });
      },
    ],
  ])('is not followed: %s', async (_title, write) => {
    const { client, arrived } = await toElsewhere(status);
    const outcome = await soon(outcomeOf(write(client)), 4_000);
    expect(outcome).toBeInstanceOf(Error);
    const error = outcome instanceof RefusedError ? outcome.cause : outcome;
    expect(error).toMatchObject({ name: 'HTTPError', response: { status } });
    expect(arrived).toEqual([]);
  });
});

test('a redirect of a write within the origin is followed with its precondition', async () => {
  const server = createConflictServer();
  server.seed('/new/articles/1', DRAFT);
  const { url } = await server.listen();
  open.push(() => server.close());
  const front = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (!path.startsWith('/new/')) {
      request.resume();
      response.writeHead(308, { location: `/new${path}` }).end();
      return;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
    );
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) headers.delete(name);
    const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
    const answer = await fetch(url + path, { method: request.method ?? 'GET', headers, ...body });
    response
      .writeHead(answer.status, { 'content-type': 'application/json', etag: answer.headers.get('etag') ?? '' })
      .end(await answer.text());
  });
  const client = clientOf(await listening(front));
  const result = await soon(
    client.resource<Article>(PATH).edit((draft) => {
      draft.title = 'Mine';
    }),
    4_000,
  );
  expect(result).toMatchObject({ version: '"2"', attempts: 1 });
  expect(server.requests.at(-1)).toMatchObject({
    method: 'PATCH',
    headers: { 'if-match': '"1"', 'x-api-key': 's3cret' },
  });
});

test('a redirect in a circle ends', async () => {
  const url = await redirecting(
    307,
    (path) => path,
    (path) => path,
  );
  const client = clientOf(url);
  const base = { url: url + PATH, value: DRAFT, version: '"1"' };
  const outcome = await soon(
    outcomeOf(
      client.resource<Article>(PATH).edit(
        (draft) => {
          draft.title = 'Mine';
        },
        { base },
      ),
    ),
    4_000,
  );
  expect(outcome).toMatchObject({ code: 'ERR_REFUSED', status: 307 });
});

test('a redirected read takes no credentials of its own to another origin', async () => {
  const arrived: IncomingHttpHeaders[] = [];
  const elsewhere = await listening(
    createServer((request, response) => {
      arrived.push(request.headers);
      response.writeHead(200, { 'content-type': 'application/json', etag: '"9"' }).end(JSON.stringify(DRAFT));
    }),
  );
  const url = await redirecting(
    307,
    (path) => elsewhere + path,
    (path) => elsewhere + path,
  );
  await outcomeOf(clientOf(url).resource<Article>(PATH).get());
  for (const headers of arrived) {
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-api-key');
  }
});

test.each(['//evil.example/x', 'http://[broken', 'javascript:alert(1)', ''])(
  'a location of %j is not followed',
  async (location) => {
    const requests: string[] = [];
    const client = createClient({
      prefix: 'https://api.example.com',
      retry: 0,
      fetch: async (input) => {
        const request = new Request(input);
        requests.push(request.url);
        return request.method === 'GET'
          ? Response.json(DRAFT, { headers: { etag: '"1"' } })
          : new Response(null, { status: 307, headers: { location } });
      },
    });
    const outcome = await soon(
      outcomeOf(
        client.resource<Article>(PATH).edit((draft) => {
          draft.title = 'Mine';
        }),
      ),
    );
    expect(outcome).toMatchObject({ code: 'ERR_REFUSED', cause: { name: 'HTTPError' } });
    expect(requests.every((url) => url.startsWith('https://api.example.com/'))).toBe(true);
  },
);

test('a redirect that a browser hides is left to the browser to follow', async () => {
  const asked: string[] = [];
  const hidden = (): Response => {
    const response = new Response(null);
    for (const [name, value] of Object.entries({ type: 'opaqueredirect', status: 0, ok: false })) {
      Object.defineProperty(response, name, { value });
    }
    return response;
  };
  const client = createClient({
    prefix: 'https://api.example.com',
    retry: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'GET') return Response.json(DRAFT, { headers: { etag: '"1"' } });
      asked.push(request.redirect);
      return request.redirect === 'manual'
        ? hidden()
        : Response.json({ ...DRAFT, title: 'Mine' }, { headers: { etag: '"2"' } });
    },
  });
  const result = await soon(
    client.resource<Article>(PATH).edit((draft) => {
      draft.title = 'Mine';
    }),
  );
  expect(result).toMatchObject({ version: '"2"', attempts: 1 });
  expect(asked).toEqual(['manual', 'follow']);
});

test('a redirect within the origin does not take a precondition in the query away', async () => {
  let stored = { title: 'Draft', body: 'Text', version: 1 };
  const written: string[] = [];
  const client = createClient({
    prefix: 'https://api.example.com',
    retry: 0,
    defaults: {
      version: field('/version', { send: { query: 'version' } }),
      write: 'put',
      retry: { minDelay: 0, maxDelay: 1 },
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/old') return new Response(null, { status: 308, headers: { location: '/new' } });
      if (request.method === 'GET') return Response.json(stored);
      written.push(searchParams.get('version') ?? 'none');
      if (searchParams.get('version') !== String(stored.version)) return new Response(null, { status: 409 });
      stored = { ...((await request.json()) as typeof stored), version: stored.version + 1 };
      return Response.json(stored);
    },
  });
  const handle = client.resource<{ title: string; body: string }>('old');
  await handle.get();
  stored = { title: 'Draft', body: 'Theirs', version: 2 };
  await soon(
    handle.edit((draft) => {
      draft.title = 'Mine';
    }),
  );
  expect(written).toEqual(['1', '2']);
  expect(stored).toEqual({ title: 'Mine', body: 'Theirs', version: 3 });
});

test('a 303 says that it was done: the server is asked, and no failure is told', async () => {
  let stored = { title: 'Draft' };
  let version = 1;
  let writes = 0;
  const client = createClient({
    prefix: 'https://api.example.com',
    retry: 0,
    defaults: { retry: { minDelay: 0, maxDelay: 1 } },
    fetch: async (input, init) => {
      if (new Request(input, init).method === 'GET')
        return Response.json(stored, { headers: { etag: `"${version}"` } });
      writes += 1;
      stored = { title: 'Mine' };
      version += 1;
      return new Response(null, { status: 303, headers: { location: '/done' } });
    },
  });
  const handle = client.resource<{ title: string }>('a');
  await handle.get();
  const result = await soon(
    handle.edit((draft) => {
      draft.title = 'Mine';
    }),
  );
  expect(result).toMatchObject({ value: { title: 'Mine' }, version: '"2"', alreadyApplied: true });
  expect(writes).toBe(1);
});
