import type { Input, Options as KyOptions } from 'ky';
import type { ClientEvent, EditEvent } from '../contract/events.js';
import type { Clock } from '../engine/clock.js';
import { anySignal, systemClock } from '../engine/clock.js';
import { Emitter, observe } from '../engine/emitter.js';
import type { Keeping, Surroundings } from '../engine/queue/queue.js';
import { ResourceState } from '../engine/resource/resource-state.js';
import { ClosedError } from '../errors/usage-errors.js';
import { shownText, shownUrl } from '../protocol/shown.js';
import type { Chunks } from './chunks.js';
import { stateReader } from './http/state-reader.js';
import type { Transport, Wire } from './http/transport.js';
import { makeTransport } from './http/transport.js';
import { Watched } from './live/watched.js';
import type { AnyResourceOptions, ClientOptions } from './options/client-options.js';
import { basePath, finalUrl } from './options/final-url.js';
import { layered, mergedByKy, split } from './options/layered.js';
import type { ResourcePolicy } from './options/resource-policy.js';
import { resourcePolicy } from './options/resource-policy.js';
import { checkClient } from './options/tables.js';
import type { UrlPattern } from './options/url-pattern.js';
import { compileUrlPattern, matchUrl } from './options/url-pattern.js';
import { checkPlatform, tabLocks } from './platform.js';
import type { PlainHeaders } from './resource/identity-key.js';
import { plainHeaders } from './resource/identity-key.js';
import { KnownResource, laneKey, laneOf, Registry } from './resource/known-resource.js';

const ADDRESSING = ['prefix', 'baseUrl', 'searchParams'] as const;

/** A draft with something to be saved. */
export interface Owing {
  close(): Promise<void>;
}

/** One client's inside: its options compiled, its resources, its events. What the three doors stand on. */
export class ClientCore {
  readonly kyOptions: KyOptions;
  /** The client's own headers. */
  readonly headers: PlainHeaders;
  readonly transport: Transport;
  readonly emitter: Emitter<ClientEvent>;
  readonly clock: Clock = systemClock;
  /** With an outbox, those that write are there when it is. */
  chunks: Chunks;
  /** Where edits are kept until they are saved. */
  outbox: Keeping | undefined;
  /** Ends what an outbox is to keep and does not have yet. */
  unkept: AbortSignal | undefined;
  /** What its queues share. */
  readonly surroundings: Surroundings;
  readonly #patterns: readonly UrlPattern[];
  readonly #resources: Readonly<Record<string, AnyResourceOptions>>;
  readonly #defaults: AnyResourceOptions;
  readonly #basePath: string;
  readonly #common: ResourcePolicy;
  readonly #plainPolicies = new Map<UrlPattern, ResourcePolicy>();
  readonly #handlePolicies = new Map<UrlPattern | undefined, ResourcePolicy>();
  readonly #known = new Registry<KnownResource>();
  readonly #running = new Set<Promise<unknown>>();
  /** Drafts with something to be saved before the client closes. */
  readonly owing: Set<Owing> = new Set();
  readonly watched: Watched = new Watched();
  stopLive: (() => void) | undefined;
  /** Options of calls that save what such a draft owes: they are let through after close() has begun. */
  readonly #owed = new WeakSet<object>();
  readonly #closing = new AbortController();
  readonly #report: (error: unknown) => void;

