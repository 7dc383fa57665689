import type { Different } from '../deep-equal.js';
import { deepEqual } from '../deep-equal.js';
import type { JsonValue } from '../json.js';
import { isContainer } from '../json.js';

/** Turns items into numbers so that equal numbers are equal items. An item of `b` that `a` does not have gets -1. */
export function internItems(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  known?: Different,
): [Int32Array, Int32Array] {
  const scalars = new Map<JsonValue | undefined, number>();
  const containers = new Map<number, number[]>();
  const tokensOf = (list: readonly JsonValue[], learn: boolean): Int32Array => {
    const tokens = new Int32Array(list.length);
    for (let at = 0; at < list.length; at++) {
      const item = list[at];
      if (!isContainer(item)) {
        const first = scalars.get(item);
        // Its own number: also for what is equal to nothing (NaN, undefined), so that who compares the items meets it.
        tokens[at] = first !== undefined && deepEqual(a[first], item) ? first : learn ? at : -1;
        if (learn && first === undefined) scalars.set(item, at);
        continue;
      }
      const hash = hashOf(item);
      const alike = containers.get(hash);
      const first = alike?.find((other) => deepEqual(a[other], item, known));
      tokens[at] = first ?? (learn ? at : -1);
      if (!learn || first !== undefined) continue;
      if (alike === undefined) containers.set(hash, [at]);
      else alike.push(at);
    }
    return tokens;
  };
  return [tokensOf(a, true), tokensOf(b, false)];
}

/** A number that equal values share, however their members are ordered. */
function hashOf(value: JsonValue): number {
  if (typeof value === 'string') return hashText(value);
  if (!isContainer(value)) return typeof value === 'number' ? value | 0 : value === null ? 3 : value ? 5 : 7;
  let hash = 11;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) hash = (Math.imul(hash, 31) + hashOf(value[at] ?? null)) | 0;
    return hash;
  }
  for (const name of Object.keys(value))
    hash = (hash + Math.imul(hashText(name) ^ 0x9e3779b9, hashOf(value[name] ?? null) | 1)) | 0;
  return hash;
}

function hashText(text: string): number {
  let hash = text.length;
  // The ends of a long text tell enough; equal numbers are compared anyway.
  const head = Math.min(text.length, 24);
  for (let at = 0; at < head; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  for (let at = Math.max(head, text.length - 24); at < text.length; at++)
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

/** Equal values are one another, wherever they stand; of several equal ones, the first is the first. */
export function pairByValue(a: readonly JsonValue[], b: readonly JsonValue[]): Int32Array {
  const [tokensA, tokensB] = internItems(a, b);
  const places = new Map<number, number[]>();
  for (let to = b.length - 1; to >= 0; to--) {
    const token = tokensB[to] ?? -1;
    const known = places.get(token);
    if (known === undefined) places.set(token, [to]);
    else known.push(to);
  }
  places.delete(-1);
  return tokensA.map((token) => places.get(token)?.pop() ?? -1);
}
