/** An entity tag taken apart: `W/"abc-gzip"` is weak, has opaque text `abc` and suffix `-gzip`. */
export interface EntityTag {
  readonly weak: boolean;
  /** Without quotes and suffix. */
  readonly opaque: string;
  /** What a compressing server or gateway added, `''` for none. */
  readonly suffix: string;
}

/**
 * RFC 9110 8.8.3: `[W/] DQUOTE *etagc DQUOTE`. Blanks inside the quotes are tolerated, since servers send them; a further quote is
 * not, so that lists are no tags. Old Apache put its suffix behind the quotes.
 */
const TAG = /^(W\/)?"([\x20\x21\x23-\x7e\x80-\xff]*)"((?:--?|;)(?:gzip|br|deflate|zstd))?$/;
/** Apache `-gzip` and `-br`, Jetty `--gzip`, older gateways `;gzip`. */
const SUFFIX = /(?:--|-|;)(?:gzip|br|deflate|zstd)$/;

/** Takes one entity tag apart; `undefined` for lists and for anything that is not a quoted tag. */
export function parseEntityTag(text: string): EntityTag | undefined {
  const match = TAG.exec(text);
  const inside = match?.[2];
  if (inside === undefined) return undefined;
  const outer = match?.[3];
  const suffix = outer ?? SUFFIX.exec(inside)?.[0] ?? '';
  const opaque = outer === undefined ? inside.slice(0, inside.length - suffix.length) : inside;
  return { weak: match?.[1] !== undefined, opaque, suffix };
}

/** Writes a tag down again. */
export function formatEntityTag(tag: EntityTag): string {
  return `${tag.weak ? 'W/' : ''}"${tag.opaque}${tag.suffix}"`;
}

/** How a token is written as an entity tag. */
export type TagFormat = 'verbatim' | 'quoted' | 'weak';

/** A token as an entity tag. One that is a tag already is kept: an opaque tag cannot hold quotes (RFC 9110 8.8.3). */
export function asTag(token: string, format: TagFormat): string {
  if (format === 'verbatim' || parseEntityTag(token) !== undefined) return token;
  return format === 'weak' ? `W/"${token}"` : `"${token}"`;
}

/** Whether this text can be a header's value on every platform: visible ASCII and blanks inside (RFC 9110 5.5). */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/.test(text);
}

/** A tag without quotes: one word, as Firebase sends it. */
const BARE = /^[\x21\x23-\x2b\x2d-\x7e]+$/;

/** Whether an If-Match with this names one version: `*` and lists match more (RFC 9110 13.1.1), an empty tag is none. */
export function isOneTag(text: string): boolean {
  const tag = parseEntityTag(text);
  return tag === undefined ? text !== '*' && BARE.test(text) : tag.opaque + tag.suffix !== '';
}
