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
