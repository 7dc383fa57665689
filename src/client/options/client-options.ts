import type { Options as KyOptions } from 'ky';
import type { ClientEvent } from '../../contract/events.js';
import type { ResourceOptions } from '../../contract/resource-options.js';
import type { Snapshot } from '../../contract/snapshot.js';
import type { TabLocks } from '../../engine/tab-lock.js';

/** Resource options of whatever document type, as tables of them hold them. */
export type AnyResourceOptions = ResourceOptions<unknown>;

/** Snapshots remembered for the plain verbs, never for handles. */
export interface MemoryLimits {
  /** Default 100. */
  readonly entries?: number;
  /** Bytes of JSON text. Default 10_000_000. */
  readonly bytes?: number;
}

/** pino, winston and console all fit. */
export type Logger = Pick<Console, 'debug' | 'info' | 'warn' | 'error'>;

/** ky's options, and what is known about resources. */
export interface ClientOptions extends KyOptions {
  /** Options per resource, by URL path pattern (`/articles/:id`, `/files/*`). The most specific match wins. */
  resources?: Record<string, AnyResourceOptions>;
  /** Options for every resource, under those of its pattern. */
  defaults?: AnyResourceOptions;
  /** Authorization, Cookie and bodies are never logged. */
  logger?: Logger;
  /** Hears every event, from the first on: as `client.on(listener)`, and the way to listen to a `conflictFetch()`. */
  onEvent?: (event: ClientEvent) => void;
  memory?: MemoryLimits;
  /** Longest answer read, in bytes. A longer one is UnreadableResponseError. Default 67_108_864 (64 MiB). */
  maxBodyBytes?: number;
  /**
   * Makes the tabs of an origin write one resource one at a time, so that they do not refuse each other. Default `navigator.locks` in
   * pages and workers of a browser, none elsewhere. `false`: never. No write waits longer than 5,000 ms for another tab, and none
   * while that one waits for a person or a server.
   */
  locks?: TabLocks | false;
}

/** ky's options and, for a write, what it was made from: a snapshot, or a value this client handed out. */
export interface VerbOptions extends KyOptions {
  base?: Snapshot<unknown> | object;
}
