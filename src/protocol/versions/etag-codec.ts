import { type EntityTag, formatEntityTag, isOneTag, parseEntityTag } from './entity-tag.js';
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
