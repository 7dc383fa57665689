import type { Input, Options as KyOptions } from 'ky';

type UrlOptions = Pick<KyOptions, 'prefix' | 'baseUrl' | 'searchParams'>;

/**
 * The address ky would send to: prefix joined, base resolved, search parameters added, no fragment. It is a resource's
 * name, so that a handle, a plain verb and a rule meet in the same lane.
 *
 * @throws TypeError for a relative URL without a base, as `fetch` does.
 */
export function finalUrl(input: Input, options: UrlOptions): URL {
  const url = new URL(
    typeof input === 'string' ? resolve(input, options) : input instanceof URL ? input.href : input.url,
  );
  for (const [name, value] of parametersOf(options.searchParams)) url.searchParams.append(name, value);
  url.hash = '';
  return url;
}

/** The path of the client's own prefix or base, with a slash at its end. */
export function basePath(options: UrlOptions): string {
  if (options.prefix === undefined && options.baseUrl === undefined) return '/';
  const { pathname } = new URL(resolve('', options), 'http://localhost/');
  return pathname.endsWith('/') ? pathname : pathname.slice(0, pathname.lastIndexOf('/') + 1);
}

function resolve(input: string, { prefix, baseUrl }: UrlOptions): string {
  const start = String(prefix ?? '');
  const joined = start === '' ? input : `${start.replace(/\/+$/, '')}/${input.replace(/^\/+/, '')}`;
  const page = typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
  const base = baseUrl === undefined ? page : new URL(baseUrl, page).href;
  return base === undefined ? joined : new URL(joined, base).href;
}

function* parametersOf(parameters: KyOptions['searchParams']): Iterable<readonly [string, string]> {
  if (parameters === undefined) return;
  if (typeof parameters === 'string' || parameters instanceof URLSearchParams) {
    yield* new URLSearchParams(parameters);
    return;
  }
  const entries: readonly (readonly unknown[])[] = Array.isArray(parameters) ? parameters : Object.entries(parameters);
  for (const [name, value] of entries) if (value !== undefined) yield [String(name), String(value)];
}
