import { InvalidOptionsError } from '../../core/errors.js';
import type { JsonValue } from '../../core/json.js';

/** How versions are found and sent: `etag()`, `field()`, `lastModified()`, `unversioned()`. */
export interface VersionScheme {
  readonly name: string;
}

/** An answer as a scheme reads it. `text` is the raw body, for tokens whose digits JSON.parse would lose. */
export interface VersionedAnswer {
  readonly headers: Headers;
  readonly text: string | undefined;
  readonly body: unknown;
}

/** Where a version goes in a write. Schemes say it as data; the request builder carries it out. */
export type Guard =
  | { readonly in: 'header'; readonly name: string; readonly value: string }
  | { readonly in: 'query'; readonly parameters: readonly (readonly [name: string, value: string])[] }
  /**
   * In the body at its place, or as leading operations of a JSON Patch. `literal` is raw JSON text, spliced into the body so that no digit is
   * lost.
   */
  | {
      readonly in: 'body' | 'test';
      readonly places: readonly { readonly tokens: readonly string[]; readonly literal: string }[];
    };

/** The working side of a {@link VersionScheme}: what every scheme this library makes can do. */
export interface VersionCodec extends VersionScheme {
  /** Whether a version exists at all (`unversioned()`: false). */
  readonly versioned: boolean;
  /** For error messages: where the version should have been, for example `the ETag header`. */
  readonly source: string;
  /** The header CORS must expose for this scheme to work in a browser. */
  readonly corsHeader: string | undefined;
  /** The value without the version it carries, where it carries one: an old one would be refused, or believed. */
  withoutVersion?(value: JsonValue): JsonValue;
  /** The value with this version in the place of the one it carries. */
  withVersion?(value: JsonValue, version: string): JsonValue;
  /** Two states may have one version: it is a date. */
  readonly isCoarse?: boolean;
  /** What is wrong with a version that is there and cannot be sent; `undefined` where nothing is there, or nothing wrong. */
  flaw?(headers: Headers): string | undefined;
  /** The version as it came; `undefined` where there is none that could be sent back. */
  read(answer: VersionedAnswer): string | undefined;
  /** What makes a write conditional on `version`. Weak tags go out as the options say, whether or not they were asked for again. */
  guard(version: string): Guard;
  /** The same for a delete, which has no body. */
  guardDelete(version: string): Guard;
  /** What makes a create conditional on absence (If-None-Match: * or the API's own), where the scheme has such a thing. */
  guardCreate(): Guard | undefined;
  /** Equal for versions of one state, though one may be weak. */
  key(version: string): string;
  /** Whether it reads such versions itself: one that {@link forPlain} has read it may not. Default: it does. */
  takes?(version: string): boolean;
  /** The version without an ending that a gateway may have added (`-gzip`), where it may have. */
  bare?(version: string): string | undefined;
  /** A tag that may not match as it is, because it is weak: worth asking again for. */
  dubious(version: string): boolean;
  /**
   * For plain writes, where it reads more: they would go out without a precondition otherwise, and a handle would not. Whoever sends a tag
   * without quotes most likely compares what comes back as it is.
   */
  readonly forPlain?: VersionCodec;
  /** `refuse`d outright: weak tags under `etag({ weak: 'refuse' })`. */
  refuses(version: string): boolean;
}

/** Whether two versions are of one state. No version is the same as none. */
export function isSameVersion(codec: VersionCodec, a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === b || codec.key(a) === codec.key(b);
}

/** A value without the version it may carry. */
export function withoutVersion(codec: VersionCodec, value: JsonValue): JsonValue {
  return codec.withoutVersion?.(value) ?? value;
}

/**
 * The working side of a scheme. Told by what it can do and not by a brand, so that two copies of this library in one bundle still understand each other.
 *
 * @throws InvalidOptionsError (ERR_INVALID_OPTIONS) for an object that no scheme function made.
 */
export function codecOf(scheme: VersionScheme): VersionCodec {
  if (isCodec(scheme)) return scheme;
  throw new InvalidOptionsError(
    `version must be made by etag(), field(), lastModified() or unversioned(), for example { version: etag() }. It is ${describe(scheme)}.`,
    { option: 'version' },
  );
}

const METHODS = ['read', 'guard', 'guardCreate', 'guardDelete', 'key', 'dubious', 'refuses'];

function isCodec(scheme: unknown): scheme is VersionCodec {
  if (typeof scheme !== 'object' || scheme === null) return false;
  return (
    typeof Reflect.get(scheme, 'versioned') === 'boolean' &&
    METHODS.every((name) => typeof Reflect.get(scheme, name) === 'function')
  );
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function: call it';
  if (typeof value === 'object' && value !== null)
    return `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`;
  return JSON.stringify(value) ?? typeof value;
}
