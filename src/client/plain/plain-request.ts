import type { Input } from 'ky';
import type { ClientCore } from '../client-core.js';
import type { VerbOptions } from '../options/client-options.js';
import type { PlainHeaders } from '../resource/identity-key.js';
import { plainHeaders } from '../resource/identity-key.js';

/** The headers ky would send for these arguments, the one of a JSON body included. */
export function headersOf(input: Input, { headers: given, json }: VerbOptions): PlainHeaders {
  const own = plainHeaders(given);
  const headers = input instanceof Request ? { ...plainHeaders(input.headers), ...own } : own;
  return json === undefined ? headers : { 'content-type': 'application/json', ...headers };
}

/** Headers that a call goes with, as far as they are known before it is sent. @param own The call's. */
export function askedBy(core: ClientCore, url: URL, own: PlainHeaders): PlainHeaders {
  return { ...core.headers, ...core.plainPolicy(url).request.headers, ...own };
}

/** Whether a Content-Type names JSON: `application/json`, `text/json`, or anything that ends in `+json` (RFC 6839 3.1). */
export function isJsonType(contentType: string | null | undefined): boolean {
  return /[/+]json$/.test(mediaType(contentType));
}

/** The type itself, in small letters and without parameters. */
export function mediaType(contentType: string | null | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
