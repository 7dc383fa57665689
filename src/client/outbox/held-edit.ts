import type { Outbox, OutboxEntry } from '../../contract/outbox.js';
import type { ConflictAnswer, ConflictContext, ConflictResolver } from '../../contract/resolver.js';
import type { DeleteOptions } from '../../contract/resource.js';
import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue, Patch } from '../../core/json.js';
import type { Keeping } from '../../engine/queue.js';
import type { ClientCore } from '../client-core.js';

/** An edit as JSON. It has no credentials, unless the URL does. */
export interface StoredEdit {
  readonly editId: string;
  readonly url: string;
  readonly kind: OutboxEntry['kind'];
  readonly base: JsonValue;
  /** The version `base` is the value of, where one is known. */
  readonly version?: string;
  readonly local: JsonValue;
  readonly patch: Patch;
  readonly derived: boolean;
  readonly onStale?: NonNullable<DeleteOptions['onStale']>;
  /** Who made it. Left out: a person. */
  readonly origin?: string;
}

/** A write that was sent, and may have arrived. */
export interface StoredDoubt {
  /** The same for the same bytes: edits that were sent together have the same. */
  readonly key: string;
  readonly base: JsonValue;
  readonly version?: string;
  readonly patch: Patch;
}

/** How an edit is sent that was sent before. */
export interface Sending {
  readonly doubts: readonly StoredDoubt[];
  /** Idempotency keys taken so far. */
  readonly keys: number;
  /** What to do where the server does not show whether it arrived. */
  readonly untold: 'make' | 'fail';
}

/** An edit in the hands of an outbox. */
export interface HeldEdit {
  readonly stored: StoredEdit;
  /** Edits of one resource have the same. */
  readonly lane: object;
  readonly signal: AbortSignal | undefined;
  /** Shows it in `value`. */
  show(): void;
  hide(): void;
  /** Puts it into its resource's queue. `signal` ends that. */
  send(sending: Sending, signal: AbortSignal): Promise<EditResult>;
}

/** What hears of the writes of the edits it holds. */
export interface EditHolder {
  /** Resolves when it is stored that these edits are being sent. */
  sending(editIds: readonly string[], write: Omit<StoredDoubt, 'patch'> & { readonly patch?: Patch }): Promise<void>;
  /** What came of that. `landed`: the server took it; `refused`: it did not; `unknown`. */
  sent(editIds: readonly string[], key: string, outcome: 'landed' | 'refused' | 'unknown'): void;
  /** Makes a refused edit again. */
  again(editId: string): Promise<EditResult>;
  ask(
    context: ConflictContext<unknown>,
    resolve: ConflictResolver<unknown>,
  ): ConflictAnswer<unknown> | Promise<ConflictAnswer<unknown>>;
}

/** What `outbox()` gives, as its client sees it. */
export interface ConnectableOutbox extends Outbox {
  /** Called by the client, once. @throws InvalidOptionsError where another client has it. */
  connect(core: ClientCore): Keeping;
}

/** True for what `outbox()` gives. */
export function isConnectable(outbox: Outbox): outbox is ConnectableOutbox {
  return 'connect' in outbox && typeof outbox.connect === 'function';
}
