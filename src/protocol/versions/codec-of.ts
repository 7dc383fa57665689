import { InvalidOptionsError } from '../../core/errors.js';
import type { VersionCodec, VersionScheme } from './version-scheme.js';

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
