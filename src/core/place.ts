import type { Side } from './conflict.js';
import type { JsonValue } from './json.js';
import { getAt } from './pointer.js';

/** Where an operation reaches in the document as it is at that moment. */
export interface Place {
  /** Its tokens, with `-` read as the index it means. */
  readonly tokens: readonly string[];
  /** Whether it is a list's item: adding one shifts others and replaces nothing. */
  readonly inList: boolean;
  readonly side: Side;
}

/** Looks a place up, also one that `add` is about to fill. */
export function locate(document: JsonValue, tokens: readonly string[]): Place {
  const side = getAt(document, tokens);
  const parent = getAt(document, tokens.slice(0, -1));
  if (tokens.length === 0 || !parent.present || !Array.isArray(parent.value)) return { tokens, inList: false, side };
  return {
    tokens: tokens.at(-1) === '-' ? [...tokens.slice(0, -1), `${parent.value.length}`] : tokens,
    inList: true,
    side,
  };
}
