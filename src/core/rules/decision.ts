import type { Side, TextHunk } from '../conflict.js';
import type { JsonValue } from '../json.js';

/** A value that both sides changed. */
export interface Sides {
  readonly base: Side;
  readonly local: Side;
  readonly remote: Side;
}

/** What a rule makes of it: a value of its own, one of the two, or a merge conflict. */
export type Decision =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'resolution'; readonly resolution: 'local' | 'remote' }
  | { readonly kind: 'conflict'; readonly hunks?: readonly TextHunk[] };

/** For where a rule applies and cannot tell. */
export const UNDECIDED: Decision = { kind: 'conflict' };
