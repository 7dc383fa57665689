import type { Chunks } from '../client/chunks.js';
import { there } from '../client/chunks.js';
import type { Client } from '../client/create-client.js';
import { doorOf } from '../client/create-client.js';
import * as draft from '../client/draft/index.js';
import * as log from '../client/event-log.js';
import * as live from '../client/live/index.js';
import type { ClientOptions } from '../client/options/client-options.js';
import type { ConflictFetch } from '../client/plain/conflict-fetch.js';
import { fetchOf } from '../client/plain/conflict-fetch.js';
import * as write from '../client/write-chunk.js';
import * as conflict from '../engine/conflict/index.js';
import type { Outbox, OutboxOptions } from '../exports.js';
import * as desk from '../outbox/desk.js';
import { outboxOf } from '../outbox/door.js';
import * as keeping from '../outbox/keeping/outbox.js';

export * from '../exports.js';

const chunks: Chunks = {
  write: there(write),
  conflict: there(conflict),
  draft: there(draft),
  live: there(live),
  log: there(log),
};

/**
 * `createClient` with everything in one piece, where nothing can be fetched later: service workers, which forbid `import()`, and
 * builds of a single file.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict/eager';
 *
 * const client = createClient({ prefix: 'https://api.example.com' });
 * await client.resource<{ title: string }>('articles/1').edit((draft) => {
 *   draft.title = 'Better';
 * });
 * ```
 *
 * @param options ky's options, and what is known about resources. Everything has a default.
 * @returns the same client as `createClient` of `unconflict`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for options that cannot work.
 */
export function createClient(options: ClientOptions = {}): Client {
  return doorOf(options, chunks).client;
}

/**
 * `conflictFetch` with everything in one piece.
 *
 * @example
 * ```ts
 * import { conflictFetch } from 'unconflict/eager';
 *
 * const fetch = conflictFetch();
 * await fetch('https://api.example.com/articles/1');
 * ```
 *
 * @returns the same function as `conflictFetch` of `unconflict`.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for options that cannot work.
 */
export function conflictFetch(options: ClientOptions = {}): ConflictFetch {
  return fetchOf(options, chunks);
}

/**
 * `outbox` of `unconflict/outbox` with everything in one piece. Storages are in `unconflict/outbox`.
 *
 * @example
 * ```ts
 * import { createClient, outbox } from 'unconflict/eager';
 * import { indexedDb } from 'unconflict/outbox';
 *
 * const start = (userId: string) =>
 *   createClient({ outbox: outbox({ storage: indexedDb('my-app'), owner: userId }) });
 * ```
 *
 * @param options Where the edits are kept, and whose they are.
 * @returns an outbox for one client.
 */
export function outbox(options: OutboxOptions): Outbox {
  return outboxOf(options, { keeping: there(keeping), desk: there(desk) });
}

/**
 * Does nothing here: everything is there. Code that runs with both entries may call it.
 *
 * @example
 * ```ts
 * import { preload } from 'unconflict/eager';
 *
 * await preload();
 * ```
 *
 * @returns a promise that is resolved.
 */
export async function preload(): Promise<void> {}
