import type { Input } from 'ky';
import type { ClientCore } from '../client-core.js';
import type { VerbOptions } from '../options/client-options.js';
import type { PlainHeaders } from '../resource/identity-key.js';
import { headerPairs, plainHeaders } from '../resource/identity-key.js';

/** The headers ky would send for these arguments, the one of a JSON body included. */
export function headersOf(input: Input, { headers: own, json }: VerbOptions): Headers {
  const headers = new Headers(input instanceof Request ? input.headers : undefined);
  for (const [name, value] of headerPairs(own)) headers.set(name, value);
  if (json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  return headers;
}

/** Headers that a call goes with, as far as they are known before it is sent. */
export function askedBy(core: ClientCore, url: URL, input: Input, given: VerbOptions): PlainHeaders {
  const own = input instanceof Request ? headersOf(input, given) : given.headers;
  return { ...core.headers, ...core.plainPolicy(url).request.headers, ...plainHeaders(own) };
}

/** Whether a Content-Type names JSON: `application/json`, `text/json`, or anything that ends in `+json` (RFC 6839 3.1). */
export function isJsonType(contentType: string | null): boolean {
  return /[/+]json$/.test(mediaType(contentType));
}

/** The type itself, in small letters and without parameters. */
export function mediaType(contentType: string | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
