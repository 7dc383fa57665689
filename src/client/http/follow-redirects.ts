import type { ErrorAnswer } from './answers.js';
import type { Came } from './ask-ky.js';

/** Sends the request to an address, and leaves redirects to us (`manual`) or to fetch (`follow`). */
export type Send = (url: URL, redirect: RequestRedirect) => Promise<Came>;

/** As many as fetch follows (Fetch standard, 4.4). */
const MOST_REDIRECTS = 20;

/** Redirects that keep method and body (RFC 9110 15.4); fetch treats 301 and 302 so for everything but POST. */
const KEEPING = new Set([301, 302, 307, 308]);

/**
 * Follows redirects by hand: fetch would carry preconditions and API keys along to another origin. Where they cannot be
 * seen (browsers answer with status 0), the browser follows; CORS guards other origins there.
 *
 * @param own Sends within the origin.
 * @param elsewhere Sends to any other, from then on, nothing of the caller's with it. Undefined: such a redirect is the answer.
 */
export async function followRedirects(start: URL, own: Send, elsewhere: Send | undefined): Promise<Came> {
  let url = start;
  let send = own;
  for (let redirects = 0; ; redirects += 1) {
    const came = await send(url, 'manual');
    if (came.kind !== 'answer') return came;
    if (came.answer.status === 0) return send(url, 'follow');
    const next = redirectOf(came.answer, url);
    if (next === undefined || redirects >= MOST_REDIRECTS) return came;
    if (next.origin !== url.origin) {
      if (elsewhere === undefined) return came;
      send = elsewhere;
    }
    url = next;
  }
}

function redirectOf({ status, headers }: ErrorAnswer, from: URL): URL | undefined {
  const location = headers.get('location');
  if (!KEEPING.has(status) || location === null || !URL.canParse(location, from)) return undefined;
  return new URL(location, from);
}
