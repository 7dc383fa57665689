import type { Input, Options as KyOptions } from 'ky';
import type { VerbOptions } from '../options/client-options.js';
import { isJsonType } from './media-type.js';

/** The headers ky would send for these arguments, the one of a JSON body included. */
export function headersOf(input: Input, { headers: own, json }: VerbOptions): Headers {
  const headers = new Headers(input instanceof Request ? input.headers : undefined);
  for (const [name, value] of pairsOf(own)) headers.set(name, value);
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
  return isJsonType(headers.get('content-type')) ? input.clone().text() : undefined;
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

/** ky takes a plain object with undefined members, which Headers does not. */
function pairsOf(headers: VerbOptions['headers']): Iterable<[string, string]> {
  if (headers === undefined || headers instanceof Headers || Array.isArray(headers)) return new Headers(headers);
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
}
