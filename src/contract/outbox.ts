import type { Patch } from '../core/json.js';
import type { ConflictSession } from './conflict-session.js';

/** Where an outbox keeps its entries: four functions, which IndexedDB, AsyncStorage, SQLite or a folder of files fit. Values are text. */
export interface OutboxStorage {
  /** Undefined, or null: there is none. */
  get(key: string): Promise<string | null | undefined>;
  /** Resolves when it is stored. */
  set(key: string, value: string): Promise<unknown>;
  /** Resolves when it is gone. There need not be one. */
  delete(key: string): Promise<unknown>;
  /** All keys, also those of others. */
  keys(): Promise<readonly string[]>;
}

/** How an outbox works. */
export interface OutboxOptions {
  /** Where the entries are kept: `indexedDb(name)`, `memory()` or your own. Default: none, it must be given. */
  readonly storage: OutboxStorage;
  /** Whose edits they are, a user id for example: entries of another owner are never shown or sent. Default `''`. */
  readonly owner?: string;
  /** Called with a StorageError if the storage cannot do something. The last one is in `outbox.error`, too. Default none. */
  readonly onError?: (error: Error) => void;
}

/** One edit that is kept until it has been saved. */
export interface OutboxEntry {
  /** Sorts by age. */
  readonly id: string;
  /** The absolute URL. */
  readonly resource: string;
  /** What kind of edit it is. */
  readonly kind: 'update' | 'create' | 'delete';
  /** What it changes; empty for a delete. */
  readonly patch: Patch;
  /** ms since the epoch: when it was made. */
  readonly since: number;
  /**
   * `waiting` for its turn, the network or a server that fails; `sending`; `conflicted`: a resolver is asked, or nobody answered; `refused` by the
   * server; `in-doubt`: it was sent, and the server does not show whether it arrived; `paused`.
   */
  readonly state: 'waiting' | 'sending' | 'in-doubt' | 'conflicted' | 'refused' | 'paused';
  /** Why it is not saved yet, as of the last try. */
  readonly error: Error | undefined;
  /** The conflict, while it is `conflicted`: choose, then `submit()` or `discard()`. Undefined where your own resolver is asked. */
  readonly session: ConflictSession | undefined;
}

/** Edits that outlive the page: each is stored before it is sent, and removed when it is saved. Give it to `createClient({ outbox })`. */
export interface Outbox {
  /** Resolves when what was stored is known and shows in `value`. Nothing stored is sent before. */
  readonly ready: Promise<void>;
  /** The oldest first. None before the code of the outbox is there: wait for `ready`. Frozen; the same list until something changes. */
  readonly entries: readonly OutboxEntry[];
  /** What the storage could not do last: a StorageError. */
  readonly error: Error | undefined;
  /** Tries an entry again, at once. One that is in doubt is made again where the server does not show it; one whose own headers are gone since a restart stays refused. */
  retry(id: string): void;
  /** Gives an entry up: its promise rejects with ERR_DISCARDED. What is on its way may arrive all the same. */
  discard(id: string): void;
  /** Sends nothing more. A 401 to a write does the same. */
  pause(): void;
  /** Goes on sending, after `pause()` or a 401. */
  resume(): void;
  /**
   * For a sign-out: gives up every entry and erases what is stored of this owner, in every tab. What an open draft holds is not stored again.
   * Works after `client.close()`, too. Rejects with a StorageError where the storage could not erase all of it. Waits for the code of the outbox, if need be until the network is back.
   */
  clear(): Promise<void>;
  /** Calls the listener whenever `entries` or `error` has changed. What it returns ends that. */
  subscribe(listener: () => void): () => void;
}
