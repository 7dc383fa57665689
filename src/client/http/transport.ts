import type { KyInstance, Options as KyOptions } from 'ky';
import ky, { isHTTPError } from 'ky';
import type { JsonValue } from '../../core/json.js';
import type { WriteFormName } from '../../protocol/body/write-form.js';
import { retryAfterMs } from '../../protocol/verdict/retry-after.js';
import type { VersionCodec } from '../../protocol/versions/version-scheme.js';
import type { RequestPolicy } from '../options/resource-policy.js';
import { plainHeaders } from '../resource/identity-key.js';
import { noteError, notingFetch } from './ask-ky.js';
import type { BodyLimits } from './read-body.js';
import type { ReadNotes, StateReader } from './state-reader.js';

/** ky's instances: reads keep its retries; guarded writes have none, because only the loop can tell a lost answer from a refusal. */
export interface Transport {
  readonly read: KyInstance;
  readonly write: KyInstance;
  /** For reads that were redirected to another origin: neither headers nor hooks of the caller's, which may hold secrets. */
  readonly elsewhere: KyInstance;
  readonly limits: BodyLimits;
}

/** The answer that accepted a write, and its body. */
export interface AcceptedAnswer {
  readonly response: Response;
  readonly text: string;
  /** Undefined: it is no JSON. */
  readonly value: JsonValue | undefined;
}

/** Everything one resource's requests are made of. */
export interface Wire {
  readonly url: URL;
  /** The URL as it may be shown. */
  readonly shown: string;
  readonly transport: Transport;
  readonly codec: VersionCodec;
  readonly request: RequestPolicy;
  readonly reader: StateReader;
  /** What its reads tell, for who writes. */
  readonly notes: ReadNotes;
  /** The form its caller wrote the body in: it goes out in no other. */
  readonly ownForm?: WriteFormName;
  /** No update or delete may leave without a version. */
  readonly conditional: boolean;
  /** What a delete carries, where its caller gave it something to carry. */
  readonly deleteBody?: BodyInit | undefined;
  /** Hears of every accepted answer, for who hands it on. */
  readonly onAccepted?: (answer: AcceptedAnswer) => void;
}

/** ky measures a date in Retry-After against the clock of this machine, which may be wrong. It is told in seconds, by the clock that made the date. */
const inSeconds =
  (own: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await own(input, init);
    const { headers, status } = response;
    const isBusy = status >= 400 && headers.has('retry-after');
    const ms = isBusy ? retryAfterMs(headers, undefined, Date.now()) : undefined;
    if (ms === undefined) return response;
    const told = new Headers(headers);
    told.set('retry-after', String(Math.ceil(ms / 1_000)));
    // It stays the answer that it is: another one would have no `url`, and no status beyond 599.
    return Object.defineProperty(response, 'headers', { value: told });
  };

const DEFAULT_BODY_BYTES = 64 * 1024 * 1024;
/** ms. ky's own, which ends with the head of an answer where ky does not read the body. */
const DEFAULT_TIMEOUT = 10_000;

/** ky's `retry` as an object, whichever way it was written. */
function retryOf(options: KyOptions): Exclude<NonNullable<KyOptions['retry']>, number> {
  const { retry = {} } = options;
  return typeof retry === 'number' ? { limit: retry } : retry;
}

/**
 * ky for the loop's own requests. All take final URLs, so what names the address is left out. All throw, as ky does unasked.
 *
 * Reads keep ky's retries, but obey no Retry-After longer than `maxRetryAfter`. Writes are never retried by ky, which
 * could not tell a lost answer from a refusal; only a hook that asks for it (a token refreshed after a 401) still can.
 */
export function makeTransport(options: KyOptions, maxRetryAfter: number, maxBodyBytes: number | undefined): Transport {
  const {
    prefix: _prefix,
    baseUrl: _baseUrl,
    searchParams: _searchParams,
    json: _json,
    body: _body,
    throwHttpErrors: _throws,
    ...own
  } = options;
  const { hooks, timeout } = own;
  const fetch = notingFetch(own.fetch);
  // Without an Accept of the caller's JSON is asked for: another would be asked for another document.
  const rest: KyOptions = { ...own, fetch, headers: { accept: 'application/json', ...plainHeaders(own.headers) } };
  // ky takes its time over hooks, and most clients have none.
  if (hooks?.beforeError !== undefined) rest.hooks = { ...hooks, beforeError: [noteError, ...hooks.beforeError] };
  const retry = retryOf(options);
  const { shouldRetry } = retry;
  // It is of the answer to a write, and a read has another.
  const { integrity: _integrity, ...forReads } = rest;
  const read: KyInstance = ky.create({
    ...forReads,
    fetch: inSeconds(fetch),
    retry: {
      ...retry,
      maxRetryAfter,
      shouldRetry(state) {
        const { error } = state;
        if (isHTTPError(error)) {
          const asked = retryAfterMs(error.response.headers, undefined, Date.now());
          if (asked !== undefined && asked > maxRetryAfter) return false;
        }
        return shouldRetry?.(state);
      },
    },
  });
  // Without a hook nothing can ask for a retry, and ky need not keep a copy of each request for it.
  const limit = hooks?.afterResponse?.length ? {} : { limit: 0 };
  const write = ky.create({ ...rest, retry: { ...retry, ...limit, methods: [] } });
  const elsewhere = ky.create({ retry: 0, fetch, ...(timeout === undefined ? {} : { timeout }) });
  const ms = timeout === false ? undefined : (timeout ?? DEFAULT_TIMEOUT);
  return { read, write, elsewhere, limits: { bytes: maxBodyBytes ?? DEFAULT_BODY_BYTES, ms } };
}
