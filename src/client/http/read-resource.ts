import type { ReadAnswer, ReadPort, State } from '../../engine/port.js';
import { UnreadableResponseError } from '../../errors/usage-errors.js';
import type { Came } from './ask-ky.js';
import { askKy, followRedirects } from './ask-ky.js';
import { NOT_WHOLE, readGood } from './read-body.js';
import type { Wire } from './transport.js';

type Reading = Parameters<ReadPort['read']>[0];

/** Asking again may help. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * One GET of the latest state, and what came of it. With what is `known`, a 304 says that it still is (RFC 9110 13.1.2). An empty answer is
 * asked for once more: a server that writes its files in place (Armadietto) answers a read that meets a write with a 200 and nothing.
 */
export async function readResource(wire: Wire, reading: Reading, more: ReadMore = {}): Promise<ReadAnswer> {
  let answer = await readOnce(wire, reading, more);
  if (answer.kind === 'empty') answer = await readOnce(wire, reading, { ...more, known: undefined });
  if (answer.kind !== 'empty') return answer;
  const { shown: url } = wire;
  const what = `${url} answered ${answer.status} without a body, where its value was expected.`;
  return { kind: 'failed', error: new UnreadableResponseError(what, { url }), retryable: false, retryAfter: undefined };
}

/** A 2xx without a body. */
interface Empty {
  readonly kind: 'empty';
  readonly status: number;
}

/** What a read may want besides the latest state. */
export interface ReadMore {
  /** Tells a cache that an answer came from: only who was refused wants to know. */
  readonly cacheOf?: (headers: Headers) => string | undefined;
  /** A state that need not be sent again, and the tag that says so. */
  readonly known?: { readonly state: State; readonly tag: string } | undefined;
}

async function readOnce(wire: Wire, reading: Reading, { cacheOf, known }: ReadMore): Promise<ReadAnswer | Empty> {
  const { shown, transport, reader, notes } = wire;
  const { signal } = reading;
  const failed = (error: Error, retryable: boolean, retryAfter?: number): ReadAnswer => ({
    kind: 'failed',
    error,
    retryable,
    retryAfter,
  });
  const came = await sendRead(wire, reading, known?.tag);
  if (came.kind !== 'accepted') {
    signal.throwIfAborted();
    if (came.kind !== 'answer') return failed(came.error, came.kind === 'no-answer');
    const { status, retryAfter } = came.answer;
    if (status === 304 && known !== undefined) return { kind: 'found', state: known.state };
    if (status === 404 || status === 410) return { kind: 'missing', error: came.error, isFinal: status === 410 };
    return failed(came.error, PASSING.has(status), retryAfter);
  }
  const { status } = came.response;
  if (NOT_WHOLE.has(status)) {
    const what = `${shown} answered ${status}, which is not the whole of it.`;
    return failed(new UnreadableResponseError(what, { url: shown }), false);
  }
  const body = await readGood(came.response, transport.limits, shown);
  signal.throwIfAborted();
  if (body.kind === 'unreadable') return failed(body.error, body.cutOff);
  if (body.kind === 'empty') return { kind: 'empty', status };
  const { headers } = came.response;
  notes.add({ headers, text: body.text });
  try {
    return {
      kind: 'found',
      state: await reader.read({ headers, text: body.text, body: body.value }),
      fromCache: cacheOf?.(headers),
    };
  } catch (error) {
    return failed(error instanceof Error ? error : new Error(String(error)), false);
  }
}

/** Sends a GET past every cache (RFC 9111 5.2.1.5). `plain`: without content coding, so that no gateway weakens the tag. */
function sendRead(
  { url, transport, request }: Wire,
  { signal, edits, plain }: Reading,
  tag: string | undefined,
): Promise<Came> {
  const harmless: Record<string, string> = {};
  if (plain) harmless['accept-encoding'] = 'identity';
  const cached = modeKnown() ? ({ cache: 'no-store' } as const) : {};
  if (!('cache' in cached)) harmless['cache-control'] = 'no-cache';
  const headers = { ...request.headers, ...harmless, ...(tag !== undefined && { 'if-none-match': tag }) };
  const options = { method: 'get', signal, ...cached } as const;
  return followRedirects(
    url,
    (to, redirect) => askKy(transport.read, to, { ...options, headers, redirect }, edits),
    (to, redirect) =>
      askKy(
        transport.elsewhere,
        to,
        {
          ...options,
          headers: { accept: request.headers.accept ?? 'application/json', ...harmless },
          redirect,
          credentials: 'omit',
        },
        edits,
      ),
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
