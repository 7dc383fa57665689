import type { Operation } from 'fast-json-patch';
import { apply } from '../core/apply.js';
import type { JsonValue } from '../core/json.js';
import { formatPointer, getAt } from '../core/pointer.js';
import { literalsOf } from './token-text.js';
import type { VersionCodec } from './version-scheme.js';

/** A value without the version it carries, for making it anew: an old version would be refused, or believed. */
export function withoutVersion(codec: VersionCodec, value: JsonValue): JsonValue {
  return apply(
    value,
    present(codec, value).map(({ path }) => ({ op: 'remove', path })),
  );
}

/** What was written, with the version the answer gave it in the place of the one it replaced. */
export function withVersion(codec: VersionCodec, value: JsonValue, version: string): JsonValue {
  const literals = literalsOf(version, codec.places.length);
  return apply(
    value,
    present(codec, value).map(({ path, index }): Operation => {
      const token: JsonValue = JSON.parse(literals[index] ?? 'null');
      return { op: 'replace', path, value: token };
    }),
  );
}

function present(codec: VersionCodec, value: JsonValue): { readonly path: string; readonly index: number }[] {
  return codec.places.flatMap((tokens, index) =>
    tokens.length > 0 && getAt(value, tokens).present ? [{ path: formatPointer(tokens), index }] : [],
  );
}
