import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the server behind has answered: the write is committed by then. */
export interface Upstream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One request on its way through. */
export interface Passage {
  readonly method: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Lets it through, as often as it is called. Nothing is committed before. */
  readonly forward: () => Promise<Upstream>;
  /** What the front does when nothing goes wrong. */
  readonly answer: (upstream: Upstream) => void;
}

/** What goes wrong with one request. It decides what the client gets, if anything. */
export type Mishap = (passage: Passage) => void | Promise<void>;

export interface Front {
  readonly url: string;
  /** `GET`, `PATCH` and so on, in the order in which they came from the client. */
  readonly arrived: string[];
  /** The next write meets this, and only that; `always`: every request from now on. */
  meet(mishap: Mishap, how?: 'next write' | 'every write' | 'always'): void;
}

const HOP_BY_HOP = new Set(['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding', 'date']);

/** A gateway on `node:http` in front of a server, with sockets of its own to destroy. */
export async function startFront(upstream: string): Promise<Front> {
  const arrived: string[] = [];
  let armed: { readonly mishap: Mishap; readonly how: 'next write' | 'every write' | 'always' } | undefined;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', socket } = request;
    arrived.push(method);
    const body = await bodyOf(request);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined && !HOP_BY_HOP.has(name)) headers.set(name, String(value));
    }
    const forward = async (): Promise<Upstream> => {
      const plain = method === 'GET' || body.byteLength === 0;
      const answer = await fetch(upstream + url, { method, headers, ...(plain ? {} : { body }), redirect: 'manual' });
      const kept = [...answer.headers].filter(([name]) => !HOP_BY_HOP.has(name));
      return {
        status: answer.status,
        headers: Object.fromEntries(kept),
        body: Buffer.from(await answer.arrayBuffer()),
      };
    };
    const answer = ({ status, headers, body }: Upstream): void => {
      response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': body.byteLength });
      response.end(body);
    };
    const current = armed;
    const isWrite = method !== 'GET';
    if (current === undefined || (current.how !== 'always' && !isWrite)) return answer(await forward());
    if (current.how === 'next write') armed = undefined;
    await current.mishap({ method, request, response, socket, forward, answer });
  };

  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The front got no TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    arrived,
    meet(mishap, how = 'next write') {
      armed = { mishap, how };
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
