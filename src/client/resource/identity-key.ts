import type { Options as KyOptions } from 'ky';

/** Says nothing of who is asking, nor of what for: how a message travels, what it carries, which one it is. */
const PASSING =
  /^(?:content-.*|if-.*|accept-(?:encoding|ranges|charset)|sec-.*|access-control-.*|cache-control|pragma|connection|host|origin|referer|date|range|expect|te|dnt|prefer|user-agent|keep-alive|transfer-encoding|upgrade-insecure-requests|idempotency-key|traceparent|tracestate|baggage|b3|.*(?:request|correlation|trace|span|csrf|xsrf).*)$/;

/** Any of these gives the plain JSON, as does asking for nothing. */
const PLAIN_JSON = /(?:^|,)\s*(?:application\/json|application\/\*|\*\/\*)\s*(?:;|,|$)/;

/** By their names in small letters. Undefined: a call leaves out what its client or its resource would send. */
export type PlainHeaders = Readonly<Record<string, string | undefined>>;

export function plainHeaders(headers: KyOptions['headers']): PlainHeaders {
  if (headers === undefined) return {};
  const told = Object.fromEntries(headers instanceof Headers ? headers : new Headers(headerPairs(headers)));
  const leftOut = Object.entries(headers).filter(([, value]) => value === undefined);
  return leftOut.length === 0
    ? told
    : { ...Object.fromEntries(leftOut.map(([name]) => [name.toLowerCase(), undefined])), ...told };
}

type KyHeaders = NonNullable<KyOptions['headers']>;

const isList = (headers: KyHeaders): headers is KyHeaders & Iterable<[string, string]> => Symbol.iterator in headers;

/** The same headers with names in small letters: ky merges plain objects by their exact spelling, and both would go out, joined. */
export function lowerCased(headers: KyHeaders): KyHeaders {
  if (isList(headers)) return headers;
  // Symbols are ky's own words on how to merge.
  if (Object.getOwnPropertySymbols(headers).length > 0) return headers;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * ky takes a plain object with undefined members, which Headers does not. Of a Request, the Headers may be another platform's (Node's `fetch` under
 * jsdom): they are known by what they can do.
 */
function headerPairs(headers: KyHeaders): [string, string][] {
  if (isList(headers)) return [...headers];
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
}

/**
 * Who is asking for what: two requests for one URL whose keys differ may be answered with different documents (another
 * tenant's, another language's, another format), so that nothing that one learns is true for the other.
 *
 * @param headers All that go with a request, as far as they are known when it is made.
 */
export function identityKey(headers: PlainHeaders): string {
  const known = keys.get(headers);
  if (known !== undefined) return known;
  const names = Object.keys(headers).filter(
    (name) => headers[name] !== undefined && name !== 'accept' && !PASSING.test(name),
  );
  const told = names.sort().map((name) => `${name}: ${headers[name]}`);
  const key = [...askedFor(headers), ...told].join('\n');
  keys.set(headers, key);
  return key;
}

/** Headers that are remembered are asked about with every write. */
const keys = new WeakMap<PlainHeaders, string>();

/**
 * The same for a call that brings headers of its own. Who is asking must be equal; any other header only where both
 * sent one, since a write often has some that no read needs.
 */
export function isSameIdentity(one: PlainHeaders, other: PlainHeaders): boolean {
  if (identityKey(one) === identityKey(other)) return true;
  const shared = (headers: PlainHeaders, beside: PlainHeaders): PlainHeaders =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => SELF.has(name) || beside[name] !== undefined));
  return identityKey(shared(one, other)) === identityKey(shared(other, one));
}

const SELF = new Set(['authorization', 'cookie', 'accept']);

/**
 * Those that say who is asking and for which format, without what only a write brings: what its read was asked with, says so, too
 * (a tenant, a key). Where that is not known, any header may.
 */
export function selfOf(headers: PlainHeaders, read: PlainHeaders = headers): PlainHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => SELF.has(name) || name in read));
}

function askedFor({ accept = '' }: PlainHeaders): string[] {
  const type = accept.trim().toLowerCase();
  return type === '' || PLAIN_JSON.test(type) ? [] : [`accept: ${type}`];
}
