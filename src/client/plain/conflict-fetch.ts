import { isNetworkError } from 'ky';
import { doorOf } from '../create-client.js';
import type { ClientOptions } from '../options/client-options.js';
import { isJsonType } from './media-type.js';
import { plainWrite } from './plain-write.js';
import { remember } from './remembering-parser.js';
import { waitFor } from './wait-for.js';

const GUARDED = new Set(['PUT', 'PATCH', 'DELETE']);

/**
 * A drop-in `fetch` whose writes are conflict-safe: for openapi-fetch, ky, axios' fetch adapter, or plain code.
 *
 * A GET's answer is remembered with its version; a later PUT, JSON Patch, merge patch or DELETE of the same URL is made
 * conditional on it, rebased when it is stale, and sent again. What the server says for good (a business rule, a 403)
 * comes back as a Response, as from `fetch`.
 *
 * @example
 * ```ts
 * import { conflictFetch } from 'unconflict';
 *
 * const fetch = conflictFetch();
 * const article = await (await fetch('https://api.example.com/articles/1')).json();
 * await fetch('https://api.example.com/articles/1', {
 *   method: 'PUT',
 *   headers: { 'content-type': 'application/json' },
 *   body: JSON.stringify({ ...article, title: 'Better' }),
 * });
 * ```
 *
 * @returns a function with the signature of `fetch`. It rejects with what is no answer: ConflictError, LockedError,
 *   GoneError, RetryLimitError, InDoubtError, MissingBaseError.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for options that cannot work.
 */
export function conflictFetch(options: ClientOptions = {}): typeof fetch {
  const pending = new Map<string, Promise<void>>();
  const door = doorOf({ retry: 0, timeout: false, ...options }, async (url, signal) => {
    const reading = pending.get(url);
    if (reading !== undefined) await waitFor(reading, door.core.clock, signal);
  });
  const { core, memory, untouched } = door;

  return async (input, init = {}) => {
    const request = new Request(input, init);
    const url = core.addressOf(request);
    if (GUARDED.has(request.method)) {
      const { method } = request;
      // The one thing a Request does not tell again.
      const hint = init.priority === undefined ? {} : { priority: init.priority };
      // `fetch` answers with a Response whatever the status is; only what is no answer is thrown.
      const answer = await plainWrite(door, { method, input: request, url }, { ...hint, throwHttpErrors: false });
      if (answer !== undefined) return answer;
    }
    const response = await untouched(url)(request, { throwHttpErrors: false }).catch((error: unknown) => {
      // Who calls `fetch` looks for the error that `fetch` rejects with.
      throw isNetworkError(error) ? (error.cause ?? error) : error;
    });
    if (request.method === 'GET' && response.ok && isJsonType(response.headers.get('content-type'))) {
      const { headers } = response;
      const reading = response
        .clone()
        .text()
        .then((text) => remember(core, memory, url, headers, text, undefined))
        // A body that cannot be read is the caller's to hear of, from the original.
        .catch(() => {})
        .finally(() => {
          if (pending.get(url.href) === reading) pending.delete(url.href);
        });
      pending.set(url.href, reading);
    }
    return response;
  };
}
