import { InvalidOptionsError } from '../core/errors.js';
import type { Pointer } from '../core/json.js';
import { type CreateGuard, creation } from './create-guard.js';
import { asTag, type EntityTag, formatEntityTag, isOneTag, parseEntityTag, type TagFormat } from './entity-tag.js';
import { optionTokens, tokenAt, wireTextOf } from './token-text.js';
import type { Guard, VersionCodec, VersionedAnswer, VersionScheme } from './version-scheme.js';

/** Options of {@link etag}. */
export interface EtagOptions {
  /**
   * What to do with weak tags. `auto`: read again, then send it without `W/`. `refuse`: MissingVersionError. `verbatim`: send it as it came; a tag
   * without quotes is taken, too (OData, FHIR, Azure Table, Firebase). Default `auto`.
   */
  readonly weak?: 'auto' | 'refuse' | 'verbatim';
  /** What to do with tags that end in `-gzip` and the like. `auto`: it is left out where the answer had that Content-Encoding, or where a read without compression lacks it. `strip`: send it without the suffix at once. `keep`: it is part of the tag. Default `auto`. */
  readonly gzipSuffix?: 'auto' | 'keep' | 'strip';
  /** Where the body repeats the tag, for answers whose header is missing or hidden: `/@odata.etag`, or `{ pointer: '/meta/versionId', format: 'weak' }`. Default: nowhere. */
  readonly body?: Pointer | { readonly pointer: Pointer; readonly format?: TagFormat };
  /** What makes a create fail if the resource exists. Default `if-none-match`. */
  readonly create?: CreateGuard;
}

/**
 * Versions are entity tags: `ETag` on read, `If-Match` on write, `If-None-Match: *` on create.
 *
 * What is not a version here: a list of tags, an empty tag (`""`), `*`, and a tag without quotes (unless `weak: 'verbatim'`): a server that ignores a
 * malformed If-Match would write blindly.
 *
 * @example
 * ```ts
 * import { createClient, etag } from 'unconflict';
 * const client = createClient({ defaults: { version: etag({ weak: 'refuse' }) } });
 * ```
 * @returns a scheme for `version` of the resource options.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for an unknown choice.
 * @see RFC 9110, 8.8.3 (ETag), 13.1.1 (If-Match), 13.1.2 (If-None-Match)
 */
export function etag(options: EtagOptions = {}): VersionScheme {
  const { weak = 'auto', gzipSuffix = 'auto', create = 'if-none-match' } = options;
  check('weak', weak, ['auto', 'refuse', 'verbatim']);
  check('gzipSuffix', gzipSuffix, ['auto', 'keep', 'strip']);
  const inBody = bodyPlace(options.body);
  const guardCreate = creation(create, 'etag');

  /** Of a version, whose ending is part of it: what was a gateway's is left out when it is read. */
  const parse = (text: string): EntityTag | undefined => {
    const tag = parseEntityTag(text);
    return tag === undefined ? undefined : { weak: tag.weak, opaque: tag.opaque + tag.suffix, suffix: '' };
  };
  const accept = (text: string | undefined, coding: string): string | undefined => {
    const trimmed = text?.trim() ?? '';
    const tag = parseEntityTag(trimmed);
    if (tag === undefined) return weak === 'verbatim' && isOneTag(trimmed) ? trimmed : undefined;
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
    places: [],
    flaw: (headers) => flawOf(headers.get('etag')),
    read: (answer) => {
      const { headers } = answer;
      const coding = headers.get('content-encoding') ?? '';
      return accept(headers.get('etag') ?? undefined, coding) ?? accept(inBody?.(answer), '');
    },
    guard,
    guardDelete: guard,
    guardCreate: () => guardCreate,
    key: (version) => parse(version)?.opaque ?? version,
    bare: (version) => {
      const tag = parseEntityTag(version);
      const isPart = tag === undefined || tag.suffix === '' || tag.opaque === '' || gzipSuffix !== 'auto';
      return isPart ? undefined : formatEntityTag({ ...tag, suffix: '' });
    },
    dubious: (version) => weak === 'auto' && (parse(version)?.weak ?? false),
    refuses: (version) => weak === 'refuse' && (parse(version)?.weak ?? false),
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

function bodyPlace(body: EtagOptions['body']): ((answer: VersionedAnswer) => string | undefined) | undefined {
  if (body === undefined) return undefined;
  const place = typeof body === 'string' ? { pointer: body } : body;
  const tokens = optionTokens(place.pointer, 'etag({ body })');
  const format = 'format' in place ? (place.format ?? 'verbatim') : 'verbatim';
  check('body.format', format, ['verbatim', 'quoted', 'weak']);
  return (answer) => {
    const version = tokenAt(answer, tokens);
    return version === undefined ? undefined : asTag(wireTextOf(version), format);
  };
}

function check(option: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new InvalidOptionsError(
    `etag({ ${option} }) must be one of ${choices.join(', ')}. It is ${JSON.stringify(value)}.`,
    {
      option: `etag.${option}`,
    },
  );
}
