import type { ConflictServer } from './server.js';

/** What this module needs of MSW's `http`: nothing is imported from it. */
export interface MswHttp<Handler> {
  all(path: string, resolver: (info: { readonly request: Request }) => Promise<Response>): Handler;
}

/**
 * Request handlers for Mock Service Worker (MSW 2) that answer from a conflict server.
 *
 * @example
 * ```ts
 * import { createConflictServer, type MswHttp, mswHandlers } from 'unconflict/testing';
 *
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * // With MSW's own: import { http } from 'msw'; setupServer(...handlers(http)).listen();
 * const handlers = <Handler>(http: MswHttp<Handler>) => mswHandlers(server, http, 'https://api.example.com/*');
 * ```
 *
 * @param http MSW's `http`.
 * @param path Which requests to take, as MSW writes it: `https://api.example.com/*`.
 */
export function mswHandlers<Handler>(server: ConflictServer, http: MswHttp<Handler>, path: string): Handler[] {
  return [http.all(path, mswResolver(server))];
}

/**
 * The same as a resolver, for handlers of your own.
 *
 * @example
 * ```ts
 * import { createConflictServer, mswResolver } from 'unconflict/testing';
 *
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * const resolver = mswResolver(server); // http.get('https://api.example.com/articles/:id', resolver)
 * const answer = await resolver({ request: new Request('https://api.example.com/articles/1') });
 * console.log(answer.headers.get('ETag')); // "1"
 * ```
 */
export function mswResolver(server: ConflictServer): (info: { readonly request: Request }) => Promise<Response> {
  return async ({ request }) => {
    try {
      const answer = await server.fetch(request);
      // MSW would decode what was never coded.
      answer.headers.delete('Content-Encoding');
      return answer;
    } catch (error) {
      // MSW takes a thrown error for a bug of the handler (500); a network error is this response. An abort has reached the caller already.
      if (error instanceof TypeError || request.signal.aborted) return Response.error();
      throw error;
    }
  };
}
