// Transformed before the first test: it is fetched by `import()`, and that takes a second when it is cold.
import '../../../src/client/write-chunk.js';
import { cleanup } from '@testing-library/react';
import { ask, type Client, type ClientOptions, type ConflictDesk, createClient } from 'unconflict';
import { type ConflictServer, createConflictServer } from 'unconflict/testing';
import { afterEach } from 'vitest';

export interface Article {
  title: string;
  tags: string[];
}

export const PATH = '/articles/1';

export interface Scene {
  readonly server: ConflictServer;
  readonly client: Client;
  readonly desk: ConflictDesk;
  readonly reads: () => number;
}

export function scene(options: ClientOptions = {}): Scene {
  const server = createConflictServer();
  server.seed(PATH, { title: 'Draft', tags: [] });
  const desk = ask();
  const client = createClient({
    prefix: server.origin,
    fetch: server.fetch,
    retry: 0,
    defaults: { resolve: desk, retry: { minDelay: 0, maxDelay: 1 } },
    ...options,
  });
  return { server, client, desk, reads: () => server.requests.filter(({ method }) => method === 'GET').length };
}

// Testing Library does this by itself only where the test functions are globals.
Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);