  constructor(options: ClientOptions, chunks: Chunks) {
    checkPlatform();
    const { ours, kys } = split(options);
    const { resources = {}, defaults = {}, logger, onEvent, maxBodyBytes, locks } = ours;
    this.headers = plainHeaders(kys.headers);
    this.kyOptions = kys.headers === undefined ? kys : { ...kys, headers: this.headers };
    checkClient(options);
    this.chunks = chunks;
    this.#resources = resources;
    this.#defaults = defaults;
    this.#basePath = basePath(kys);
    // Everything the options can get wrong is found now, and not in the middle of a merge.
    this.#common = resourcePolicy(defaults, 'defaults', false);
    for (const [source, own] of Object.entries(resources)) {
      const policy = resourcePolicy(layered([defaults, own]), `resources["${source}"]`, false);
      this.#plainPolicies.set(compileUrlPattern(source), policy);
    }
    this.#patterns = [...this.#plainPolicies.keys()];
    this.transport = makeTransport(this.kyOptions, this.#common.engine.retry.maxRetryAfter, maxBodyBytes);
    this.surroundings = {
      clock: this.clock,
      closing: this.#closing.signal,
      locks: tabLocks(locks),
      conflict: () => chunks.conflict.loaded ?? chunks.conflict.load(),
    };
    this.#report = (error) => logger?.error(`unconflict: a listener failed: ${String(error)}`);
    this.emitter = new Emitter(this.#report);
    if (logger !== undefined)
      this.emitter.on(async (event) => (await chunks.log.load()).logEvent(logger, event, shownText));
    if (onEvent !== undefined) this.emitter.on(onEvent);
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** @throws ClosedError */
  assertOpen(url: URL): void {
    if (this.closed) throw new ClosedError(shownUrl(url));
  }

  /** What ends a call: signals of its own, and the client's. */
  signalOf(...own: readonly (AbortSignal | null | undefined)[]): AbortSignal | undefined {
    return anySignal(this.kyOptions.signal, ...own);
  }

  /** The URL a call names. Memory, resources and patterns know it by that, whatever a hook makes of the request later. */
  addressOf(input: Input, given: KyOptions = {}): URL {
    const named = ADDRESSING.some((option) => option in given);
    return finalUrl(input, named ? mergedByKy(this.kyOptions, given) : this.kyOptions);
  }

  /** The options that hold for a URL, with those of a handle on top. */
  layersFor(url: URL): readonly AnyResourceOptions[] {
    const own = this.#matching(url);
    const resource = own === undefined ? undefined : this.#resources[own.source];
    return resource === undefined ? [this.#defaults] : [this.#defaults, resource];
  }

  /** For plain verbs: one policy for each pattern. */
  plainPolicy(url: URL): ResourcePolicy {
    const pattern = this.#matching(url);
    return (pattern && this.#plainPolicies.get(pattern)) ?? this.#common;
  }

  /** For handles without options of their own: one policy for each pattern. */
  handlePolicy(url: URL): ResourcePolicy {
    const pattern = this.#matching(url);
    const known = this.#handlePolicies.get(pattern);
    if (known !== undefined) return known;
    const policy = resourcePolicy(layered(this.layersFor(url)), pattern?.source ?? 'defaults', true);
    this.#handlePolicies.set(pattern, policy);
    return policy;
  }

  /**
   * The one thing that is known of a resource, for all to whom its value is the same. It lasts while somebody holds it or something is pending.
   *
   * @param self What is said of who is asking, besides the client's own headers.
   */
  known(url: URL, policy: ResourcePolicy, self: PlainHeaders = policy.request.headers): KnownResource {
    const asked = { ...this.headers, ...self };
    const lane = laneOf(url, policy, asked);
    const known = this.#known.get(laneKey(lane), () => {
      const state = new ResourceState(shownUrl(url), policy.engine.codec, this.#report, this.clock);
      const made = new KnownResource(state, lane);
      state.onState = (now) => {
        if (now !== undefined) made.handedOut.note(now, state.moves);
        this.watched.keeper?.learnt(made, now);
      };
      return made;
    });
    const { live } = policy;
    if (live === false || live?.tabs === false) known.keepsToItself = true;
    return known;
  }

  wireFor(
    url: URL,
    { engine, request }: ResourcePolicy,
    own: Pick<Wire, 'notes' | 'conditional'> & Partial<Wire>,
  ): Wire {
    const { codec, schema } = engine;
    const shown = shownUrl(url);
    const reader = stateReader(shown, codec, request.body, schema);
    return { url, shown, codec, request, reader, transport: this.transport, ...own };
  }

  /** Fetches what a write needs before there is one. A failure is no news: the write asks again. */
  prefetch(): void {
    this.chunks.write.load().catch(() => {});
  }

  emitterFor(url: URL, editId: string): (event: EditEvent) => void {
    let about: Pick<ClientEvent, 'url' | 'pattern' | 'editId'> | undefined;
    return (event) => {
      if (!this.emitter.isHeard) return;
      about ??= { url: shownUrl(url), pattern: this.#matching(url)?.source, editId };
      this.emitter.emit(Object.freeze<ClientEvent>({ ...about, at: Date.now(), ...event }));
    };
  }

  /** Runs a listener that must not be able to harm anything. */
  observe(call: () => unknown): void {
    observe(call, this.#report);
  }

  /** Runs a call that close() waits for: what began before it is finished. @throws ClosedError */
  async during<T>(url: URL, options: object, call: () => Promise<T>): Promise<T> {
    if (!this.isOfDraft(options)) this.assertOpen(url);
    // Some steps later than the edit itself: who follows it, as the session of its conflict does, has it ended before its caller goes on.
    const running = (async () => call())();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** What a draft owes is saved although the client is being closed. */
  allow(options: object): void {
    this.#owed.add(options);
  }

  /** Everything that is known of any resource. */
  [Symbol.iterator](): Iterator<KnownResource> {
    return this.#known[Symbol.iterator]();
  }

  /** Whether a draft makes this call. A draft keeps what it saves itself, so an outbox does not. */
  isOfDraft(options: object): boolean {
    return this.#owed.has(options);
  }

  async close(): Promise<void> {
    this.stopLive?.();
    this.#closing.abort(new ClosedError('this client'));
    await Promise.allSettled(Array.from(this.owing, (draft) => draft.close()));
    await Promise.allSettled(this.#running);
    await Promise.all(Array.from(this, ({ queue }) => queue?.settled()));
    this.emitter.clear();
  }

  #matching(url: URL): UrlPattern | undefined {
    return this.#patterns.length === 0 ? undefined : matchUrl(this.#patterns, url, this.#basePath);
  }
}
