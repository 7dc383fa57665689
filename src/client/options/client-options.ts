import type { Options as KyOptions } from 'ky';
import type { ClientEvent } from '../../contract/events.js';
import type { Outbox } from '../../contract/outbox.js';
import type { ResourceOptions } from '../../contract/resource-options.js';
import type { Snapshot } from '../../contract/snapshot.js';
import type { TabLocks } from '../../engine/queue/tab-lock.js';

/** Resource options of whatever document type, as tables of them hold them. */
export type AnyResourceOptions = ResourceOptions<unknown>;

/** Snapshots remembered for the plain verbs, never for handles. */
export interface MemoryLimits {
  /** How many snapshots. Default 100. */
  readonly entries?: number;
  /** How many bytes of JSON text. Default 10_000_000. */
  readonly bytes?: number;
}

/** pino, winston and console all fit. */
export type Logger = Pick<Console, 'debug' | 'info' | 'warn' | 'error'>;

/** ky's options, and what is known about resources. */
export interface ClientOptions extends KyOptions {
  /** Options per resource, by URL path pattern (`/articles/:id`, `/files/*`). The most specific match wins. */
  resources?: Record<string, AnyResourceOptions>;
  /** Options for every resource. Those of its pattern come on top. */
  defaults?: AnyResourceOptions;
  /** Gets one line for each event: `console`, pino, winston. Headers, bodies and values are never logged. Default none. */
  logger?: Logger;
  /** Called with every event, like `client.on(listener)`. The way to listen to a `conflictFetch()`. */
  onEvent?: (event: ClientEvent) => void;
  /** How much is remembered of what was read, for plain verbs and `conflictFetch`. */
  memory?: MemoryLimits;
  /** The longest answer that is read, in bytes. A longer one is UnreadableResponseError. Default 67_108_864 (64 MiB). */
  maxBodyBytes?: number;
  /**
   * Makes the tabs of an origin save one resource one after the other. No save waits longer than 5,000 ms for another tab, and none while
   * that tab waits for a person or a server. `false` turns it off. Default `navigator.locks` in browsers, none elsewhere.
   */
  locks?: TabLocks | false;
  /** Keeps edits until they are saved, over reloads and crashes: `outbox()` of `unconflict/outbox`. What `extend()` makes has none, unless it is given another. Default none. */
  outbox?: Outbox;
}

/** ky's options and, for a write, what it was made from: a snapshot, or a value this client handed out. */
export interface VerbOptions extends KyOptions {
  /** What the write was made from: a snapshot, or an object that this client gave you. Default: the one version of that URL that this client read. */
  base?: Snapshot<unknown> | object;
}
