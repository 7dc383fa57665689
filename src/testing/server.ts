import type { JsonObject } from './core.js';
import { type Documents, documentsOf } from './documents.js';
import type { Backend } from './handle/backend.js';
import { type ConflictServerOptions, resolveOptions } from './options.js';
import { createIdempotencyKeys } from './store/idempotency.js';
import { createLocks, type LockOptions } from './store/locks.js';
import { type PathPattern, toPath } from './store/path.js';
import { createRefusals, type RefusalRule } from './store/refusals.js';
import { createStore } from './store/store.js';
import { createCache } from './wire/cache.js';
import { createWaits } from './wire/clock.js';
import type { Line } from './wire/exchange.js';
import { createFaults, type Fault, type FaultOptions } from './wire/faults.js';
import { createFetch } from './wire/fetch-form.js';
import type { ListenOptions, Port } from './wire/port.js';
import { createRecorder, type RequestRecord } from './wire/record.js';

/** A server of JSON documents that can be made to conflict. */
export interface ConflictServer extends Documents {
  /** Hand it to anything that takes a `fetch`. Any origin is served; a relative URL stands on `origin`. */
  readonly fetch: typeof fetch;
  readonly origin: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** The documents of those who send this value in the header that the option `tenants` names. Everything else is shared. */
  tenant(name: string): Documents;
  /** Refuses writes to this path until it is unlocked. */
  lock(path: string, options?: LockOptions): void;
  /** False if it was not locked. */
  unlock(path: string): boolean;
  /** Adds a business rule, which refuses without moving the version. What it returns takes the rule away. */
  refuse<T = JsonObject>(path: PathPattern, rule: RefusalRule<T>): () => void;
  /** Sets a fault. It hits one request unless told otherwise, and then no more. */
  fault(options: FaultOptions): Fault;
  /** Opens a port (Node only). */
  listen(options?: ListenOptions): Promise<Port>;
  /** Forgets documents, locks, rules, faults and requests. Open ports stay open. */
  reset(): void;
  /** Closes every port this server opened, and breaks off what waits in it. */
  close(): Promise<void>;
}

/**
 * Makes a server of JSON documents whose conflicts, locks and faults you control.
 *
 * @example
 * ```ts
 * import { createConflictServer } from 'unconflict/testing';
 *
 * const server = createConflictServer();
 * server.seed('/articles/1', { title: 'Draft', tags: [] });
 * const read = await server.fetch('/articles/1');
 * server.edit('/articles/1', (article) => {
 *   article.title = 'Someone was faster';
 * });
 * const write = await server.fetch('/articles/1', {
 *   method: 'PUT',
 *   headers: { 'If-Match': read.headers.get('ETag') ?? '', 'Content-Type': 'application/json' },
 *   body: JSON.stringify({ title: 'Mine', tags: [] }),
 * });
 * console.log(write.status); // 412
 * ```
 *
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for an option that means nothing.
 */
export function createConflictServer(options: ConflictServerOptions = {}): ConflictServer {
  const settings = resolveOptions(options);
  const { clock, origin, tenants } = settings;
  const locks = createLocks(clock);
  const refusals = createRefusals();
  const recorder = createRecorder();
  const faults = createFaults(clock);
  const waits = createWaits(clock);
  const idempotencyKeys = createIdempotencyKeys();
  const cache = createCache(settings);
  let ids = 0;
  const nextId = (): string => {
    ids += 1;
    return `item-${ids}`;
  };
  const shared = { settings, locks, refusals, idempotencyKeys, nextId };
  const own: Backend = { ...shared, store: createStore(clock) };
  const others = new Map<string, Backend>();
  const backendOf = (name: string | null): Backend => {
    if (name === null) return own;
    const backend = others.get(name) ?? { ...shared, store: createStore(clock) };
    others.set(name, backend);
    return backend;
  };
  const line: Line = {
    settings,
    backendOf: ({ headers }) => backendOf(tenants === undefined ? null : headers.get(tenants)),
    cache,
    faults,
    recorder,
    waits,
  };
  const ports = new Set<Port>();

  return {
    ...documentsOf(own),
    fetch: createFetch(line),
    origin,
    requests: recorder.requests,
    tenant: (name) => documentsOf(backendOf(name)),
    lock: (path, lockOptions = {}) => locks.lock(toPath(path), lockOptions),
    unlock: (path) => locks.unlock(toPath(path)),
    refuse: (path, rule) => refusals.add(path, rule),
    fault: (fault) => faults.add(fault),
    listen: async (listenOptions = {}) => {
      const { openPort } = await import('./wire/port.js');
      const port = await openPort(line, listenOptions);
      ports.add(port);
      return port;
    },
    reset: () => {
      for (const part of [own.store, others, locks, refusals, idempotencyKeys, recorder, faults, cache]) part.clear();
      ids = 0;
    },
    close: async () => {
      waits.end();
      await Promise.all([...ports].map((port) => port.close()));
      ports.clear();
    },
  };
}
