import type { JsonValue } from '../../core/json.js';
import { UnreadableResponseError } from '../../errors/usage-errors.js';
import { parseBody } from '../../protocol/body/body.js';

/**
 * Answers of a 2xx that are not the whole of a resource, nor say that a write was made: not yet, a part, or several things (RFC 9110 15.3.3 and
 * 15.3.7, RFC 4918 13, RFC 3229 10.4.1).
 */
export const NOT_WHOLE: ReadonlySet<number> = new Set([202, 206, 207, 226]);

/** How much of an answer's body is read, and for how long. */
export interface BodyLimits {
  readonly bytes: number;
  /** ms; undefined: for as long as the server likes. */
  readonly ms: number | undefined;
}

/** What came of reading a body. */
export type BodyText =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'cut-off'; readonly cause: unknown };

/** Reads a whole body as UTF-8 text, but no more bytes than allowed, and no longer than allowed: a body may trickle for ever. */
export async function readText(response: Response, { bytes, ms }: BodyLimits): Promise<BodyText> {
  const { headers, type, body } = response;
  const length = headers.get('content-length');
  if (Number(length) > bytes) {
    // A stream that cannot even be cancelled is no news: its answer is not read in any case.
    await body?.cancel().catch(() => {});
    return { kind: 'too-large' };
  }
  // An announced length is the body's own only where nothing is coded: then there is no need to count while reading, which is slower. Only a
  // `basic` answer shows all its headers; from another origin CORS shows the length and hides the coding.
  const isShort = type === 'basic' && length !== null && !headers.has('content-encoding');
  // Some platforms (React Native) and polyfills have bodies, and no streams of them.
  if (isShort || body === undefined) return inTime(response.text(), ms);
  if (body === null) return { kind: 'read', text: '' };
  const reader = body.getReader();
  return inTime(readCounted(reader, bytes), ms, () => reader.cancel().catch(() => {}));
}

/** Undefined: it is too large. */
async function readCounted(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function inTime(reading: Promise<string | undefined>, ms: number | undefined, stop?: () => void): Promise<BodyText> {
  const read = reading.then(
    (text): BodyText => (text === undefined ? { kind: 'too-large' } : { kind: 'read', text }),
    (cause: unknown): BodyText => ({ kind: 'cut-off', cause }),
  );
  if (ms === undefined) return read;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ kind: 'too-slow' });
      stop?.();
    }, ms);
    read.then((body) => {
      clearTimeout(timer);
      resolve(body);
    });
  });
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
