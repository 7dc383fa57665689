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
export async function readText(response: Response, limits: BodyLimits): Promise<BodyText> {
  const { bytes, ms } = limits;
  if (Number(response.headers.get('content-length')) > bytes) {
    await giveUp(response);
    return { kind: 'too-large' };
  }
  if (isSurelyShort(response, bytes)) return inTime(readWhole(response), ms, () => {});
  // Some platforms (React Native) and polyfills have bodies, and no streams of them.
  if (response.body === undefined) return inTime(readWhole(response), ms, () => {});
  const reader = response.body?.getReader();
  if (reader === undefined) return { kind: 'read', text: '' };
  return inTime(readCounted(reader, bytes), ms, () => {
    reader.cancel().catch(() => {});
  });
}

async function readCounted(reader: ReadableStreamDefaultReader<Uint8Array>, maxBytes: number): Promise<BodyText> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { kind: 'read', text: text + decoder.decode() };
      bytes += value.byteLength;
      if (bytes > maxBytes) {
        await reader.cancel();
        return { kind: 'too-large' };
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    return { kind: 'cut-off', cause };
  }
}

/**
 * An announced length is the body's own only where nothing is coded: then there is no need to count while reading, which
 * is slower. Only a `basic` answer shows all its headers; from another origin CORS shows the length and hides the coding.
 */
function isSurelyShort({ headers, type }: Response, maxBytes: number): boolean {
  const length = headers.get('content-length');
  return type === 'basic' && length !== null && !headers.has('content-encoding') && Number(length) <= maxBytes;
}

async function readWhole(response: Response): Promise<BodyText> {
  try {
    return { kind: 'read', text: await response.text() };
  } catch (cause) {
    return { kind: 'cut-off', cause };
  }
}

/** A stream that cannot even be cancelled is no news: its answer is not read in any case. */
async function giveUp(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}

function inTime(reading: Promise<BodyText>, ms: number | undefined, stop: () => void): Promise<BodyText> {
  if (ms === undefined) return reading;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ kind: 'too-slow' });
      stop();
    }, ms);
    reading.then((body) => {
      clearTimeout(timer);
      resolve(body);
    });
  });
}
