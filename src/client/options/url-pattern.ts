import { InvalidOptionsError } from '../../core/errors.js';

/** A URL path pattern, ready to match: literal segments, `:name` for one segment, `*` for one or, at the end, for all that follow, as `**` there. */
export interface UrlPattern {
  readonly source: string;
  readonly origin: string | undefined;
  readonly segments: readonly Segment[];
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'rest' };

/** How much a segment says; what says more is more specific. */
const WEIGHT = { literal: 3, one: 2, rest: 1 } as const;

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
  const parts = split(url.pathname);
  const segments = parts.map((text, index): Segment => {
    if (text === '**' || (text === '*' && index === parts.length - 1)) return { kind: 'rest' };
    return text === '*' || /^:\w+$/.test(text) ? { kind: 'one' } : { kind: 'literal', text };
  });
  return { source, origin: origin === undefined ? undefined : url.origin, segments };
}

/** Whether it is what it looks like: part of a name cannot be left open, and other notations (`{id}`, `[id]`) would match nothing. */
function isSegment(text: string, isLast: boolean): boolean {
  if (text.includes('*')) return text === '*' || (text === '**' && isLast);
  return !/^:\w*[^\w]|^[{[].*[}\]]$/.test(text);
}

/**
 * The most specific of the patterns that match.
 *
 * @param base The client's own prefix path: patterns may be written with it or without.
 */
export function matchUrl(patterns: readonly UrlPattern[], url: URL, base: string): UrlPattern | undefined {
  const paths = [split(url.pathname)];
  if (base !== '/' && url.pathname.startsWith(base)) paths.push(split(url.pathname.slice(base.length)));
  const matching = patterns.filter(
    ({ origin, segments }) =>
      (origin === undefined || origin === url.origin) && paths.some((path) => matches(segments, path)),
  );
  return matching.reduce<UrlPattern | undefined>(
    (best, pattern) => (best === undefined || compare(pattern, best) > 0 ? pattern : best),
    undefined,
  );
}

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matches(segments: readonly Segment[], path: readonly string[]): boolean {
  const open = segments.at(-1)?.kind === 'rest';
  if (open ? path.length < segments.length : path.length !== segments.length) return false;
  return segments.every((segment, index) => segment.kind !== 'literal' || segment.text === path[index]);
}

/** Segment by segment, then by length, then by naming an origin. */
function compare(a: UrlPattern, b: UrlPattern): number {
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other === undefined) return 1;
    if (segment.kind !== other.kind) return WEIGHT[segment.kind] - WEIGHT[other.kind];
  }
  if (a.segments.length !== b.segments.length) return a.segments.length - b.segments.length;
  return Number(a.origin !== undefined) - Number(b.origin !== undefined);
}
