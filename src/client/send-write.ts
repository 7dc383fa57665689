import { isHTTPError } from 'ky';
import type { Wire } from './http-port.js';
import type { ReadyWrite } from './write-request.js';

/** Redirects that keep method and body (RFC 9110 15.4); fetch treats 301 and 302 so for everything but POST. */
const KEEPING = new Set([301, 302, 307, 308]);
const MOST_REDIRECTS = 5;

/**
 * Sends a guarded write. Redirects are followed by hand and within the origin only: fetch would carry the precondition
 * and API keys to another one. Where redirects cannot be seen (browsers), the browser follows; CORS guards other origins there.
 *
 * @throws ky's HTTPError, NetworkError, TimeoutError, or the signal's reason.
 */
export async function sendWrite(wire: Wire, write: ReadyWrite, signal: AbortSignal): Promise<Response> {
  let { url } = write;
  for (let redirects = 0; ; redirects += 1) {
    try {
      const response = await once(wire, write, url, signal, 'manual');
      return response.type === 'opaqueredirect' ? await once(wire, write, url, signal, 'follow') : response;
    } catch (error) {
      const next = isHTTPError(error) ? redirectOf(error.response, url) : undefined;
      if (next === undefined || redirects >= MOST_REDIRECTS) throw error;
      url = next;
    }
  }
}

function once(
  wire: Wire,
  { method, headers, body }: ReadyWrite,
  url: URL,
  signal: AbortSignal,
  redirect: RequestRedirect,
): Promise<Response> {
  const options = { method, headers, signal, redirect, throwHttpErrors: true };
  return wire.transport.write(url, body === undefined ? options : { ...options, body });
}

function redirectOf(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location');
  if (!KEEPING.has(response.status) || location === null || !URL.canParse(location, from)) return undefined;
  const to = new URL(location, from);
  return to.origin === from.origin ? to : undefined;
}
