/** A request as the server handles it, whichever way it came in. */
export interface ServerRequest {
  readonly method: string;
  /** Percent-encoded, dot segments resolved. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query with its `?`, or `''`. */
  readonly search: string;
  readonly headers: Headers;
  readonly body: RequestBody;
}

/** `text` undefined: no body at all. */
export type RequestBody =
  | { readonly kind: 'text'; readonly text: string | undefined }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-utf-8' };

export function decodeBody(bytes: Uint8Array, maxBody: number): RequestBody {
  if (bytes.byteLength > maxBody) return { kind: 'too-large' };
  if (bytes.byteLength === 0) return { kind: 'text', text: undefined };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes) };
  } catch {
    // The decoder's only complaint is malformed UTF-8, which is an answer here and no failure.
    return { kind: 'not-utf-8' };
  }
}

export function toServerRequest(method: string, url: URL, headers: Headers, body: RequestBody): ServerRequest {
  return { method, path: url.pathname, query: url.searchParams, search: url.search, headers, body };
}
