import type { Input, KyInstance, Options as KyOptions, ResponsePromise } from 'ky';
import ky from 'ky';
import type { ClientEvent } from '../contract/events.js';
import type { LiveOptions } from '../contract/live.js';
import type { Resource } from '../contract/resource.js';
import type { ResourceOptions } from '../contract/resource-options.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { JsonValue } from '../core/json.js';
import { ClosedError } from '../errors/usage-errors.js';
import type { Chunks } from './chunks.js';
import { ClientCore } from './client-core.js';
import { startLive } from './live/start-live.js';
import type { ClientOptions, VerbOptions } from './options/client-options.js';
import { extended } from './options/layered.js';
import { isConnectable } from './outbox/held-edit.js';
import { Memory } from './plain/memory.js';
import type { PlainDoor } from './plain/plain-verb.js';
import {
  askedBy,
  GUARDED,
  guardedWrite,
  headersOf,
  passesAtOnce,
  rememberingParser,
  responsePromise,
  tellUnguarded,
  untouchedOf,
} from './plain/plain-verb.js';
import { ResourceHandle } from './resource/handle.js';
import { lowerCased, plainHeaders } from './resource/identity-key.js';

/** A ky instance whose writes are conflict-safe, plus resource handles. */
export interface Client extends KyInstance {
  /** A PUT of the whole JSON; conflict-safe where what it was made from is known. */
  put<T = unknown>(url: Input, options?: VerbOptions): ResponsePromise<T>;
  /** A JSON Patch or merge patch, by its media type; conflict-safe where what it was made from is known. */
  patch<T = unknown>(url: Input, options?: VerbOptions): ResponsePromise<T>;
  /** Conditional on the version that was read, where one is known. */
  delete<T = unknown>(url: Input, options?: VerbOptions): ResponsePromise<T>;
  /** A client again, with these options on top. */
  extend(options: ClientOptions | ((parent: ClientOptions) => ClientOptions)): Client;
  /** A handle. Its options add to the pattern's and the defaults. All handles of one URL of one client share one lane of edits, but for those that open another envelope (`body`) or find the version elsewhere. */
  resource<T = JsonValue>(url: string | URL, options?: ResourceOptions<T>): Resource<T>;
  on(listener: (event: ClientEvent) => void): () => void;
  on<Type extends ClientEvent['type']>(type: Type, listener: (event: ClientEvent & { type: Type }) => void): () => void;
  /**
   * Keeps what somebody subscribes to up to date: reads again when the page is looked at, when the network is back and every 30 s, and shows
   * what other tabs read and write. A read that finds nothing new is a 304 and tells nobody. Called again, the new options hold.
   *
   * @example
   * ```ts
   * import { createClient } from 'unconflict';
   *
   * const client = createClient({ prefix: 'https://api.example.com' });
   * const stop = client.live({ every: 60_000, tabs: false });
   * stop();
   * ```
   *
   * @param options Times in ms. A resource's option `live` adds to them, or takes it out.
   * @returns what ends it; `close()` does, too. @throws InvalidOptionsError (ERR_INVALID_OPTIONS); ClosedError (ERR_CLOSED)
   */
  live(options?: LiveOptions): () => void;
  /** Settles pending edits (open hooks are aborted), then stops. Calls afterwards reject with ERR_CLOSED. */
  close(): Promise<void>;
}

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'query'] as const;

/** A client and what it stands on, for the third door. */
export interface ClientDoor extends PlainDoor {
  readonly client: Client;
  /** ky as it is, for what passes untouched. */
  readonly untouched: (url: URL) => KyInstance;
}

