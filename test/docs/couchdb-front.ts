import { createServer, type IncomingMessage } from 'node:http';
import { type ConflictServer, createConflictServer } from 'unconflict/testing';

/** As much of CouchDB over HTTP as the demo asks for: databases, documents by `_rev`, and their history. */
export interface CouchDBFront {
  readonly url: string;
  /** Databases there are now, and every one there ever was. */
  readonly databases: ReadonlySet<string>;
  readonly created: readonly string[];
  close(): Promise<void>;
}

/** @param afterWrite what happens to a document right after a write was answered with 201: a server that loses edits. */
export async function startCouchDBFront(
  afterWrite: (server: ConflictServer, path: string) => void = () => {},
): Promise<CouchDBFront> {
  const server = createConflictServer({ version: 'rev', answer: 'minimal' });
  const databases = new Set<string>();
  const created: string[] = [];

  const database = (method: string, name: string): Response => {
    if (method === 'DELETE') databases.delete(name);
    else {
      databases.add(name);
      created.push(name);
    }
    return Response.json({ ok: true }, { status: method === 'PUT' ? 201 : 200 });
  };
  const past = (path: string, query: URLSearchParams): Response | undefined => {
    const states = server.history<object>(path).map(({ version, value }) => ({ ...value, _rev: version }));
    if (query.has('rev')) return Response.json(states.find(({ _rev }) => _rev === query.get('rev')));
    if (!query.has('revs_info')) return undefined;
    const revisions = states.toReversed().map(({ _rev: rev }) => ({ rev, status: 'available' }));
    return Response.json({ ...states.at(-1), _revs_info: revisions });
  };
  const document = async (request: IncomingMessage, url: URL): Promise<Response> => {
    const { method = 'GET' } = request;
    const old = past(url.pathname, url.searchParams);
    if (old !== undefined) return old;
    const body = await textOf(request);
    const type = { 'content-type': request.headers['content-type'] ?? 'application/json' };
    const init = method === 'GET' ? { method } : { method, headers: type, body };
    const answer = await server.fetch(url.pathname + url.search, init);
    if (answer.ok && method === 'PUT') afterWrite(server, url.pathname);
    return answer;
  };

  const http = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', server.origin);
    const [, name = '', id] = url.pathname.split('/');
    const answer =
      name === ''
        ? Response.json({ couchdb: 'Welcome' })
        : id === undefined
          ? database(request.method ?? 'GET', name)
          : await document(request, url);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    databases,
    created,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text;
}
