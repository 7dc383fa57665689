import type { Answer } from './answer.js';
import { exchange, type Line } from './exchange.js';
import { decodeBody, toServerRequest } from './request.js';

/** The server as a `fetch`: the same arguments, the same Response, and a TypeError for a broken connection. */
export function createFetch(line: Line): typeof fetch {
  const { maxBody, origin } = line.settings;

  const answerTo = async (request: Request): Promise<Response> => {
    const body = decodeBody(new Uint8Array(await request.arrayBuffer()), maxBody);
    const result = await exchange(line, toServerRequest(request.method, new URL(request.url), request.headers, body));
    if (result.delivery === 'lost') throw brokenConnection();
    return toResponse(result.answer, request, result.delivery === 'cut');
  };

  return async (input, init) => {
    const request = new Request(typeof input === 'string' && input.startsWith('/') ? origin + input : input, init);
    request.signal.throwIfAborted();
    return untilAborted(followed(request, answerTo), request.signal);
  };
}

/** Redirects as fetch follows them: GET after 303, and for a POST after 301 and 302 (Fetch standard, section 4.4). */
async function followed(
  request: Request,
  answerTo: (request: Request) => Promise<Response>,
  left = 20,
): Promise<Response> {
  const again = request.clone();
  const response = await answerTo(request);
  const location = response.headers.get('location');
  const redirected = [301, 302, 303, 307, 308].includes(response.status) && location !== null;
  if (!redirected || request.redirect === 'manual') return response;
  if (request.redirect === 'error' || left === 0) throw brokenConnection('unexpected redirect');
  const url = new URL(location, request.url);
  const get = response.status === 303 || (request.method === 'POST' && response.status < 303);
  const next = get ? new Request(url, { headers: request.headers, signal: request.signal }) : new Request(url, again);
  if (url.origin !== new URL(request.url).origin) next.headers.delete('authorization');
  const last = await followed(next, answerTo, left - 1);
  Object.defineProperty(last, 'redirected', { value: true });
  return last;
}

/** What Node's own fetch says, by default when the other side hangs up. */
const brokenConnection = (why = 'other side closed'): TypeError =>
  new TypeError('fetch failed', { cause: new Error(why) });

/** The caller is let go at once; the server finishes what it has begun, as a real one would. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function toResponse({ status, headers, body }: Answer, request: Request, cut: boolean): Response {
  const bodyless =
    body === undefined || request.method === 'HEAD' || status === 204 || status === 205 || status === 304;
  const sent = bodyless ? null : cut ? brokenOff(body) : body;
  const response = new Response(sent, { status, headers });
  // A Response made by hand has no URL, and clients look at it.
  Object.defineProperty(response, 'url', { value: request.url });
  return response;
}

function brokenOff(body: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(body);
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) return controller.error(new TypeError('terminated', { cause: new Error('other side closed') }));
      sent = true;
      controller.enqueue(bytes.slice(0, Math.floor(bytes.length / 2)));
    },
  });
}
