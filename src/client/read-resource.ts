import type { ReadAnswer } from '../engine/port.js';
import { UnreadableResponseError } from '../errors/usage-errors.js';
import { acceptsPatch } from '../protocol/accept-patch.js';
import { readGood, readThrown } from './answers.js';
import type { Wire } from './http-port.js';
import type { Answered } from './state-reader.js';

/** Asking again may help. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** One GET, past every cache (RFC 9111 5.2.1.5). `plain`: without content coding, so that no gateway weakens the tag. */
export async function readResource(wire: Wire, signal: AbortSignal, plain: boolean): Promise<ReadAnswer> {
  const { url, shown, transport, request, reader, forms } = wire;
  const headers = new Headers(request.headers);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  if (plain) headers.set('accept-encoding', 'identity');
  const failed = (error: Error, retryable: boolean, retryAfter?: number): ReadAnswer => ({
    kind: 'failed',
    error,
    retryable,
    retryAfter,
  });
  let response: Response;
  try {
    response = await transport.read.get(url, { headers, signal, cache: 'no-store', throwHttpErrors: true });
  } catch (thrown) {
    signal.throwIfAborted();
    const { kind, error, ...rest } = readThrown(thrown);
    if (!('answer' in rest)) return failed(error, kind === 'no-answer');
    const { status, retryAfter } = rest.answer;
    if (status === 404 || status === 410) return { kind: 'missing', error };
    return failed(error, PASSING.has(status), retryAfter);
  }
  const accepted = acceptsPatch(response.headers);
  if (accepted !== undefined) forms.heed(accepted);
  const body = await readGood(response, transport.maxBodyBytes, shown);
  signal.throwIfAborted();
  if (body.kind === 'unreadable') return failed(body.error, body.cutOff);
  if (body.kind === 'empty') {
    const what = `${shown} answered ${response.status} without a body, where its value was expected.`;
    return failed(new UnreadableResponseError(what, { url: shown }), false);
  }
  const answer: Answered = { headers: response.headers, text: body.text, body: body.value };
  try {
    return { kind: 'found', state: await reader.read(answer) };
  } catch (error) {
    return failed(error instanceof Error ? error : new Error(String(error)), false);
  }
}
