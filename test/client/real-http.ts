import type { Client, ClientEvent, ClientOptions } from 'unconflict';
import { createClient } from 'unconflict';
import type { ConflictServer, ConflictServerOptions, RequestRecord } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { onTestFinished } from 'vitest';
import { DRAFT, PATH } from './support.js';

/** A server on a loopback port with one article on it, and clients that reach it through real sockets. */
export interface RealScene {
  readonly server: ConflictServer;
  readonly url: string;
  readonly client: Client;
  readonly events: ClientEvent[];
  /** One more client, with its own memory and lanes: another person, another process. */
  readonly another: (options?: ClientOptions) => Client;
  /** What arrived for the article, `GET 200` and so on; a request whose answer was lost has no status for anybody. */
  readonly wire: () => string[];
  readonly writes: () => readonly RequestRecord[];
  /** What the server has now. */
  readonly now: () => unknown;
  /** States of the article that a request made. */
  readonly landed: () => number;
}

/** Everything it opens is closed when the test is over. */
export async function realScene(
  serverOptions: ConflictServerOptions = {},
  clientOptions: ClientOptions = {},
): Promise<RealScene> {
  const server = createConflictServer(serverOptions);
  server.seed(PATH, DRAFT);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const another = (options: ClientOptions = {}): Client => {
    const client = createClient(hasty(url, options));
    onTestFinished(() => client.close());
    return client;
  };
  const client = another(clientOptions);
  const events: ClientEvent[] = [];
  client.on((event) => events.push(event));
  return {
    server,
    url,
    client,
    events,
    another,
    wire: () => server.requests.map(({ method, status, delivered }) => `${method} ${delivered ? status : 'lost'}`),
    writes: () => server.requests.filter(({ method }) => method !== 'GET'),
    now: () => server.get(PATH)?.value,
    landed: () => server.history(PATH).filter(({ by }) => by !== undefined).length,
  };
}

/** Options of a client that wastes no time between attempts, so that a test need not. */
export function hasty(url: string, { defaults, ...options }: ClientOptions = {}): ClientOptions {
  const retry = { minDelay: 0, maxDelay: 2, ...defaults?.retry };
  return { prefix: url, retry: 0, ...options, defaults: { ...defaults, retry } };
}
