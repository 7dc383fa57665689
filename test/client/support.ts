// Transformed before the first test: they are fetched by `import()`, and that takes a second when they are cold.
import '../../src/client/event-log.js';
import '../../src/client/write-chunk.js';
import '../../src/engine/conflict/index.js';
import type { Client, ClientEvent, ClientOptions } from 'unconflict';
import { createClient } from 'unconflict';
import type { ConflictServer, ConflictServerOptions, RequestRecord } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';

export interface Article {
  title: string;
  body: string;
  tags: string[];
  views?: number;
}

export const DRAFT: Article = { title: 'Draft', body: 'Text', tags: ['a', 'b'] };
export const PATH = '/articles/1';

/** A server with one article on it, and a client of it that wastes no time. */
export interface Scene {
  readonly server: ConflictServer;
  readonly client: Client;
  readonly events: ClientEvent[];
  /** The events' types, without waits, and without `queued`, with which every edit begins. */
  readonly told: () => string[];
  /** Writes the server saw. */
  readonly writes: () => readonly RequestRecord[];
  readonly reads: () => readonly RequestRecord[];
  /** What the server has now. */
  readonly now: () => unknown;
  /** States of the article that a request made. */
  readonly landed: () => number;
}

export function scene(serverOptions: ConflictServerOptions = {}, { defaults, ...options }: ClientOptions = {}): Scene {
  const server = createConflictServer(serverOptions);
  server.seed(PATH, DRAFT);
  const client = createClient({
    prefix: server.origin,
    fetch: server.fetch,
    retry: 0,
    ...options,
    defaults: { ...defaults, retry: { minDelay: 0, maxDelay: 1, ...defaults?.retry } },
  });
  const events: ClientEvent[] = [];
  client.on((event) => events.push(event));
  return { server, client, events, ...viewsOf(server, events) };
}

function viewsOf(server: ConflictServer, events: readonly ClientEvent[]): Omit<Scene, 'server' | 'client' | 'events'> {
  return {
    told: () => events.map(({ type }) => type).filter((type) => type !== 'wait' && type !== 'queued'),
    writes: () => server.requests.filter(({ method }) => method !== 'GET'),
    reads: () => server.requests.filter(({ method }) => method === 'GET'),
    now: () => server.get(PATH)?.value,
    landed: () => server.history(PATH).filter(({ by }) => by !== undefined).length,
  };
}

/** What a promise came to, as a value. */
export const outcomeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

/** Fails instead of hanging. */
export async function soon<T>(promise: Promise<T>, ms = 2_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came of it in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejections nobody handled while the work was done. */
export async function unhandledDuring(work: () => Promise<void>): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 5));
    return unhandled;
  } finally {
    process.off('unhandledRejection', note);
  }
}
