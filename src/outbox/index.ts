export type { Outbox, OutboxEntry, OutboxOptions, OutboxStorage } from '../index.js';
export { indexedDb } from './indexed-db.js';
export { memory } from './memory.js';
export { outbox } from './outbox.js';
