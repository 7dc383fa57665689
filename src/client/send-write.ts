import type { ErrorAnswer } from './answers.js';
import type { Came } from './ask-ky.js';
import { askKy } from './ask-ky.js';
import type { Wire } from './http-port.js';
import type { ReadyWrite } from './write-request.js';

/** Redirects that keep method and body (RFC 9110 15.4); fetch treats 301 and 302 so for everything but POST. */
const KEEPING = new Set([301, 302, 307, 308]);
const MOST_REDIRECTS = 5;

/**
 * Sends a guarded write. Redirects are followed by hand and within the origin only: fetch would carry the precondition
 * and API keys to another one. Where redirects cannot be seen (browsers), the browser follows; CORS guards other origins there.
 */
export async function sendWrite(wire: Wire, write: ReadyWrite, signal: AbortSignal): Promise<Came> {
  let { url } = write;
  for (let redirects = 0; ; redirects += 1) {
    const came = await once(wire, write, url, signal, 'manual');
    if (came.kind === 'accepted' && came.response.type === 'opaqueredirect') {
      return once(wire, write, url, signal, 'follow');
    }
    const next = came.kind === 'answer' ? redirectOf(came.answer, url) : undefined;
    if (next === undefined || redirects >= MOST_REDIRECTS) return came;
    url = next;
  }
}

function once(
  wire: Wire,
  { method, headers, body }: ReadyWrite,
  url: URL,
  signal: AbortSignal,
  redirect: RequestRedirect,
): Promise<Came> {
  const options = { method, headers, signal, redirect };
  return askKy(wire.transport.write, url, body === undefined ? options : { ...options, body });
}

function redirectOf({ status, headers }: ErrorAnswer, from: URL): URL | undefined {
  const location = headers.get('location');
  if (!KEEPING.has(status) || location === null || !URL.canParse(location, from)) return undefined;
  const to = new URL(location, from);
  return to.origin === from.origin ? to : undefined;
}
