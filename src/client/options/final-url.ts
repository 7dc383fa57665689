import type { Input, Options as KyOptions } from 'ky';

type UrlOptions = Pick<KyOptions, 'prefix' | 'baseUrl' | 'searchParams'>;

/**
 * The address ky sends to: prefix joined, base resolved, search parameters added, step by step as ky does it. Without
 * its fragment it is a resource's name, so that a handle, a plain verb and a rule meet in the same queue.
 *
 * @throws TypeError for a relative URL without a base, as `fetch` does.
 */
export function finalUrl(input: Input, options: UrlOptions): URL {
  const address = typeof input === 'string' ? resolve(input, options) : input instanceof URL ? input.href : input.url;
  if (!URL.canParse(address)) {
    throw new TypeError(
      `${address} is no whole URL, and there is no page here that it could be relative to. Give createClient() the start of it: { prefix: 'https://api.example.com' }.`,
    );
  }
  const url = new URL(address);
  addParameters(url, options.searchParams);
  // Setting it parses the whole URL again.
  if (url.href.includes('#')) url.hash = '';
  return url;
}

/** The path of the client's own prefix or base, with a slash at its end. */
export function basePath(options: UrlOptions): string {
  if (!options.prefix && !options.baseUrl) return '/';
  const { pathname } = new URL(resolve('', options), 'http://localhost/');
  return pathname.endsWith('/') ? pathname : pathname.slice(0, pathname.lastIndexOf('/') + 1);
}

function resolve(input: string, { prefix, baseUrl }: UrlOptions): string {
  const start = String(prefix || '');
  const joined = start === '' ? input : `${start.replace(/\/+$/, '')}/${input.replace(/^\/+/, '')}`;
  const page = typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
  const base = baseUrl ? new URL(baseUrl, page).href : page;
  return base === undefined ? joined : new URL(joined, base).href;
}

/** Text is put at the end as it is; everything else goes through URLSearchParams, which writes the whole query anew. */
function addParameters(url: URL, parameters: KyOptions['searchParams']): void {
  if (parameters === undefined) return;
  if (typeof parameters === 'string') {
    const text = parameters.replace(/^\?/, '');
    if (text.trim() !== '') url.search = url.search === '' ? `?${text}` : `${url.search}&${text}`;
    return;
  }
  if (parameters instanceof URLSearchParams) {
    for (const name of takenBack(parameters)) url.searchParams.delete(name);
  }
  const pairs = pairsOf(parameters);
  for (const [name, value] of pairs) if (value !== undefined) url.searchParams.append(String(name), String(value));
  for (const [name, value] of pairs) if (value === undefined) url.searchParams.delete(String(name));
}

function pairsOf(parameters: object): readonly (readonly unknown[])[] {
  if (parameters instanceof URLSearchParams) return [...parameters];
  return Array.isArray(parameters) ? parameters : Object.entries(parameters);
}

/** Where a client's and a call's parameters were merged, ky notes which were set to `undefined`, under a symbol of its own. */
function takenBack(parameters: URLSearchParams): readonly string[] {
  const notes = Object.getOwnPropertySymbols(parameters).map((symbol): unknown => Reflect.get(parameters, symbol));
  const names = notes.find((note) => note instanceof Set);
  return names === undefined ? [] : Array.from(names, String);
}
