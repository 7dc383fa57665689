import type { MergeConflict, Resolution, Side, TextHunk } from '../conflict.js';
import type { JsonValue } from '../json.js';

/** A rule made by `list()`, `set()`, `counter()`, `text()`, `atomic()`, `latest()`, `server()`, or a bare named one such as `{ rule: 'merge' }`. */
export interface NamedRule {
  readonly rule: string;
  readonly [option: string]: unknown;
}

/** What to do at a path where local and remote overlap. */
export type MergeRule =
  | 'local'
  | 'remote'
  | 'manual'
  | NamedRule
  | ((conflict: MergeConflict) => Resolution | undefined);

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
