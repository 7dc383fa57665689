import { importAgain } from '../client/import-again.js';
import { chunk } from '../client/outbox/door.js';
import type { Outbox, OutboxOptions } from '../exports.js';
import type { OutboxParts } from './door.js';
import { outboxOf } from './door.js';

const parts: OutboxParts = {
  keeping: chunk(importAgain(() => import('./keeping/outbox.js'), 'makeOutbox')),
  desk: chunk(importAgain(() => import('./desk.js'), 'openDesk')),
};

/**
 * Keeps edits until they are saved: over reloads, crashes and days without a network.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { memory, outbox } from 'unconflict/outbox';
 *
 * const waiting = outbox({ storage: memory(), owner: 'ada' });
 * const client = createClient({ prefix: 'https://api.example.com', outbox: waiting });
 * await waiting.ready;
 * await client.resource<{ title: string }>('articles/1').edit((draft) => { draft.title = 'Kept'; });
 * console.log(waiting.entries); // []
 * ```
 *
 * @param options Where the edits are kept, and whose they are.
 * @returns an outbox for one client. Its code is fetched when the client is made; `unconflict/eager` has one whose code is there.
 */
export function outbox(options: OutboxOptions): Outbox {
  return outboxOf(options, parts);
}
