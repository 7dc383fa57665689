import type { Settings } from '../options.js';
import type { Answer } from './answer.js';
import type { ServerRequest } from './request.js';

/** The cache in front of the server, if there is one. */
export interface Cache {
  /** A copy that is young enough, with its `Age`. */
  copy(request: ServerRequest): Answer | undefined;
  /** Sees what the server answered: keeps what was read, and forgets a path when a write to it went through. */
  see(request: ServerRequest, answer: Answer): void;
  clear(): void;
}

export function createCache({ cache, clock, tenants }: Settings): Cache {
  const copies = new Map<string, { readonly path: string; readonly answer: Answer; readonly at: number }>();
  const keyOf = ({ path, search, headers }: ServerRequest): string =>
    JSON.stringify([path, search, tenants && headers.get(tenants)]);

  return {
    copy: (request) => {
      const kept = request.method === 'GET' ? copies.get(keyOf(request)) : undefined;
      if (!cache || !kept || clock.now() - kept.at >= cache.ttl) return undefined;
      if (cache.obeysNoCache && /no-cache|no-store/.test(request.headers.get('cache-control') ?? '')) return undefined;
      const headers = new Headers(kept.answer.headers);
      headers.set('Age', String(cache.age + Math.floor((clock.now() - kept.at) / 1000)));
      return { ...kept.answer, headers, outcome: 'cached' };
    },
    see: (request, answer) => {
      const { method, path } = request;
      if (!cache || answer.status >= 300) return;
      if (method === 'GET') copies.set(keyOf(request), { path, answer, at: clock.now() });
      else for (const [key, copy] of copies) if (copy.path === path) copies.delete(key);
    },
    clear: () => copies.clear(),
  };
}
