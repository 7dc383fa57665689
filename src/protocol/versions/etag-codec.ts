import type { Guard, VersionCodec, VersionedAnswer } from './version-scheme.js';

/** What {@link etag} was told, checked. */
interface EtagParts {
  readonly weak: 'auto' | 'refuse' | 'verbatim';
  readonly gzipSuffix: 'auto' | 'keep' | 'strip';
  /** Reads the tag where the body repeats it. */
  readonly inBody: ((answer: VersionedAnswer) => string | undefined) | undefined;
  readonly guardCreate: Guard | undefined;
  /** Takes a tag without quotes, and sends it back as it came. Default: where weak ones are sent so. */
  readonly takesBare?: boolean;
}

const DEFAULTS: EtagParts = {
  weak: 'auto',
  gzipSuffix: 'auto',
  inBody: undefined,
  guardCreate: { in: 'header', name: 'If-None-Match', value: '*' },
};

/** How entity tags work as versions. Apart from `etag()`, so that who needs none of its options does not load them. */
export function etagCodec(parts: EtagParts = DEFAULTS): VersionCodec {
  const { weak, gzipSuffix, inBody, guardCreate, takesBare = weak === 'verbatim' } = parts;
  /** Of a version, whose ending is part of it: what was a gateway's is left out when it is read. */
  const parse = (text: string): EntityTag | undefined => {
    const tag = parseEntityTag(text);
    return tag === undefined ? undefined : { weak: tag.weak, opaque: tag.opaque + tag.suffix, suffix: '' };
  };
  const accept = (text: string | undefined, coding: string): string | undefined => {
    const trimmed = text?.trim() ?? '';
    const tag = parseEntityTag(trimmed);
    if (tag === undefined) return takesBare && isOneTag(trimmed) ? trimmed : undefined;
    if (tag.opaque === '') return undefined;
    const isGateways = tag.suffix !== '' && (gzipSuffix === 'strip' || isSuffixOf(coding, tag.suffix));
    return isGateways && gzipSuffix !== 'keep' ? formatEntityTag({ ...tag, suffix: '' }) : trimmed;
  };
  const guard = (version: string): Guard => {
    const tag = parse(version);
    const value = tag === undefined ? version : formatEntityTag({ ...tag, weak: tag.weak && weak === 'verbatim' });
    return { in: 'header', name: 'If-Match', value };
  };

  const codec: VersionCodec = {
    name: 'etag',
    versioned: true,
    source: 'the ETag header',
    corsHeader: 'ETag',
    flaw: (headers) => flawOf(headers.get('etag')),
    read: (answer) => {
      const { headers } = answer;
      const coding = headers.get('content-encoding') ?? '';
      return accept(headers.get('etag') ?? undefined, coding) ?? accept(inBody?.(answer), '');
    },
    guard,
    guardDelete: guard,
    guardCreate: () => guardCreate,
    takes: (version) => takesBare || parse(version) !== undefined,
    key: (version) => parse(version)?.opaque ?? version,
    bare: (version) => {
      const tag = parseEntityTag(version);
      const isPart = tag === undefined || tag.suffix === '' || tag.opaque === '' || gzipSuffix !== 'auto';
      return isPart ? undefined : formatEntityTag({ ...tag, suffix: '' });
    },
    dubious: (version) => weak === 'auto' && (parse(version)?.weak ?? false),
    refuses: (version) => weak === 'refuse' && (parse(version)?.weak ?? false),
    ...(weak === 'auto' && !takesBare && { forPlain: etagCodec({ ...parts, takesBare: true }) }),
  };
  return Object.freeze(codec);
}

/** A coding's own ending: `gzip` adds `-gzip`, `--gzip` or `;gzip`. */
function isSuffixOf(coding: string, suffix: string): boolean {
  return coding
    .toLowerCase()
    .split(',')
    .some((name) => name.trim() !== '' && suffix.replace(/^(?:--|-|;)/, '') === name.trim().replace(/^x-/, ''));
}

function flawOf(tag: string | null): string | undefined {
  if (tag === null || parseEntityTag(tag.trim()) !== undefined) return undefined;
  return `its ETag header, ${tag.slice(0, 100)}, is no entity tag: that is one text in double quotes (RFC 9110 8.8.3). If the server takes it back as it is, use etag({ weak: 'verbatim' })`;
}

/** An entity tag taken apart: `W/"abc-gzip"` is weak, has opaque text `abc` and suffix `-gzip`. */
interface EntityTag {
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
function parseEntityTag(text: string): EntityTag | undefined {
  const match = TAG.exec(text);
  const inside = match?.[2];
  if (inside === undefined) return undefined;
  const outer = match?.[3];
  const suffix = outer ?? SUFFIX.exec(inside)?.[0] ?? '';
  const opaque = outer === undefined ? inside.slice(0, inside.length - suffix.length) : inside;
  return { weak: match?.[1] !== undefined, opaque, suffix };
}

/** Writes a tag down again. */
function formatEntityTag(tag: EntityTag): string {
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
