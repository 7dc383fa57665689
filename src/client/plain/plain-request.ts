import type { Input, Options as KyOptions } from 'ky';
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

/**
 * The text of the body ky would send. Undefined: there is none, or it is nothing this library can use (a form, a
 * stream). A Request's body is read from a copy, and only where it is said to be JSON: another may be large, or never end.
 */
export async function textOf(input: Input, options: VerbOptions, headers: Headers): Promise<string | undefined> {
  const { json, body, stringifyJson } = options;
  if (json !== undefined) return stringifyJson?.(json) ?? JSON.stringify(json);
  if (typeof body === 'string') return body;
  if (body !== undefined || !(input instanceof Request) || input.body === null) return undefined;
  return isReadable(headers.get('content-type')) ? input.clone().text() : undefined;
}

/** What `fetch` itself calls a text that was given no type is worth a look, too (Fetch standard, 5.2). */
function isReadable(type: string | null): boolean {
  return isJsonType(type) || type?.toLowerCase() === 'text/plain;charset=utf-8';
}

/** Headers that a call goes with, as far as they are known before it is sent. */
export function askedBy(core: ClientCore, url: URL, input: Input, given: VerbOptions): PlainHeaders {
  const own = input instanceof Request ? headersOf(input, given) : given.headers;
  return { ...core.headers, ...core.plainPolicy(url).request.headers, ...plainHeaders(own) };
}

/** How a request is sent if nobody says otherwise. */
const USUAL = {
  cache: 'default',
  credentials: 'same-origin',
  integrity: '',
  keepalive: false,
  mode: 'cors',
  referrerPolicy: '',
} as const;

/** What a Request says of how it is to be sent, for one that is made in its place. Not every platform says all of it. */
export function carriedBy(request: Request): KyOptions {
  const said = Object.entries(USUAL).flatMap(([name, usual]): [string, unknown][] => {
    const value: unknown = Reflect.get(request, name);
    // Only the browser itself navigates (Fetch standard, 5.4).
    return value === undefined || value === usual || value === 'navigate' ? [] : [[name, value]];
  });
  return Object.fromEntries(said);
}

/** Whether a Content-Type names JSON: `application/json`, `text/json`, or anything that ends in `+json` (RFC 6839 3.1). */
export function isJsonType(contentType: string | null): boolean {
  return /[/+]json$/.test(mediaType(contentType));
}

/** The type itself, in small letters and without parameters. */
export function mediaType(contentType: string | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
