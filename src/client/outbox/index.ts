/** What `unconflict/outbox` is made of on the client's side: nothing else brings it. */
export type { Clock } from '../../engine/clock.js';
export type { Keeping, Left } from '../../engine/queue/queue.js';
export type { WriteCode } from '../chunks.js';
export type { ClientCore } from '../client-core.js';
export type {
  EditHolder,
  HeldEdit,
  StoredDoubt,
  StoredEdit,
  WayBack,
} from './held-edit.js';
export { holdEdit, restoreEdit } from './hold-edit.js';
