import type { Input } from 'ky';
import type { VerbOptions } from './client-options.js';

/** A plain write with its headers and body in hand. */
export interface PlainRequest {
  readonly headers: Headers;
  /** Undefined: there is none, or it is nothing this library can read (a form, a stream). */
  readonly text: string | undefined;
}

/** What ky would send for these arguments. */
export async function requestOf(input: Input, options: VerbOptions): Promise<PlainRequest> {
  const headers = new Headers(input instanceof Request ? input.headers : undefined);
  for (const [name, value] of headersOf(options)) headers.set(name, value);
  const { json, body, stringifyJson } = options;
  if (json !== undefined) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return { headers, text: stringifyJson?.(json) ?? JSON.stringify(json) };
  }
  if (typeof body === 'string') return { headers, text: body };
  if (body === undefined && input instanceof Request && input.body !== null) {
    return { headers, text: await input.clone().text() };
  }
  return { headers, text: undefined };
}

/** ky takes a plain object with undefined members, which Headers does not. */
function headersOf({ headers }: VerbOptions): Headers {
  if (headers === undefined || headers instanceof Headers || Array.isArray(headers)) return new Headers(headers);
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return new Headers(entries);
}
