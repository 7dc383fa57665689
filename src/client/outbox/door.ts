/** What `unconflict/outbox` needs at once, and a client has anyway. */
export { systemClock } from '../../engine/clock.js';
export type { Chunk } from '../chunks.js';
export { chunk, loadWithin } from '../chunks.js';
export type { ClientCore } from '../client-core.js';
export type { ConnectableOutbox } from './held-edit.js';
