import { InvalidOptionsError } from '../../core/errors.js';
import type { Pointer } from '../../core/json.js';
import { refuseUnknown } from '../../core/refuse-unknown.js';
import { type CreateGuard, creation } from './create-guard.js';
import { asTag, etagCodec, type TagFormat } from './etag-codec.js';
import { optionTokens, tokenAt, wireTextOf } from './token-text.js';
import type { VersionedAnswer, VersionScheme } from './version-scheme.js';

/** Options of {@link etag}. */
export interface EtagOptions {
  /**
   * What to do with weak tags. `auto`: read again, then send it without `W/`. `refuse`: MissingVersionError. `verbatim`: send it as it came, also a
   * tag without quotes (OData, FHIR, Azure Table, Firebase). With `auto`, only plain verbs send a tag without quotes. Default `auto`.
   */
  readonly weak?: 'auto' | 'refuse' | 'verbatim';
  /** What to do with tags that end in `-gzip` and the like. `auto`: leave the ending out if the answer had that Content-Encoding, or if a read without compression comes without it. `strip`: send it without the suffix at once. `keep`: it is part of the tag. Default `auto`. */
  readonly gzipSuffix?: 'auto' | 'keep' | 'strip';
  /** Where the body repeats the tag, for answers whose header is missing or hidden: `/@odata.etag`, or `{ pointer: '/meta/versionId', format: 'weak' }`. Default: nowhere. */
  readonly body?: Pointer | { readonly pointer: Pointer; readonly format?: TagFormat };
  /** What makes a create fail if the resource exists. Default `if-none-match`. */
  readonly create?: CreateGuard;
}

const KNOWN: Record<keyof EtagOptions, true> = { weak: true, gzipSuffix: true, body: true, create: true };

/**
 * Versions are entity tags: `ETag` on read, `If-Match` on write, `If-None-Match: *` on create.
 *
 * What is not a version here: a list of tags, an empty tag (`""`), `*`, and for a handle a tag without quotes (unless `weak: 'verbatim'`): a server that
 * ignores a malformed If-Match would write blindly.
 *
 * @example
 * ```ts
 * import { createClient, etag } from 'unconflict';
 * const client = createClient({ defaults: { version: etag({ weak: 'refuse' }) } });
 * ```
 * @returns a scheme for `version` of the resource options.
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for an unknown option or choice.
 * @see RFC 9110, 8.8.3 (ETag), 13.1.1 (If-Match), 13.1.2 (If-None-Match)
 */
export function etag(options: EtagOptions = {}): VersionScheme {
  refuseUnknown(options, 'etag()', Object.keys(KNOWN));
  const { weak = 'auto', gzipSuffix = 'auto', create = 'if-none-match' } = options;
  check('weak', weak, ['auto', 'refuse', 'verbatim']);
  check('gzipSuffix', gzipSuffix, ['auto', 'keep', 'strip']);
  const inBody = bodyPlace(options.body);
  const guardCreate = creation(create, 'etag');
  return etagCodec({ weak, gzipSuffix, inBody, guardCreate });
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