export function doorOf(
  options: ClientOptions,
  chunks: Chunks,
  remembering: PlainDoor['remembering'] = async () => {},
  memory: Memory = new Memory(options.memory ?? {}),
): ClientDoor {
  const core = new ClientCore(options, chunks);
  const { outbox } = options;
  if (outbox !== undefined && isConnectable(outbox)) outbox.connect(core);
  const untouched = untouchedOf(core);
  const door: PlainDoor = { core, memory, remembering };

  const send = <T>(method: string | undefined, input: Input, given: VerbOptions = {}): ResponsePromise<T> => {
    const own = withoutBase(given);
    if (own.headers !== undefined) own.headers = lowerCased(own.headers);
    if (method !== undefined) own.method = method;
    const verb = (own.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
    const parseJson = given.parseJson ?? core.kyOptions.parseJson;
    if (core.closed) return responsePromise<T>(door, Promise.reject(new ClosedError('this client')), parseJson);
    const url = core.addressOf(input, given);
    const plain = untouched(url);
    if (verb === 'GET') {
      const asked = askedBy(core, url, headersOf(input, given));
      own.parseJson = rememberingParser(door, { url, asked }, parseJson);
      return plain<T>(input, own);
    }
    if (!GUARDED.has(verb)) return plain<T>(input, own);
    if (passesAtOnce(door, url, input, given)) {
      tellUnguarded(door, url, verb, given.headers);
      return plain<T>(input, own);
    }
    const pass = async (guard?: Record<string, string>): Promise<Response> =>
      plain(input, guard === undefined ? own : { ...own, headers: { ...plainHeaders(own.headers), ...guard } });
    const asked = given.base === undefined ? own : { ...own, base: given.base };
    const guarded = guardedWrite(door, { method: verb, input, url, pass }, asked);
    return responsePromise<T>(door, guarded, parseJson);
  };

  // `fromEntries` forgets which names there are.
  const verbs = Object.fromEntries(
    VERBS.map((verb) => [verb, (input: Input, given?: VerbOptions) => send(verb, input, given)]),
  ) as Pick<Client, (typeof VERBS)[number]>;

  // Named with their type, or TypeScript forgets that these symbols are unique.
  const symbols: Pick<KyInstance, 'stop' | 'retry'> = { stop: ky.stop, retry: ky.retry };
  const client: Client = Object.assign(
    <T>(input: Input, given?: KyOptions) => send<T>(undefined, input, given),
    verbs,
    symbols,
    {
      create: (given: ClientOptions = {}) => doorOf(given, chunks).client,
      extend: (more: ClientOptions | ((parent: ClientOptions) => ClientOptions)) =>
        // What one has read, the other may write.
        doorOf(extended(options, more), chunks, remembering, memory).client,
      resource<T>(url: string | URL, own: ResourceOptions<T> = {}): Resource<T> {
        if (core.kyOptions.parseJson ?? core.kyOptions.stringifyJson) {
          throw new InvalidOptionsError(
            'A handle reads and writes JSON itself, with all digits of its numbers, and asks neither parseJson nor stringifyJson. Make it with a client that has neither.',
            { option: 'options.parseJson' },
          );
        }
        // ky would put the prefix before it, too; but that is where snapshots and handles say they are.
        const named = typeof url === 'string' && /^https?:/i.test(url) ? new URL(url) : url;
        return new ResourceHandle<T>(core, core.addressOf(named), own);
      },
      on,
      live: (live?: LiveOptions) => startLive(core, live),
      close: () => core.close().finally(() => core.outbox?.closed()),
    },
  );
  return { ...door, client, untouched };

  function on(listener: (event: ClientEvent) => void): () => void;
  function on<Type extends ClientEvent['type']>(
    type: Type,
    listener: (event: ClientEvent & { type: Type }) => void,
  ): () => void;
  function on<Type extends ClientEvent['type']>(
    first: Type | ((event: ClientEvent) => void),
    listener?: (event: ClientEvent & { type: Type }) => void,
  ): () => void {
    if (typeof first === 'function') return core.emitter.on(first);
    // What it gives back is passed on: it may be a promise that rejects.
    return core.emitter.on((event) => (isOfType(event, first) ? listener?.(event) : undefined));
  }
}

/** ky's part of the options, as a copy. */
function withoutBase(given: VerbOptions): KyOptions {
  // Taking something out of a copy takes longer than all the rest, and it is seldom there.
  if (!('base' in given)) return { ...given };
  const { base: _base, ...own } = given;
  return own;
}

function isOfType<Type extends ClientEvent['type']>(
  event: ClientEvent,
  type: Type,
): event is ClientEvent & { type: Type } {
  return event.type === type;
}
