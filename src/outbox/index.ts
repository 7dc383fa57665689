export type { Outbox, OutboxEntry, OutboxOptions, OutboxStorage } from '../exports.js';
export { outbox } from './lazy.js';
export { indexedDb } from './storage/indexed-db.js';
export { memory } from './storage/memory.js';
