import { onTestFinished } from 'vitest';
import { type ConflictServer, type ConflictServerOptions, createConflictServer } from '../../../src/testing/index.js';

export const PATH = '/articles/1';
export const ARTICLE: { title: string; tags: string[] } = { title: 'Draft', tags: ['a'] };

/** A server with one article, closed when the test is over. */
export function seeded(options: ConflictServerOptions = {}, value: unknown = ARTICLE): ConflictServer {
  const server = createConflictServer(options);
  onTestFinished(() => server.close());
  server.seed(PATH, value);
  return server;
}

export type Send = (
  method: string,
  headers?: Record<string, string>,
  body?: unknown,
  path?: string,
) => Promise<Response>;

const TYPES: Record<string, string> = { PATCH: 'application/merge-patch+json' };

/** Sends to a server, in the `fetch` form or over a port. Bodies that are no strings go as JSON, PATCH as a merge patch. */
export async function sender(server: ConflictServer, form: 'fetch' | 'port' = 'fetch'): Promise<Send> {
  const url = form === 'port' ? (await server.listen()).url : '';
  const send = form === 'port' ? fetch : server.fetch;
  return (method, headers = {}, body = undefined, path = PATH) => {
    const type = { 'Content-Type': TYPES[method] ?? 'application/json' };
    if (body === undefined) return send(url + path, { method, headers });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return send(url + path, { method, headers: { ...type, ...headers }, body: text });
  };
}

export const FORMS = ['fetch', 'port'] as const;

/** A clock that moves when it is told to. */
export function manualClock(start: number = Date.UTC(2026, 0, 1)): {
  now: () => number;
  after: (ms: number, callback: () => void) => () => void;
  advance: (ms: number) => Promise<void>;
  pending: () => number;
} {
  let now = start;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      // The request under test has microtasks to run before its timer is set, and after it has fired.
      const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
      await settle();
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.callback();
      }
      await settle();
    },
    pending: () => timers.size,
  };
}
