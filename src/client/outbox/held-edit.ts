import type { Outbox, OutboxEntry } from '../../contract/outbox.js';
import type { ConflictAnswer, ConflictContext, ConflictResolver } from '../../contract/resolver.js';
import type { DeleteOptions, Resource } from '../../contract/resource.js';
import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue, Patch } from '../../core/json.js';
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
  /** It was made with headers or an envelope that only its handle or call had: they are not stored, and without them it is another document. */
  readonly isApart?: true;
  /** Who made it. Left out: a person. */
  readonly origin?: string;
}

/** The way back from an edit that is not made. */
export interface WayBack {
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** A write that was sent, and may have arrived. */
export interface StoredDoubt {
  /** The same for the same bytes: edits that were sent together have the same. */
  readonly key: string;
  readonly base: JsonValue;
  readonly version?: string;
  readonly patch: Patch;
  /** The ids of the edits that were sent in it. */
  readonly edits: readonly string[];
}

/** How an edit is sent that was sent before. */
export interface Sending {
  readonly doubts: readonly StoredDoubt[];
  /** Idempotency keys taken so far. */
  readonly keys: number;
  /** What to do where the server does not show whether it arrived. */
  readonly untold: 'make' | 'fail';
  /** Somebody has been asked about it, or is to be. */
  readonly isAsked: boolean;
}

/** An edit in the hands of an outbox. */
export interface HeldEdit {
  readonly stored: StoredEdit;
  /** Edits of one resource have the same. */
  readonly lane: object;
  readonly signal: AbortSignal | undefined;
  /** Whoever is asked about its conflicts. */
  readonly resolve: ConflictResolver<unknown> | undefined;
  /** A handle on its resource. */
  handle(): Resource;
  /** Shows it in `value`. */
  show(): void;
  hide(): void;
  /** Puts it into its resource's queue. `signal` ends that. */
  send(sending: Sending, signal: AbortSignal): Promise<EditResult>;
}

/** What hears of the writes of the edits it holds. */
export interface EditHolder {
  /** Resolves when these edits may be sent, and it is stored that they are. */
  sending(
    editIds: readonly string[],
    write: Omit<StoredDoubt, 'patch' | 'edits'> & { readonly patch?: Patch },
  ): Promise<void>;
  /** What came of that: told after each call of `sending`. `landed`: the server took it; `refused`: it did not; `unknown`. */
  sent(editIds: readonly string[], key: string, outcome: 'landed' | 'refused' | 'unknown'): void;
  /** What an edit goes without that it was made on top of, the latest first: what was given up; `onServer`: also what waits. */
  without(editId: string, onServer: boolean): readonly WayBack[];
  /** Makes a refused edit again. */
  again(editId: string): Promise<EditResult>;
  ask(
    context: ConflictContext<unknown>,
    resolve: ConflictResolver<unknown> | undefined,
  ): ConflictAnswer<unknown> | Promise<ConflictAnswer<unknown>>;
}

/** What `outbox()` gives, as its client sees it. */
export interface ConnectableOutbox extends Outbox {
  /** Called by the client, once: has the outbox kept there from when its code is there. @throws InvalidOptionsError where another client has it. */
  connect(core: ClientCore): void;
}

/** True for what `outbox()` gives. */
export function isConnectable(outbox: Outbox): outbox is ConnectableOutbox {
  return 'connect' in outbox && typeof outbox.connect === 'function';
}
