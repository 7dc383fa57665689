import { deepEqual } from './deep-equal.js';
import type { JsonValue } from './json.js';
import { isContainer } from './json.js';

/** Turns items into numbers so that equal numbers are equal items. An item of `b` that `a` does not have gets -1. */
export function internItems(a: readonly JsonValue[], b: readonly JsonValue[]): [Int32Array, Int32Array] {
  const scalars = new Map<JsonValue | undefined, number>();
  const containers = new Map<JsonValue | undefined, number>();
  const tokensOf = (list: readonly JsonValue[], learn: boolean): Int32Array => {
    const tokens = new Int32Array(list.length);
    for (let at = 0; at < list.length; at++) {
      const item = list[at];
      const text = isContainer(item) ? textOf(item) : item;
      const map = isContainer(item) ? containers : scalars;
      const first = map.get(text);
      if (first !== undefined && deepEqual(a[first], item)) {
        tokens[at] = first;
      } else {
        // Its own number: also for what is equal to nothing (NaN, a Date), so that who compares the items meets it.
        tokens[at] = learn ? at : -1;
        if (learn && first === undefined) map.set(text, at);
      }
    }
    return tokens;
  };
  return [tokensOf(a, true), tokensOf(b, false)];
}

/** A text that equal containers mostly share: it may depend on the order of members, and then they are not found to be equal here. */
function textOf(item: JsonValue): string | undefined {
  try {
    return JSON.stringify(item);
  } catch {
    // Too deep, or no JSON. Such items have to be equal to the first of their kind.
    return undefined;
  }
}
