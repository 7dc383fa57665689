import type { Answer } from './answer.js';
import { exchange, type Line } from './exchange.js';
import { decodeBody, toServerRequest } from './request.js';

/** The server as a `fetch`: the same arguments, the same Response, and a TypeError for a broken connection. */
export function createFetch(line: Line): typeof fetch {
  const { maxBody, origin } = line.backend.settings;

  const answerTo = async (request: Request): Promise<Response> => {
    const body = decodeBody(new Uint8Array(await request.arrayBuffer()), maxBody);
    const result = await exchange(line, toServerRequest(request.method, new URL(request.url), request.headers, body));
    if (result.delivery === 'lost') throw brokenConnection();
    return toResponse(result.answer, request, result.delivery === 'cut');
  };

  return async (input, init) => {
    const request = new Request(typeof input === 'string' && input.startsWith('/') ? origin + input : input, init);
    request.signal.throwIfAborted();
    return untilAborted(answerTo(request), request.signal);
  };
}

/** What Node's own fetch says when the other side hangs up. */
const brokenConnection = (): TypeError => new TypeError('fetch failed', { cause: new Error('other side closed') });

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
