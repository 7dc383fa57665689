import type { Came } from '../http/ask-ky.js';
import { askKy } from '../http/ask-ky.js';
import { followRedirects } from '../http/follow-redirects.js';
import type { Wire } from '../http/wire.js';
import type { ReadyWrite } from './write-request.js';
import { withMissing } from './write-request.js';

/**
 * Sends a guarded write. It never leaves the origin: nobody else is to get the precondition, the keys or the body. Where
 * it is redirected to may leave out a precondition that travels in the query: that is put there again.
 */
export function sendWrite(wire: Wire, write: ReadyWrite, signal: AbortSignal): Promise<Came> {
  const { method, headers, body, precondition } = write;
  const { query = [] } = precondition ?? {};
  const request = body === undefined ? { method, headers, signal } : { method, headers, signal, body };
  return followRedirects(
    write.url,
    (url, redirect) =>
      askKy(wire.transport.write, withMissing(url, query), { ...request, redirect }, wire.edits, precondition),
    undefined,
  );
}
