import type { Chunks } from './chunks.js';
import { chunk } from './chunks.js';
import type { Client } from './create-client.js';
import { doorOf } from './create-client.js';
import { importAgain } from './import-again.js';
import type { ClientOptions } from './options/client-options.js';
import type { ConflictFetch } from './plain/conflict-fetch.js';
import { fetchOf } from './plain/conflict-fetch.js';

/** Fetched when they are first needed, once for all clients. */
export const chunks: Chunks = {
  write: chunk(importAgain(() => import('./write-chunk.js'), 'submitEdit')),
  conflict: chunk(importAgain(() => import('../engine/conflict/index.js'), 'readAnswer')),
  draft: chunk(importAgain(() => import('./draft/index.js'), 'makeDraft')),
  live: chunk(importAgain(() => import('./live/index.js'), 'goLive')),
  log: chunk(importAgain(() => import('./event-log.js'), 'logEvent')),
};

/**
 * Makes a client: ky with conflict-safe writes.
 *
 * @example
 * ```ts
 * import { createClient, list } from 'unconflict';
 *
 * const client = createClient({
 *   prefix: 'https://api.example.com',
 *   resources: { '/articles/:id': { merge: { '/tags': list({ key: 'id' }) } } },
 * });
 * const article = client.resource<{ title: string }>('articles/1');
 * await article.edit((draft) => {
 *   draft.title = 'Better';
 * });
 * ```
 *
 * @param options ky's options, and what is known about resources. Everything has a default.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for options that cannot work.
 */
export function createClient(options: ClientOptions = {}): Client {
  return doorOf(options, chunks).client;
}

/**
 * A drop-in `fetch` whose writes are conflict-safe: for openapi-fetch, ky, axios' fetch adapter, or plain code.
 *
 * A GET's answer is remembered with its version; a later PUT, JSON Patch, merge patch or DELETE of the same URL is made
 * conditional on it, rebased when it is stale, and sent again. What the server says for good (a business rule, a 403)
 * comes back as a Response, as from `fetch`.
 *
 * @example
 * ```ts
 * import { conflictFetch } from 'unconflict';
 *
 * const fetch = conflictFetch();
 * const article = await (await fetch('https://api.example.com/articles/1')).json();
 * await fetch('https://api.example.com/articles/1', {
 *   method: 'PUT',
 *   headers: { 'content-type': 'application/json' },
 *   body: JSON.stringify({ ...article, title: 'Better' }),
 * });
 * ```
 *
 * @returns a function with the signature of `fetch`, which may take the place of the global one. It rejects with what is no
 *   answer: ConflictError, LockedError, GoneError, RetryLimitError, InDoubtError, MissingBaseError.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for options that cannot work.
 */
export function conflictFetch(options: ClientOptions = {}): ConflictFetch {
  return fetchOf(options, chunks);
}

/**
 * Fetches the parts of this library that are otherwise fetched when they are first needed: before the page goes offline, or the first edit.
 *
 * @example
 * ```ts
 * import { preload } from 'unconflict';
 *
 * await preload();
 * ```
 *
 * @returns a promise that resolves when everything is there, and rejects with what `import()` met. Calling it again asks again.
 */
export async function preload(): Promise<void> {
  await Promise.all(Object.values(chunks).map((part) => part.load()));
}
