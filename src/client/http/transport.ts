import type { KyInstance, Options as KyOptions } from 'ky';
import ky, { isHTTPError } from 'ky';
import { retryAfterMs } from '../../protocol/verdict/retry-after.js';
import { noteError, noteSending } from './ask-ky.js';
import type { Transport } from './wire.js';

const DEFAULT_BODY_BYTES = 64 * 1024 * 1024;
/** ms. ky's own, which ends with the head of an answer where ky does not read the body. */
const DEFAULT_TIMEOUT = 10_000;

/** ky's `retry` as an object, whichever way it was written. */
function retryOf(options: KyOptions): Exclude<NonNullable<KyOptions['retry']>, number> {
  const { retry = {} } = options;
  return typeof retry === 'number' ? { limit: retry } : retry;
}

/**
 * ky for the loop's own requests. All take final URLs, so what names the address is left out.
 *
 * Reads keep ky's retries, but obey no Retry-After longer than `maxRetryAfter`. Writes are never retried by ky, which
 * could not tell a lost answer from a refusal; only a hook that asks for it (a token refreshed after a 401) still can.
 */
export function makeTransport(options: KyOptions, maxRetryAfter: number, maxBodyBytes: number | undefined): Transport {
  const { prefix: _prefix, baseUrl: _baseUrl, searchParams: _searchParams, json: _json, body: _body, ...own } = options;
  const rest: KyOptions = {
    ...own,
    hooks: {
      ...own.hooks,
      beforeRequest: [...(own.hooks?.beforeRequest ?? []), noteSending],
      beforeError: [noteError, ...(own.hooks?.beforeError ?? [])],
    },
  };
  const retry = retryOf(options);
  const { shouldRetry } = retry;
  // It is of the answer to a write, and a read has another.
  const { integrity: _integrity, ...forReads } = rest;
  const read: KyInstance = ky.create({
    ...forReads,
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
  const limit = rest.hooks?.afterResponse?.length ? {} : { limit: 0 };
  const write = ky.create({ ...rest, retry: { ...retry, ...limit, methods: [] } });
  const { fetch, timeout } = options;
  const hooks = { beforeRequest: [noteSending], beforeError: [noteError] };
  const elsewhere = ky.create({
    hooks,
    retry: 0,
    ...(fetch === undefined ? {} : { fetch }),
    ...(timeout === undefined ? {} : { timeout }),
  });
  const ms = timeout === false ? undefined : (timeout ?? DEFAULT_TIMEOUT);
  return { read, write, elsewhere, limits: { bytes: maxBodyBytes ?? DEFAULT_BODY_BYTES, ms } };
}
