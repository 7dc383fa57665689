import type { Came } from '../http/ask-ky.js';
import { askKy } from '../http/ask-ky.js';
import { followRedirects } from '../http/follow-redirects.js';
import type { Wire } from '../http/wire.js';

/** Sends a GET past every cache (RFC 9111 5.2.1.5). `plain`: without content coding, so that no gateway weakens the tag. */
export function sendRead({ url, transport, request, edits }: Wire, signal: AbortSignal, plain: boolean): Promise<Came> {
  const harmless: Record<string, string> = { accept: request.headers.accept ?? 'application/json' };
  if (plain) harmless['accept-encoding'] = 'identity';
  const cached = modeKnown() ? ({ cache: 'no-store' } as const) : {};
  if (!('cache' in cached)) harmless['cache-control'] = 'no-cache';
  const headers = { ...request.headers, ...harmless };
  const options = { method: 'get', signal, ...cached } as const;
  return followRedirects(
    url,
    (to, redirect) => askKy(transport.read, to, { ...options, headers, redirect }, edits),
    (to, redirect) =>
      askKy(transport.elsewhere, to, { ...options, headers: harmless, redirect, credentials: 'omit' }, edits),
  );
}

let known: boolean | undefined;

/** Whether a request can have a cache mode. Workers throw on it before the compatibility date 2024-11-11; there a header has to do. */
function modeKnown(): boolean {
  try {
    known ??= new Request('https://example.invalid', { cache: 'no-store' }).cache === 'no-store';
  } catch {
    known = false;
  }
  return known;
}
