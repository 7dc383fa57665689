import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Origin {
  readonly url: string;
  stop(): Promise<void>;
}

const tagOf = (text: string): string => `"${createHash('sha1').update(text).digest('hex').slice(0, 16)}"`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** What the preconditions say about `current`, by strong comparison: a weak tag matches nothing (RFC 9110, 8.8.3.2 and 13.1.1). */
function preconditionFails(request: IncomingMessage, current: string | undefined): boolean {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifNoneMatch === '*' && current !== undefined) return true;
  if (ifMatch === undefined) return false;
  if (current === undefined) return true;
  return ifMatch !== '*' && !ifMatch.split(/,\s*/).includes(tagOf(current));
}

/** A strict origin: JSON documents by GET, PUT and DELETE, strong entity tags, and 428 for an update without one. */
export async function startOrigin(): Promise<Origin> {
  const documents = new Map<string, string>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    const send = (status: number, text = ''): void => {
      const tag = text !== '' && status < 300 ? { etag: tagOf(text) } : {};
      response.writeHead(status, { 'content-type': 'application/json', ...tag }).end(text);
    };
    const body = await bodyOf(request);
    const current = documents.get(path);
    if (request.method === 'GET') return current === undefined ? send(404) : send(200, current);
    if (request.method !== 'PUT' && request.method !== 'DELETE') return send(405);
    if (preconditionFails(request, current)) return send(412);
    if (request.method === 'DELETE') return send(documents.delete(path) ? 204 : 404);
    if (current !== undefined && request.headers['if-match'] === undefined) return send(428);
    documents.set(path, body);
    return send(current === undefined ? 201 : 200, body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The origin got no TCP port.');
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}`, stop };
}
