/** What came of reading a body. */
export type BodyText =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'cut-off'; readonly cause: unknown };

/** Reads a whole body as UTF-8 text, but no more bytes than allowed. */
export async function readText(response: Response, maxBytes: number): Promise<BodyText> {
  if (Number(response.headers.get('content-length')) > maxBytes) {
    await response.body?.cancel();
    return { kind: 'too-large' };
  }
  if (isSurelyShort(response, maxBytes)) return readWhole(response);
  const reader = response.body?.getReader();
  if (reader === undefined) return { kind: 'read', text: '' };
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
