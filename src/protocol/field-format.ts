import { parseEntityTag } from './entity-tag.js';

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
