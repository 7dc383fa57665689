import type { JsonObject } from './core.js';
import type { ConflictServer } from './server.js';
import type { LockOptions } from './store/locks.js';
import type { PathPattern } from './store/path.js';
import type { Fault } from './wire/faults.js';

const WRITES = ['PUT', 'PATCH', 'POST', 'DELETE'];

/**
 * Someone else's edit lands just before the next write arrives, which is therefore stale.
 *
 * @example
 * ```ts
 * import { conflictOnce, createConflictServer } from 'unconflict/testing';
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft', tags: [] });
 * const conflict = conflictOnce(server, '/articles/1', (article) => {
 *   article.title = 'Someone was faster';
 * });
 * const mine = { method: 'PUT', headers: { 'If-Match': '"1"' }, body: '{"title":"Mine"}' };
 * const answer = await server.fetch('/articles/1', mine);
 * console.log(answer.status, conflict.hits); // 412 1
 * ```
 *
 * @returns the fault: `hits` tells whether it came to it.
 */
export function conflictOnce<T = JsonObject>(
  server: ConflictServer,
  path: string,
  recipe: (draft: T) => T | void,
): Fault {
  return server.fault({ kind: 'meanwhile', on: { method: WRITES, path }, run: () => server.edit<T>(path, recipe) });
}

/**
 * The next write is committed, and its answer is lost: was it done or not?
 *
 * @example
 * ```ts
 * import { createConflictServer, lostAnswer } from 'unconflict/testing';
 * const server = createConflictServer();
 * server.seed('/articles/1', { views: 1 });
 * lostAnswer(server, '/articles/1');
 * const write = server.fetch('/articles/1', { method: 'PUT', body: '{"views":2}' });
 * console.log(await write.catch((error: Error) => error.message)); // fetch failed
 * console.log(server.get('/articles/1')?.value); // { views: 2 }
 * ```
 */
export function lostAnswer(server: ConflictServer, path: string): Fault {
  return server.fault({ kind: 'lose-answer', on: { method: WRITES, path } });
}

/**
 * A document is locked by someone. By default for 200 ms and without a Retry-After.
 *
 * @example
 * ```ts
 * import { createConflictServer, lockedBy } from 'unconflict/testing';
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * const release = lockedBy(server, '/articles/1', 'Ada', { for: 60_000 });
 * const answer = await server.fetch('/articles/1', { method: 'PUT', body: '{"title":"Mine"}' });
 * console.log(answer.status, answer.headers.get('Retry-After')); // 423 60
 * release();
 * ```
 *
 * @returns what releases the lock early.
 */
export function lockedBy(
  server: ConflictServer,
  path: string,
  holder: string,
  options: LockOptions = { for: 200, retryAfter: false },
): () => void {
  server.lock(path, { ...options, holder });
  return () => {
    server.unlock(path);
  };
}

/**
 * For a while every tag goes out weak and no If-Match fits, though nothing changes: Apache, for about a second after a write.
 *
 * @example
 * ```ts
 * import { createConflictServer, weakTag } from 'unconflict/testing';
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * weakTag(server, '/articles/1');
 * console.log((await server.fetch('/articles/1')).headers.get('ETag')); // W/"1"
 * ```
 *
 * @param options.for ms it lasts. Default 1_100.
 */
export function weakTag(server: ConflictServer, path: string, options: { readonly for?: number } = {}): Fault {
  return server.fault({ kind: 'weak-tag', on: { path }, rejectIfMatch: true, for: options.for ?? 1_100 });
}

/**
 * No answer carries its version, as when CORS does not expose the ETag header. Lasts until it is cancelled.
 *
 * @example
 * ```ts
 * import { createConflictServer, hiddenTag } from 'unconflict/testing';
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * hiddenTag(server, '/articles/1');
 * console.log((await server.fetch('/articles/1')).headers.get('ETag')); // null
 * ```
 */
export function hiddenTag(server: ConflictServer, path: string): Fault {
  return server.fault({ kind: 'hide-version', on: { path }, times: Number.POSITIVE_INFINITY });
}

/**
 * Someone else deletes the document just before the next write arrives.
 *
 * @example
 * ```ts
 * import { createConflictServer, deletedUnderneath } from 'unconflict/testing';
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * deletedUnderneath(server, '/articles/1');
 * const answer = await server.fetch('/articles/1', {
 *   method: 'PATCH',
 *   headers: { 'Content-Type': 'application/merge-patch+json' },
 *   body: '{"title":"Mine"}',
 * });
 * console.log(answer.status); // 404
 * ```
 */
export function deletedUnderneath(server: ConflictServer, path: string): Fault {
  return server.fault({ kind: 'meanwhile', on: { method: WRITES, path }, run: () => server.remove(path) });
}

/**
 * The session is over: requests for a document are sent to `/login`, a page of HTML with status 200. Lasts until it is cancelled.
 *
 * @example
 * ```ts
 * import { createConflictServer, loginPage } from 'unconflict/testing';
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft' });
 * loginPage(server, '/articles/1');
 * const answer = await server.fetch('/articles/1');
 * console.log(answer.status, answer.redirected, answer.headers.get('Content-Type')); // 200 true text/html; charset=utf-8
 * ```
 */
export function loginPage(server: ConflictServer, path: PathPattern): Fault {
  const times = Number.POSITIVE_INFINITY;
  server.fault({ kind: 'html', status: 200, on: { path: '/login' }, times });
  return server.fault({ kind: 'status', status: 302, headers: { Location: '/login' }, on: { path }, times });
}
