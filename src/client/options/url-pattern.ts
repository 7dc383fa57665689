import { InvalidOptionsError } from '../../core/errors.js';

/** A URL path pattern, ready to match: literal segments, `:name` for one segment, `*` for one or, at the end, for all that follow, as `**` there. */
export interface UrlPattern {
  readonly source: string;
  readonly origin: string | undefined;
  readonly path: RegExp;
  /** How much each segment says, and whether an origin is named. As text the more specific of two patterns is the greater one. */
  readonly weight: string;
}

/** What a segment matches, by how much it says. */
const MATCHES = { rest: ['1', '/.+'], one: ['2', '/[^/]+'] } as const;

const ANY_ORIGIN = 'http://localhost';

/** @throws InvalidOptionsError for a pattern that can match no path. */
export function compileUrlPattern(source: string): UrlPattern {
  const [, origin, path] = /^(https?:\/\/[^/]+)?(\/[^?#]*)$/i.exec(source) ?? [];
  const isHopeless = path?.split('/').some((text, at, all) => !isSegment(text, at === all.length - 1)) ?? true;
  if (path === undefined || isHopeless || !URL.canParse(path, origin ?? ANY_ORIGIN)) {
    throw new InvalidOptionsError(
      `resources["${source}"] is no path pattern. It must start with "/" (or an origin) and hold no query; ":name" and "*" stand for whole segments, "*" or "**" at the end for all that follow: "/articles/:id", "/files/*".`,
      { option: `resources["${source}"]` },
    );
  }
  // What URLs to be matched went through, too: encoding, a host in small letters, no default port.
  const url = new URL(path, origin ?? ANY_ORIGIN);
  const segments = split(url.pathname).map((text, at, { length }) => {
    if (text === '**' || (text === '*' && at === length - 1)) return MATCHES.rest;
    return text === '*' || /^:\w+$/.test(text) ? MATCHES.one : ['3', `/${text.replace(/\W/g, '\\$&')}`];
  });
  return {
    source,
    origin: origin === undefined ? undefined : url.origin,
    path: new RegExp(`^${segments.map(([, match]) => match).join('')}$`),
    weight: segments.map(([weight]) => weight).join('') + (origin === undefined ? '' : '0'),
  };
}

/** Whether it is what it looks like: part of a name cannot be left open, and other notations (`{id}`, `[id]`) would match nothing. */
function isSegment(text: string, isLast: boolean): boolean {
  if (text.includes('*')) return text === '*' || (text === '**' && isLast);
  return !/^:\w*[^\w]|^[{[].*[}\]]$/.test(text);
}

/**
 * The most specific of the patterns that match, the first of equal ones.
 *
 * @param base The client's own prefix path: patterns may be written with it or without.
 */
export function matchUrl(patterns: readonly UrlPattern[], url: URL, base: string): UrlPattern | undefined {
  const { pathname } = url;
  const paths = [pathname, pathname.startsWith(base) ? pathname.slice(base.length) : pathname].map((path) =>
    split(path)
      .map((segment) => `/${segment}`)
      .join(''),
  );
  let best: UrlPattern | undefined;
  for (const pattern of patterns) {
    const { origin, path, weight } = pattern;
    if (origin !== undefined && origin !== url.origin) continue;
    if (paths.some((one) => path.test(one)) && (best === undefined || weight > best.weight)) best = pattern;
  }
  return best;
}

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
