import type { JsonValue } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import { etag } from '../../src/protocol/versions/etag.js';
import { field } from '../../src/protocol/versions/field.js';
import type { VersionCodec } from '../../src/protocol/versions/version-scheme.js';
import { codecOf } from '../../src/protocol/versions/version-scheme.js';

/** How a simulated server names its states. */
export interface Versioning {
  readonly name: 'tag' | 'field' | 'hash' | 'fresh';
  readonly codec: VersionCodec;
  /** What a stale write is answered with. */
  readonly staleStatus: 409 | 412;
  version(count: number, value: JsonValue | undefined): string;
  /** The version as a read tells it of a state that is so many ms old. */
  told(version: string, age: number): string;
  /** Whether a write may name it so. */
  accepts(sent: string | undefined, version: string, age: number): boolean;
  /** The value as it is sent. */
  shown(count: number, value: JsonValue): JsonValue;
  /** The value as it is kept. */
  bare(value: JsonValue): JsonValue;
}

const asItIs = (value: JsonValue): JsonValue => value;
const strict: Pick<Versioning, 'told' | 'accepts'> = {
  told: (version) => version,
  accepts: (sent, version) => sent === version,
};

/** Strong tags that count up. */
const tag: Versioning = {
  ...strict,
  name: 'tag',
  codec: codecOf(etag()),
  staleStatus: 412,
  version: (count) => `"${count}"`,
  shown: (_count, value) => value,
  bare: asItIs,
};

/** A number inside the body; a stale write gets the same 409 as one that breaks a rule. */
const inBody: Versioning = {
  ...strict,
  name: 'field',
  codec: codecOf(field('/rev')),
  staleStatus: 409,
  version: (count) => String(count),
  shown: (count, value) => (isObject(value) ? { ...value, rev: count } : value),
  bare(value) {
    if (!isObject(value)) return value;
    const { rev: _rev, ...rest } = value;
    return rest;
  },
};

/** Hashes of the content: a state that comes back has the version it had. */
const hash: Versioning = {
  ...strict,
  name: 'hash',
  codec: codecOf(etag()),
  staleStatus: 412,
  version: (_count, value) => `"h${fnv(JSON.stringify(value) ?? '')}"`,
  shown: (_count, value) => value,
  bare: asItIs,
};

/** ms. As with Apache: so long after a write its tag is weak, and no write may name it, not even without the `W/`. */
const WEAK_FOR = 1_000;

const fresh: Versioning = {
  ...tag,
  name: 'fresh',
  told: (version, age) => (age < WEAK_FOR ? `W/${version}` : version),
  accepts: (sent, version, age) => age >= WEAK_FOR && sent !== undefined && strongOf(sent) === version,
};

/** A tag without its `W/`, as the client sends it. */
export function strongOf(version: string): string {
  return version.replace(/^W\//, '');
}

export const VERSIONINGS: readonly [Versioning, ...Versioning[]] = [tag, tag, tag, inBody, inBody, hash, hash, fresh];

/** 64 bits of FNV-1a, in two lanes: a million schedules must not meet a collision. */
function fnv(text: string): string {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return `${(low >>> 0).toString(16)}-${(high >>> 0).toString(16)}`;
}
