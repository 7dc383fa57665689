import type { Backend } from './backend.js';
import { createWaits } from './clock.js';
import { InvalidOptionsError, type JsonObject, type JsonValue } from './core.js';
import type { Line } from './exchange.js';
import { createFaults, type Fault, type FaultOptions } from './faults.js';
import { createFetch } from './fetch-form.js';
import { createIdempotencyKeys } from './idempotency.js';
import { stringify, textOf } from './json-text.js';
import { createLocks, type LockOptions } from './locks.js';
import { type ConflictServerOptions, resolveOptions } from './options.js';
import { type PathPattern, toPath } from './path.js';
import type { ListenOptions, Port } from './port.js';
import { createRecorder, type RequestRecord } from './record.js';
import { createRefusals, type RefusalRule } from './refusals.js';
import { createStore, isLive, type State } from './store.js';

/** A document and the version it has now, as a client would know it: the ETag with its quotes, the `_rev`, the number in digits. */
export interface StoredDocument<T = JsonValue> {
  readonly value: T;
  readonly version: string;
}

/** One committed state of a document. */
export interface HistoryEntry<T = JsonValue> {
  readonly version: string;
  /** Undefined: deleted. */
  readonly value: T | undefined;
  /** When, in ms since the epoch. */
  readonly at: number;
  /** The request that committed it; undefined for `seed`, `edit` and `remove`. */
  readonly by: RequestRecord | undefined;
}

/** A server of JSON documents that can be made to conflict. */
export interface ConflictServer {
  /** Hand it to anything that takes a `fetch`. Any origin is served; a relative URL stands on `origin`. */
  readonly fetch: typeof fetch;
  readonly origin: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Puts a document there, or in the place of what is there. */
  seed(path: string, value: unknown): StoredDocument;
  /** A copy of a document; undefined if there is none. */
  get<T = JsonValue>(path: string): StoredDocument<T> | undefined;
  /** Changes a document behind everyone's back. The recipe changes a copy, or returns a new value. */
  edit<T = JsonObject>(path: string, recipe: (draft: T) => T | void): StoredDocument<T>;
  /** Deletes a document behind everyone's back. */
  remove(path: string): void;
  /** Every state this path ever had, oldest first: what landed, how often, and by whom. */
  history<T = JsonValue>(path: string): HistoryEntry<T>[];
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
  const { clock, versions, origin } = settings;
  const store = createStore(clock);
  const locks = createLocks(clock);
  const refusals = createRefusals();
  const recorder = createRecorder();
  const faults = createFaults(clock);
  const waits = createWaits(clock);
  const idempotencyKeys = createIdempotencyKeys();
  const backend: Backend = { settings, store, locks, refusals, idempotencyKeys };
  const line: Line = { backend, faults, recorder, waits };
  const ports = new Set<Port>();

  const read = <T>(state: State | undefined): StoredDocument<T> | undefined => {
    if (!isLive(state)) return undefined;
    const value: T = JSON.parse(state.text);
    return { value, version: versions.text(state) };
  };
  const existing = <T>(path: string): StoredDocument<T> => {
    const found = read<T>(store.latest(toPath(path)));
    if (found) return found;
    throw new InvalidOptionsError(`There is no document at ${path}. Put one there with server.seed().`, {
      option: 'path',
    });
  };
  const seed = (path: string, value: unknown): State => {
    const text = stringify(value);
    if (text !== undefined) return store.commit(toPath(path), textOf(versions.strip(JSON.parse(text))));
    throw new InvalidOptionsError(`A document must be JSON; got ${typeof value} for ${path}.`, { option: 'value' });
  };

  return {
    fetch: createFetch(line),
    origin,
    requests: recorder.requests,
    seed: (path, value) => {
      seed(path, value);
      return existing(path);
    },
    get: (path) => read(store.latest(toPath(path))),
    edit: <T>(path: string, recipe: (draft: T) => T | void) => {
      const { value } = existing<T>(path);
      seed(path, recipe(value) ?? value);
      return existing<T>(path);
    },
    remove: (path) => {
      existing(path);
      store.commit(toPath(path), undefined);
    },
    history: <T>(path: string) =>
      store.states(toPath(path)).map((state): HistoryEntry<T> => {
        const { at, by } = state;
        return { version: versions.text(state), value: read<T>(state)?.value, at, by };
      }),
    lock: (path, lockOptions = {}) => locks.lock(toPath(path), lockOptions),
    unlock: (path) => locks.unlock(toPath(path)),
    refuse: (path, rule) => refusals.add(path, rule),
    fault: (fault) => faults.add(fault),
    listen: async (listenOptions = {}) => {
      const { openPort } = await import('./port.js');
      const port = await openPort(line, listenOptions);
      ports.add(port);
      return port;
    },
    reset: () => {
      for (const part of [store, locks, refusals, idempotencyKeys, recorder, faults]) part.clear();
    },
    close: async () => {
      waits.end();
      await Promise.all([...ports].map((port) => port.close()));
      ports.clear();
    },
  };
}
