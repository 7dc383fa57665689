import { deepEqual } from './deep-equal.js';
import { isContainer } from './json.js';
import type { JsonContainer, JsonValue } from './json.js';
import { isJsonScalar } from './lockstep.js';

/** Below this depth a container's hash does not look; equality decides there. */
const HASH_DEPTH = 16;
/** More different values than this under one hash are not told apart any further: the rest counts as equal to nothing. */
const BUCKET = 16;

/** Turns items into numbers so that equal items get equal numbers. An item of `b` that `a` does not have gets -1. */
export function internItems(a: readonly JsonValue[], b: readonly JsonValue[]): [Int32Array, Int32Array] {
  const scalars = new Map<JsonValue | undefined, number>();
  const containers = new Map<number, { readonly item: JsonContainer; readonly token: number }[]>();
  let next = 0;
  const tokenOf = (item: JsonValue | undefined, learn: boolean): number => {
    if (isContainer(item)) {
      const hash = hashOf(item, HASH_DEPTH);
      const bucket = containers.get(hash) ?? [];
      const known = bucket.find((entry) => deepEqual(entry.item, item));
      if (known !== undefined || !learn) return known?.token ?? -1;
      if (bucket.length < BUCKET) bucket.push({ item, token: next });
      if (bucket.length === 1) containers.set(hash, bucket);
      return next++;
    }
    const known = scalars.get(item);
    if (known !== undefined || !learn) return known ?? -1;
    // NaN, undefined and their like equal nothing, themselves included: who compares the items must meet them.
    if (isJsonScalar(item)) scalars.set(item, next);
    return next++;
  };
  const tokensOf = (list: readonly JsonValue[], learn: boolean): Int32Array => {
    const tokens = new Int32Array(list.length);
    for (let at = 0; at < list.length; at++) tokens[at] = tokenOf(list[at], learn);
    return tokens;
  };
  return [tokensOf(a, true), tokensOf(b, false)];
}

/** A number that equal values share, whatever the order of their members. */
function hashOf(value: JsonValue | undefined, depth: number): number {
  if (typeof value === 'string') return hashText(value);
  if (typeof value === 'number') return mix(value | 0, (value * 4096) | 0);
  if (!isContainer(value)) return value === true ? 1 : value === false ? 2 : 3;
  if (depth === 0) return 4;
  let hash = 5;
  if (Array.isArray(value)) {
    for (const item of value) hash = mix(hash, hashOf(item, depth - 1));
    return hash;
  }
  // A sum, because members have no order.
  for (const key of Object.keys(value)) hash = (hash + mix(hashText(key), hashOf(value[key], depth - 1))) | 0;
  return hash;
}

function hashText(text: string): number {
  let hash = text.length;
  // Long texts differ mostly at their ends; equality decides about the middle.
  const skip = text.length > 64 ? text.length - 64 : 0;
  for (let at = 0; at < text.length; at += at === 31 && skip > 0 ? skip + 1 : 1) hash = mix(hash, text.charCodeAt(at));
  return hash;
}

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x9e3779b1) ^ (hash >>> 15);
}
