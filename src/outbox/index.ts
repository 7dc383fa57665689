export type { Outbox, OutboxEntry, OutboxOptions, OutboxStorage } from '../index.js';
export { outbox } from './outbox.js';
export { indexedDb } from './storage/indexed-db.js';
export { memory } from './storage/memory.js';
