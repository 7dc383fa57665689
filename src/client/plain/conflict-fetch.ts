import { isNetworkError } from 'ky';
import type { Snapshot } from '../../contract/snapshot.js';
import { within } from '../../engine/clock.js';
import { parseBody } from '../../protocol/body/body.js';
import type { Chunks } from '../chunks.js';
import { doorOf } from '../create-client.js';
import type { ClientOptions } from '../options/client-options.js';
import { KYS } from '../options/tables.js';
import { plainHeaders } from '../resource/identity-key.js';
import { askedBy, GUARDED, guardedWrite, isJsonType, passesAtOnce, remember, tellUnguarded } from './plain-verb.js';

/** ms. As long as ky waits for an answer: a body may never end. */
const PATIENCE = 10_000;
/** `fetch`, and for a write what it was made from: a snapshot, or a value that was read from there. */
export type ConflictFetch = typeof fetch &
  ((input: RequestInfo | URL, init?: RequestInit & { base?: Snapshot<unknown> | object }) => Promise<Response>);

/** `conflictFetch`, by the chunks it is to use. */
export function fetchOf(options: ClientOptions, chunks: Chunks): ConflictFetch {
  const pending = new Map<string, Promise<void>>();
  const outward = fetchBelow(options.fetch);
  const remembering = async (url: URL, signal: AbortSignal | undefined): Promise<void> => {
    const reading = pending.get(placeOf(url));
    if (reading === undefined) return;
    await within(
      door.core.clock,
      PATIENCE,
      signal,
      () => reading,
      () => undefined,
    ).catch(() => signal?.throwIfAborted());
  };
  const door = doorOf({ retry: 0, timeout: false, ...options, fetch: outward.fetch }, chunks, remembering);
  const { core, untouched } = door;

  const guarded: ConflictFetch = async (input: RequestInfo | URL, init: RequestInit & { base?: object } = {}) => {
    if (outward.isOwn(input, init)) return outward.before(input, init);
    const request = new Request(input, init);
    const method = request.method.toUpperCase();
    const url = core.addressOf(request);
    const { base, ...more } = beyondRequest(init);
    const pass = async (guard: Record<string, string> = {}): Promise<Response> =>
      untouched(url)(request, {
        ...more,
        // Those of the call lie over the client's.
        headers: { ...plainHeaders(request.headers), ...guard },
        throwHttpErrors: false,
      }).catch((error: unknown) => {
        // Who calls `fetch` looks for the error that `fetch` rejects with.
        throw isNetworkError(error) ? (error.cause ?? error) : error;
      });
    // `fetch` answers with a Response whatever the status is; only what is no answer is thrown.
    const asked = { ...more, ...(base === undefined ? {} : { base }), throwHttpErrors: false };
    if (GUARDED.has(method)) {
      if (pending.has(placeOf(url)) || !passesAtOnce(door, url, url, asked)) {
        return guardedWrite(door, { method, input: request, url, pass }, asked);
      }
      tellUnguarded(door, url, method, request.headers);
    }
    const response = await pass();
    if (method === 'GET' && response.ok && isJsonType(response.headers.get('content-type'))) {
      const place = placeOf(url);
      const reading = response
        .clone()
        .text()
        .then((text) =>
          remember(
            door,
            { url, asked: askedBy(core, url, plainHeaders(request.headers)) },
            response,
            text,
            parseBody(text),
          ),
        )
        // A body that cannot be read is the caller's to hear of, from the original.
        .catch(() => {})
        .finally(() => {
          if (pending.get(place) === reading) pending.delete(place);
        });
      pending.set(place, reading);
    }
    return response;
  };
  outward.replacedBy(guarded);
  return guarded;
}

function placeOf({ origin, pathname }: URL): string {
  return origin + pathname;
}

/** Members of `init` that neither ky takes nor a Request tells again: `priority`, those of platforms (`next`, `cf`, `dispatcher`), our `base`. */
function beyondRequest(init: RequestInit & { base?: object }): { base?: object; [name: string]: unknown } {
  return Object.fromEntries(Object.entries(init).filter(([name]) => name === 'priority' || !KYS.includes(name)));
}

/** The `fetch` that requests leave through: the global one is the one of today, but never ourselves in its place. */
function fetchBelow(own: typeof fetch | undefined) {
  const before = globalThis.fetch;
  const left = new WeakSet<object>();
  let ourselves: typeof fetch | undefined;
  const global: typeof fetch = async (input, init) => {
    if (typeof input === 'object') left.add(input);
    const { fetch } = globalThis;
    return fetch === ourselves ? before(input, init) : fetch(input, init);
  };
  return {
    fetch: own ?? global,
    before: own ?? before,
    replacedBy: (guarded: typeof fetch): void => {
      ourselves = guarded;
    },
    /** It has been here already, and comes back through a wrapper around ourselves; or it is a guarded write of another client. */
    isOwn: (input: RequestInfo | URL, init: RequestInit): boolean =>
      (typeof input === 'object' && left.has(input)) || 'unconflict' in init,
  };
}
