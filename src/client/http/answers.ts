import { isHTTPError, isNetworkError, isTimeoutError } from 'ky';
import type { JsonValue } from '../../core/json.js';
import { UnreadableResponseError } from '../../errors/usage-errors.js';
import { parseBody } from '../../protocol/body/body.js';
import { retryAfterMs } from '../../protocol/verdict/retry-after.js';
import type { BodyLimits } from '../read/read-text.js';
import { readText } from '../read/read-text.js';
import { hideSecrets } from './hide-secrets.js';

/** A refusal of the server, with its body parsed where it is JSON. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** ms */
  readonly retryAfter: number | undefined;
}

/** What ky threw, as a value: an answer of the server, or none. Its secrets are hidden from whatever prints it. */
export type Thrown =
  | { readonly kind: 'answer'; readonly error: Error; readonly answer: ErrorAnswer }
  | { readonly kind: 'no-answer'; readonly error: Error }
  /** Somebody else's code failed: a ky hook, a custom fetch. */
  | { readonly kind: 'other'; readonly error: Error };

/** @param origin ky's own error, where a hook put another in its place. */
export function readThrown(thrown: unknown, origin: unknown = thrown): Thrown {
  const error = thrown instanceof Error ? hideSecrets(thrown) : new Error(String(thrown), { cause: thrown });
  if (origin instanceof Error) hideSecrets(origin);
  if (isHTTPError(origin)) {
    const { status, headers } = origin.response;
    const body = jsonOf(origin.data);
    return {
      kind: 'answer',
      error,
      answer: { status, headers, body, retryAfter: retryAfterMs(headers, body, Date.now()) },
    };
  }
  return { kind: isNetworkError(origin) || isTimeoutError(origin) ? 'no-answer' : 'other', error };
}

/** Servers send JSON as text, too. */
function jsonOf(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  const parsed = parseBody(data);
  return parsed.json ? parsed.value : data;
}

/** The body of a 2xx, read and parsed. */
export type GoodBody =
  | { readonly kind: 'json'; readonly text: string; readonly value: JsonValue }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly error: Error; readonly cutOff: boolean; readonly text: string };

export async function readGood(response: Response, limits: BodyLimits, url: string): Promise<GoodBody> {
  const body = await readText(response, limits);
  const unreadable = (what: string, cause?: unknown): GoodBody => ({
    kind: 'unreadable',
    cutOff: body.kind === 'cut-off' || body.kind === 'too-slow',
    text: body.kind === 'read' ? body.text : '',
    error: new UnreadableResponseError(
      `${url} answered ${response.status} with a body that ${what}`,
      cause === undefined ? { url } : { url, cause },
    ),
  });
  switch (body.kind) {
    case 'too-large':
      return unreadable(`is longer than ${limits.bytes} bytes. Raise maxBodyBytes if that is right.`);
    case 'too-slow':
      return unreadable(`did not arrive within ${limits.ms} ms. Raise ky's \`timeout\` if that is right.`);
    case 'cut-off':
      return unreadable('was cut off.', body.cause);
    case 'read': {
      if (body.text.trim() === '') return { kind: 'empty' };
      const parsed = parseBody(body.text);
      if (parsed.json) return { kind: 'json', text: body.text, value: parsed.value };
      const type = response.headers.get('content-type') ?? 'no media type';
      return unreadable(`is not JSON (${type}). Is this the right address, and are you signed in?`);
    }
  }
}
