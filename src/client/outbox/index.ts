/** What `unconflict/outbox` is made of on the client's side: nothing else brings it. */
export type { Keeping } from '../../engine/queue.js';
export type { ClientCore } from '../client-core.js';
export type {
  ConnectableOutbox,
  EditHolder,
  HeldEdit,
  StoredDoubt,
  StoredEdit,
} from './held-edit.js';
export { holdEdit } from './hold-edit.js';
export { restoreEdit } from './restore-edit.js';
